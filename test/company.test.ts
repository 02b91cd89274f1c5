// The world of the demo is what its story says, as the official clients see it.

import { gunzipSync } from 'node:zlib'
import { DescribeTrailsCommand, GetTrailStatusCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2'
import { DescribeKeyCommand, GetKeyPolicyCommand } from '@aws-sdk/client-kms'
import { ListAccountsCommand } from '@aws-sdk/client-organizations'
import {
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeSnapshotCopyGrantsCommand,
} from '@aws-sdk/client-redshift'
import { ListSnapshotsCommand, ListWorkgroupsCommand } from '@aws-sdk/client-redshift-serverless'
import {
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3'
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager'
import { describe, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { loadWorld } from '#lab/worlds/index.ts'

const company = await loadWorld('company')
const lab = useLab(() => company)

const regions = ['eu-central-1', 'eu-west-1', 'eu-north-1', 'us-east-1']
const keyOf = (account: string) => {
  const { id = '', secret = '' } = company.accounts[account]?.accessKeys[0] ?? {}
  return { accessKeyId: id, secretAccessKey: secret }
}
const [warehouse, lake, security] = ['111122223333', '444455556666', '777788889999'].map(keyOf)

/** What a question finds in all accounts and regions. */
async function everywhere<Found>(
  ask: (key: ReturnType<typeof keyOf>, region: string) => Promise<Found[] | undefined>,
): Promise<Found[]> {
  const found: Found[] = []
  for (const account of Object.keys(company.accounts))
    for (const region of regions) found.push(...((await ask(keyOf(account), region)) ?? []))
  return found
}

const clusters = (key = warehouse, region = 'eu-central-1') =>
  lab
    .redshift(key, region)
    .send(new DescribeClustersCommand({}))
    .then(({ Clusters = [] }) => Clusters)
const snapshots = (key = warehouse, region = 'eu-central-1') =>
  lab
    .redshift(key, region)
    .send(new DescribeClusterSnapshotsCommand({}))
    .then(({ Snapshots = [] }) => Snapshots)
const namesOf = (list: { SnapshotIdentifier?: string | undefined }[]) =>
  list.map((one) => one.SnapshotIdentifier).sort()

test('three accounts in four regions, twelve clusters, three workgroups', async () => {
  const { Accounts } = await lab.organizations(security, 'us-east-1').send(new ListAccountsCommand({}))
  expect(Accounts?.map(({ Id }) => Id).sort()).toEqual(Object.keys(company.accounts))
  expect(Object.keys(company.accounts['111122223333']?.regions ?? {}).sort()).toEqual([...regions].sort())
  expect(await everywhere(clusters)).toHaveLength(12)
  const workgroups = await everywhere((key, region) =>
    lab
      .serverless(key, region)
      .send(new ListWorkgroupsCommand({}))
      .then((answer) => answer.workgroups),
  )
  expect(workgroups.map(({ workgroupName }) => workgroupName).sort()).toEqual([
    'adhoc',
    'dashboards',
    'planning',
  ])
})

test('snapshots whose cluster is gone', async () => {
  const standing = (await everywhere(clusters)).map(({ ClusterIdentifier }) => ClusterIdentifier)
  const all = await everywhere(snapshots)
  expect(namesOf(all.filter(({ ClusterIdentifier }) => !standing.includes(ClusterIdentifier)))).toEqual([
    'catalogue-2020-final',
    'ledger-2019-final',
    'mirko-test',
  ])
})

test('copies of a cluster that is no longer copied', async () => {
  const finance = (await clusters()).find(({ ClusterIdentifier }) => ClusterIdentifier === 'finance')
  expect(finance?.ClusterSnapshotCopyStatus).toBeUndefined()
  const virginia = await snapshots(warehouse, 'us-east-1')
  expect(namesOf(virginia.filter(({ SourceRegion }) => SourceRegion === 'eu-central-1'))).toEqual([
    'copy:rs:finance-2024-12-30-22-10-31',
    'finance-close-2024-q3',
  ])
})

test('copies of a cluster that is copied, under a key of their region', async () => {
  const stockholm = lab.redshift(warehouse, 'eu-north-1')
  const { SnapshotCopyGrants } = await stockholm.send(new DescribeSnapshotCopyGrantsCommand({}))
  const [grant] = SnapshotCopyGrants ?? []
  expect(grant?.SnapshotCopyGrantName).toBe('orders-in-stockholm')
  const copies = await snapshots(warehouse, 'eu-north-1')
  expect(copies).toHaveLength(6)
  for (const { KmsKeyId } of copies) expect(KmsKeyId).toBe(grant?.KmsKeyId)
})

describe('keys', () => {
  const describeKey = (KeyId = '', region = 'eu-central-1') =>
    lab
      .kms(warehouse, region)
      .send(new DescribeKeyCommand({ KeyId }))
      .then(({ KeyMetadata }) => KeyMetadata)
  const policyOf = async (name: string) => {
    const dublin = await snapshots(warehouse, 'eu-west-1')
    const { KmsKeyId, AccountsWithRestoreAccess } =
      dublin.find((one) => one.SnapshotIdentifier === name) ?? {}
    const { Policy = '' } = await lab
      .kms(warehouse, 'eu-west-1')
      .send(new GetKeyPolicyCommand({ KeyId: KmsKeyId, PolicyName: 'default' }))
    return { account: AccountsWithRestoreAccess?.[0]?.AccountId ?? '', Policy }
  }

  test('one is about to go, and a snapshot with it', async () => {
    const ledger = (await snapshots()).find((one) => one.SnapshotIdentifier === 'ledger-2019-final')
    const key = await describeKey(ledger?.KmsKeyId)
    expect(key).toMatchObject({ KeyState: 'PendingDeletion' })
    expect(key?.DeletionDate).toBeInstanceOf(Date)
  })

  test('one keeps out the account a snapshot is shared with, one lets it in', async () => {
    const shut = await policyOf('loyalty-spring-2025')
    expect(shut.account).toBe('999988887777')
    expect(shut.Policy).not.toContain(shut.account)
    const open = await policyOf('loyalty-for-research')
    expect(open.account).toBe('888877776666')
    expect(open.Policy).toContain(`arn:aws:iam::${open.account}:root`)
    for (const account of [shut.account, open.account]) expect(company.accounts[account]).toBeUndefined()
  })
})

test('a serverless snapshot that is shared with an unknown account', async () => {
  const dublin = await lab.serverless(lake, 'eu-west-1').send(new ListSnapshotsCommand({}))
  const shared = dublin.snapshots?.find(({ snapshotName }) => snapshotName === 'dashboards-before-upgrade')
  expect(shared?.accountsWithRestoreAccess).toEqual(['111122223333', '999988887777'])
})

test('a cluster that is open to the world', async () => {
  const open = (await clusters()).filter(({ PubliclyAccessible }) => PubliclyAccessible)
  expect(open.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(['sales'])
  const GroupIds = (open[0]?.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId)
  const frankfurt = lab.ec2(warehouse, 'eu-central-1')
  const { SecurityGroups } = await frankfurt.send(new DescribeSecurityGroupsCommand({ GroupIds }))
  expect(SecurityGroups?.[0]?.IpPermissions?.[0]).toMatchObject({
    FromPort: 5439,
    IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  })
})

test('a bucket for logs that Redshift may write to, and one that it may not', async () => {
  const policyIn = async (Bucket: string, region: string) => {
    const { Policy = '' } = await lab.s3(security, region).send(new GetBucketPolicyCommand({ Bucket }))
    return Policy
  }
  const { Buckets } = await lab.s3(security, 'eu-central-1').send(new ListBucketsCommand({}))
  expect(Buckets?.map(({ Name }) => Name)).toEqual([
    'ostermaar-redshift-logs',
    'ostermaar-redshift-logs-dublin',
    'ostermaar-trail',
  ])
  expect(await policyIn('ostermaar-redshift-logs', 'eu-central-1')).toContain('redshift.amazonaws.com')
  expect(await policyIn('ostermaar-redshift-logs-dublin', 'eu-west-1')).not.toContain(
    'redshift.amazonaws.com',
  )
})

test('a trail over the whole organization, and one that was forgotten', async () => {
  const seen = (key: typeof lake) => lab.cloudtrail(key, 'eu-central-1')
  const { trailList } = await seen(lake).send(new DescribeTrailsCommand({}))
  expect(
    trailList
      ?.map(({ Name, IsOrganizationTrail, IsMultiRegionTrail }) => [
        Name,
        IsOrganizationTrail,
        IsMultiRegionTrail,
      ])
      .sort(),
  ).toEqual([
    ['lake', false, false],
    ['ostermaar', true, true],
  ])
  expect(await seen(lake).send(new GetTrailStatusCommand({ Name: 'lake' }))).toMatchObject({
    IsLogging: false,
  })
  expect(await seen(security).send(new GetTrailStatusCommand({ Name: 'ostermaar' }))).toMatchObject({
    IsLogging: true,
  })
})

test('events of the last weeks, one of them a login as an admin from elsewhere', async () => {
  const { Events = [] } = await lab.cloudtrail(warehouse, 'eu-central-1').send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GetClusterCredentials' }],
    }),
  )
  expect(Events).toHaveLength(1)
  expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
    sourceIPAddress: '198.51.100.23',
    userIdentity: { userName: 'mirko.saal' },
    requestParameters: { dbUser: 'awsuser', clusterIdentifier: 'orders' },
  })
})

