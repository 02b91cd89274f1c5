// What the lab keeps of Redshift in one region: clusters, parameter groups and snapshots.

import type {
  Cluster,
  ClusterParameterGroupStatus,
  ClusterSnapshotCopyStatus,
  PendingModifiedValues,
  Snapshot,
  TableRestoreStatus,
  Tag,
} from '@aws-sdk/client-redshift'
import { defaultGroups } from './default-groups.ts'
import { type Extras, emptyExtras } from './extras/model.ts'
import { emptyKeys, type RedshiftKeys } from './keys/model.ts'
import type { Root } from './keys/root.ts'
import type { SnapshotVault, Vault } from './keys/vault.ts'
import type { Database, LoggingRecord, Stretch } from './logging/model.ts'

/** A parameter group: its family's defaults, and what a user has set instead. */
export type ParameterGroup = {
  name: string
  family: string
  description: string
  tags: Tag[]
  /** Only the values a user has set; the rest are the family's defaults. */
  values: Map<string, string>
}

/** A status that a cluster shows while something is under way, and what happens when it ends. */
export type Stage = { status: string; availability: string; ending: Ending }

/** Something under way on a cluster until a virtual moment, and the stages that follow, each with its duration. */
export type Work = Stage & { until: number; next?: (Stage & { lasts: number })[] }

/** What happens when work on a cluster ends; `endings.ts` does it. */
export type Ending =
  /** Nothing: a stage that only takes time. */
  | { kind: 'passed' }
  | { kind: 'created' }
  | { kind: 'restoring' }
  | { kind: 'restored'; snapshot: string }
  | { kind: 'deleted'; saved: boolean }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | { kind: 'rebooted' }
  /** The values were pending since the call; what was pending before it still is. */
  | {
      kind: 'modified'
      values: PendingModifiedValues
      facts?: Partial<Cluster>
      encryption?: Reencryption
    }
  | { kind: 'rolesChanged' }
  | { kind: 'parametersApplied' }
  | { kind: 'resized'; resize: ResizeRecord }
  | { kind: 'resizeCancelled' }
  | { kind: 'elasticBegun' }
  | { kind: 'elasticDone' }
  | { kind: 'maintained' }
  | { kind: 'keysRotated' }
  /** Redshift restarted the cluster after a failure, which applies static parameters as a reboot does. */
  | { kind: 'recovered' }
  | { kind: 'relocated'; zone: string }
  | { kind: 'failedOver' }
  | { kind: 'multiAzChanged'; facts: Partial<Cluster>; event: '3674' | '3677' }

/** A change of encryption: the root key's ARN, and what AWS shows of it. */
export type Reencryption =
  | { type: 'KMS'; keyArn: string; shown: string | undefined }
  | { type: 'None'; keyArn: undefined; shown: undefined }

/** A resize, the latest of a cluster. */
export type ResizeRecord = {
  type: 'ClassicResize' | 'ElasticResize'
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'CANCELLING' | 'FAILED'
  nodeType: string
  nodes: number
  startedAt: number
  endsAt: number
  message?: string
}

/** A cluster subnet group. */
export type SubnetGroup = {
  name: string
  description: string
  vpc: string
  subnets: { id: string; vpc: string; zone: string }[]
  tags: Tag[]
}

/** A table being restored from a snapshot, or restored. */
export type TableRestore = TableRestoreStatus & { TableRestoreRequestId: string; endsAt: number }

/** A parameter's status that says something went wrong, and the value the database runs instead. */
export type Trouble = { status: string; description?: string | undefined; running: string }

/** A cluster. `facts` hold what AWS would say of it at rest; groups and status are worked out when read. */
export type ClusterRecord = {
  id: string
  facts: Readonly<Cluster>
  group: ParameterGroup
  /** Parameters that wait for a reboot, each with the value the database still runs. */
  pending: Map<string, string>
  /** Dynamic parameters that are being applied while the cluster shows `modifying`. */
  applying: Set<string>
  /** Parameters whose value in the group did not reach the database, and how AWS says so. */
  troubles?: Map<string, Trouble>
  /** Further groups, shown as they are in the world. */
  otherGroups?: ClusterParameterGroupStatus[]
  work: Work | undefined
  resize?: ResizeRecord
  /** The virtual moment of the next maintenance; undefined while none is due. */
  nextMaintenance?: number | undefined
  /** The virtual moment of the next automated snapshot; undefined while none is taken. */
  nextSnapshot: number | undefined
  /** The newest complete automated snapshot, where it is known. */
  newestSnapshot?: string
  /** The moment an automated snapshot was due that could not be taken yet. */
  overdueSnapshot?: number | undefined
  logging: LoggingRecord
  /** Whose people leave lines in the logs; made when first needed. */
  database?: Database
  /** The key it is encrypted under, and what is under that; made when first needed. */
  root?: Root
  vault?: Vault
}

/** A snapshot's facts, those the lab counts with always there. Replaced as a whole, so that what was made of them keeps. */
export type SnapshotFacts = Readonly<
  Snapshot & {
    SnapshotCreateTime: Date
    SnapshotRetentionStartTime: Date
    ClusterIdentifier: string
    SnapshotArn: string
  }
>

/** A snapshot. `facts` hold what AWS says of it when it is complete; progress is worked out when read. */
export type SnapshotRecord = {
  id: string
  isManual: boolean
  facts: SnapshotFacts
  /** While it is being made: from when until when. */
  creating?: { from: number; until: number } | undefined
  /** What it is encrypted under, where the cluster's keys were there when it was taken. */
  vault?: SnapshotVault
  /** How it will be copied to another region, as the cluster said when the snapshot was taken. */
  copying?: ClusterSnapshotCopyStatus
  /** Of a copy of an automated snapshot: the days it is kept after it was copied. */
  copyDays?: number
}

/** A snapshot schedule; clusters name it in their facts. */
export type SnapshotScheduleRecord = {
  id: string
  description: string
  definitions: string[]
  tags: Tag[]
  /** The moment its rates count from. */
  since: number
}

/** Something that happened, as DescribeEvents tells it; `number` is that of its id. */
export type EventRecord = { order: number; at: number; number: string; source: string; message: string }

/** Redshift in one region of one account. */
export type Redshift = {
  groups: Map<string, ParameterGroup>
  clusters: Map<string, ClusterRecord>
  /** Changed through `snapshots/store.ts` alone, which keeps the index below. */
  snapshots: Map<string, SnapshotRecord>
  snapshotsByCluster: Map<string, Map<string, SnapshotRecord>>
  snapshotSchedules: Map<string, SnapshotScheduleRecord>
  /** In the order they happened; written by `note` alone. */
  events: EventRecord[]
  subnetGroups: Map<string, SubnetGroup>
  tableRestores: TableRestore[]
  keys: RedshiftKeys
  extras: Extras
  /** Where audit logs went and go, by id; also of clusters that are gone, whose files stay. */
  deliveries: Map<string, Stretch>
}

/** Redshift before anything was made in a region. */
export function emptyRedshift(): Redshift {
  return {
    groups: defaultGroups(),
    clusters: new Map(),
    snapshots: new Map(),
    snapshotsByCluster: new Map(),
    snapshotSchedules: new Map(),
    events: [],
    subnetGroups: new Map(),
    tableRestores: [],
    keys: emptyKeys(),
    extras: emptyExtras(),
    deliveries: new Map(),
  }
}
