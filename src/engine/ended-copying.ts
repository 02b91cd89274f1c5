// Copying that a fix turned off for its change is not turned on again where it must stay off.

import type { Step } from '#model/plan.ts'
import { allowsRegion, type Policy } from '#model/settings.ts'
import type { Claims } from './claims.ts'
import { same } from './world.ts'

/** The changes without those that turn copying on where it must stay off; what stood before them says so. */
export function withoutEndedCopying(steps: readonly Step[], policy: Policy, claims: Claims): Step[] {
  const off = new Map(
    steps.flatMap((step) => {
      const why = whyCopyStaysOff(step, policy, claims)
      return why ? [[step.id, { step, why }] as const] : []
    }),
  )
  if (off.size === 0) return [...steps]
  for (const { step, why } of off.values()) {
    const before = steps.find(({ id }) => id === step.after.at(-1))
    if (before) before.notes = [...before.notes, why]
  }
  return steps
    .filter(({ id }) => !off.has(id))
    .map((step) => ({
      ...step,
      after: step.after.flatMap((id) => off.get(id)?.step.after ?? [id]),
    }))
}

/** Copying that is on again would go where data may not lie, or where another fix has just ended it. */
function whyCopyStaysOff(
  { call: wanted, account, region, effects }: Step,
  policy: Policy,
  claims: Claims,
): string | undefined {
  if (wanted.action !== 'redshift:EnableSnapshotCopy') return undefined
  const { allowedRegions } = policy
  const { DestinationRegion = '' } = wanted.input
  if (allowedRegions && !allowsRegion(policy, DestinationRegion, region)) {
    return `copying to ${DestinationRegion} is not turned on again: allowedRegions does not name it`
  }
  const ended = effects.some((effect) => {
    const claim = claims.on(effect)
    return claim !== undefined && !same(claim.after, effect.after)
  })
  return ended
    ? `copying to ${DestinationRegion} is not turned on again in ${account}: this plan ends it`
    : undefined
}
