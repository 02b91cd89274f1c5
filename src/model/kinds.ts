// What each resource type is called: its ARN, its name among its facts, the list it comes from, the words of a person.

import type { ReadAction } from './action.ts'
import type { ResourceType, ResourceTypes } from './resource-types.ts'

type Kind<T extends ResourceType> = {
  /** What a person calls it. */
  noun: string
  /** The action that lists or describes it. */
  source: ReadAction
  /** What stands before its name in the last part of its ARN. */
  arn: { service: string; prefix: string; account?: false; region?: false }
  /** Its name: what follows the prefix in its ARN, unless AWS writes an id there. */
  name(facts: ResourceTypes[T]['facts']): string
  /** Its ARN where AWS tells it. */
  told?(facts: ResourceTypes[T]['facts']): string | undefined
}

const redshift = (prefix: string) => ({ service: 'redshift', prefix: `${prefix}:` })
const serverless = (prefix: string) => ({ service: 'redshift-serverless', prefix: `${prefix}/` })

/**
 * The kinds. ARNs of Redshift: https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-iam-access-control-overview.html
 * and, of the others, https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const kinds: { [T in ResourceType]: Kind<T> } = {
  'redshift:cluster': {
    noun: 'cluster',
    source: 'redshift:DescribeClusters',
    arn: redshift('cluster'),
    name: ({ ClusterIdentifier = '' }) => ClusterIdentifier,
  },
  'redshift:parameter-group': {
    noun: 'parameter group',
    source: 'redshift:DescribeClusterParameterGroups',
    arn: redshift('parametergroup'),
    name: ({ ParameterGroupName = '' }) => ParameterGroupName,
  },
  'redshift:snapshot': {
    noun: 'snapshot',
    source: 'redshift:DescribeClusterSnapshots',
    arn: redshift('snapshot'),
    name: ({ ClusterIdentifier, SnapshotIdentifier }) => `${ClusterIdentifier}/${SnapshotIdentifier}`,
    told: ({ SnapshotArn }) => SnapshotArn,
  },
  'redshift:subnet-group': {
    noun: 'subnet group',
    source: 'redshift:DescribeClusterSubnetGroups',
    arn: redshift('subnetgroup'),
    name: ({ ClusterSubnetGroupName = '' }) => ClusterSubnetGroupName,
  },
  'redshift:event-subscription': {
    noun: 'event subscription',
    source: 'redshift:DescribeEventSubscriptions',
    arn: redshift('eventsubscription'),
    name: ({ CustSubscriptionId = '' }) => CustSubscriptionId,
  },
  'redshift:snapshot-schedule': {
    noun: 'snapshot schedule',
    source: 'redshift:DescribeSnapshotSchedules',
    arn: redshift('snapshotschedule'),
    name: ({ ScheduleIdentifier = '' }) => ScheduleIdentifier,
  },
  'redshift:copy-grant': {
    noun: 'copy grant',
    source: 'redshift:DescribeSnapshotCopyGrants',
    arn: redshift('snapshotcopygrant'),
    name: ({ SnapshotCopyGrantName = '' }) => SnapshotCopyGrantName,
  },
  'redshift:hsm-configuration': {
    noun: 'HSM configuration',
    source: 'redshift:DescribeHsmConfigurations',
    arn: redshift('hsmconfiguration'),
    name: ({ HsmConfigurationIdentifier = '' }) => HsmConfigurationIdentifier,
  },
  'redshift:hsm-client-certificate': {
    noun: 'HSM client certificate',
    source: 'redshift:DescribeHsmClientCertificates',
    arn: redshift('hsmclientcertificate'),
    name: ({ HsmClientCertificateIdentifier = '' }) => HsmClientCertificateIdentifier,
  },
  'redshift:datashare': {
    noun: 'datashare',
    source: 'redshift:DescribeDataShares',
    arn: redshift('datashare'),
    name: ({ DataShareArn = '' }) => DataShareArn.slice(DataShareArn.indexOf(':datashare:') + 11),
    told: ({ DataShareArn }) => DataShareArn,
  },
  // AWS gives an authorization no ARN; this one is ours.
  'redshift:endpoint-authorization': {
    noun: 'endpoint authorization',
    source: 'redshift:DescribeEndpointAuthorization',
    arn: redshift('endpointauthorization'),
    name: ({ ClusterIdentifier, Grantee }) => `${ClusterIdentifier}/${Grantee}`,
  },
  'redshift-serverless:workgroup': {
    noun: 'workgroup',
    source: 'redshift-serverless:ListWorkgroups',
    arn: serverless('workgroup'),
    name: ({ workgroupName = '' }) => workgroupName,
    told: ({ workgroupArn }) => workgroupArn,
  },
  'redshift-serverless:namespace': {
    noun: 'namespace',
    source: 'redshift-serverless:ListNamespaces',
    arn: serverless('namespace'),
    name: ({ namespaceName = '' }) => namespaceName,
    told: ({ namespaceArn }) => namespaceArn,
  },
  'redshift-serverless:snapshot': {
    noun: 'serverless snapshot',
    source: 'redshift-serverless:ListSnapshots',
    arn: serverless('snapshot'),
    name: ({ snapshotName = '' }) => snapshotName,
    told: ({ snapshotArn }) => snapshotArn,
  },
  'redshift-serverless:copy-configuration': {
    noun: 'copy configuration',
    source: 'redshift-serverless:ListSnapshotCopyConfigurations',
    arn: serverless('snapshotcopyconfiguration'),
    name: ({ namespaceName, destinationRegion }) => `${namespaceName} to ${destinationRegion}`,
    told: ({ snapshotCopyConfigurationArn }) => snapshotCopyConfigurationArn,
  },
  'kms:key': {
    noun: 'key',
    source: 'kms:DescribeKey',
    arn: { service: 'kms', prefix: 'key/' },
    name: ({ KeyId }) => KeyId,
    told: ({ Arn }) => Arn,
  },
  'kms:alias': {
    noun: 'alias',
    source: 'kms:DescribeKey',
    arn: { service: 'kms', prefix: 'alias/' },
    name: ({ AliasName }) => AliasName.replace('alias/', ''),
  },
  's3:bucket': {
    noun: 'bucket',
    source: 's3:GetBucketLocation',
    arn: { service: 's3', prefix: '', account: false, region: false },
    name: ({ Name }) => Name,
  },
  'cloudtrail:trail': {
    noun: 'trail',
    source: 'cloudtrail:DescribeTrails',
    arn: { service: 'cloudtrail', prefix: 'trail/' },
    name: ({ Name = '' }) => Name,
    told: ({ TrailARN }) => TrailARN,
  },
  'logs:log-group': {
    noun: 'log group',
    source: 'logs:DescribeLogGroups',
    arn: { service: 'logs', prefix: 'log-group:' },
    name: ({ logGroupName = '' }) => logGroupName,
    told: ({ logGroupArn }) => logGroupArn,
  },
  'ec2:security-group': {
    noun: 'security group',
    source: 'ec2:DescribeSecurityGroups',
    arn: { service: 'ec2', prefix: 'security-group/' },
    name: ({ GroupId = '' }) => GroupId,
  },
  'ec2:prefix-list': {
    noun: 'prefix list',
    source: 'ec2:GetManagedPrefixListEntries',
    arn: { service: 'ec2', prefix: 'prefix-list/' },
    name: ({ PrefixListId }) => PrefixListId,
  },
  'iam:role': {
    noun: 'role',
    source: 'iam:ListRolePolicies',
    arn: { service: 'iam', prefix: 'role/', region: false },
    name: ({ RoleName }) => RoleName,
    told: ({ Arn }) => Arn,
  },
  // AWS gives a region no ARN; this one is ours.
  'account:region': {
    noun: 'region',
    source: 'cloudtrail:DescribeTrails',
    arn: { service: 'account', prefix: 'region/' },
    name: ({ Region }) => Region,
  },
}

export const resourceTypes = Object.keys(kinds) as ResourceType[]
