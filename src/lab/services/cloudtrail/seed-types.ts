// Trails and past events as a world says them.

import type {
  AdvancedEventSelector,
  EventSelector,
  InsightSelector,
  Tag,
  Trail,
} from '@aws-sdk/client-cloudtrail'
import type { Seed } from '#lab/world.ts'
import type { EventResource } from './model.ts'

type Derived = 'TrailARN' | 'HomeRegion' | 'HasCustomEventSelectors' | 'HasInsightSelectors'

/**
 * A trail in its home region. It logs, since long ago, unless the world says otherwise; whether it delivers follows from
 * its bucket.
 */
export type TrailSeed = Seed<Omit<Trail, Derived>> & {
  Name: string
  S3BucketName: string
  EventSelectors?: Seed<EventSelector>[]
  AdvancedEventSelectors?: Seed<AdvancedEventSelector>[]
  InsightSelectors?: Seed<InsightSelector>[]
  TagsList?: Seed<Tag>[]
  IsLogging?: boolean
  StartLoggingTime?: string
  StopLoggingTime?: string
}

/**
 * Something that happened before the lab began, in the names of CloudTrail's records. The caller is a `user`, a `role`
 * with a `session`, or a `service` of AWS (`redshift.amazonaws.com`); `account` is theirs when it is another one.
 */
export type EventSeed = {
  eventTime: string
  eventSource: string
  eventName: string
  user?: string
  role?: string
  session?: string
  service?: string
  account?: string
  accessKeyId?: string
  mfaAuthenticated?: boolean
  sourceIPAddress?: string
  userAgent?: string
  errorCode?: string
  errorMessage?: string
  requestParameters?: Record<string, unknown>
  responseElements?: Record<string, unknown>
  additionalEventData?: Record<string, unknown>
  serviceEventDetails?: Record<string, unknown>
  readOnly?: boolean
  eventID?: string
  requestID?: string
  eventType?: 'AwsApiCall' | 'AwsServiceEvent'
  eventCategory?: 'Management' | 'Data'
  resources?: EventResource[]
}

/** What a region's seed says of CloudTrail. */
export type CloudTrailSeed = { trails?: TrailSeed[]; events?: EventSeed[] }
