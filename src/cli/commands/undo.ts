// `redoubt undo`: takes back what was applied, and proves that the facts are as they were.

import { attend } from '../attend.ts'
import { defineCommand } from '../command.ts'
import { lineAsScanned } from '../command-line.ts'
import { connectionOf, workspaceOf } from '../connection.ts'
import { untilInterrupted } from '../interruption.ts'
import { countOf } from '../number.ts'
import { shellWord } from '../view/words.ts'

export default defineCommand({
  name: 'undo',
  summary: 'Take back what was applied of a plan',
  description:
    'Takes back the steps that the journal says were taken: the changes, last first, then the reboots, then what was created; on one cluster, workgroup, key or bucket one after another, and on several at once. Shows each call with what it does and cannot do, asks, and waits until the facts are as they were before. It is refused when somebody else has changed them since. What AWS refuses to take back stops only what stands under it, and the next undo takes that up. Steps that cannot be undone are named; the plan said so too. At the end it looks again and shows the findings, which are then open as before; that is no reason for another exit code than 0.',
  arguments: { plan: { about: 'Id or file of the plan.' } },
  options: {
    yes: { about: 'Do not ask.' },
    concurrency: {
      value: 'number',
      about: 'How many steps may be under way at once, never two on one thing; 4 when absent.',
    },
  },
  examples: { 'redoubt undo 20261122T142041Z-3f9a1c': 'Show what will be taken back, ask, and do it.' },
  async run({ arguments: words, options, global, terminal }) {
    const [{ undo }, { stepsTaken }, plans, { openWorkspace }, { viewUndone }] = await Promise.all([
      import('#app/apply.ts'),
      import('#app/journal.ts'),
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
      import('../view/applied.ts'),
    ])
    const workspace = await openWorkspace(workspaceOf(global))
    const plan = await plans.loadPlan(workspace, words.plan)
    const taken = () => stepsTaken(workspace, plan)
    const steps = await taken()
    const intention = { verb: 'Undo', steps, all: plan.steps, yes: options.yes ?? false } as const
    const name = shellWord(words.plan)
    const { concurrency } = options
    const mode = concurrency === undefined ? {} : { concurrency: countOf('--concurrency', concurrency) }
    const undone = await untilInterrupted({ verb: 'undo', name, taken }, () =>
      undo(workspace, connectionOf(global, terminal), plan, attend(intention, terminal), mode),
    )
    if (!undone) {
      terminal.tell('Nothing was done.')
      return ['stale']
    }
    const scanAgain = plans.scanAgainAs(await plans.scanBehind(workspace, plan), workspace)
    const look = { ...terminal, line: lineAsScanned(terminal.env, global, scanAgain) }
    terminal.print(viewUndone({ plan, name }, undone.outcome, undone.verification, look))
    return undone.outcome.failed.length > 0 ? ['stopped'] : []
  },
})
