// A cluster that a plan moves under another key gets new keys by that: the same plan does not rotate them as well.

import { printOf } from '#model/finding.ts'
import type { LeftOut, Step } from '#model/plan.ts'
import { changesEncryption } from './order.ts'

/**
 * The steps without such rotations, and what they were to close. Unverified: that all keys are new where a cluster moves
 * from one key to another; cluster-keys-rotated takes such a move for new keys as well.
 */
export function withoutNeedlessRotations(steps: readonly Step[]): { steps: Step[]; leftOut: LeftOut[] } {
  const touchedBy = ({ effects }: Step) => effects.map(({ resource }) => resource)
  const moved = new Set(steps.filter(({ call }) => changesEncryption(call)).flatMap(touchedBy))
  const isNeedless = (step: Step) =>
    step.call.action === 'redshift:RotateEncryptionKey' && touchedBy(step).some((one) => moved.has(one))
  const why = 'this plan moves the cluster under another key, which gives it new keys'
  return {
    steps: steps.filter((step) => !isNeedless(step)),
    leftOut: steps
      .filter(isNeedless)
      .flatMap(({ closes }) => closes.flatMap((print) => printOf(print) ?? []))
      .map(({ practice, resource }) => ({ practice, resource, why })),
  }
}
