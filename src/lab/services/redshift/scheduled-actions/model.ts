// What the lab keeps of scheduled actions.

import type { ScheduledActionType } from '@aws-sdk/client-redshift'

/** An action that pauses, resumes or resizes a cluster at set times. */
export type ScheduledActionRecord = {
  name: string
  target: ScheduledActionType
  /** `at(2026-12-24T18:00:00)` or `cron(0 19 ? * MON-FRI *)`. */
  schedule: string
  /** The ARN of the role that runs it. */
  role: string
  description: string | undefined
  from: number | undefined
  to: number | undefined
  enabled: boolean
  /** What the task on the agenda belongs to: it grows with every change. */
  version: number
}
