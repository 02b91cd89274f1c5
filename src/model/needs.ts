// For each answer about a resource: the AWS calls that give it, and the other types it is joined from.

import type { ReadAction } from './action.ts'
import type { NeedOf } from './practice.ts'
import type { ResourceType } from './resource-types.ts'

/** `reads` are the calls whose answers it is made of; `from` the types that must be collected besides, for a join. */
export type NeedSource = { reads: readonly ReadAction[]; from?: readonly ResourceType[] }

const key: NeedSource = { reads: ['kms:DescribeKey'], from: ['kms:key'] }
const restoreKey: NeedSource = {
  reads: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'],
  from: ['kms:key'],
}

const guarded = {
  securityGroups: { reads: ['ec2:DescribeSecurityGroups'], from: ['ec2:security-group'] },
  prefixLists: {
    reads: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
    from: ['ec2:security-group', 'ec2:prefix-list'],
  },
  guardsRead: {
    reads: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
    from: ['ec2:security-group', 'ec2:prefix-list'],
  },
} as const satisfies Record<string, NeedSource>

const roles: NeedSource = {
  reads: [
    'iam:ListRolePolicies',
    'iam:GetRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:GetPolicy',
    'iam:GetPolicyVersion',
    'iam:GetRole',
  ],
  from: ['iam:role'],
}

const attachedClusters: NeedSource = { reads: ['redshift:DescribeClusters'], from: ['redshift:cluster'] }

const dataReads = [
  'redshift:DescribeClusters',
  'redshift:DescribeClusterSnapshots',
  'redshift-serverless:ListNamespaces',
] as const

