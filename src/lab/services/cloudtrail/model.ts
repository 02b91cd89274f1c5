// What the lab keeps of CloudTrail: the events of every call, trails, and what each trail has to deliver since when.

import type {
  AdvancedEventSelector,
  EventSelector,
  InsightSelector,
  Tag,
  Trail as TrailShape,
} from '@aws-sdk/client-cloudtrail'
import type { DeliveryRefusal } from '../s3/use.ts'

/** Who made a call, and with what: shared by all the calls of one client, so that a call costs little. */
export type Who = {
  /** The account of the caller; that of nobody for a service. */
  account: string | undefined
  type: 'Root' | 'IAMUser' | 'AssumedRole' | 'FederatedUser' | 'AWSAccount' | 'AWSService'
  principalId: string | undefined
  arn: string | undefined
  accessKeyId: string | undefined
  userName: string | undefined
  /** The moment a session's credentials were made; undefined for a lasting key. */
  sessionSince: number | undefined
  issuer: { id: string; name: string; arn: string } | undefined
  mfa: boolean
  /** The service that made the call, alone or in a caller's name. */
  invokedBy: string | undefined
  address: string
  agent: string
}

/** A resource an event names. */
export type EventResource = { ARN: string; accountId?: string; type?: string }

/** What few events have. */
export type Rare = {
  resources?: EventResource[]
  sharedEventId?: string
  eventType?: 'AwsApiCall' | 'AwsServiceEvent'
  additionalEventData?: Record<string, unknown>
  serviceEventDetails?: Record<string, unknown>
  eventId?: string
  managementEvent?: boolean
}

/** An event as it is kept. Its JSON is made when somebody looks. */
export type Recorded = {
  /** Counts all events; the event's id comes from it. */
  number: number
  at: number
  account: string
  region: string
  /** The service as credentials are scoped to it: `redshift`. */
  service: string
  /** The operation, as the SDK calls it. */
  action: string
  who: Who
  requestId: string
  isRead: boolean
  isData: boolean
  /** The input: as it came, or as JSON when it might change later. */
  input: object | string | undefined
  /** What was answered, as JSON. */
  output: string | undefined
  error: { code: string; message: string } | undefined
  rare: Rare | undefined
}

/** What a trail listens to; advanced selectors and basic ones are never there both. */
export type Selectors =
  | { kind: 'advanced'; selectors: AdvancedEventSelector[] }
  | { kind: 'basic'; selectors: EventSelector[] }

/** A trail. */
export type Trail = {
  name: string
  arn: string
  account: string
  /** The home region. */
  region: string
  settings: Omit<
    TrailShape,
    'Name' | 'TrailARN' | 'HomeRegion' | 'HasCustomEventSelectors' | 'HasInsightSelectors'
  > & { S3BucketName: string; IncludeGlobalServiceEvents: boolean; IsMultiRegionTrail: boolean }
  selectors: Selectors
  insights: InsightSelector[]
  tags: Tag[]
  startedAt: number | undefined
  stoppedAt: number | undefined
  /** The stretch that goes on now; undefined while the trail does not log. */
  stretch: string | undefined
  /** The stretch before, for what was delivered last. */
  lastStretch: string | undefined
}

/**
 * A time in which a trail logged with the same settings. It outlives them, and the trail: what was delivered lies in the
 * bucket.
 */
export type Stretch = {
  id: string
  trail: string
  account: string
  region: string
  partition: string
  isMultiRegion: boolean
  globalEvents: boolean
  /** The organization's id and accounts, for the trail of an organization. */
  organization: { id: string; accounts: string[] } | undefined
  bucket: string
  prefix: string
  kmsKeyId: string | undefined
  selectors: Selectors
  from: number
  to: number | undefined
  /** The numbers of its first event and of the first that is not its own: time may stand still. */
  first: number
  end: number | undefined
  /** Whether the bucket took deliveries, each from a moment on. */
  postures: { from: number; refusal: DeliveryRefusal | undefined }[]
}

/** CloudTrail in the whole lab. */
export type CloudTrail = {
  /** In order of time. */
  events: Recorded[]
  /** How many events there were. */
  made: number
  /** Before this moment events may have been dropped. */
  whole: number
  stretches: Map<string, Stretch>
  /** Service calls that a trail selects as data events are only kept while one does. */
  dataTrails: number
}

/** CloudTrail in one region of one account. */
export type Trails = {
  trails: Map<string, Trail>
  /** The moments of the latest lookups, for their limit. */
  lookups: number[]
}

/** No event yet. */
export function emptyCloudTrail(): CloudTrail {
  return { events: [], made: 0, whole: Number.NEGATIVE_INFINITY, stretches: new Map(), dataTrails: 0 }
}

/** A region without trails. */
export function emptyTrails(): Trails {
  return { trails: new Map(), lookups: [] }
}
