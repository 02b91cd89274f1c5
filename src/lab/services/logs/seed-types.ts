// Log groups as a world says them.

import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'

/** A log group. What a service delivers into it need not be said. */
export type LogGroupSeed = Pick<
  LogGroup,
  'retentionInDays' | 'kmsKeyId' | 'logGroupClass' | 'deletionProtectionEnabled'
> & {
  logGroupName: string
  /** ISO 8601, or relative to the world's now. */
  creationTime?: string
  tags?: Record<string, string>
  streams?: LogStreamSeed[]
}

/** A stream with its events. */
export type LogStreamSeed = {
  logStreamName: string
  creationTime?: string
  events?: { timestamp: string; message: string }[]
}

/** What a region's seed says of CloudWatch Logs. */
export type LogsSeed = { logGroups?: LogGroupSeed[] }
