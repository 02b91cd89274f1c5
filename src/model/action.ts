// The AWS operations that Redoubt uses, and a call of one as data. An action's name is at once the dispatch key,
// the IAM permission and, without its service, the CloudTrail event name.

import type * as cloudtrail from '@aws-sdk/client-cloudtrail'
import type * as logs from '@aws-sdk/client-cloudwatch-logs'
import type * as ec2 from '@aws-sdk/client-ec2'
import type * as iam from '@aws-sdk/client-iam'
import type * as kms from '@aws-sdk/client-kms'
import type * as redshift from '@aws-sdk/client-redshift'
import type * as serverless from '@aws-sdk/client-redshift-serverless'
import type * as s3 from '@aws-sdk/client-s3'
import type * as sts from '@aws-sdk/client-sts'
import type { Plain } from './plain.ts'

/** Operations that only read. */
export const readActions = [
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'ec2:DescribeRegions',
  'redshift:DescribeClusters',
  'redshift:DescribeClusterParameterGroups',
  'redshift:DescribeClusterParameters',
  'redshift:DescribeClusterSnapshots',
  'redshift:DescribeClusterSubnetGroups',
  'redshift:DescribeDataShares',
  'redshift:DescribeEndpointAuthorization',
  'redshift:DescribeEventSubscriptions',
  'redshift:DescribeHsmClientCertificates',
  'redshift:DescribeHsmConfigurations',
  'redshift:DescribeLoggingStatus',
  'redshift:DescribeSnapshotCopyGrants',
  'redshift:DescribeSnapshotSchedules',
  'redshift:GetResourcePolicy',
  'redshift-serverless:GetResourcePolicy',
  'redshift-serverless:ListNamespaces',
  'redshift-serverless:ListSnapshotCopyConfigurations',
  'redshift-serverless:ListSnapshots',
  'redshift-serverless:ListTagsForResource',
  'redshift-serverless:ListWorkgroups',
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  's3:GetAccountPublicAccessBlock',
  's3:GetBucketEncryption',
  's3:GetBucketLocation',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketAcl',
  's3:GetObject',
  's3:GetObjectLockConfiguration',
  's3:GetPublicAccessBlock',
  's3:ListObjectsV2',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:LookupEvents',
  'logs:DescribeLogGroups',
  'logs:FilterLogEvents',
  'ec2:DescribeSecurityGroups',
  'ec2:GetManagedPrefixListEntries',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
] as const

/** Operations that change something; only `apply` and `undo` call them. */
export const writeActions = [
  'redshift:CreateClusterParameterGroup',
  'redshift:ModifyClusterParameterGroup',
  'redshift:DeleteClusterParameterGroup',
  'redshift:ModifyCluster',
  'redshift:ModifyClusterIamRoles',
  'redshift:RebootCluster',
  'redshift:RotateEncryptionKey',
  'redshift:CreateClusterSnapshot',
  'redshift:CopyClusterSnapshot',
  'redshift:DeleteClusterSnapshot',
  'redshift:ModifyClusterSnapshot',
  'redshift:BatchModifyClusterSnapshots',
  'redshift:AuthorizeSnapshotAccess',
  'redshift:RevokeSnapshotAccess',
  'redshift:EnableLogging',
  'redshift:DisableLogging',
  'redshift:EnableSnapshotCopy',
  'redshift:DisableSnapshotCopy',
  'redshift:ModifySnapshotCopyRetentionPeriod',
  'redshift:CreateSnapshotCopyGrant',
  'redshift:DeleteSnapshotCopyGrant',
  'redshift:ModifyClusterSnapshotSchedule',
  'redshift:AuthorizeDataShare',
  'redshift:DeauthorizeDataShare',
  'redshift:AuthorizeEndpointAccess',
  'redshift:RevokeEndpointAccess',
  'redshift:PutResourcePolicy',
  'redshift:DeleteResourcePolicy',
  'redshift:CreateTags',
  'redshift:DeleteTags',
  'redshift-serverless:UpdateWorkgroup',
  'redshift-serverless:UpdateNamespace',
  'redshift-serverless:CreateSnapshot',
  'redshift-serverless:DeleteSnapshot',
  'redshift-serverless:UpdateSnapshot',
  'redshift-serverless:PutResourcePolicy',
  'redshift-serverless:DeleteResourcePolicy',
  'redshift-serverless:CreateSnapshotCopyConfiguration',
  'redshift-serverless:UpdateSnapshotCopyConfiguration',
  'redshift-serverless:DeleteSnapshotCopyConfiguration',
  'redshift-serverless:TagResource',
  'redshift-serverless:UntagResource',
  'kms:CreateKey',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:EnableKey',
  'kms:DisableKey',
  'kms:EnableKeyRotation',
  'kms:DisableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:CancelKeyDeletion',
  'kms:ScheduleKeyDeletion',
  's3:CreateBucket',
  's3:DeleteBucket',
  's3:PutBucketEncryption',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutPublicAccessBlock',
  's3:DeletePublicAccessBlock',
  'cloudtrail:CreateTrail',
  'cloudtrail:DeleteTrail',
  'cloudtrail:StartLogging',
  'cloudtrail:StopLogging',
  'cloudtrail:PutEventSelectors',
  'logs:PutRetentionPolicy',
  'logs:DeleteRetentionPolicy',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:RevokeSecurityGroupIngress',
] as const

