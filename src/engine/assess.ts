// Assess: judges an inventory, without asking AWS anything. The same inventory and settings give the same bytes.

import { hashOf } from '#kit/hash.ts'
import type { Assessment, PlacedGap } from '#model/assessment.ts'
import { type Finding, statuses } from '#model/finding.ts'
import type { Inventory, Shard } from '#model/inventory.ts'
import { answersOf } from '#model/joined.ts'
import type { AnyPractice } from '#model/practice.ts'
import { arnOf, isGap } from '#model/resource.ts'
import type { Settings } from '#model/settings.ts'
import { severities } from '#model/severity.ts'
import { idLike } from '#store/documents.ts'
import { concerns, contextFor, judge, judgeMissing } from './judge.ts'
import { Suppressing } from './suppress.ts'

/** Judges every resource of an inventory by every practice. */
export async function assess(
  inventory: Inventory,
  practices: readonly AnyPractice[],
  settings: Settings,
): Promise<Assessment> {
  const { manifest } = inventory
  const suppressing = new Suppressing(settings.suppressions, manifest.madeAt)
  const findings: Finding[] = []
  for await (const shard of inventory.shards()) {
    findings.push(...suppressing.mark(assessShard(shard, practices, settings, manifest.madeAt)))
  }
  findings.push(...suppressing.findings({ ...manifest, practices: practices.map(({ id }) => id) }))
  findings.sort(worstFirst)
  const gaps: PlacedGap[] = manifest.shards.flatMap(({ account, region, gaps }) =>
    gaps.map((gap) => ({ ...gap, account, region })),
  )
  const counts = { pass: 0, fail: 0, unknown: 0, manual: 0, suppressed: 0 }
  for (const { status, suppression } of findings) counts[suppression ? 'suppressed' : status]++
  const content = {
    madeFrom: { id: manifest.id, hash: hashOf(manifest) },
    accounts: manifest.accounts,
    regions: manifest.regions,
    counts,
    findings,
    gaps,
    interrupted: manifest.interrupted,
  }
  const id = idLike(manifest.id, hashOf(content))
  return { schema: 'redoubt.assessment/1', id, madeAt: manifest.madeAt, ...content }
}

/** The findings of one shard. */
export function assessShard(
  shard: Shard,
  practices: readonly AnyPractice[],
  settings: Settings,
  now: string,
): Finding[] {
  const answers = answersOf(shard)
  return practices.flatMap((practice) => {
    const context = contextFor(practice, settings, now) as never
    const judged = shard.resources
      .filter((resource) => concerns(practice, resource, shard))
      .map((resource) => judge({ practice, resource, place: shard, answers }, context))
    const list = shard.lists[practice.resource as keyof Shard['lists']]
    if (list && isGap(list))
      judged.push(judgeMissing(practice, shard, arnOf(practice.resource, shard, '*'), list))
    return judged
  })
}

function worstFirst(a: Finding, b: Finding): number {
  const rank = ({ status, severity }: Finding) =>
    statuses.length -
    ['pass', 'manual', 'unknown', 'fail'].indexOf(status) +
    (10 - severities.indexOf(severity)) / 100
  return rank(a) - rank(b) || compare(a.resource, b.resource) || compare(a.practice, b.practice)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
