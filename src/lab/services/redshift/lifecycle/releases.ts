// Versions of Redshift: one release after the other, and the two tracks clusters follow.

import { InvalidClusterTrackFault$, type MaintenanceTrack } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import { fault } from '#lab/wire/errors.ts'

// Unverified: AWS publishes a patch about every month (cluster-versions); the lab does so every four weeks, with numbers
// of its own.
const every = 28 * day
const origin = Date.parse('2020-01-07T00:00:00Z')
const firstRevision = 10_000
const step = 512

/** The tracks: `trailing` runs what `current` ran one release before. */
export const tracks = ['current', 'trailing']

/** The revision that a track has at a moment, as `ClusterRevisionNumber` shows it. */
export function revisionOf(track: string | undefined, now: number): string {
  const release = Math.floor((now - origin) / every) - (track === 'trailing' ? 1 : 0)
  return String(firstRevision + step * Math.max(0, release))
}

/** The moment of the first release after another. */
export function nextRelease(after: number): number {
  return origin + (Math.floor((after - origin) / every) + 1) * every
}

/** The track of that name, or InvalidClusterTrack ("The provided cluster track name is not valid"). */
export function checkedTrack(name: string): string {
  if (tracks.includes(name)) return name
  throw fault(InvalidClusterTrackFault$, 'The provided cluster track name is not valid.')
}

/** A track as DescribeClusterTracks shows it. */
export function viewTrack(name: string, now: number): MaintenanceTrack {
  const version = (track: string) => `1.0.${revisionOf(track, now)}`
  return {
    MaintenanceTrackName: name,
    DatabaseVersion: version(name),
    UpdateTargets: tracks
      .filter((other) => other !== name)
      .map((other) => ({
        MaintenanceTrackName: other,
        DatabaseVersion: version(other),
        SupportedOperations: [{ OperationName: 'restore-from-cluster-snapshot' }],
      })),
  }
}
