// `redoubt apply`: takes the steps of a plan, one after another, and proves each in force.

import type { ExitReason } from '#model/problem.ts'
import { attend } from '../attend.ts'
import { defineCommand } from '../command.ts'
import { connectionOf, workspaceOf } from '../connection.ts'
import { proofReasons } from '../proof.ts'

export default defineCommand({
  name: 'apply',
  summary: 'Take the steps of a plan, wait until they are in force, and prove it',
  description:
    'Looks again at everything the plan touches and refuses it when that is not as it was. Then shows the steps, asks, and takes them one after another; each must be in force before the next. Every call is written to the journal before and after it, so that an interrupted run goes on with --resume and repeats nothing. At the end the findings are judged anew.',
  arguments: { plan: { about: 'Id or file of the plan.' } },
  options: {
    yes: { about: 'Do not ask.' },
    stage: { about: 'Do everything but the reboots, and stop; --resume does them in the window.' },
    resume: { about: 'Continue a plan that was begun.' },
  },
  examples: {
    'redoubt apply 20261122T142041Z-3f9a1c': 'Show the steps, ask, and take them.',
    'redoubt apply plan.json --stage --yes': 'Prepare everything now …',
    'redoubt apply plan.json --resume --yes': '… and reboot in the window.',
  },
  async run({ arguments: words, options, global, terminal }) {
    const [{ apply, openSteps }, { loadPlan }, { openWorkspace }, { viewApplied }] = await Promise.all([
      import('#app/apply.ts'),
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
      import('../view/applied.ts'),
    ])
    const workspace = await openWorkspace(workspaceOf(global))
    const plan = await loadPlan(workspace, words.plan)
    const mode = { stage: options.stage ?? false, resume: options.resume ?? false }
    const steps = await openSteps(workspace, plan, mode)
    const attendance = attend({ verb: 'Take', steps, yes: options.yes ?? false }, terminal)
    const applied = await apply(workspace, connectionOf(global, terminal), plan, mode, attendance)
    if (!applied) {
      terminal.tell('Nothing was done.')
      return ['stale']
    }
    const { outcome, verification } = applied
    terminal.print(viewApplied(plan, outcome, verification, terminal))
    const stopped: ExitReason[] = outcome.failed.length + outcome.skipped.length > 0 ? ['stopped'] : []
    return outcome.waiting.length > 0 ? stopped : [...stopped, ...proofReasons(verification)]
  },
})