export type ReadAction = (typeof readActions)[number]
export type WriteAction = (typeof writeActions)[number]
export type Action = ReadAction | WriteAction

/** The part of S3 Control that is asked, by the name of its permission; the client of S3 has none of it. */
type S3Account = {
  GetAccountPublicAccessBlockCommand: abstract new () => Pick<
    s3.GetPublicAccessBlockCommand,
    'resolveMiddleware'
  > & { readonly input: { AccountId: string } }
}

type Clients = {
  cloudtrail: typeof cloudtrail
  ec2: typeof ec2
  iam: typeof iam
  kms: typeof kms
  logs: typeof logs
  redshift: typeof redshift
  'redshift-serverless': typeof serverless
  s3: typeof s3 & S3Account
  sts: typeof sts
}
type CommandOf<A extends Action> = A extends `${infer S extends keyof Clients & string}:${infer Operation}`
  ? `${Operation}Command` extends keyof Clients[S]
    ? Clients[S][`${Operation}Command`]
    : never
  : never

// biome-ignore lint/suspicious/noExplicitAny: only the instance matters here, whatever makes it
type Made<C> = C extends abstract new (...input: any[]) => infer I ? I : never

/** The SDK's own input type of an action. */
export type Input<A extends Action> = Made<CommandOf<A>> extends { readonly input: infer I } ? I : never

/** What the SDK answers to an action, as plain JSON. */
export type Output<A extends Action> =
  Made<CommandOf<A>> extends {
    resolveMiddleware(...rest: never[]): (input: never) => Promise<{ output: infer O }>
  }
    ? Plain<Omit<O, '$metadata'>>
    : never

/** One AWS call as data: it prints, saves and hashes as it is. */
export type Call = { [A in WriteAction]: { action: A; input: Plain<Input<A>> } }[WriteAction]

/** Writes a call down. A misspelt member of the input does not compile. */
export function call<A extends WriteAction>(action: A, input: Plain<Input<A>>): Call {
  return { action, input } as Call
}

/**
 * Why a call must never be made, whoever asks for it, or undefined. `Force` deletes a snapshot that is older than the
 * retention it is given: https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyClusterSnapshot.html
 */
export function whyNever({ action, input }: Call): string | undefined {
  const takesForce =
    action === 'redshift:ModifyClusterSnapshot' || action === 'redshift:BatchModifyClusterSnapshots'
  return takesForce && input.Force !== undefined ? 'Force deletes a snapshot at once' : undefined
}

/**
 * The permissions that are not called like their operation. S3:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const otherNames: Partial<Record<Action, string>> = {
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
}

/** The IAM permission that carries an action: mostly its own name. */
export function permissionOf(action: Action): string {
  return otherNames[action] ?? action
}

/** `redshift` of `redshift:DescribeClusters`. */
export function serviceOf(action: Action): string {
  return action.slice(0, action.indexOf(':'))
}

/** `DescribeClusters` of `redshift:DescribeClusters`. */
export function operationOf(action: Action): string {
  return action.slice(action.indexOf(':') + 1)
}

/**
 * What it takes to let Redshift use a key that is named: it reaches the key by grants that it makes in the caller's name.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#authorizing-kms-customer-managed-key
 */
const keyUse = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']

/**
 * What it takes to let Secrets Manager keep the password of an administrator: AWS's own resource type
 * AWS::RedshiftServerless::Namespace asks for these to create one (aws-redshiftserverless-namespace.json of
 * aws-cloudformation/aws-cloudformation-resource-providers-redshift-serverless, 2025-05-14). Unverified: that clusters
 * take the same; the type AWS::Redshift::Cluster names none.
 */
const secretMaking = [
  'secretsmanager:CreateSecret',
  'secretsmanager:DescribeSecret',
  'secretsmanager:RotateSecret',
  'secretsmanager:TagResource',
]

/** The IAM permissions a call takes: its own, and what the service does with the caller's rights. */
export function permissionsOf(call: Call): string[] {
  return [permissionOf(call.action), ...besides(call)]
}

function besides({ action, input }: Call): string[] {
  switch (action) {
    // The bucket is checked: https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
    case 'redshift:EnableLogging':
      return input.BucketName === undefined ? [] : ['s3:PutObject']
    case 'redshift:ModifyCluster':
      return [
        ...(input.KmsKeyId === undefined ? [] : keyUse),
        ...(input.ManageMasterPassword ? secretMaking : []),
      ]
    case 'redshift-serverless:UpdateNamespace':
      return [
        ...(input.kmsKeyId === undefined ? [] : keyUse),
        ...(input.manageAdminPassword ? secretMaking : []),
      ]
    case 'redshift:CreateSnapshotCopyGrant':
      return input.KmsKeyId === undefined ? [] : ['kms:CreateGrant', 'kms:DescribeKey']
    // https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html
    case 'redshift-serverless:CreateSnapshotCopyConfiguration':
      return input.destinationKmsKeyId === undefined ? [] : ['kms:CreateGrant', 'kms:DescribeKey']
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html, Tags
    case 'kms:CreateKey':
      return input.Tags === undefined ? [] : ['kms:TagResource']
    // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html
    case 'redshift:AuthorizeSnapshotAccess':
      return ['kms:DescribeKey']
    default:
      return []
  }
}
