// When a manual snapshot expires, and what retention lets one expire that never did.

import { day } from '#kit/time.ts'
import type { SnapshotFacts } from './resource.ts'

/** AWS takes 1 to 3653 days, or -1 for ever: ModifyClusterSnapshot in the API reference. */
export const longestRetentionDays = 3653

/** The bounds of a setting that is handed on to AWS as such a retention. */
export const retentionBounds = { least: 1, most: longestRetentionDays } as const

/** True when nothing will ever delete the snapshot. AWS says -1; an absent number is taken for the same. */
export function neverExpires({ ManualSnapshotRetentionPeriod }: SnapshotFacts): boolean {
  return ManualSnapshotRetentionPeriod === undefined || ManualSnapshotRetentionPeriod < 0
}

/**
 * The moment at which AWS deletes a snapshot that is kept for so many days; undefined when AWS does not tell its age.
 * The days count from the start of the retention, which is not always when it was taken.
 */
export function deletionOf(facts: SnapshotFacts, retentionDays: number): number | undefined {
  const start = Date.parse(facts.SnapshotRetentionStartTime ?? facts.SnapshotCreateTime ?? '')
  return Number.isNaN(start) ? undefined : start + retentionDays * day
}

/**
 * How long ago a snapshot should have been deleted, if that is more than a day: AWS does not promise the minute. Undefined
 * for one whose time has not come or has none, and where AWS does not tell when its retention began.
 */
export function overdueBy(facts: SnapshotFacts, now: string): number | undefined {
  if (neverExpires(facts) || !facts.SnapshotRetentionStartTime) return undefined
  const end = deletionOf(facts, Number(facts.ManualSnapshotRetentionPeriod))
  const late = Date.parse(now) - (end ?? Number.NaN)
  return late > day ? late : undefined
}

/** What a plan says to a snapshot that AWS should have deleted. */
export const overdueAdvice =
  'AWS should have deleted it by itself: look whether something holds it, or delete it by hand'

export type RetentionSettings = { readonly days: number; readonly graceDays: number }

/**
 * The retention in days that lets a snapshot expire: the wanted one, or as much longer as it takes that the deletion is
 * not nearer than the days of grace, with a day over, in which the plan can be read and applied. Undefined when AWS
 * allows none so long.
 */
export function plannedRetention(facts: SnapshotFacts, settings: RetentionSettings, now: string) {
  const start = deletionOf(facts, 0)
  if (start === undefined) return undefined
  const elapsedDays = Math.ceil((Date.parse(now) - start) / day)
  const days = Math.max(settings.days, elapsedDays + settings.graceDays + 1)
  return days <= longestRetentionDays ? days : undefined
}
