// How long snapshots and copies take in virtual time.

import { minute } from '#kit/time.ts'

// Unverified, all of them: AWS publishes none, and they depend on the amount of data. Final snapshots take as long as
// the cluster shows `final-snapshot`.
export const snapshotDurations = {
  automated: 2 * minute,
  manual: 3 * minute,
  final: 5 * minute,
  /** An automated snapshot kept as a manual one moves no data. */
  keeping: minute,
  /** From the end of a snapshot to its copy in the other region. */
  copying: 10 * minute,
  /** A cluster's schedule shows `MODIFYING`. */
  attaching: minute,
} as const
