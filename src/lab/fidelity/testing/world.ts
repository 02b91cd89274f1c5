// A world with something of everything that services seed, so that random calls find what they name.

import { home, partner, testWorld } from '#lab/testing/world.ts'
import type { RegionSeed, World } from '#lab/world.ts'

const logs = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['redshift.amazonaws.com', 'cloudtrail.amazonaws.com'] },
      Action: ['s3:PutObject', 's3:GetBucketAcl'],
      Resource: ['arn:aws:s3:::audit-bucket', 'arn:aws:s3:::audit-bucket/*'],
    },
  ],
}

const region: RegionSeed = {
  keys: [
    { aliases: ['mine'], rotation: { RotationPeriodInDays: 365 } },
    { aliases: ['shared'] },
    { Description: 'unused', DeletionDate: '+9d', KeyState: 'PendingDeletion' },
  ],
  buckets: [
    { Name: 'audit-bucket', Policy: logs, objects: [{ Key: 'first.txt', Body: 'one' }] },
    { Name: 'locked-bucket', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
  ],
  secrets: [{ Name: 'redshift/sales', SecretString: '{}' }],
  trails: [{ Name: 'account', S3BucketName: 'audit-bucket' }],
  logGroups: [
    {
      logGroupName: '/aws/redshift/sales',
      streams: [{ logStreamName: 'one', events: [{ timestamp: '-1h', message: 'hello' }] }],
    },
  ],
  snapshotCopyGrants: [{ SnapshotCopyGrantName: 'to-here', KmsKeyId: 'alias/mine' }],
  snapshotSchedules: [{ ScheduleIdentifier: 'twice', ScheduleDefinitions: ['rate(12 hours)'] }],
  hsmClientCertificates: [{ HsmClientCertificateIdentifier: 'certificate' }],
  hsmConfigurations: [
    { HsmConfigurationIdentifier: 'vault', HsmIpAddress: '10.0.0.9', HsmPartitionName: 'p' },
  ],
  snapshots: [
    { SnapshotIdentifier: 'weekly', ClusterIdentifier: 'sales', SnapshotCreateTime: '-10d' },
    { SnapshotIdentifier: 'rs:sales-1', ClusterIdentifier: 'sales' },
  ],
  datashares: [
    {
      DataShareArn: `arn:aws:redshift:eu-west-1:${home}:datashare:11111111-2222-3333-4444-555555555555/prices`,
      DataShareAssociations: [
        { ConsumerIdentifier: partner, Status: 'AUTHORIZED' },
        { ConsumerIdentifier: '999988887777', Status: 'PENDING_AUTHORIZATION' },
      ],
    },
  ],
  endpointAuthorizations: [{ ClusterIdentifier: 'sales', Grantee: partner }],
  eventSubscriptions: [{ CustSubscriptionId: 'alarms', SnsTopicArn: `arn:aws:sns:eu-west-1:${home}:alarms` }],
  scheduledActions: [
    {
      ScheduledActionName: 'evening',
      TargetAction: { PauseCluster: { ClusterIdentifier: 'sales' } },
      Schedule: 'cron(0 19 ? * * *)',
      IamRole: `arn:aws:iam::${home}:role/operator`,
      State: 'DISABLED',
    },
  ],
  namespacePolicies: [
    {
      ClusterIdentifier: 'sales',
      Policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'redshift:CreateInboundIntegration' }],
      },
    },
  ],
  authenticationProfiles: [
    { AuthenticationProfileName: 'analysts', AuthenticationProfileContent: { AllowDBUserOverride: '1' } },
  ],
  redshiftEvents: [{ EventId: 'REDSHIFT-EVENT-3000', SourceIdentifier: 'sales', Date: '-2h' }],
  integrations: [
    {
      IntegrationName: 'orders',
      ClusterIdentifier: 'sales',
      SourceArn: `arn:aws:dynamodb:eu-west-1:${home}:table/orders`,
    },
  ],
  namespaces: [{ namespaceName: 'web', logExports: ['userlog'] }, { namespaceName: 'lonely' }],
  workgroups: [{ workgroupName: 'web-wg', namespaceName: 'web' }],
  serverlessSnapshots: [{ snapshotName: 'forever', namespaceName: 'web', snapshotCreateTime: '-40d' }],
}

/** A fresh copy for each test. */
export function fullWorld(): World {
  const world = testWorld()
  const account = world.accounts[home]
  const here = account?.regions['eu-west-1']
  if (!account || !here) throw new Error('the test world has changed')
  Object.assign(here, structuredClone(region))
  account.organization = {
    units: [{ Name: 'data', accounts: [{ Id: partner, Name: 'lake' }] }],
    serviceControlPolicies: [],
  }
  return world
}
