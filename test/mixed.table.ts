// What is right for every resource of the world `mixed`, by every practice. Written by hand from the facts of the world
// and the rules of the practices, never by running them; test/worlds.test.ts compares a scan with it, both ways. Both
// accounts of the company are trusted.

/** `status reason` of each practice that judges clusters, in this order. */
export const clusterPractices = [
  'cluster-require-ssl',
  'cluster-encrypted',
  'cluster-audit-logging',
  'cluster-automated-snapshots',
] as const

type ClusterRow = [place: string, cluster: string, ssl: string, encrypted: string, logs: string, kept: string]

const warehouse = '111122223333'
const lake = '444455556666'

// biome-ignore format: a table
export const clusters: ClusterRow[] = [
  [`eu-central-1:${warehouse}`, 'orders', 'pass in-force', 'pass encrypted', 'pass delivering', 'pass kept'],
  [`eu-central-1:${warehouse}`, 'payments', 'fail pending-reboot', 'pass encrypted', 'pass delivering', 'pass kept'],
  [`eu-central-1:${warehouse}`, 'returns', 'fail opens-at-reboot', 'pass encrypted', 'fail off', 'pass kept'],
  [`eu-central-1:${warehouse}`, 'loyalty', 'pass in-force', 'pass encrypted', 'pass not-yet-delivered', 'pass no-snapshot-yet'],
  [`eu-central-1:${warehouse}`, 'archive-2019', 'fail off', 'fail not-encrypted', 'fail failing', 'fail off'],
  [`eu-west-1:${warehouse}`, 'claims', 'unknown refused', 'pass encrypted', 'unknown refused', 'fail stale'],
  [`eu-west-1:${warehouse}`, 'reports', 'fail off', 'fail decrypting', 'fail never-delivered', 'fail too-short'],
  [`eu-west-1:${warehouse}`, 'ledger', 'pass in-force', 'pass encrypted', 'pass paused', 'pass paused'],
  // eu-west-1 sandbox is being deleted: no finding.
  [`us-east-1:${warehouse}`, 'mart', 'pass in-force', 'pass encrypted', 'fail incomplete', 'unknown refused'],
  [`us-east-1:${warehouse}`, 'clickstream', 'pass in-force', 'fail encrypting', 'fail stale', 'fail too-short'],
  [`eu-central-1:${lake}`, 'lake', 'pass in-force', 'pass encrypted', 'pass delivering', 'pass kept'],
  [`eu-central-1:${lake}`, 'orders', 'fail off', 'pass encrypted', 'pass delivering', 'pass kept'],
  [`eu-west-1:${lake}`, 'orders', 'pass in-force', 'pass encrypted', 'pass delivering', 'fail stale'],
  // Clusters of the lake account in us-east-1 may not be listed: one finding stands for all of them.
  [`us-east-1:${lake}`, '*', 'unknown refused', 'unknown refused', 'unknown refused', 'unknown refused'],
]

/** `status reason` of each practice that judges snapshots, in this order; a dash where it says nothing. */
export const snapshotPractices = ['manual-snapshot-retention', 'snapshot-shared'] as const

type SnapshotRow = [place: string, snapshot: string, retention: string, shared: string]

const dailyCloses = Array.from({ length: 120 }, (_, index): SnapshotRow => {
  const number = index + 1
  const retention = [1, 50, 101, 120].includes(number) ? 'fail never-expires' : 'pass expires'
  const name = `orders/orders-close-${String(number).padStart(3, '0')}`
  return [`eu-central-1:${warehouse}`, name, retention, 'pass private']
})