/** Where each answer comes from. A new need does not compile without its line here. */
export const needs: { readonly [T in ResourceType]: Record<NeedOf<T>, NeedSource> } = {
  'redshift:cluster': {
    key,
    ...guarded,
    roles,
    logging: { reads: ['redshift:DescribeLoggingStatus'] },
    policy: { reads: ['redshift:GetResourcePolicy'] },
    parameters: { reads: ['redshift:DescribeClusterParameters'], from: ['redshift:parameter-group'] },
    automatedSnapshots: { reads: ['redshift:DescribeClusterSnapshots'], from: ['redshift:snapshot'] },
    parameterGroups: {
      reads: ['redshift:DescribeClusterParameterGroups'],
      from: ['redshift:parameter-group'],
    },
    subnetGroup: { reads: ['redshift:DescribeClusterSubnetGroups'], from: ['redshift:subnet-group'] },
    endpointAuthorizations: {
      reads: ['redshift:DescribeEndpointAuthorization'],
      from: ['redshift:endpoint-authorization'],
    },
    schedule: { reads: ['redshift:DescribeSnapshotSchedules'], from: ['redshift:snapshot-schedule'] },
    eventSubscriptions: {
      reads: ['redshift:DescribeEventSubscriptions'],
      from: ['redshift:event-subscription'],
    },
    logBucket: {
      reads: [
        's3:GetBucketLocation',
        's3:GetBucketPolicy',
        's3:GetBucketPolicyStatus',
        's3:GetPublicAccessBlock',
        's3:GetBucketEncryption',
        's3:GetObjectLockConfiguration',
      ],
      from: ['s3:bucket'],
    },
    keyRenewals: { reads: ['cloudtrail:LookupEvents'], from: ['account:region'] },
    resumes: { reads: ['cloudtrail:LookupEvents'], from: ['account:region'] },
  },
  'redshift:parameter-group': {
    parameters: { reads: ['redshift:DescribeClusterParameters'] },
    clusters: attachedClusters,
  },
  'redshift:snapshot': {
    key,
    restoreKey,
    otherCopies: attachedClusters,
    origin: attachedClusters,
    clusterLives: attachedClusters,
  },
  'redshift:subnet-group': { clusters: attachedClusters },
  'redshift:event-subscription': {},
  'redshift:snapshot-schedule': {},
  // Of the clusters of all regions: model/elsewhere.ts.
  'redshift:copy-grant': { key, keyState: key, users: { reads: ['redshift:DescribeClusters'] } },
  'redshift:hsm-configuration': { clusters: attachedClusters },
  'redshift:hsm-client-certificate': { clusters: attachedClusters },
  'redshift:datashare': {},
  'redshift:endpoint-authorization': {},
  'redshift-serverless:workgroup': {
    ...guarded,
    tags: { reads: ['redshift-serverless:ListTagsForResource'] },
    policy: { reads: ['redshift-serverless:GetResourcePolicy'] },
    namespace: { reads: ['redshift-serverless:ListNamespaces'], from: ['redshift-serverless:namespace'] },
  },
  'redshift-serverless:namespace': {
    key,
    roles,
    tags: { reads: ['redshift-serverless:ListTagsForResource'] },
    policy: { reads: ['redshift:GetResourcePolicy'] },
    workgroups: { reads: ['redshift-serverless:ListWorkgroups'], from: ['redshift-serverless:workgroup'] },
    copyConfigurations: {
      reads: ['redshift-serverless:ListSnapshotCopyConfigurations'],
      from: ['redshift-serverless:copy-configuration'],
    },
    copyKeys: {
      reads: ['redshift-serverless:ListSnapshotCopyConfigurations', 'kms:DescribeKey'],
      from: ['redshift-serverless:copy-configuration'],
    },
  },
  'redshift-serverless:snapshot': {
    key,
    restoreKey,
    policy: { reads: ['redshift-serverless:GetResourcePolicy'] },
    origin: { reads: ['redshift-serverless:ListNamespaces'], from: ['redshift-serverless:namespace'] },
  },
  'redshift-serverless:copy-configuration': { key: { reads: ['kms:DescribeKey'] } },
  'kms:key': {
    metadata: { reads: ['kms:DescribeKey'] },
    policy: { reads: ['kms:GetKeyPolicy'] },
    grants: { reads: ['kms:ListGrants'] },
    rotation: { reads: ['kms:GetKeyRotationStatus'] },
    usedBy: {
      reads: ['redshift:DescribeClusters', 'redshift-serverless:ListNamespaces'],
      from: ['redshift:cluster', 'redshift-serverless:namespace', 'redshift:copy-grant'],
    },
  },
  'kms:alias': {},
  's3:bucket': {
    location: { reads: ['s3:GetBucketLocation'] },
    policy: { reads: ['s3:GetBucketPolicy'] },
    policyIsPublic: { reads: ['s3:GetBucketPolicyStatus'] },
    acl: { reads: ['s3:GetBucketAcl'] },
    publicAccessBlock: { reads: ['s3:GetPublicAccessBlock'] },
    accountPublicAccessBlock: { reads: ['s3:GetAccountPublicAccessBlock'] },
    encryption: { reads: ['s3:GetBucketEncryption'] },
    objectLock: { reads: ['s3:GetObjectLockConfiguration'] },
    usedBy: {
      reads: ['redshift:DescribeClusters', 'redshift:DescribeLoggingStatus'],
      from: ['redshift:cluster'],
    },
  },
  'cloudtrail:trail': {
    status: { reads: ['cloudtrail:GetTrailStatus'] },
    selectors: { reads: ['cloudtrail:GetEventSelectors'] },
  },
  'logs:log-group': {},
  'ec2:security-group': {},
  'ec2:prefix-list': { entries: { reads: ['ec2:GetManagedPrefixListEntries'] } },
  'iam:role': {
    policies: roles,
    boundary: { reads: ['iam:GetRole', 'iam:GetPolicy', 'iam:GetPolicyVersion'] },
  },
  'account:region': {
    keyRenewals: { reads: ['cloudtrail:LookupEvents'] },
    resumes: { reads: ['cloudtrail:LookupEvents'] },
    trails: {
      reads: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
      from: ['cloudtrail:trail'],
    },
    data: {
      reads: dataReads,
      from: ['redshift:cluster', 'redshift:snapshot', 'redshift-serverless:namespace'],
    },
    dataRegions: { reads: dataReads },
  },
}

/** Where one answer about a type comes from, or undefined when there is no such answer. */
export function sourceOf(type: ResourceType, need: string): NeedSource | undefined {
  return (needs[type] as Record<string, NeedSource>)[need]
}
