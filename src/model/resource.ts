// Every resource type: what AWS said of it (facts), what had to be asked further (asked), and what other resources
// of the inventory tell of it (joined). Facts keep AWS's names.

import { formatArn, parseArn } from '#kit/arn.ts'
import type { ReadAction } from './action.ts'
import { kinds, resourceTypes } from './kinds.ts'
import type { Json } from './plain.ts'
import type { ClusterFacts, ResourceType, ResourceTypes, SnapshotFacts } from './resource-types.ts'

export { resourceTypes }

/** An answer AWS gave: its value, the action that gave it, and when. */
export type Told<T> = { source: ReadAction; takenAt: string; requestId?: string; value: T }

/**
 * An answer AWS refused or failed to give. `refused`: a permission is missing, `failed`: the call went wrong,
 * `unsupported`: the region or account does not have it.
 */
export type Gap = {
  source: ReadAction
  takenAt: string
  gap: 'refused' | 'failed' | 'unsupported'
  code: string
  message: string
  /** The region in which S3 says the bucket lies that was asked for elsewhere. */
  lies?: string
  /** Of a list of which only some are missing: what is known of those. */
  hides?: Readonly<Record<string, Json>>
}

/** The code of a gap that is nobody's answer: it was not asked. */
export const notCollected = 'NotCollected'

export type Answer<T> = Told<T> | Gap

/** True when the answer is missing. */
export function isGap(answer: Answer<unknown>): answer is Gap {
  return 'gap' in answer
}

export type {
  AutomatedSnapshot,
  BucketAnswers,
  BucketFacts,
  BucketUse,
  ClusterFacts,
  ClusterNamed,
  CopyKey,
  DataHere,
  EndpointAuthorizationFacts,
  GrantUse,
  GuardsRead,
  KeyFacts,
  KeyInUse,
  KeyRenewal,
  KeyUse,
  LogBucket,
  LogBucketSeen,
  NamespaceFacts,
  Origin,
  OtherCopies,
  ParameterGroupFacts,
  ParameterGroupInUse,
  PolicyDocument,
  ResourceType,
  ResourceTypes,
  RestoreKey,
  RoleInUse,
  RolePolicies,
  SecurityGroupFacts,
  ServerlessSnapshotFacts,
  Sighting,
  SnapshotFacts,
  TrailFacts,
  TrailInRegion,
  TrailSelectors,
  TrailStatus,
  WorkgroupFacts,
} from './resource-types.ts'

/** The words a person uses for a type: `cluster`, `parameter group`, `snapshot`. */
export function nounOf(type: ResourceType): string {
  return kinds[type].noun
}

/** One resource as it was collected. */
export type Resource<T extends ResourceType = ResourceType> = {
  [K in T]: {
    type: K
    arn: string
    name: string
    account: string
    region: string
    /** The list the facts came from. */
    source: ReadAction
    takenAt: string
    requestId?: string
    facts: ResourceTypes[K]['facts']
    asked: { [A in keyof ResourceTypes[K]['asked']]?: Answer<ResourceTypes[K]['asked'][A]> }
  }
}[T]

export type Place = { partition: string; account: string; region: string }

/** The ARN of a resource; `name` is `<cluster>/<snapshot>` for a snapshot, and the id where AWS writes one there. */
export function arnOf(type: ResourceType, place: Place, name: string): string {
  const { service, prefix, account, region } = kinds[type].arn
  return formatArn({
    partition: place.partition,
    service,
    account: account === false ? '' : place.account,
    region: region === false ? '' : place.region,
    resource: `${prefix}${name}`,
  })
}

/** The ARN that stands for the resources of a type that could not be listed; of a region there is only the one. */
export function unlistedArn(type: ResourceType, place: Place): string {
  return arnOf(type, place, type === 'account:region' ? place.region : '*')
}

/**
 * What an ARN of ours names, or undefined when it is not one. `name` is what stands in the ARN, which for serverless is
 * an id. Account and region are empty where the ARN has none, as those of buckets and roles.
 */
export function resourceOf(arn: string): (Place & { type: ResourceType; name: string }) | undefined {
  const parsed = parseArn(arn)
  if (!parsed) return undefined
  const { partition, account, region, service, resource } = parsed
  const type = resourceTypes.find((candidate) => {
    const kind = kinds[candidate].arn
    return kind.service === service && resource.startsWith(kind.prefix)
  })
  return type && { type, name: resource.slice(kinds[type].arn.prefix.length), partition, account, region }
}

/** A resource of a type as a collector writes it down: named by its facts, with the answer that told of it. */
export function resourceFrom<T extends ResourceType>(
  type: T,
  place: Place,
  told: { source: ReadAction; takenAt: string; requestId?: string },
  facts: ResourceTypes[T]['facts'],
): Resource<T> {
  const kind = kinds[type]
  const name = kind.name(facts as never)
  const { account, region } = place
  const { source, takenAt, requestId } = told
  const arn = kind.told?.(facts as never) ?? arnOf(type, place, name)
  const from = { source, takenAt, ...(requestId ? { requestId } : {}) }
  return { type, arn, name, account, region, ...from, facts, asked: {} } as unknown as Resource<T>
}

/** True for a snapshot that lies in another region than its cluster, or that it had. */
export function isCopied({ SourceRegion }: SnapshotFacts, region: string): boolean {
  return Boolean(SourceRegion) && SourceRegion !== region
}

/**
 * True for a snapshot that nobody can restore any more, and never could: DeleteClusterSnapshot in the API reference names
 * these. Any other status, one that nobody knows among them, is of a snapshot that is there or is being made.
 */
export function isLost({ Status = '' }: SnapshotFacts): boolean {
  return ['failed', 'cancelled', 'deleted'].includes(Status)
}

/**
 * True for a cluster that is paused, or was a moment ago: nothing new comes of it. The API's list of states lacks the two
 * others; RedshiftClusterStates of apache/airflow has them.
 */
export function isPaused({ ClusterStatus = '' }: ClusterFacts): boolean {
  return ['paused', 'pausing', 'resuming'].includes(ClusterStatus)
}

/** True for a cluster on its way out; no practice judges it any more. Its final snapshot is taken first. */
export function isBeingDeleted({ ClusterStatus = '' }: ClusterFacts): boolean {
  return ClusterStatus === 'deleting' || ClusterStatus === 'final-snapshot'
}
