// Do: a plan from a wish, made from the newest scan and saved as every plan is.

import { contextFor } from '#engine/judge.ts'
import { makeWishPlan } from '#engine/wish.ts'
import { iso } from '#kit/time.ts'
import type { Plan } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import type { Settings } from '#model/settings.ts'
import type { WishAction, WishOptions } from '#model/wish.ts'
import { saveDocument } from '#store/documents.ts'
import { writeWhole } from '#store/folder.ts'
import { laterOf, newest } from './plans.ts'
import { getPractice } from './practices.ts'
import { actionCalled } from './wishes.ts'
import type { Workspace } from './workspace.ts'

/** Makes the plan for a wish. Throws a Problem when an option is missing, or the wish is refused. */
export async function planWish(
  workspace: Workspace,
  name: string,
  options: WishOptions,
  out?: string,
): Promise<{ plan: Plan; file: string }> {
  const action = actionCalled(name)
  checkOptions(action, options)
  const { assessment, inventory } = await newest(workspace)
  const plan = await makeWishPlan(action, options, {
    assessment,
    inventory,
    settings: workspace.settings,
    graceDays: graceDaysOf(workspace.settings),
    now: laterOf(assessment.madeAt, iso(new Date())),
    madeOn: Date.now(),
  })
  const file = await saveDocument(workspace.folder, 'plans', plan)
  if (out) await writeWhole(out, `${JSON.stringify(plan, null, 2)}\n`)
  return { plan, file: out ?? file }
}

/** A wish deletes nothing sooner than the practice of the same snapshots would. */
function graceDaysOf(settings: Settings): number {
  return Number(contextFor(getPractice('manual-snapshot-retention'), settings, '').settings.graceDays)
}

function checkOptions({ name, requires, takes = [] }: WishAction, options: WishOptions): void {
  const isGiven = (option: keyof WishOptions) => {
    const value = options[option]
    return Array.isArray(value) ? value.length > 0 : value !== undefined
  }
  const missing = requires.filter((option) => !isGiven(option))
  if (missing.length > 0) {
    const what = `"do ${name}" needs ${missing.map((option) => `--${option}`).join(' and ')}.`
    throw new Problem('usage', what, 'Add what is missing; "redoubt do --help" says what each means.')
  }
  const known = [...requires, ...takes]
  const other = (Object.keys(options) as (keyof WishOptions)[]).find(
    (option) => isGiven(option) && !known.includes(option),
  )
  if (!other) return
  const list = known.map((option) => `--${option}`).join(', ')
  throw new Problem('usage', `"do ${name}" does not take --${other}.`, `It takes ${list}.`)
}
