// `redoubt apply`: takes the steps of a plan and proves each in force.

import type { Workspace } from '#app/workspace.ts'
import type { Plan } from '#model/plan.ts'
import type { ExitReason } from '#model/problem.ts'
import { attend } from '../attend.ts'
import { defineCommand } from '../command.ts'
import { connectionOf, workspaceOf } from '../connection.ts'
import { untilInterrupted } from '../interruption.ts'
import { countOf } from '../number.ts'
import { proofReasons } from '../proof.ts'
import type { Terminal } from '../terminal.ts'
import { shellWord } from '../view/words.ts'

export default defineCommand({
  name: 'apply',
  summary: 'Take the steps of a plan, wait until they are in force, and prove it',
  description:
    'Looks again at everything the plan touches and refuses it when that is not as it was. Then shows the steps, asks, and takes them: on one cluster, workgroup, key or bucket one after another, each in force before the next, and on several at once. Every call is written to the journal before and after it, so that an interrupted run goes on with --resume and repeats nothing. At the end it looks again and judges the findings anew: it ends with 8 when one still fails, also one that closes only later.',
  arguments: { plan: { about: 'Id or file of the plan.' } },
  options: {
    yes: { about: 'Do not ask.' },
    stage: {
      about:
        'Do everything but what restarts a cluster or workgroup, and stop; --resume does that in the window.',
    },
    resume: { about: 'Continue a plan that was begun.' },
    concurrency: {
      value: 'number',
      about: 'How many steps may be under way at once, never two on one thing; 4 when absent.',
    },
    rehearse: {
      about: 'Apply and undo it in a lab made of its scan, and show the result; touches nothing else.',
    },
  },
  examples: {
    'redoubt apply 20261122T142041Z-3f9a1c': 'Show the steps, ask, and take them.',
    'redoubt apply plan.json --rehearse': 'See what it would do, on a copy of the estate.',
    'redoubt apply plan.json --stage --yes': 'Prepare everything now …',
    'redoubt apply plan.json --resume --yes': '… and reboot in the window.',
  },
  async run({ arguments: words, options, global, terminal }) {
    const [app, { stepsTaken }, { laterOf }, { loadPlan }, { openWorkspace }, view] = await Promise.all([
      import('#app/apply.ts'),
      import('#app/journal.ts'),
      import('#app/practices.ts'),
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
      import('../view/applied.ts'),
    ])
    const workspace = await openWorkspace(workspaceOf(global))
    const plan = await loadPlan(workspace, words.plan)
    if (plan.steps.length === 0) {
      terminal.print(view.viewNoSteps(plan, options.rehearse ? 'rehearse' : 'apply', terminal))
      return []
    }
    if (options.rehearse) return rehearsed(workspace, plan, words.plan, terminal)
    const { concurrency } = options
    const mode = {
      stage: options.stage ?? false,
      resume: options.resume ?? false,
      ...(concurrency === undefined ? {} : { concurrency: countOf('--concurrency', concurrency) }),
    }
    const steps = await app.openSteps(workspace, plan, mode)
    const intention = { verb: 'Take', steps, all: plan.steps, yes: options.yes ?? false } as const
    const name = shellWord(words.plan)
    const undertaking = { verb: 'apply', name, taken: () => stepsTaken(workspace, plan) } as const
    const applied = await untilInterrupted(undertaking, () =>
      app.apply(workspace, connectionOf(global, terminal), plan, mode, attend(intention, terminal)),
    )
    if (!applied) {
      terminal.tell('Nothing was done.')
      return ['stale']
    }
    const { outcome, verification } = applied
    terminal.print(view.viewApplied({ plan, name, laterOf }, outcome, verification, terminal))
    const stopped: ExitReason[] = outcome.failed.length + outcome.skipped.length > 0 ? ['stopped'] : []
    return outcome.waiting.length > 0 ? stopped : [...stopped, ...proofReasons(verification)]
  },
})

async function rehearsed(
  workspace: Workspace,
  plan: Plan,
  word: string,
  terminal: Terminal,
): Promise<ExitReason[]> {
  const [{ rehearsePlan }, { held }, { viewRehearsed }] = await Promise.all([
    import('../rehearsal.ts'),
    import('#app/rehearse.ts'),
    import('../view/rehearsed.ts'),
  ])
  const rehearsal = await rehearsePlan(workspace, plan, terminal)
  const hasHeld = held(rehearsal)
  terminal.print(viewRehearsed({ plan, name: shellWord(word), held: hasHeld }, rehearsal, terminal))
  return hasHeld ? [] : ['stopped']
}
