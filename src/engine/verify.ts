// Verify: collects again only what a plan touched, and judges it by the practices whose findings the plan closes.

import type { Collector } from '#aws/collector.ts'
import type { Session } from '#aws/session.ts'
import { madeOnce } from '#kit/made-once.ts'
import { pool } from '#kit/pool.ts'
import type { Elsewhere } from '#model/elsewhere.ts'
import { type Finding, printOf } from '#model/finding.ts'
import { answersOf } from '#model/joined.ts'
import type { Plan } from '#model/plan.ts'
import type { AnyPractice } from '#model/practice.ts'
import { isGap, resourceOf } from '#model/resource.ts'
import { defaultSettings, type Settings } from '#model/settings.ts'
import { collectOne } from './collect.ts'
import { afters, type Expectation, isOpen, keyOf, unmet } from './expect.ts'
import { contextFor, judge, judgeMissing } from './judge.ts'
import { lookElsewhere, type Scanned } from './look-elsewhere.ts'
import { isAbsence, openWorld, type World } from './world.ts'

export type Verification = {
  /** One finding for each that the plan closes, as it is now. */
  findings: Finding[]
  /** Resources that do not exist any more, though the plan did not delete them. */
  gone: string[]
  /** Those that the plan deleted, which closes what was found on them. */
  deleted: string[]
  /** For a plan that closes nothing, a wish: how many of its facts hold, and in a sentence each that does not. */
  wish?: { held: number; open: string[] }
}

/** How many findings are looked at again at once. */
const atOnce = 4

/** Looks at everything that a plan is to close; at the other regions of the scan too, where only they tell. */
export async function verify(
  plan: Plan,
  practices: readonly AnyPractice[],
  session: Session,
  collectors: readonly Collector[],
  scanned: Scanned,
): Promise<Verification> {
  if (plan.steps.length > 0 && plan.steps.every(({ closes }) => closes.length === 0)) {
    return {
      findings: [],
      gone: [],
      deleted: [],
      wish: await holds(plan, openWorld(session, collectors, undefined)),
    }
  }
  const settings: Settings = { ...defaultSettings, ...plan.policy }
  const looked = new Map<string, Promise<Elsewhere>>()
  const elsewhereFor = (account: string): Promise<Elsewhere> =>
    madeOnce(looked, account, () => lookElsewhere(session, collectors, account, scanned))
  const looks = await pool([...new Set(plan.steps.flatMap(({ closes }) => closes))], atOnce, async (text) => {
    const print = printOf(text)
    const practice = practices.find(({ id }) => id === print?.practice)
    const place = print && resourceOf(print.resource)
    if (!print || !practice || !place)
      throw new Error(`plan ${plan.id} closes "${text}", which nothing can judge`)
    const { resource: arn, account, region } = print
    const at = { account, region }
    const { shard, resource } = await collectOne(session, collectors, arn, practice.needs, at)
    if (resource) {
      const beyond = practice.needs.includes('users') ? { elsewhere: await elsewhereFor(account) } : {}
      const context = contextFor(practice, settings, session.now()) as never
      return {
        finding: judge({ practice, resource, place: shard, answers: answersOf(shard, beyond) }, context),
      }
    }
    const list = shard.lists[place.type]
    if (list && isGap(list) && !isAbsence(list)) return { finding: judgeMissing(practice, shard, arn, list) }
    return isDeletedBy(plan, arn) ? { deleted: arn } : { gone: arn }
  })
  return {
    findings: looks.flatMap(({ finding }) => finding ?? []),
    gone: looks.flatMap(({ gone }) => gone ?? []),
    deleted: looks.flatMap(({ deleted }) => deleted ?? []),
  }
}

function isDeletedBy({ steps }: Plan, arn: string): boolean {
  return steps.some(({ effects }) =>
    effects.some(({ resource, fact, after }) => resource === arn && fact === 'exists' && after === false),
  )
}

/** Whether the facts are as the steps of a wish leave them. What was not made yet cannot be looked at: it does not hold. */
async function holds({ steps }: Plan, world: World): Promise<NonNullable<Verification['wish']>> {
  const last = new Map<string, Expectation>()
  for (const step of steps) for (const fact of afters(step)) last.set(keyOf(fact), fact)
  const wanted = [...last.values()]
  const named = wanted.filter((expectation) => !isOpen(expectation))
  const open = unmet(named, await world.look(named))
  const unmade = wanted.length > named.length ? ['what the plan is to make is not made'] : []
  return { held: named.length - open.length, open: [...open, ...unmade] }
}
