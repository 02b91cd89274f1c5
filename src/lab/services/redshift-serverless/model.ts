// What the lab keeps of Redshift Serverless in one region: namespaces, workgroups, snapshots and what belongs to them.

import type {
  EndpointAccess,
  LogExport,
  Namespace,
  Snapshot,
  SnapshotCopyConfiguration,
  TableRestoreStatus,
  Tag,
  UsageLimit,
  Workgroup,
} from '@aws-sdk/client-redshift-serverless'
import type { PolicyDocument } from '#lab/iam/types.ts'
import type { SnapshotVault, Vault } from '#lab/services/redshift/keys/vault.ts'
import type { Database, Stretch } from '#lab/services/redshift/logging/model.ts'

/** How a namespace shows a key that AWS owns (floci-io/floci#3631 asserts it as AWS's default). */
export const awsOwned = 'AWS_OWNED_KMS_KEY'

/** A namespace's facts at rest, those the lab counts with always there. Roles are plain ARNs. */
export type NamespaceFacts = Namespace & {
  namespaceArn: string
  namespaceId: string
  adminUsername: string
  dbName: string
  kmsKeyId: string
  iamRoles: string[]
  logExports: LogExport[]
  creationDate: Date
}

/** A stretch of time in which a recovery point is taken every half hour, and what they are encrypted under. */
export type Span = { from: number; to: number | undefined; workgroup: string; vault: Vault }

/** Something under way until a virtual moment, and what is true when it ends. */
export type Work<Facts> = {
  status: 'CREATING' | 'MODIFYING' | 'DELETING'
  until: number
  /** What changes at the end; nothing when it is deleted. */
  change: Partial<Facts>
  /** The keys and the data that the namespace has then, and the grant where the root key is another one. */
  vault?: Vault
  grant?: string | undefined
}

/** A stretch of time in which backups are copied to another region, and the key they are under there. */
export type Copying = { region: string; keyArn: string; from: number; to: number | undefined }

/** A namespace: the data. */
export type NamespaceRecord = {
  name: string
  facts: NamespaceFacts
  work: Work<NamespaceFacts> | undefined
  vault: Vault
  /** Redshift's grant for the root key; keys that AWS owns need none. */
  grant: string | undefined
  /** Since when the root key cannot be used. */
  lockedSince: number | undefined
  spans: Span[]
  copying: Copying[]
  /** What its people leave in its logs; there is none before a workgroup was. */
  database: Database | undefined
  /** How its logs are delivered now. */
  stretch: Stretch | undefined
}

/** A workgroup's facts at rest. Parameters are kept apart; endpoint and status are worked out when read. */
export type WorkgroupFacts = Workgroup & {
  workgroupArn: string
  workgroupId: string
  namespaceName: string
  subnetIds: string[]
  securityGroupIds: string[]
  port: number
  /** Values of parameters, by key. */
  parameters: Record<string, string>
}

/** A workgroup: the computing in front of a namespace. */
export type WorkgroupRecord = {
  name: string
  facts: WorkgroupFacts
  work: Work<WorkgroupFacts> | undefined
  /** Which other accounts may make endpoints to it. */
  policy: PolicyRecord | undefined
}

/** A snapshot's facts. Whom it is shared with, its status and remaining days are worked out when read. */
export type SnapshotFacts = Snapshot & {
  snapshotArn: string
  namespaceName: string
  namespaceArn: string
  ownerAccount: string
  snapshotCreateTime: Date
  snapshotRetentionPeriod: number
  snapshotRetentionStartTime: Date
}

/** A resource policy, as it was put and as it is evaluated. */
export type PolicyRecord = { text: string; document: PolicyDocument }

/** A snapshot. */
export type SnapshotRecord = {
  name: string
  facts: SnapshotFacts
  /** Until when it is being made, and what that is called. */
  readyAt: number
  making: 'CREATING' | 'COPYING'
  vault: SnapshotVault
  policy: PolicyRecord | undefined
  /** The accounts that may restore it to a provisioned cluster. */
  provisionedAccounts: string[]
}

/** A table being restored, or restored; its status is worked out when read. */
export type TableRestore = TableRestoreStatus & { tableRestoreRequestId: string; requestTime: Date }

/** A VPC endpoint that Redshift manages; its status is worked out when read. */
export type EndpointRecord = {
  name: string
  facts: EndpointAccess
  /** Until when it is being made or changed, and what that is called. */
  busyUntil: number
  busy: 'CREATING' | 'MODIFYING'
  goneAt: number | undefined
}

/** Redshift Serverless in one region of one account. */
export type Serverless = {
  namespaces: Map<string, NamespaceRecord>
  workgroups: Map<string, WorkgroupRecord>
  snapshots: Map<string, SnapshotRecord>
  copies: Map<string, SnapshotCopyConfiguration>
  limits: Map<string, UsageLimit>
  endpoints: Map<string, EndpointRecord>
  tableRestores: TableRestore[]
  /** Tags by the ARN of what has them. */
  tags: Map<string, Tag[]>
}

/** Redshift Serverless before anything was made in a region. */
export function emptyServerless(): Serverless {
  return {
    namespaces: new Map(),
    workgroups: new Map(),
    snapshots: new Map(),
    copies: new Map(),
    limits: new Map(),
    endpoints: new Map(),
    tableRestores: [],
    tags: new Map(),
  }
}
