// Assess: judges an inventory, without asking AWS anything. The same inventory and settings give the same bytes.

import { groupBy } from '#kit/group.ts'
import { hashOf } from '#kit/hash.ts'
import { madeOnce } from '#kit/made-once.ts'
import type { Counts, KeptAssessment, PlacedGap, Tally } from '#model/assessment.ts'
import { elsewhereOf } from '#model/elsewhere.ts'
import type { Finding } from '#model/finding.ts'
import type { ShardEntry } from '#model/inventory.ts'
import type { Beyond } from '#model/join-index.ts'
import { answersFrom } from '#model/joined.ts'
import type { AnyPractice } from '#model/practice.ts'
import {
  type Gap,
  isGap,
  type Place,
  type Resource,
  type ResourceType,
  unlistedArn,
} from '#model/resource.ts'
import { policyOf, type Settings } from '#model/settings.ts'
import { writeAssessment } from '#store/assessments.ts'
import { concerns, contextFor, judge, judgeMissing } from './judge.ts'
import type { IndexedShard, Source } from './source.ts'
import { Suppressing } from './suppress.ts'
import { judgeUnseen } from './unseen.ts'

/** Judges every resource of an inventory by every practice, and keeps the findings in a workspace as they come. */
export async function assess(
  { manifest, shards }: Source,
  practices: readonly AnyPractice[],
  settings: Settings,
  workspace: string,
): Promise<KeptAssessment> {
  const suppressing = new Suppressing(settings.suppressions, manifest.madeAt)
  const tallies = new Map<string, Tally>()
  const writer = await writeAssessment(workspace, manifest.id)
  const keep = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      count(tallies, finding)
      writer.add(finding)
    }
  }
  try {
    const clusters = shards.flatMap(({ index }) => index.all('redshift:cluster'))
    const beyond = { elsewhere: elsewhereOf(manifest, clusters) }
    for (const shard of shards) {
      for await (const findings of judgeShard(shard, practices, settings, manifest.madeAt, beyond))
        keep(suppressing.mark(findings))
    }
    keep(suppressing.mark(judgeUnseen(shards, asked(practices, settings))))
    const judged = [...practices.map(({ id }) => id), ...switchedOff(settings)]
    keep(suppressing.findings({ ...manifest, practices: judged }))
    const head = {
      madeAt: manifest.madeAt,
      madeFrom: { id: manifest.id, hash: hashOf(manifest) },
      accounts: manifest.accounts,
      regions: manifest.regions,
      ...(manifest.readLogs && { readLogs: manifest.readLogs }),
      counts: sumOf([...tallies.values()].map(({ counts }) => counts)),
      gaps: manifest.shards.flatMap(placedGaps),
      interrupted: manifest.interrupted,
    }
    return await writer.finish(
      head,
      [...tallies.values()].sort((a, b) => (a.practice < b.practice ? -1 : 1)),
    )
  } catch (error) {
    await writer.discard()
    throw error
  }
}

function placedGaps({ account, region, gaps }: ShardEntry): PlacedGap[] {
  return gaps.map(({ hides: _, ...gap }) => ({ ...gap, account, region }))
}

function count(tallies: Map<string, Tally>, { practice, severity, status, suppression }: Finding): void {
  const tally = madeOnce(tallies, practice, () => ({ practice, severity, counts: sumOf([]) }))
  tally.counts[suppression ? 'suppressed' : status]++
}

function sumOf(all: readonly Counts[]): Counts {
  const sum = { pass: 0, fail: 0, unknown: 0, manual: 0, suppressed: 0 }
  for (const counts of all) for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name]
  return sum
}

/** The findings of one shard, some at a time. */
export async function* judgeShard(
  shard: IndexedShard,
  all: readonly AnyPractice[],
  settings: Settings,
  now: string,
  beyond: Beyond = {},
): AsyncGenerator<Finding[]> {
  const practices = asked(all, settings)
  const judgeOne = judgeBy(shard, beyond, practices, settings, now)
  for await (const lines of shard.lines()) {
    const findings: Finding[] = []
    for (const line of lines) if ('resource' in line) judgeOne(line.resource, findings)
    yield findings
  }
  yield practices.flatMap((practice) => {
    const list = shard.index.shard.lists[practice.resource as ResourceType]
    return list && isGap(list) && mayMiss(practice, list, shard)
      ? [judgeMissing(practice, shard, unlistedArn(practice.resource, shard), list)]
      : []
  })
}

/** False for a practice that says nothing about what a list lacks. */
const mayMiss = (practice: AnyPractice, { hides }: Gap, place: Place) =>
  !hides || practice.concerns?.(hides as never, place) !== false

/** Practices that yield no finding to suppress, whatever a scan looks at. */
const switchedOff = ({ practices }: Settings): string[] =>
  Object.entries(practices).flatMap(([id, { enabled }]) => (enabled === false ? [id] : []))

/** The practices that the settings give something to ask about. */
const asked = (practices: readonly AnyPractice[], settings: Settings) =>
  practices.filter(({ asks }) => asks?.(policyOf(settings)) !== false)

/** Judges one resource after another by the practices that it concerns. */
function judgeBy(
  { partition, account, region, index }: IndexedShard,
  beyond: Beyond,
  practices: readonly AnyPractice[],
  settings: Settings,
  now: string,
) {
  const place = { partition, account, region }
  const answers = answersFrom(index, beyond)
  const judges = groupBy(
    practices.map((practice) => ({ practice, context: contextFor(practice, settings, now) as never })),
    ({ practice }) => practice.resource as ResourceType,
  )
  return (resource: Resource, findings: Finding[]): void => {
    for (const { practice, context } of judges.get(resource.type) ?? []) {
      if (concerns(practice, resource, place))
        findings.push(judge({ practice, resource, place, answers }, context))
    }
  }
}
