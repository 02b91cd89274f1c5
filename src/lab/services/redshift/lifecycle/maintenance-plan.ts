// When a cluster is maintained next, and what maintenance brings.

import type { DeferredMaintenanceWindow } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import { schedule } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import type { ClusterRecord } from '../model.ts'
import { nextRelease, revisionOf } from './releases.ts'
import { nextOpening, readWindow } from './windows.ts'

/** Puts a cluster's next maintenance on the agenda: its first open window after there is something to do. */
export function beginMaintenance(state: State, region: Region, cluster: ClusterRecord, now: number): void {
  const at = nextMaintenance(cluster, now)
  cluster.nextMaintenance = at
  if (at !== undefined) schedule(state, at, 'redshift:maintenance', region, cluster.id)
}

function nextMaintenance({ facts }: ClusterRecord, now: number): number | undefined {
  const window = readWindow(facts.PreferredMaintenanceWindow ?? '')
  if (!window) return undefined
  let at = nextOpening(window, isDue(facts, now) ? now + 1 : nextRelease(now))
  // Windows that are deferred pass; the longest deferral is 60 days.
  while (isDeferred(facts.DeferredMaintenanceWindows, at)) at = nextOpening(window, at + day)
  return at
}

/** Whether a window would bring something: another track, or a release of the cluster's own. */
export function isDue(facts: ClusterRecord['facts'], now: number): boolean {
  if (facts.PendingModifiedValues?.MaintenanceTrackName !== undefined) return true
  const newest = revisionOf(facts.MaintenanceTrackName, now)
  return facts.AllowVersionUpgrade === true && Number(newest) > Number(facts.ClusterRevisionNumber ?? newest)
}

/** Whether maintenance is deferred at a moment. */
export function isDeferred(windows: DeferredMaintenanceWindow[] | undefined, at: number): boolean {
  return (windows ?? []).some(
    ({ DeferMaintenanceStartTime: from, DeferMaintenanceEndTime: to }) =>
      from !== undefined && to !== undefined && from.getTime() <= at && at < to.getTime(),
  )
}

/**
 * Gives a cluster the release of its track, changing the track when that was asked for. Parameters that wait for a
 * reboot go on waiting: "changes aren't applied if your cluster is restarted during maintenance".
 */
export function upToDate(cluster: ClusterRecord, now: number): void {
  const { MaintenanceTrackName: wanted, ...others } = cluster.facts.PendingModifiedValues ?? {}
  const track = wanted ?? cluster.facts.MaintenanceTrackName
  const isAllowed = wanted !== undefined || cluster.facts.AllowVersionUpgrade
  const revision = isAllowed ? revisionOf(track, now) : cluster.facts.ClusterRevisionNumber
  cluster.facts = {
    ...cluster.facts,
    ...(track !== undefined && { MaintenanceTrackName: track }),
    ...(revision !== undefined && { ClusterRevisionNumber: revision }),
    PendingModifiedValues: others,
  }
}
