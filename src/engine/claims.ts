// What the proposals of a plan move in the end, and which practice wants it: a proposal that would move a fact elsewhere
// than an earlier one is left out.

import type { Effect } from '#model/plan.ts'
import type { Draft } from '#model/practice.ts'
import { resourceOf } from '#model/resource.ts'
import { keyOf, shown } from './expect.ts'
import { type Look, same } from './world.ts'

type Claim = Effect & { practice: string }

export class Claims {
  readonly #claims = new Map<string, Claim>()

  /** Takes in what a practice wants moved. */
  take(claims: readonly Effect[], practice: string): void {
    for (const claim of claims) this.#claims.set(keyOf(claim), { ...claim, practice })
  }

  /** Who moves a fact, and where to. */
  on(fact: Look): Claim | undefined {
    return this.#claims.get(keyOf(fact))
  }

  /** Why a proposal is left out: an earlier one leads a fact elsewhere. */
  contradicted(claims: readonly Effect[]): string | undefined {
    for (const { resource, fact, after } of claims) {
      const other = this.on({ resource, fact })
      if (!other || same(other.after, after)) continue
      const what = `${fact} of ${resourceOf(resource)?.name ?? resource}`
      return `${other.practice} sets ${what} to ${shown(other.after)} in this plan, and this would set it to ${shown(after)}: scan and plan again when that is in force`
    }
    return undefined
  }
}

/** Facts that only tell how far something is; they follow from the others. */
const following = new Set(['parameterApplyStatus', 'pendingAtReboot', 'ClusterStatus', 'status'])

/** What the drafts of one proposal move in the end: a fact that comes back to what it was is not claimed. */
export function claimsOf(drafts: readonly Draft[]): Effect[] {
  const claims = new Map<string, Effect>()
  for (const draft of drafts) {
    if ('reboot' in draft) continue
    for (const effect of draft.effects) {
      const first = claims.get(keyOf(effect))
      claims.set(keyOf(effect), first ? { ...effect, before: first.before } : effect)
    }
  }
  // Who turns copying on again does not want it off, even where only its grant is said to change.
  const copiesOn = drafts.some(
    (draft) => 'call' in draft && draft.call.action === 'redshift:EnableSnapshotCopy',
  )
  const isPassing = ({ fact, after }: Effect) =>
    copiesOn && after === null && fact.startsWith('ClusterSnapshotCopyStatus')
  return [...claims.values()].filter(
    (claim) => !following.has(claim.fact) && !same(claim.before, claim.after) && !isPassing(claim),
  )
}
