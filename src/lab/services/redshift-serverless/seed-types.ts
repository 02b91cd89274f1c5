// Redshift Serverless as a world says it.

import type {
  Namespace,
  Snapshot,
  SnapshotCopyConfiguration,
  Tag,
  Workgroup,
} from '@aws-sdk/client-redshift-serverless'
import type { PeopleSeed } from '#lab/people/types.ts'
import type { Seed } from '#lab/world.ts'

/** A namespace; `kmsKeyId` is a key's id, ARN or alias. */
export type NamespaceSeed = Seed<Namespace> & { namespaceName: string; tags?: Seed<Tag>[] }

/** A workgroup; parameters that are left out have their defaults. */
export type WorkgroupSeed = Seed<Workgroup> & {
  workgroupName: string
  namespaceName: string
  tags?: Seed<Tag>[]
  /** Who works in the database. */
  people?: PeopleSeed
}

/** A snapshot, also of a namespace that is gone; whom it is shared with becomes its resource policy. */
export type ServerlessSnapshotSeed = Seed<Snapshot> & { snapshotName: string; tags?: Seed<Tag>[] }

/** Where a namespace's backups are copied. */
export type SnapshotCopyConfigurationSeed = Seed<SnapshotCopyConfiguration> & {
  namespaceName: string
  destinationRegion: string
}

/** The policy of a snapshot, a workgroup or a namespace, as an object or as text. */
export type ResourcePolicySeed = { policy: object | string } & (
  | { snapshotName: string }
  | { workgroupName: string }
  | { namespaceName: string }
)

/** Redshift Serverless in one region. */
export type ServerlessSeed = {
  namespaces?: NamespaceSeed[]
  workgroups?: WorkgroupSeed[]
  serverlessSnapshots?: ServerlessSnapshotSeed[]
  snapshotCopyConfigurations?: SnapshotCopyConfigurationSeed[]
  resourcePolicies?: ResourcePolicySeed[]
}