test('an audit log in which somebody who had left carries the orders away', async () => {
  const Bucket = 'ostermaar-redshift-logs'
  const s3 = lab.s3(security, 'eu-central-1')
  // A file comes an hour later at the most, and may lie in the folder of the next day.
  const days = [51, 49].map((hours) =>
    new Date(lab.lab.clock.now() - hours * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '/'),
  )
  const folders = [...new Set(days)].map((day) => `orders/AWSLogs/111122223333/redshift/eu-central-1/${day}/`)
  const lists = await Promise.all(
    folders.map((Prefix) => s3.send(new ListObjectsV2Command({ Bucket, Prefix }))),
  )
  const files = lists.flatMap(({ Contents = [] }) => Contents.map(({ Key = '' }) => Key))
  const texts = await Promise.all(
    files.map(async (Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString()
    }),
  )
  const lines = texts.join('').split('\n')
  expect(lines.find((line) => line.includes("TO 's3://outer-harbour-files/"))).toContain('user=mirko')
  expect(lines.find((line) => line.startsWith('authenticated') && line.includes('198.51.100.23'))).toContain(
    '|mirko |',
  )
})

test('a secret nobody rotated', async () => {
  const { SecretList } = await lab.secretsmanager(warehouse, 'eu-central-1').send(new ListSecretsCommand({}))
  expect(SecretList?.map(({ Name, RotationEnabled }) => [Name, RotationEnabled ?? false])).toContainEqual([
    'redshift/sales/etl',
    false,
  ])
})
