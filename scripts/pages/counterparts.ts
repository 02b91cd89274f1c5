// Which practices say the same of provisioned clusters and of serverless, and why some say it of one kind only.

type Pair = readonly [provisioned: string, ...serverless: string[]]

/** What is wanted of both, each by a practice of its own; what a cluster is, is a namespace and its workgroup. */
const pairs: readonly Pair[] = [
  ['cluster-require-ssl', 'workgroup-require-ssl'],
  ['cluster-fips-tls', 'workgroup-fips-tls'],
  ['cluster-customer-managed-key', 'namespace-customer-managed-key'],
  ['cluster-key-in-reach', 'namespace-key-in-reach'],
  ['manual-snapshot-retention', 'serverless-snapshot-retention'],
  ['snapshot-shared', 'serverless-snapshot-shared'],
  ['cluster-resource-policy', 'namespace-resource-policy'],
  ['cluster-copy-region', 'namespace-copy-region'],
  ['copy-grant-customer-managed-key', 'namespace-copy-customer-managed-key'],
  ['snapshot-region', 'serverless-snapshot-region'],
  ['cluster-audit-logging', 'namespace-log-exports'],
  ['cluster-system-tables-published', 'namespace-system-tables-published'],
  ['cluster-user-activity-logging', 'workgroup-user-activity-logging'],
  ['cluster-public', 'workgroup-public'],
  ['cluster-reachable', 'workgroup-reachable'],
  ['cluster-enhanced-vpc-routing', 'workgroup-enhanced-vpc-routing'],
  ['cluster-admin-name', 'namespace-admin-name'],
  ['cluster-database-name', 'namespace-database-name'],
  ['cluster-admin-password-managed', 'namespace-admin-password-managed'],
  ['cluster-iam-roles', 'namespace-iam-roles'],
  ['cluster-endpoint-access', 'workgroup-endpoint-access'],
  ['cluster-tags', 'namespace-tags', 'workgroup-tags'],
  ['cluster-port', 'workgroup-port'],
]

/** What is judged once for both kinds: keys, buckets, trails. */
const both: readonly string[] = [
  'key-usable',
  'key-rotation',
  'key-access',
  'region-trail',
  'log-group-retention',
]

/** Why a practice says nothing of serverless. */
const provisionedOnly: Readonly<Record<string, string>> = {
  'cluster-encrypted': 'serverless is always encrypted',
  'snapshot-encrypted': 'serverless is always encrypted',
  'cluster-automated-snapshots':
    'recovery points are taken every 30 minutes and kept for 24 hours, and nobody can change it',
  'cluster-snapshot-schedule': 'recovery points have no schedule',
  'cluster-manual-retention': 'serverless has no default retention: each snapshot says its own',
  'cluster-copy-retention':
    'the retention of its copies is judged with the copying itself, by namespace-copy-region',
  'snapshot-orphaned':
    'every snapshot is judged alike by serverless-snapshot-retention, whether its namespace is there or not',
  'cluster-keys-rotated': 'serverless has no call to rotate its own keys',
  'cluster-hsm': 'serverless knows no hardware security modules',
  'hsm-unused': 'serverless knows no hardware security modules',
  'hsm-certificate-unused': 'serverless knows no hardware security modules',
  'cluster-copy-grant': 'copies of serverless name their key in the copy configuration',
  'copy-grant-unused': 'copies of serverless name their key in the copy configuration',
  'audit-log-bucket': 'serverless sends its logs to CloudWatch Logs only',
  'bucket-refuses-plain-http':
    'serverless sends its logs to CloudWatch Logs only; buckets of data are judged once, for both',
  'cluster-version-upgrade': 'serverless is upgraded by AWS',
  'cluster-multi-az': 'serverless runs in several zones by itself',
  'subnet-group-zones': 'workgroups name subnets in three zones or are refused',
  'cluster-event-subscription': 'serverless has no event subscriptions: its events go to EventBridge',
  'snapshot-tags': 'tags of serverless snapshots are not judged',
  'parameter-group-tags': 'serverless has no parameter groups',
  'subnet-group-tags': 'serverless has no subnet groups',
  'event-subscription-tags': 'serverless has no event subscriptions',
  'datashare-consumers': 'datashares are listed and judged alike, whoever produces them',
  'datashare-public-consumers': 'datashares are listed and judged alike, whoever produces them',
}

/** Stands where nobody wrote yet which counterpart a practice has, or why it has none. */
export const unstated = 'not stated yet in scripts/pages/counterparts.ts'

/** The cells of a practice about both kinds of warehouse. */
export function kindsOfWarehouse(
  id: string,
  ids: ReadonlySet<string>,
): { provisioned: string; serverless: string } {
  const pair = pairs.find((one) => one.includes(id))
  if (pair) {
    const [provisioned, ...serverless] = pair
    const cells = serverless.map((other) => cell(other, id, ids))
    return { provisioned: cell(provisioned, id, ids), serverless: cells.join(', ') }
  }
  if (both.includes(id)) return { provisioned: 'this one', serverless: 'this one' }
  const why = provisionedOnly[id]
  // A practice that was begun just now; a test does not let it stay so.
  if (why === undefined) return { provisioned: 'this one', serverless: unstated }
  return { provisioned: 'this one', serverless: `does not apply, because ${why}` }
}

function cell(other: string, own: string, ids: ReadonlySet<string>): string {
  if (other === own) return 'this one'
  return ids.has(other) ? `[${other}](practices/${other}.md)` : 'not judged yet'
}
