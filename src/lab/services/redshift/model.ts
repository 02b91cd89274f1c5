// What the lab keeps of Redshift in one region: clusters, parameter groups and snapshots.

import type { Cluster, LoggingStatus, PendingModifiedValues, Snapshot, Tag } from '@aws-sdk/client-redshift'
import { defaultGroups } from './default-groups.ts'

/** A parameter group: its family's defaults, and what a user has set instead. */
export type ParameterGroup = {
  name: string
  family: string
  description: string
  tags: Tag[]
  /** Only the values a user has set; the rest are the family's defaults. */
  values: Map<string, string>
}

/** Something under way on a cluster: the status it shows until a virtual moment, and what happens then. */
export type Work = { status: string; availability: string; until: number; ending: Ending }

/** What happens when work on a cluster ends; `endings.ts` does it. */
export type Ending =
  | { kind: 'rebooted' }
  /** The values were pending since the call; what was pending before it still is. */
  | { kind: 'modified'; values: PendingModifiedValues }
  | { kind: 'parametersApplied' }

/** A cluster. `facts` hold what AWS would say of it at rest; groups and status are worked out when read. */
export type ClusterRecord = {
  id: string
  facts: Cluster
  group: ParameterGroup
  /** Parameters that wait for a reboot, each with the value the database still runs. */
  pending: Map<string, string>
  /** Dynamic parameters that are being applied while the cluster shows `modifying`. */
  applying: Set<string>
  work: Work | undefined
  /** The virtual moment of the next automated snapshot; undefined while none is taken. */
  nextSnapshot: number | undefined
  logging: LoggingRecord
}

/** Audit logging of a cluster: its settings and how deliveries have gone. */
export type LoggingRecord = { settings: LoggingStatus; delivery: Delivery }

/** Deliveries go on hourly from `since` when `repeats`; otherwise they stay as the settings say. */
export type Delivery = { outcome: 'success' | 'failure'; since: number; repeats: boolean }

/** A snapshot's facts, those the lab counts with always there. */
export type SnapshotFacts = Snapshot & {
  SnapshotCreateTime: Date
  SnapshotRetentionStartTime: Date
  ClusterIdentifier: string
  SnapshotArn: string
}

/** A snapshot. */
export type SnapshotRecord = { id: string; isManual: boolean; facts: SnapshotFacts }

/** Something that happened, as DescribeEvents tells it; `number` is that of its id. */
export type EventRecord = { order: number; at: number; number: string; source: string; message: string }

/** Redshift in one region of one account. */
export type Redshift = {
  groups: Map<string, ParameterGroup>
  clusters: Map<string, ClusterRecord>
  /** Changed through `snapshot-store.ts` alone, which keeps the index below. */
  snapshots: Map<string, SnapshotRecord>
  snapshotsByCluster: Map<string, Map<string, SnapshotRecord>>
  /** In the order they happened; written by `note` alone. */
  events: EventRecord[]
}

/** Redshift before anything was made in a region. */
export function emptyRedshift(): Redshift {
  return {
    groups: defaultGroups(),
    clusters: new Map(),
    snapshots: new Map(),
    snapshotsByCluster: new Map(),
    events: [],
  }
}
