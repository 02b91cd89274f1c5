// What a region's seed says of snapshot schedules.

import type { SnapshotSchedule } from '@aws-sdk/client-redshift'
import type { Seed } from '#lab/world.ts'

/** Snapshot schedules; clusters name theirs in `SnapshotScheduleIdentifier`. */
export type SnapshotSchedulesSeed = { snapshotSchedules?: Seed<SnapshotSchedule>[] }
