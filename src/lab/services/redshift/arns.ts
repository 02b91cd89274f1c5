// The ARN a Redshift action is checked against, which a refusal names.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html

import { arnIn, type Context, regionIn } from '#lab/state.ts'
import type { Access } from '#lab/wire/operations.ts'

// "Actions that do not support resource-level permissions", by the page above.
const withoutResource = new Set([
  ...['CreateScheduledAction', 'ModifyScheduledAction', 'DeleteScheduledAction', 'DescribeScheduledActions'],
  ...['CreateAuthenticationProfile', 'ModifyAuthenticationProfile', 'DeleteAuthenticationProfile'],
  'DescribeAuthenticationProfiles',
  'DescribeAccountAttributes',
  'DescribeClusterDbRevisions',
  'DescribeClusterTracks',
  'DescribeClusterVersions',
  'DescribeEventCategories',
  'DescribeEvents',
  'DescribeNodeConfigurationOptions',
  'DescribeOrderableClusterOptions',
  'DescribeReservedNodes',
  'DescribeStorage',
  'DescribeTableRestoreStatus',
])

/** What IAM checks of a call, with the tags that are there and those that are asked for. */
export function accessTo(action: string, input: Record<string, unknown>, context: Context): Access[] {
  const checks = targetsOf(action, input, context)
  const asked = requestTags(input)
  return checks.map((access) => {
    const tags = tagsOf(access.resource, context)
    if (!tags && !asked) return access
    return { ...access, conditions: { ...tags, ...asked } }
  })
}

