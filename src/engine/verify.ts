// Verify: collects again only what a plan touched, and judges it by the practices whose findings the plan closes.

import type { Collector } from '#aws/collector.ts'
import type { Session } from '#aws/session.ts'
import type { Finding } from '#model/finding.ts'
import { answersOf } from '#model/joined.ts'
import type { Plan } from '#model/plan.ts'
import type { AnyPractice } from '#model/practice.ts'
import { isGap, resourceOf } from '#model/resource.ts'
import { defaultSettings, type Settings } from '#model/settings.ts'
import { collectOne } from './collect.ts'
import { nearOf } from './expect.ts'
import { contextFor, judge, judgeMissing } from './judge.ts'
import { isAbsence, placeOf } from './world.ts'

export type Verification = {
  /** One finding for each that the plan closes, as it is now. */
  findings: Finding[]
  /** Resources that do not exist any more. */
  gone: string[]
}

/** Looks at everything that a plan is to close. */
export async function verify(
  plan: Plan,
  practices: readonly AnyPractice[],
  session: Session,
  collectors: readonly Collector[],
): Promise<Verification> {
  const settings: Settings = { ...defaultSettings, ...plan.policy }
  const verification: Verification = { findings: [], gone: [] }
  const closings = new Map(plan.steps.flatMap((step) => step.closes.map((print) => [print, nearOf(step)])))
  for (const [print, near] of closings) {
    const [id = '', arn = ''] = print.split(' ')
    const practice = practices.find((candidate) => candidate.id === id)
    const place = resourceOf(arn)
    if (!practice || !place) throw new Error(`plan ${plan.id} closes "${print}", which nothing can judge`)
    const at = placeOf(session, arn, near)
    const { shard, resource } = await collectOne(session, collectors, arn, practice.needs, at)
    const context = contextFor(practice, settings, session.now()) as never
    const list = shard.lists[place.type]
    if (resource) {
      verification.findings.push(
        judge({ practice, resource, place: shard, answers: answersOf(shard) }, context),
      )
    } else if (list && isGap(list) && !isAbsence(list)) {
      verification.findings.push(judgeMissing(practice, shard, arn, list))
    } else verification.gone.push(arn)
  }
  return verification
}
