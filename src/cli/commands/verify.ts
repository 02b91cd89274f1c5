// `redoubt verify`: looks again only at what a plan is to close.

import { defineCommand, formatOption } from '../command.ts'
import { connectionOf, workspaceOf } from '../connection.ts'
import { proofReasons } from '../proof.ts'

export default defineCommand({
  name: 'verify',
  summary: 'Look again whether what a plan is to close is in force',
  description:
    'Reads anew only what the plan touches and judges it by the practices whose findings the plan closes. It changes nothing, and works before as well as after apply.',
  arguments: { plan: { about: 'Id or file of the plan.' } },
  options: {
    output: formatOption,
  },
  examples: { 'redoubt verify 20261122T142041Z-3f9a1c': 'Exits with 8 when something is not in force.' },
  async run({ arguments: words, options, global, terminal }) {
    const [{ verify }, { loadPlan }, { openWorkspace }, { viewNoSteps, viewVerification }] =
      await Promise.all([
        import('#app/apply.ts'),
        import('#app/plans.ts'),
        import('#app/workspace.ts'),
        import('../view/applied.ts'),
      ])
    const workspace = await openWorkspace(workspaceOf(global))
    const plan = await loadPlan(workspace, words.plan)
    if (plan.steps.length === 0 && options.output !== 'json') {
      terminal.print(viewNoSteps(plan, 'verify', terminal))
      return []
    }
    const verification = await verify(workspace, connectionOf(global, terminal), plan)
    terminal.print(
      options.output === 'json'
        ? JSON.stringify(verification, null, 2)
        : viewVerification(verification, terminal),
    )
    return proofReasons(verification)
  },
})