// aws:ResourceTag: of clusters, snapshots and parameter groups, which policies usually tell apart by tags.
function tagsOf(arn: string, { region }: Context): Record<string, string> | undefined {
  const [kind, name = ''] = arn.split(':').slice(5)
  const { clusters, snapshots, groups } = region.redshift
  const tags =
    kind === 'cluster'
      ? clusters.get(name)?.facts.Tags
      : kind === 'snapshot'
        ? snapshots.get(name.slice(name.indexOf('/') + 1))?.facts.Tags
        : kind === 'parametergroup'
          ? groups.get(name)?.tags
          : undefined
  if (!tags?.length) return undefined
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:ResourceTag/${Key}`, Value]))
}

function requestTags({ Tags, TagKeys }: Record<string, unknown>): Access['conditions'] {
  const tags = (Array.isArray(Tags) ? Tags : []) as { Key?: string; Value?: string }[]
  const keys = [...tags.map(({ Key = '' }) => Key), ...(Array.isArray(TagKeys) ? TagKeys.map(String) : [])]
  if (keys.length === 0) return undefined
  const asked = tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value])
  return { 'aws:TagKeys': keys, ...Object.fromEntries(asked) }
}

/** The ARN of what the call is about; a listing without a name is about all of its kind. */
export function resourceOf(action: string, input: Record<string, unknown>, { region }: Context): string {
  if (withoutResource.has(action)) return '*'
  return (
    text(input.SnapshotArn) ??
    text(input.DataShareArn) ??
    text(input.IntegrationArn) ??
    text(input.ResourceArn) ??
    text(input.ResourceName) ??
    arnIn(region, 'redshift', resource(action, input))
  )
}

// A restore needs the snapshot, its owner's for a shared one, and the new cluster: a policy "that covers both", by
// https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html.
// A table restore needs its cluster and the snapshot.
function targetsOf(action: string, input: Record<string, unknown>, context: Context): Access[] {
  const usual = { action: `redshift:${action}`, resource: resourceOf(action, input, context) }
  const cluster = text(input.ClusterIdentifier)
  if (/^Batch/.test(action)) return batch(action, input, context)
  if (!/^Restore(Table)?FromClusterSnapshot$/.test(action) || cluster === undefined) return [usual]
  const { region, state } = context
  const owner = text(input.OwnerAccount)
  const account = owner === undefined ? undefined : state.accounts.get(owner)
  const home = account ? regionIn(account, region.name) : region
  // The name of the new cluster says nothing about the snapshot's.
  const { ClusterIdentifier, ...rest } = input
  const id = text(input.SnapshotIdentifier)
  const name = `snapshot:${snapshotName(id, rest)}`
  const resource = text(input.SnapshotArn) ?? arnIn(home, 'redshift', name)
  return [
    { action: `redshift:${action}`, resource, resourceAccount: region.account.id },
    { action: `redshift:${action}`, resource: arnIn(region, 'redshift', `cluster:${cluster.toLowerCase()}`) },
  ]
}

// Each snapshot is a resource of its own. Unverified: that AWS asks for each of them, and looks up the cluster, which
// BatchModifyClusterSnapshots cannot say.
function batch(action: string, input: Record<string, unknown>, { region }: Context): Access[] {
  const named = [input.Identifiers, input.SnapshotIdentifierList].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  const targets: Record<string, unknown>[] = named.map((one) =>
    typeof one === 'string' ? { SnapshotIdentifier: one } : one,
  )
  return targets.map((target) => {
    const id = text(target.SnapshotIdentifier)
    const known = id === undefined ? undefined : region.redshift.snapshots.get(id)?.facts.ClusterIdentifier
    const name = snapshotName(id, known === undefined ? target : { SnapshotClusterIdentifier: known })
    return { action: `redshift:${action}`, resource: arnIn(region, 'redshift', `snapshot:${name}`) }
  })
}

function resource(action: string, input: Record<string, unknown>): string {
  if (/DataShare/.test(action)) return 'datashare:*/*'
  if (/UsageLimit/.test(action)) return `usagelimit:${text(input.UsageLimitId) ?? '*'}`
  if (action === 'GetClusterCredentials')
    return `dbuser:${text(input.ClusterIdentifier) ?? '*'}/${text(input.DbUser) ?? '*'}`
  if (action === 'GetClusterCredentialsWithIAM')
    return `dbname:${text(input.ClusterIdentifier) ?? '*'}/${text(input.DbName) ?? '*'}`
  if (/EventSubscription/.test(action)) return `eventsubscription:${text(input.SubscriptionName) ?? '*'}`
  if (/Integration/.test(action)) return 'integration:*'
  if (/SnapshotCopyGrant/.test(action)) return `snapshotcopygrant:${text(input.SnapshotCopyGrantName) ?? '*'}`
  if (/HsmClientCertificate/.test(action))
    return `hsmclientcertificate:${text(input.HsmClientCertificateIdentifier) ?? '*'}`
  if (/HsmConfiguration/.test(action))
    return `hsmconfiguration:${text(input.HsmConfigurationIdentifier) ?? '*'}`
  // Copying is a matter of the cluster, and so is following a schedule.
  if (/SnapshotCopy|^ModifyClusterSnapshotSchedule$/.test(action))
    return `cluster:${text(input.ClusterIdentifier) ?? '*'}`
  if (/SnapshotSchedule/.test(action)) return `snapshotschedule:${text(input.ScheduleIdentifier) ?? '*'}`
  const snapshot = text(input.SnapshotIdentifier) ?? text(input.SourceSnapshotIdentifier)
  if (/Snapshot/.test(action)) return `snapshot:${snapshotName(snapshot, input)}`
  if (/SecurityGroup/.test(action)) return `securitygroup:${text(input.ClusterSecurityGroupName) ?? '*'}`
  if (/SubnetGroup/.test(action)) return `subnetgroup:${text(input.ClusterSubnetGroupName) ?? '*'}`
  if (/Parameter/.test(action)) return `parametergroup:${text(input.ParameterGroupName) ?? '*'}`
  return `cluster:${text(input.ClusterIdentifier) ?? '*'}`
}

// AWS knows the cluster of a snapshot from what the call says: the parameter "is required if your IAM user has a policy
// containing a snapshot resource element that specifies anything other than * for the cluster name" (API, e.g.
// ModifyClusterSnapshot). Unverified: that a refusal shows a star for the cluster then.
function snapshotName(id: string | undefined, input: Record<string, unknown>): string {
  const given = text(input.SnapshotClusterIdentifier) ?? text(input.SourceSnapshotClusterIdentifier)
  return `${given ?? text(input.ClusterIdentifier) ?? '*'}/${id ?? '*'}`
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
