// `redoubt journal`: what was planned and done in this workspace.

import { defineCommand, formatOption } from '../command.ts'
import { workspaceOf } from '../connection.ts'

export default defineCommand({
  name: 'journal',
  summary: 'Show what was planned, applied and undone',
  description:
    'Lists the plans of the workspace with how far each has come, or everything that happened to one plan: each call before and after it was made, with the request id of AWS and the facts that proved it.',
  arguments: { plan: { about: 'Id or file of a plan; all plans without it.', optional: true } },
  options: {
    output: formatOption,
  },
  examples: {
    'redoubt journal': 'List the plans.',
    'redoubt journal 20261122T142041Z-3f9a1c': 'Everything that happened to one of them.',
  },
  async run({ arguments: { plan }, options: { output }, global, terminal }) {
    const [{ planHistories, planHistory }, { openWorkspace }, { viewHistories, viewHistory }] =
      await Promise.all([
        import('#app/journal.ts'),
        import('#app/workspace.ts'),
        import('../view/journal.ts'),
      ])
    const workspace = await openWorkspace({ ...workspaceOf(global), mustWrite: false })
    if (plan === undefined) {
      const histories = await planHistories(workspace)
      terminal.print(
        output === 'json' ? JSON.stringify(histories, null, 2) : viewHistories(histories, terminal),
      )
    } else {
      const history = await planHistory(workspace, plan)
      terminal.print(output === 'json' ? JSON.stringify(history, null, 2) : viewHistory(history, terminal))
    }
    return []
  },
})
