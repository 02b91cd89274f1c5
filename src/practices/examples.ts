// Builders for the examples of practices: resources as AWS describes them, of which an example writes what matters.

import type { AnswersAbout, Example } from '#model/practice.ts'
import type { ClusterFacts, KeyFacts, PolicyDocument, RestoreKey, SnapshotFacts } from '#model/resource.ts'
import { logBucketSeen } from './examples/bucket.ts'

/** When the examples are judged. */
export const exampleNow = '2026-11-22T12:00:00Z'

type ClusterAnswers = AnswersAbout<'redshift:cluster'>
type ClusterExample = {
  reason: string
  facts?: ClusterFacts
  /** Values in the cluster's parameter group. */
  parameters?: Record<string, string>
  /** The group's name; a default group when it begins so. */
  group?: string
  /** How far AWS says the group, or single parameters of it, are applied. */
  applied?: string | Record<string, string>
  logging?: ClusterAnswers['logging']
  automatedSnapshots?: SnapshotFacts[]
  schedule?: ClusterAnswers['schedule']
  /** What its security group lets in. */
  ingress?: ClusterAnswers['securityGroups'][number]['IpPermissions']
  prefixLists?: ClusterAnswers['prefixLists']
  /** Its key, where its facts name one. */
  key?: Partial<KeyFacts>
  keyRenewals?: ClusterAnswers['keyRenewals']
  /** Any other answers about it. */
  answers?: Partial<ClusterAnswers>
} & Pick<Example, 'policy' | 'settings'>

/** A cluster that is as wanted, but for what is written. */
export function cluster(example: ClusterExample): Example<'redshift:cluster'> {
  const { reason, facts, parameters, group = 'analytics', applied = 'in-sync', logging } = example
  const {
    automatedSnapshots = [],
    schedule = null,
    ingress = [],
    prefixLists = {},
    key = {},
    keyRenewals = [],
  } = example
  const family = group === 'default.redshift-1.0' ? 'redshift-1.0' : 'redshift-2.0'
  const groups = [{ ParameterGroupName: group, ParameterGroupFamily: family, Description: 'of the examples' }]
  const securityGroups = [{ GroupId: exampleGroup, GroupName: 'warehouse', IpPermissions: ingress }]
  return {
    reason,
    facts: {
      ClusterIdentifier: 'sales',
      ClusterStatus: 'available',
      ClusterAvailabilityStatus: 'Available',
      NodeType: 'ra3.large',
      ClusterCreateTime: '2026-01-10T08:00:00Z',
      Encrypted: true,
      AutomatedSnapshotRetentionPeriod: 7,
      ManualSnapshotRetentionPeriod: 90,
      PubliclyAccessible: false,
      Endpoint: { Port: 5439 },
      VpcSecurityGroups: [{ VpcSecurityGroupId: exampleGroup, Status: 'active' }],
      ClusterParameterGroups: [{ ParameterGroupName: group, ...applyStatus(applied) }],
      ...facts,
    },
    answers: {
      parameters: [{ name: group, parameters: parameterList(parameters), clusters: ['sales'] }],
      parameterGroups: groups,
      logging: logging ?? { LoggingEnabled: false },
      logBucket: logging?.BucketName ? logBucketSeen() : null,
      automatedSnapshots,
      schedule,
      securityGroups,
      prefixLists,
      guardsRead: { securityGroups, prefixLists },
      key: facts?.KmsKeyId ? { arn: facts.KmsKeyId, facts: keyFacts(facts.KmsKeyId, key) } : null,
      keyRenewals,
      resumes: [],
      ...example.answers,
    },
    ...(example.policy && { policy: example.policy }),
    ...(example.settings && { settings: example.settings }),
  }
}

const exampleGroup = 'sg-0f1e2d3c4b5a69788'

/** What KMS says of a key in the account of the examples, but for what is written. */
export function keyFacts(Arn: string, more: Partial<KeyFacts> = {}): KeyFacts {
  const [, , , , AWSAccountId = '', resource = ''] = Arn.split(':')
  const KeyId = resource.slice(resource.indexOf('/') + 1)
  return { Arn, KeyId, AWSAccountId, KeyManager: 'CUSTOMER', KeyState: 'Enabled', Origin: 'AWS_KMS', ...more }
}

function applyStatus(applied: string | Record<string, string>) {
  if (typeof applied === 'string') return { ParameterApplyStatus: applied }
  return {
    ParameterApplyStatus: Object.values(applied).find((status) => status !== 'in-sync') ?? 'in-sync',
    ClusterParameterStatusList: Object.entries(applied).map(([ParameterName, ParameterApplyStatus]) => ({
      ParameterName,
      ParameterApplyStatus,
    })),
  }
}

