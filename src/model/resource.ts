// Every resource type: what AWS said of it (facts), what had to be asked further (asked), and what other resources
// of the inventory tell of it (joined). Facts keep AWS's names.

import type {
  Cluster,
  ClusterParameterGroup,
  LoggingStatus,
  Parameter,
  Snapshot,
} from '@aws-sdk/client-redshift'
import { formatArn, parseArn } from '#kit/arn.ts'
import type { ReadAction } from './action.ts'
import type { Plain } from './plain.ts'

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
}

export type Answer<T> = Told<T> | Gap

/** True when the answer is missing. */
export function isGap(answer: Answer<unknown>): answer is Gap {
  return 'gap' in answer
}

export type ClusterFacts = Plain<Cluster>
export type ParameterGroupFacts = Plain<ClusterParameterGroup>
export type SnapshotFacts = Plain<Snapshot>

/** A parameter group as a cluster uses it: its name, its parameters, and the names of all clusters attached to it. */
export type ParameterGroupInUse = {
  name: string
  parameters: Plain<Parameter>[]
  /** Null when not all clusters could be listed. */
  clusters: string[] | null
}

/**
 * What else holds the data of a snapshot: the ARN of its cluster if that still lives, or else its other snapshots.
 */
export type OtherCopies = { cluster: string | null; snapshots: { arn: string; facts: SnapshotFacts }[] }

/** Whether the cluster of a snapshot is still there; `untold` where its region was not listed. Never a gap itself. */
export type Origin = 'lives' | 'gone' | 'untold'

/** The resource types, with the shape of what is known about each. */
export type ResourceTypes = {
  'redshift:cluster': {
    facts: ClusterFacts
    asked: { logging: Plain<LoggingStatus> }
    joined: {
      parameters: ParameterGroupInUse[]
      snapshots: SnapshotFacts[]
      parameterGroups: ParameterGroupFacts[]
    }
  }
  'redshift:parameter-group': {
    facts: ParameterGroupFacts
    asked: { parameters: Plain<Parameter>[] }
    joined: { clusters: string[] }
  }
  'redshift:snapshot': {
    facts: SnapshotFacts
    asked: Record<never, never>
    joined: { otherCopies: OtherCopies; origin: Origin }
  }
}

export const resourceTypes = ['redshift:cluster', 'redshift:parameter-group', 'redshift:snapshot'] as const

export type ResourceType = (typeof resourceTypes)[number]

/** The words a person uses for a type: `cluster`, `parameter group`, `snapshot`. */
export function nounOf(type: ResourceType): string {
  return type.slice(type.indexOf(':') + 1).replace('-', ' ')
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

const arnNouns = {
  'redshift:cluster': 'cluster',
  'redshift:parameter-group': 'parametergroup',
  'redshift:snapshot': 'snapshot',
} as const satisfies Record<ResourceType, string>

export type Place = { partition: string; account: string; region: string }

/**
 * The ARN of a Redshift resource; `name` is `<cluster>/<snapshot>` for a snapshot.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-iam-access-control-overview.html
 */
export function arnOf(type: ResourceType, place: Place, name: string): string {
  return formatArn({ ...place, service: 'redshift', resource: `${arnNouns[type]}:${name}` })
}

/** What an ARN of ours names, or undefined when it is not one. */
export function resourceOf(arn: string): (Place & { type: ResourceType; name: string }) | undefined {
  const parsed = parseArn(arn)
  if (parsed?.service !== 'redshift') return undefined
  const colon = parsed.resource.indexOf(':')
  const noun = parsed.resource.slice(0, colon)
  const type = resourceTypes.find((candidate) => arnNouns[candidate] === noun)
  if (!type || colon < 0) return undefined
  const { partition, account, region } = parsed
  return { type, name: parsed.resource.slice(colon + 1), partition, account, region }
}

/** True for a cluster on its way out; no practice judges it any more. Its final snapshot is taken first. */
export function isBeingDeleted({ ClusterStatus = '' }: ClusterFacts): boolean {
  return ClusterStatus === 'deleting' || ClusterStatus === 'final-snapshot'
}
