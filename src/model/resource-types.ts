// Every resource type: what AWS said of it (facts), what had to be asked further (asked), and what other resources of
// the inventory tell of it (joined). Facts keep AWS's names.

import type {
  AdvancedEventSelector,
  EventSelector,
  GetTrailStatusCommandOutput,
  Trail,
} from '@aws-sdk/client-cloudtrail'
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import type { PrefixListEntry, SecurityGroup } from '@aws-sdk/client-ec2'
import type { GetKeyRotationStatusCommandOutput, GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms'
import type {
  Cluster,
  ClusterParameterGroup,
  ClusterSubnetGroup,
  DataShare,
  EndpointAuthorization,
  EventSubscription,
  HsmClientCertificate,
  HsmConfiguration,
  LoggingStatus,
  Parameter,
  Snapshot,
  SnapshotCopyGrant,
  SnapshotSchedule,
} from '@aws-sdk/client-redshift'
import type {
  Namespace,
  Snapshot as ServerlessSnapshot,
  Tag as ServerlessTag,
  SnapshotCopyConfiguration,
  Workgroup,
} from '@aws-sdk/client-redshift-serverless'
import type { Grant, PublicAccessBlockConfiguration, ServerSideEncryptionRule } from '@aws-sdk/client-s3'
import type { Plain } from './plain.ts'

export type ClusterFacts = Plain<Cluster>
export type ParameterGroupFacts = Plain<ClusterParameterGroup>
export type SnapshotFacts = Plain<Snapshot>
export type WorkgroupFacts = Plain<Workgroup>
export type NamespaceFacts = Plain<Namespace>
export type ServerlessSnapshotFacts = Plain<ServerlessSnapshot>
export type KeyFacts = Plain<KeyMetadata>
export type TrailFacts = Plain<Trail>
export type SecurityGroupFacts = Plain<SecurityGroup>
export type EndpointAuthorizationFacts = Plain<EndpointAuthorization>

/** A parameter group as a cluster uses it: its name, its parameters, and the names of all clusters attached to it. */
export type ParameterGroupInUse = {
  name: string
  parameters: Plain<Parameter>[]
  /** Null when not all clusters could be listed. */
  clusters: string[] | null
}

/** What tells whether a cluster has a fresh automated snapshot: there may be a thousand for each cluster. */
export type AutomatedSnapshot = Pick<
  SnapshotFacts,
  'Status' | 'SourceRegion' | 'ClusterCreateTime' | 'SnapshotCreateTime'
>

/**
 * What else holds the data of a snapshot: the ARN of its cluster if that still lives, or else its other snapshots.
 */
export type OtherCopies = { cluster: string | null; snapshots: { arn: string; facts: SnapshotFacts }[] }

/** Whether the cluster of a snapshot is still there; `untold` where its region was not listed. Never a gap itself. */
export type Origin = 'lives' | 'gone' | 'untold'

/** What KMS tells of a key: its metadata, or null when the resource names no key that KMS knows by an ARN. */
export type KeyInUse = { arn: string; facts: KeyFacts } | null

/** Where a namespace is copied to, under which key as AWS writes it, and what KMS tells of that. */
export type CopyKey = Pick<Plain<SnapshotCopyConfiguration>, 'destinationRegion' | 'destinationKmsKeyId'> & {
  key: KeyInUse
}

/**
 * What stands between a snapshot and whoever may restore it. Null: a key that AWS owns, or none. What AWS did not tell is
 * `unread`, with the call that would have: it is never a gap, since a share is one whether the key is known or not.
 */
export type RestoreKey =
  | null
  | { unread: string }
  | {
      arn: string
      account: string
      manager: string
      state: string
      policy: { document: PolicyDocument } | { unread: string }
      grants: { list: Plain<GrantListEntry>[] } | { unread: string }
    }

/** A trail as it is seen in a region, with what was asked of it. */
export type TrailInRegion = { arn: string; facts: TrailFacts; status: TrailStatus; selectors: TrailSelectors }
export type TrailStatus = Plain<Omit<GetTrailStatusCommandOutput, '$metadata'>>
/** A trail has selectors of one kind, never of both. */
export type TrailSelectors = {
  EventSelectors?: Plain<EventSelector>[]
  AdvancedEventSelectors?: Plain<AdvancedEventSelector>[]
}

/** A policy document as AWS keeps it, parsed; null where there is none. */
export type PolicyDocument = { Version?: string; Statement?: unknown } | null

/** The documents of a role: inline ones and attached ones, each by its name or ARN. */
export type RolePolicies = { name: string; document: PolicyDocument }[]
/** A role that a cluster or namespace may use; its permissions boundary only where that decides something. */
export type RoleInUse = {
  arn: string
  name: string
  policies: RolePolicies
  boundary?: RolePolicies[number] | null
}

/** The encryption of a bucket, its grants and its walls. Null: the bucket has none. */
export type BucketAnswers = {
  /** The region it lies in, us-east-1 by its name as well; null when there is no such bucket. */
  location: string | null
  policy: PolicyDocument
  /** Whether S3 takes its policy for public. False where there is no policy. */
  policyIsPublic: boolean
  acl: Plain<Grant>[]
  publicAccessBlock: Plain<PublicAccessBlockConfiguration> | null
  /** The same of the account that owns it, for all its buckets; asked for where everybody is let in and its own leaves something out. */
  accountPublicAccessBlock: Plain<PublicAccessBlockConfiguration> | null
  encryption: Plain<ServerSideEncryptionRule>[]
  /** True when Object Lock is enabled. */
  objectLock: boolean
}

/** What lies under a key, of that which the inventory of its region has: ARNs, and how many snapshots. */
export type KeyUse = { resources: string[]; snapshots: number }

/** A cluster as an event names it: by its name then, and by its namespace, which stays. */
export type ClusterNamed = { cluster: string; namespace?: string }

/**
 * What gave a cluster new keys of its own: it was rotated, or encrypted under a key, which takes its data to a new cluster.
 * `untold`: a key or encryption was asked for, and the record does not tell whether anything came of it.
 */
export type KeyRenewal = {
  at: string
  how: 'rotated' | 'encrypted' | 'untold'
  /** The key that the call named, by its ARN, its id or an alias. */
  key?: string
}

/** How much data lies in a region of an account. */
export type DataHere = { clusters: number; namespaces: number; snapshots: number }

/** The clusters of other regions that copy under a grant, by ARN, which regions were looked into, and whether it was all. */
export type GrantUse = { clusters: string[]; regions: string[]; all: boolean }

/**
 * A statement that names a bucket, as the log of a warehouse shows it: which one, by what it is called and its ARN, and the
 * last time. It was logged before it ran, so that it may have failed.
 */
export type Sighting = { statement: 'COPY' | 'UNLOAD'; warehouse: string; arn: string; at: string }

/**
 * What is known of a bucket beyond its name: whether clusters were seen to send their audit logs there, the account through
 * which it was asked, which is another one where only that may, and where logs show that data moves through it, newest
 * first. One without logs and sightings was named in the settings.
 */
export type BucketFacts = {
  Name: string
  TakesAuditLogs: boolean
  AskedBy: string
  Sightings?: readonly Sighting[]
}

/** Who puts what into a bucket: a cluster whose audit log goes there, and the prefix of its keys. */
export type BucketUse = { cluster: string; arn: string; region: string; prefix: string }

/** A bucket that audit logs go to, with what must be known of it to tell whether they arrive. */
export type LogBucket = {
  partition: string
  account: string
  region: string
  arn: string
  name: string
  facts: BucketFacts
  usedBy: BucketUse[]
} & Omit<BucketAnswers, 'acl'>

/**
 * The bucket that the audit log of a cluster goes to; null where it goes to none. What S3 did not tell of it is `unread`,
 * with the call that would have: it is never a gap, since a log that does not arrive is one whatever the reason.
 */
export type LogBucketSeen = null | { unread: string } | { bucket: LogBucket }

/** Network rules that guard a resource. */
type Guarded = {
  securityGroups: SecurityGroupFacts[]
  /** The entries of every prefix list that those groups name, by its id. */
  prefixLists: Record<string, Plain<PrefixListEntry>[]>
  /** Of both, what could be read: never a gap, since a way in is one whatever else there may be. */
  guardsRead: GuardsRead
}
/** Security groups, and entries of prefix lists by the ids of these. */
export type GuardsRead = {
  securityGroups: SecurityGroupFacts[]
  prefixLists: Record<string, Plain<PrefixListEntry>[]>
}

/** The key that encrypts a resource. */
type Keyed = { key: KeyInUse }

/** The resource types, with the shape of what is known about each. */
export type ResourceTypes = {
  'redshift:cluster': {
    facts: ClusterFacts
    asked: {
      logging: Plain<LoggingStatus>
      /** The resource policy of its namespace. */
      policy: PolicyDocument
    }
    joined: Guarded &
      Keyed & {
        parameters: ParameterGroupInUse[]
        automatedSnapshots: AutomatedSnapshot[]
        parameterGroups: ParameterGroupFacts[]
        subnetGroup: Plain<ClusterSubnetGroup> | null
        roles: RoleInUse[]
        endpointAuthorizations: EndpointAuthorizationFacts[]
        schedule: Plain<SnapshotSchedule> | null
        eventSubscriptions: Plain<EventSubscription>[]
        logBucket: LogBucketSeen
        /** What the event history of its region says of new keys, newest first. */
        keyRenewals: KeyRenewal[]
        /** When that says it was resumed, newest first; not asked where its audit log was delivered lately. */
        resumes: string[]
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
    joined: Keyed & {
      otherCopies: OtherCopies
      origin: Origin
      /** Whether its cluster is there; null where AWS does not tell which one it was taken of. */
      clusterLives: boolean | null
      restoreKey: RestoreKey
    }
  }
  'redshift:subnet-group': {
    facts: Plain<ClusterSubnetGroup>
    asked: Record<never, never>
    joined: { clusters: string[] }
  }
  'redshift:event-subscription': {
    facts: Plain<EventSubscription>
    asked: Record<never, never>
    joined: Record<never, never>
  }
  'redshift:snapshot-schedule': {
    facts: Plain<SnapshotSchedule>
    asked: Record<never, never>
    joined: Record<never, never>
  }
  'redshift:copy-grant': {
    facts: Plain<SnapshotCopyGrant>
    asked: Record<never, never>
    /** `keyState` is null where the key, or its state, is not told. */
    joined: { key: KeyInUse; keyState: string | null; users: GrantUse }
  }
  'redshift:hsm-configuration': {
    facts: Plain<HsmConfiguration>
    asked: Record<never, never>
    joined: { clusters: string[] }
  }
  'redshift:hsm-client-certificate': {
    facts: Plain<HsmClientCertificate>
    asked: Record<never, never>
    joined: { clusters: string[] }
  }
  'redshift:datashare': { facts: Plain<DataShare>; asked: Record<never, never>; joined: Record<never, never> }
  'redshift:endpoint-authorization': {
    facts: EndpointAuthorizationFacts
    asked: Record<never, never>
    joined: Record<never, never>
  }
  'redshift-serverless:workgroup': {
    facts: WorkgroupFacts
    asked: {
      tags: Plain<ServerlessTag>[]
      /** Who may make endpoints to it from another account. */
      policy: PolicyDocument
    }
    joined: Guarded & { namespace: NamespaceFacts | null }
  }
  'redshift-serverless:namespace': {
    facts: NamespaceFacts
    asked: { tags: Plain<ServerlessTag>[]; policy: PolicyDocument }
    joined: Keyed & {
      workgroups: WorkgroupFacts[]
      copyConfigurations: Plain<SnapshotCopyConfiguration>[]
      copyKeys: CopyKey[]
      roles: RoleInUse[]
    }
  }
  'redshift-serverless:snapshot': {
    facts: ServerlessSnapshotFacts
    asked: { policy: PolicyDocument }
    joined: Keyed & { origin: Origin; restoreKey: RestoreKey }
  }
  'redshift-serverless:copy-configuration': {
    facts: Plain<SnapshotCopyConfiguration>
    /** Of the destination key: it lies in the other region, and nothing here may lie under it. */
    asked: { key: KeyInUse }
    joined: Record<never, never>
  }
  'kms:key': {
    /** What its ARN alone says, and the account that was asked about it: its own, where that is looked into. */
    facts: { Arn: string; KeyId: string; AWSAccountId: string; AskedBy: string }
    asked: {
      metadata: KeyFacts
      policy: PolicyDocument
      grants: Plain<GrantListEntry>[]
      rotation: Plain<Omit<GetKeyRotationStatusCommandOutput, '$metadata'>>
    }
    joined: { usedBy: KeyUse }
  }
  /** A name of a key, and the ARN of the key. Only plans that give a key a name look at it. */
  'kms:alias': {
    facts: { AliasName: string; TargetKeyId: string }
    asked: Record<never, never>
    joined: Record<never, never>
  }
  's3:bucket': { facts: BucketFacts; asked: BucketAnswers; joined: { usedBy: BucketUse[] } }
  'cloudtrail:trail': {
    facts: TrailFacts
    asked: { status: TrailStatus; selectors: TrailSelectors }
    joined: Record<never, never>
  }
  'logs:log-group': { facts: Plain<LogGroup>; asked: Record<never, never>; joined: Record<never, never> }
  'ec2:security-group': {
    facts: SecurityGroupFacts
    asked: Record<never, never>
    joined: Record<never, never>
  }
  'ec2:prefix-list': {
    facts: { PrefixListId: string }
    asked: { entries: Plain<PrefixListEntry>[] }
    joined: Record<never, never>
  }
  /** What the ARN of a role alone says. */
  'iam:role': {
    facts: { Arn: string; RoleName: string }
    asked: {
      policies: RolePolicies
      /** Its permissions boundary, asked for where its policies allow everything of a service. Null: it has none. */
      boundary: RolePolicies[number] | null
    }
    joined: Record<never, never>
  }
  /** A region of an account in which data lies. AWS gives it no ARN; this one is ours. */
  'account:region': {
    facts: { Region: string }
    asked: {
      /** All that gave a cluster new keys, of the 90 days that the event history has. */
      keyRenewals: (ClusterNamed & KeyRenewal)[]
      /** Each ResumeCluster in it; asked for where the audit log of a cluster is quiet. */
      resumes: (ClusterNamed & { at: string })[]
    }
    joined: {
      trails: TrailInRegion[]
      data: DataHere
      /** The regions of the account in which data lies, this one among them, in one order. */
      dataRegions: string[]
    }
  }
}

export type ResourceType = keyof ResourceTypes
