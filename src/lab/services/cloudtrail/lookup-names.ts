// The resources of an event as LookupEvents names them.

import type { Resource } from '@aws-sdk/client-cloudtrail'
import { requestParameters } from './event.ts'
import type { Recorded } from './model.ts'

// By the names of parameters. Unverified: the types of Redshift, which are those of AWS Config and CloudFormation.
const types: Record<string, Record<string, string>> = {
  redshift: {
    clusterIdentifier: 'AWS::Redshift::Cluster',
    parameterGroupName: 'AWS::Redshift::ClusterParameterGroup',
    clusterSubnetGroupName: 'AWS::Redshift::ClusterSubnetGroup',
    snapshotIdentifier: 'AWS::Redshift::ClusterSnapshot',
    sourceSnapshotIdentifier: 'AWS::Redshift::ClusterSnapshot',
    targetSnapshotIdentifier: 'AWS::Redshift::ClusterSnapshot',
    bucketName: 'AWS::S3::Bucket',
    snapshotCopyGrantName: 'AWS::Redshift::SnapshotCopyGrant',
  },
  'redshift-serverless': {
    namespaceName: 'AWS::RedshiftServerless::Namespace',
    workgroupName: 'AWS::RedshiftServerless::Workgroup',
    snapshotName: 'AWS::RedshiftServerless::Snapshot',
  },
  cloudtrail: {
    name: 'AWS::CloudTrail::Trail',
    trailName: 'AWS::CloudTrail::Trail',
    s3BucketName: 'AWS::S3::Bucket',
  },
  kms: { aliasName: 'AWS::KMS::Alias' },
  ec2: { groupId: 'AWS::EC2::SecurityGroup' },
  iam: { userName: 'AWS::IAM::User', roleName: 'AWS::IAM::Role', policyArn: 'AWS::IAM::Policy' },
  logs: { logGroupName: 'AWS::Logs::LogGroup' },
  secretsmanager: { secretId: 'AWS::SecretsManager::Secret' },
  sts: { roleSessionName: 'AWS::STS::AssumedRole' },
}

/** The resources an event names, for LookupEvents. */
export function resourcesOf(event: Recorded): Resource[] {
  const known = (event.rare?.resources ?? []).map(({ ARN, type }) => ({
    ...(type !== undefined && { ResourceType: type }),
    ResourceName:
      ARN.startsWith('arn:') && type === 'AWS::S3::Bucket' ? ARN.slice(ARN.lastIndexOf(':') + 1) : ARN,
  }))
  const wanted = types[event.service]
  const said = wanted && requestParameters(event)
  if (typeof said !== 'object' || said === null) return known
  const named = Object.entries(said).flatMap(([name, value]) =>
    wanted?.[name] !== undefined && typeof value === 'string'
      ? [{ ResourceType: wanted[name], ResourceName: value }]
      : [],
  )
  return [...known, ...named]
}
