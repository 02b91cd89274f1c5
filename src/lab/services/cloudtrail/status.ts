// Whether a trail logs, and what became of its deliveries.

import type * as client from '@aws-sdk/client-cloudtrail'
import { iso } from '#kit/time.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { slot } from './delivery.ts'
import { findTrail } from './find-trail.ts'
import type { Stretch, Trail } from './model.ts'

export const statusOperations = {
  GetTrailStatus({ Name }, { state, now, ...context }) {
    const trail = findTrail(Name, { state, now, ...context })
    const id = trail.stretch ?? trail.lastStretch
    const stretch = id === undefined ? undefined : state.cloudtrail.stretches.get(id)
    return {
      IsLogging: trail.stretch !== undefined,
      ...timesOf(trail),
      ...(stretch && deliveriesOf(stretch, now)),
    }
  },
} satisfies Operations<typeof client>

// The texts beside the moments are what older clients read: API Reference, GetTrailStatus.
function timesOf({ startedAt, stoppedAt }: Trail) {
  return {
    ...(startedAt !== undefined && { StartLoggingTime: new Date(startedAt) }),
    ...(stoppedAt !== undefined && { StopLoggingTime: new Date(stoppedAt) }),
    TimeLoggingStarted: startedAt === undefined ? '' : iso(startedAt),
    TimeLoggingStopped: stoppedAt === undefined ? '' : iso(stoppedAt),
  }
}

const errors = {
  'no-bucket': 'NoSuchBucket',
  policy: 'AccessDenied',
  // The rest does not happen to trails.
  'other-region': 'AccessDenied',
  'object-lock': 'AccessDenied',
  encryption: 'AccessDenied',
}

/**
 * The latest delivery and the error of a later one. An account that is used is never silent: a trail is taken to deliver
 * every five minutes, although the lab makes files only where there are events.
 */
function deliveriesOf({ from, to, postures }: Stretch, now: number) {
  const last = Math.floor(Math.min(now, (to ?? now) + slot) / slot) * slot
  let delivered: number | undefined
  let failed: { at: number; error: string } | undefined
  for (const [index, posture] of postures.entries()) {
    const until = postures[index + 1]?.from ?? Number.POSITIVE_INFINITY
    const first = Math.floor(Math.max(posture.from, from) / slot + 1) * slot
    const latest = Math.min(
      last,
      until === Number.POSITIVE_INFINITY ? last : Math.ceil(until / slot - 1) * slot,
    )
    if (latest < first) continue
    if (posture.refusal === undefined) delivered = latest
    else failed = { at: latest, error: errors[posture.refusal] }
  }
  const error = failed && (delivered === undefined || failed.at > delivered) ? failed.error : undefined
  const attempted = Math.max(failed?.at ?? 0, delivered ?? 0)
  return {
    ...(delivered !== undefined && { LatestDeliveryTime: new Date(delivered) }),
    ...(error !== undefined && { LatestDeliveryError: error }),
    LatestDeliveryAttemptTime: attempted === 0 ? '' : iso(attempted),
    LatestDeliveryAttemptSucceeded: delivered === undefined ? '' : iso(delivered),
    LatestNotificationAttemptTime: '',
    LatestNotificationAttemptSucceeded: '',
  }
}
