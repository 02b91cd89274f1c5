// What a lab starts with, as plain data that could as well be read from YAML; AWS's own field names throughout.

import type {
  Cluster,
  ClusterParameterGroup,
  LoggingStatus,
  PendingModifiedValues,
  Snapshot,
} from '@aws-sdk/client-redshift'
import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3'
import type { FaultSeed } from './faults/seed-types.ts'
import type { PeopleSeed } from './people/types.ts'
import type { Partition } from './regions.ts'
import type { CloudTrailSeed } from './services/cloudtrail/seed-types.ts'
import type { NetworkSeed } from './services/ec2/seed-types.ts'
import type { IamSeed } from './services/iam/seed-types.ts'
import type { KmsRegionSeed } from './services/kms/seed-types.ts'
import type { LogsSeed } from './services/logs/seed-types.ts'
import type { OrganizationSeed } from './services/organizations/seed-types.ts'
import type { ExtrasSeed } from './services/redshift/extras/seed-types.ts'
import type { RedshiftKeysSeed } from './services/redshift/keys/seed-types.ts'
import type { SubnetGroupSeed } from './services/redshift/lifecycle/seed-subnet-groups.ts'
import type { SnapshotSchedulesSeed } from './services/redshift/schedules/seed-types.ts'
import type { ServerlessSeed } from './services/redshift-serverless/seed-types.ts'
import type { BucketSeed } from './services/s3/seed-types.ts'
import type { SecretSeed } from './services/secretsmanager/seed-types.ts'

/** A seeded AWS. Anything left out gets the value AWS would give. */
export type World = {
  name: string
  about: string
  accounts: Record<string, AccountSeed>
  /** Calls that AWS answers badly from the start. */
  faults?: FaultSeed[]
}

/** One account: who can call it and what stands in its regions. */
export type AccountSeed = IamSeed & {
  alias?: string
  partition?: Partition
  accessKeys: AccessKeySeed[]
  regions: Record<string, RegionSeed>
  /** The organization that this account manages. */
  organization?: OrganizationSeed
  /** Its wall against the public, around all its buckets. */
  publicAccessBlock?: Seed<PublicAccessBlockConfiguration>
}

/** An access key of a user; with a session token it is a temporary one. */
export type AccessKeySeed = {
  id: string
  secret: string
  user: string
  sessionToken?: string
  expired?: boolean
  denied?: Denial[]
}

/** A call that is refused: an action, perhaps only in one region or on one resource (its exact ARN). */
export type Denial = { action: string; region?: string; resource?: string }

/** What stands in one region of one account. */
export type RegionSeed = NetworkSeed &
  KmsRegionSeed &
  CloudTrailSeed &
  LogsSeed &
  RedshiftKeysSeed &
  SnapshotSchedulesSeed &
  ExtrasSeed &
  ServerlessSeed & {
    parameterGroups?: ParameterGroupSeed[]
    subnetGroups?: SubnetGroupSeed[]
    clusters?: ClusterSeed[]
    snapshots?: SnapshotSeed[]
    buckets?: BucketSeed[]
    secrets?: SecretSeed[]
  }

/** An SDK shape as a seed: all members optional, times as ISO 8601 text or relative to the world's now (`-26h`). */
export type Seed<Shape> = Shape extends Date
  ? string | Date
  : Shape extends (infer Item)[]
    ? Seed<Item>[]
    : Shape extends object
      ? { [Member in keyof Shape]?: Seed<Shape[Member]> }
      : Shape

/** Values of parameters. AWS has texts only; a world may say true or 5. */
export type SeedValues = Record<string, string | number | boolean>

/** A parameter group and the values a user has set in it. */
export type ParameterGroupSeed = Seed<ClusterParameterGroup> & {
  ParameterGroupName: string
  ParameterGroupFamily: string
  values?: SeedValues
}

/**
 * A cluster. `ParameterGroup` names its group; `ClusterParameterGroups` may say more, as AWS shows it: several groups, and
 * parameters that wait or failed. `inForce` holds values the database still runs although its group says otherwise. A
 * `logging` that was last delivered "never" is on and does not arrive, without AWS saying that it fails.
 */
export type ClusterSeed = Seed<Cluster> & {
  ClusterIdentifier: string
  ParameterGroup?: string
  inForce?: SeedValues
  logging?: Seed<LoggingStatus>
  people?: PeopleSeed
  PendingModifiedValues?: Seed<PendingModifiedValues>
}

/** A snapshot; its cluster may be gone. */
export type SnapshotSeed = Seed<Snapshot> & { SnapshotIdentifier: string }