function parameterList(values: Record<string, string> = {}) {
  return Object.entries({ require_ssl: 'true', enable_user_activity_logging: 'true', ...values }).map(
    ([ParameterName, ParameterValue]) => ({
      ParameterName,
      ParameterValue,
      Source: 'user',
      DataType: 'boolean',
      ApplyType: 'static' as const,
      IsModifiable: true,
    }),
  )
}

/** An audit log that arrives in a bucket, but for what is written. */
export function bucketLogging(more: ClusterAnswers['logging'] = {}): ClusterAnswers['logging'] {
  return {
    LoggingEnabled: true,
    BucketName: 'acme-audit',
    LastSuccessfulDeliveryTime: '2026-11-22T11:00:00Z',
    ...more,
  }
}

/** An audit log that arrives in CloudWatch Logs, but for what is written. */
export function cloudWatchLogging(more: ClusterAnswers['logging'] = {}): ClusterAnswers['logging'] {
  return {
    LoggingEnabled: true,
    LogDestinationType: 'cloudwatch',
    LogExports: ['connectionlog', 'useractivitylog', 'userlog'],
    LastSuccessfulDeliveryTime: '2026-11-22T11:00:00Z',
    ...more,
  }
}

/** An automated snapshot of the example cluster. */
export function automatedSnapshot(takenAt: string, facts: SnapshotFacts = {}): SnapshotFacts {
  const name = `rs:sales-${takenAt.slice(0, 19).replace(/[T:]/g, '-')}`
  return {
    SnapshotIdentifier: name,
    ClusterIdentifier: 'sales',
    SnapshotType: 'automated',
    Status: 'available',
    SnapshotCreateTime: takenAt,
    ClusterCreateTime: '2026-01-10T08:00:00Z',
    OwnerAccount: '111122223333',
    Encrypted: true,
    ...facts,
  }
}

/** A customer-managed key of the account of the examples. */
export const exampleKey = 'arn:aws:kms:eu-west-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'

/** A key policy that lets these accounts do everything. */
export function letting(...accounts: string[]) {
  return {
    Version: '2012-10-17',
    Statement: accounts.map((account) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    })),
  }
}

type SnapshotExample = {
  reason: string
  facts?: SnapshotFacts
  /** True when the cluster it was taken of still exists; the usual case. */
  clusterLives?: boolean
  otherSnapshots?: SnapshotFacts[]
  trustedAccounts?: readonly string[]
  /** The policy of its key, where its facts name one. */
  keyPolicy?: PolicyDocument
  policy?: Example['policy']
}

/** A manual snapshot that is as wanted, but for what is written. */
export function snapshot({
  reason,
  facts,
  clusterLives = true,
  otherSnapshots = [],
  trustedAccounts = [],
  keyPolicy = null,
  policy,
}: SnapshotExample): Example<'redshift:snapshot'> {
  return {
    reason,
    facts: manualSnapshot('before-migration', facts),
    answers: {
      otherCopies: {
        cluster: clusterLives ? 'arn:aws:redshift:eu-west-1:111122223333:cluster:sales' : null,
        snapshots: otherSnapshots.map((facts) => ({
          arn: `arn:aws:redshift:eu-west-1:111122223333:snapshot:sales/${facts.SnapshotIdentifier}`,
          facts,
        })),
      },
      origin: clusterLives ? 'lives' : 'gone',
      clusterLives,
      restoreKey: facts?.KmsKeyId ? restoreKey(facts.KmsKeyId, keyPolicy) : null,
    },
    trustedAccounts,
    ...(policy && { policy }),
  }
}

/** What is known of the key of an example snapshot, which is enabled and whose policy is as written. */
export function restoreKey(arn: string, document: PolicyDocument): RestoreKey {
  const account = arn.split(':')[4] ?? ''
  return { arn, account, manager: 'CUSTOMER', state: 'Enabled', policy: { document }, grants: { list: [] } }
}

/** A manual snapshot of the example cluster, kept for 90 days. */
export function manualSnapshot(name: string, facts: SnapshotFacts = {}): SnapshotFacts {
  return {
    SnapshotIdentifier: name,
    ClusterIdentifier: 'sales',
    SnapshotType: 'manual',
    Status: 'available',
    SnapshotCreateTime: '2026-11-01T12:00:00Z',
    SnapshotRetentionStartTime: '2026-11-01T12:00:00Z',
    ClusterCreateTime: '2026-01-10T08:00:00Z',
    ManualSnapshotRetentionPeriod: 90,
    OwnerAccount: '111122223333',
    Encrypted: true,
    AccountsWithRestoreAccess: [],
    ...facts,
  }
}
