// `redoubt undo`: takes back what was applied, and proves that the facts are as they were.

import { attend } from '../attend.ts'
import { defineCommand } from '../command.ts'
import { connectionOf, workspaceOf } from '../connection.ts'

export default defineCommand({
  name: 'undo',
  summary: 'Take back what was applied of a plan',
  description:
    'Takes back the steps that the journal says were taken, in the opposite order, and waits until the facts are as they were before. It is refused when somebody else has changed them since. Steps that cannot be undone are named; the plan said so too.',
  arguments: { plan: { about: 'Id or file of the plan.' } },
  options: { yes: { about: 'Do not ask.' } },
  examples: { 'redoubt undo 20261122T142041Z-3f9a1c': 'Show what will be taken back, ask, and do it.' },
  async run({ arguments: words, options, global, terminal }) {
    const [{ undo }, { loadPlan }, { openWorkspace }, { viewUndone }] = await Promise.all([
      import('#app/apply.ts'),
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
      import('../view/applied.ts'),
    ])
    const workspace = await openWorkspace(workspaceOf(global))
    const plan = await loadPlan(workspace, words.plan)
    const attendance = attend({ verb: 'Undo', steps: plan.steps, yes: options.yes ?? false }, terminal)
    const undone = await undo(workspace, connectionOf(global, terminal), plan, attendance)
    if (!undone) {
      terminal.tell('Nothing was done.')
      return ['stale']
    }
    terminal.print(viewUndone(plan, undone.outcome, undone.verification, terminal))
    return undone.outcome.failed.length > 0 ? ['stopped'] : []
  },
})