// biome-ignore format: a table
export const snapshots: SnapshotRow[] = [
  ...dailyCloses,
  [`eu-central-1:${warehouse}`, 'orders/rs:orders-0003h-ago', '-', 'pass private'],
  [`eu-central-1:${warehouse}`, 'orders/rs:orders-0011h-ago', '-', 'pass private'],
  [`eu-central-1:${warehouse}`, 'orders/rs:orders-0019h-ago', '-', 'pass private'],
  [`eu-central-1:${warehouse}`, 'payments/rs:payments-0006h-ago', '-', 'pass private'],
  [`eu-central-1:${warehouse}`, 'returns/rs:returns-0008h-ago', '-', 'pass private'],
  [`eu-central-1:${warehouse}`, 'archive-2019/archive-2019-before-migration', 'pass expires', 'pass private'],
  [`eu-west-1:${warehouse}`, 'claims/rs:claims-0040h-ago', '-', 'pass private'],
  [`eu-west-1:${warehouse}`, 'reports/rs:reports-0005h-ago', '-', 'pass private'],
  [`eu-west-1:${warehouse}`, 'ledger/rs:ledger-0240h-ago', '-', 'pass private'],
  [`eu-west-1:${warehouse}`, 'orders/copy:rs:orders-0027h-ago', '-', 'pass private'],
  [`eu-west-1:${warehouse}`, 'reports/reports-for-support', 'pass expires', 'fail shared-with-support'],
  [`eu-west-1:${warehouse}`, 'reports/reports-for-lake', 'pass expires', 'pass trusted-only'],
  [`eu-west-1:${warehouse}`, 'reports/reports-for-partner', 'pass expires', 'fail shared-key-blocks'],
  [`eu-west-1:${warehouse}`, 'reports/reports-for-all', 'pass expires', 'fail shared-key-blocks'],
  [`eu-west-1:${warehouse}`, 'reports/reports-broken', '-', 'pass private'],
  [`eu-west-1:${warehouse}`, 'claims/claims-right-now', 'fail never-expires', 'pass private'],
  [`eu-west-1:${warehouse}`, 'claims/awsbackup:job-7f3a', 'fail never-expires', 'pass private'],
  [`eu-west-1:${warehouse}`, 'sandbox/sandbox-final', 'fail never-expires', 'pass private'],
  [`eu-west-1:${warehouse}`, 'campaigns-2021/campaigns-2021-midyear', 'fail never-expires', 'pass private'],
  [`eu-west-1:${warehouse}`, 'campaigns-2021/campaigns-2021-final', 'fail never-expires', 'pass private'],
  // Snapshots of the warehouse account in us-east-1 may not be listed.
  [`us-east-1:${warehouse}`, '*', 'unknown refused', 'unknown refused'],
  [`eu-central-1:${lake}`, 'lake/rs:lake-0002h-ago', '-', 'pass private'],
  [`eu-central-1:${lake}`, 'lake/rs:lake-0010h-ago', '-', 'pass private'],
  [`eu-central-1:${lake}`, 'lake/rs:lake-0018h-ago', '-', 'pass private'],
  [`eu-central-1:${lake}`, 'orders/rs:orders-0004h-ago', '-', 'pass private'],
  [`eu-central-1:${lake}`, 'orders/rs:orders-0012h-ago', '-', 'pass private'],
  [`eu-central-1:${lake}`, 'lake/lake-for-warehouse', 'pass expires', 'pass trusted-only'],
  [`eu-central-1:${lake}`, 'lake/lake-for-former-partner', 'pass expires', 'fail shared-key-blocks'],
  [`eu-west-1:${lake}`, 'orders/rs:orders-0030h-ago', '-', 'pass private'],
  [`eu-west-1:${lake}`, 'orders/copy:rs:orders-0001h-ago', '-', 'pass private'],
  [`us-east-1:${lake}`, 'trial/trial-2025', 'fail never-expires', 'pass private'],
]

/** The table as lines: `practice arn status reason`, sorted. */
export function expectedLines(): string[] {
  const lines = [
    ...clusters.flatMap(([place, name, ...cells]) =>
      clusterPractices.map((practice, index) => line(practice, `${place}:cluster:${name}`, cells[index])),
    ),
    ...snapshots.flatMap(([place, name, ...cells]) =>
      snapshotPractices.map((practice, index) => line(practice, `${place}:snapshot:${name}`, cells[index])),
    ),
  ]
  return lines.filter((text) => !text.endsWith(' -')).sort()
}

function line(practice: string, resource: string, cell = '-'): string {
  return `${practice} arn:aws:redshift:${resource} ${cell}`
}
