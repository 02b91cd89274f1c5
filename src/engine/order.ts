// The order of a plan's steps where fixes meet, and their names in that order.

import type { Call } from '#model/action.ts'
import type { Step } from '#model/plan.ts'
import { madeBy, replaced } from '#model/reference.ts'

/**
 * A cluster that copies its snapshots cannot change its encryption, and copying is turned on again when that is over:
 * https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html. What is set on copying is set last,
 * and restarts come after everything: first those that AWS makes by itself, which may bring what waits for one. The public is walled off when the policy of a bucket is written: S3 takes no policy
 * that is still public once the wall stands.
 */
function phaseOf({ call, reboot }: Step): number {
  if (reboot) return 6
  if (isRestartedByAws(call)) return 5
  if (call.action === 'redshift:DisableSnapshotCopy') return 0
  if (call.action === 'redshift:EnableSnapshotCopy') return 3
  if (call.action === 'redshift:ModifySnapshotCopyRetentionPeriod') return 4
  if (call.action === 's3:PutPublicAccessBlock') return 2
  return changesEncryption(call) ? 2 : 1
}

/** True for a call that encrypts a cluster, or moves it under another key. */
export function changesEncryption({ action, input }: Call): boolean {
  return action === 'redshift:ModifyCluster' && ('Encrypted' in input || 'KmsKeyId' in input)
}

/** AWS restarts a cluster by itself for this: https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster.html */
export function isRestartedByAws({ action, input }: Call): boolean {
  return action === 'redshift:ModifyCluster' && 'EnhancedVpcRouting' in input
}

/** The steps in the order they are to be taken, each after those it needs, named anew. */
export function ordered(steps: readonly Step[]): Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const inOrder: Step[] = []
  const placed = new Set<string>()
  const place = (step: Step) => {
    if (placed.has(step.id)) return
    placed.add(step.id)
    for (const id of step.after) {
      const needed = byId.get(id)
      if (needed) place(needed)
    }
    inOrder.push(step)
  }
  for (const step of [...steps].sort((a, b) => phaseOf(a) - phaseOf(b))) place(step)
  return renamed(inOrder)
}

/** The steps named `s1`, `s2` … as they stand, everywhere that they name one another. */
function renamed(steps: readonly Step[]): Step[] {
  const names = new Map(steps.map(({ id }, index) => [id, `s${index + 1}`]))
  if (steps.every(({ id }) => names.get(id) === id)) return [...steps]
  return steps.map((step) => ({
    ...replaced(step, ({ step: maker, path }) => madeBy(names.get(maker) ?? maker, path)),
    id: names.get(step.id) ?? step.id,
    after: step.after.flatMap((id) => names.get(id) ?? []),
  }))
}

/** True when a step needs another one, by whatever way. */
export function needs(step: Step, other: Step, byId: ReadonlyMap<string, Step>): boolean {
  return neededBy(step, byId).has(other)
}

/** Every step that a step needs, by whatever way. */
export function neededBy(step: Step, byId: ReadonlyMap<string, Step>): Set<Step> {
  const found = new Set<Step>()
  const open = [...step.after]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const needed = byId.get(id)
    if (!needed || found.has(needed)) continue
    found.add(needed)
    open.push(...needed.after)
  }
  return found
}
