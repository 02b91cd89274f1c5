// The event history through the SDK: what each call leaves behind.

import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail'
import { AuthorizeSecurityGroupIngressCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2'
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateKeyCommand, DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms'
import {
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeLoggingStatusCommand,
  GetClusterCredentialsCommand,
  ModifyClusterCommand,
  RebootClusterCommand,
} from '@aws-sdk/client-redshift'
import {
  CreateMultipartUploadCommand,
  GetBucketPolicyCommand,
  ListBucketsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { beforeAll, describe, expect, test } from 'vitest'
import { useLab } from '../../testing/lab.ts'
import { alice, bob, carol, home, partner, testWorld } from '../../testing/world.ts'
import { dropOldest, recordServiceCall } from './record.ts'

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region) {
    region.buckets = [{ Name: 'lake' }]
    // Data events are kept because a trail wants them; the history has none all the same.
    region.trails = [
      {
        ...{ Name: 'objects', S3BucketName: 'lake', IsLogging: true },
        EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::lake/'] }] }],
      },
    ]
    region.events = [
      {
        eventTime: '-80d',
        eventSource: 'redshift.amazonaws.com',
        eventName: 'RotateEncryptionKey',
        role: 'operator',
        session: 'olga',
        requestParameters: { clusterIdentifier: 'sales' },
      },
      {
        eventTime: '-20d',
        eventSource: 'redshift.amazonaws.com',
        eventName: 'DisableLogging',
        user: 'mallory',
        sourceIPAddress: '198.51.100.7',
        requestParameters: { clusterIdentifier: 'sales' },
      },
    ]
  }
  return world
})

// biome-ignore lint/suspicious/noExplicitAny: events are free-form JSON.
type Json = any

async function lookup(input: LookupEventsCommandInput, client = lab.cloudtrail()) {
  const { Events = [] } = await client.send(new LookupEventsCommand(input))
  return Events.map((event) => ({ ...event, record: JSON.parse(event.CloudTrailEvent ?? '{}') as Json }))
}

const named = (AttributeValue: string): LookupEventsCommandInput => ({
  LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }],
})

async function latest(name: string, client = lab.cloudtrail()) {
  const [event] = await lookup(named(name), client)
  if (!event) throw new Error(`there is no event ${name}`)
  return event
}

describe('an event', () => {
  test('of a read has who, where and what, and no answer', async () => {
    const answered = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier: 'sales' }))
    const { record, ...event } = await latest('DescribeClusters')
    expect(record).toMatchObject({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${home}:user/alice`,
        accountId: home,
        accessKeyId: alice.accessKeyId,
        userName: 'alice',
      },
      eventSource: 'redshift.amazonaws.com',
      awsRegion: 'eu-west-1',
      sourceIPAddress: '127.0.0.1',
      requestParameters: { clusterIdentifier: 'sales' },
      responseElements: null,
      requestID: answered.$metadata.requestId,
      readOnly: true,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: home,
      eventCategory: 'Management',
      tlsDetails: { tlsVersion: 'TLSv1.3', clientProvidedHostHeader: 'redshift.eu-west-1.amazonaws.com' },
    })
    expect(record.userAgent).toContain('aws-sdk-js')
    expect(record.eventID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(event).toMatchObject({
      EventId: record.eventID,
      EventName: 'DescribeClusters',
      EventSource: 'redshift.amazonaws.com',
      ReadOnly: 'true',
      Username: 'alice',
      AccessKeyId: alice.accessKeyId,
      Resources: [{ ResourceType: 'AWS::Redshift::Cluster', ResourceName: 'sales' }],
    })
  })

  test('of Redshift lowers the first letter only, hides the password and unwraps the cluster', async () => {
    await lab.redshift().send(
      new CreateClusterCommand({
        ClusterIdentifier: 'fresh',
        NodeType: 'ra3.large',
        ClusterType: 'single-node',
        DBName: 'mydb',
        MasterUsername: 'admin1',
        MasterUserPassword: 'Secret-Word-1',
      }),
    )
    const { record } = await latest('CreateCluster')
    expect(record.requestParameters).toMatchObject({ dBName: 'mydb', masterUserPassword: '****' })
    expect(record.responseElements).toMatchObject({ clusterIdentifier: 'fresh', clusterStatus: 'creating' })
    expect(record.readOnly).toBe(false)
    expect(JSON.stringify(record)).not.toContain('Secret-Word-1')
  })

  test('keeps what was answered then, in dates of Java', async () => {
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'stock' }))
    lab.move('30m')
    const { record } = await latest('RebootCluster')
    expect(record.responseElements.clusterStatus).toBe('rebooting')
    expect(record.responseElements.clusterCreateTime).toMatch(
      /^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/,
    )
  })

  test('of a failed call has its error and no answer', async () => {
    const refused = lab
      .redshift()
      .send(new ModifyClusterCommand({ ClusterIdentifier: 'nowhere', Encrypted: true }))
    await expect(refused).rejects.toThrow()
    const { record } = await latest('ModifyCluster')
    expect(record).toMatchObject({
      errorCode: 'ClusterNotFoundFault',
      errorMessage: 'Cluster nowhere not found.',
      requestParameters: { clusterIdentifier: 'nowhere', encrypted: true },
      responseElements: null,
    })
  })

  test('of a refused call says AccessDenied', async () => {
    const call = lab.redshift(carol).send(new DescribeLoggingStatusCommand({ ClusterIdentifier: 'sales' }))
    await expect(call).rejects.toMatchObject({ name: expect.stringMatching(/AccessDenied/) })
    const { record } = await latest('DescribeLoggingStatus')
    expect(record).toMatchObject({ errorCode: 'AccessDenied', userIdentity: { userName: 'carol' } })
  })

  test('is not made of what has no good signature', async () => {
    const stranger = { accessKeyId: alice.accessKeyId, secretAccessKey: 'wrong' }
    await expect(lab.sts(stranger).send(new AssumeRoleCommand(role))).rejects.toThrow()
    expect(await lookup(named('AssumeRole'))).toEqual([])
  })

  test('of EC2 has items in its lists and Client before its errors', async () => {
    const ec2 = lab.ec2()
    await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['default'] }] }),
    )
    expect((await latest('DescribeSecurityGroups')).record.requestParameters).toEqual({
      filterSet: { items: [{ name: 'group-name', valueSet: { items: ['default'] } }] },
    })
    const wrong = ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: 'sg-00000000000000000', CidrIp: '0.0.0.0/0' }),
    )
    await expect(wrong).rejects.toThrow()
    expect((await latest('AuthorizeSecurityGroupIngress')).record.errorCode).toMatch(/^Client\.Invalid/)
  })

  test('of a key names it, and shows nothing secret', async () => {
    const kms = lab.kms()
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
    await kms.send(new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.from('hidden') }))
    const { record } = await latest('Encrypt')
    expect(record).toMatchObject({
      readOnly: true,
      requestParameters: { keyId: KeyMetadata?.KeyId },
      responseElements: null,
      resources: [{ accountId: home, type: 'AWS::KMS::Key', ARN: KeyMetadata?.Arn }],
    })
    expect(record.requestParameters).not.toHaveProperty('plaintext')
  })

  test('longer than 100 KB leaves its parameters out', async () => {
    const Tags = [{ Key: 'x', Value: 'y'.repeat(110_000) }]
    await lab
      .redshift()
      .send(new CreateClusterCommand({ ...wide, Tags }))
      .catch(() => undefined)
    const { record } = await latest('CreateCluster')
    expect(record.requestParameters).toMatchObject({ omitted: true })
  })
})

const role = {
  RoleArn: `arn:aws:iam::${home}:role/auditor`,
  RoleSessionName: 'bobby',
  ExternalId: 'shared-word',
}
const wide = {
  ClusterIdentifier: 'wide',
  NodeType: 'ra3.large',
  MasterUsername: 'admin1',
  MasterUserPassword: 'Secret-Word-1',
}

describe('accounts and regions', () => {
  test('a role session tells its role; another account’s role is in both histories', async () => {
    const { Credentials } = await lab.sts(bob).send(new AssumeRoleCommand(role))
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    await lab.redshift(session).send(new DescribeClustersCommand({ ClusterIdentifier: 'scratch' }))
    const [used] = await lookup({
      LookupAttributes: [{ AttributeKey: 'AccessKeyId', AttributeValue: session.accessKeyId }],
    })
    expect(used?.Username).toBe('bobby')
    expect(used?.record.userIdentity).toMatchObject({
      type: 'AssumedRole',
      arn: `arn:aws:sts::${home}:assumed-role/auditor/bobby`,
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: 'auditor', arn: role.RoleArn, accountId: home },
        attributes: {
          mfaAuthenticated: 'false',
          creationDate: new Date(lab.lab.clock.now()).toISOString().replace(/\.\d+/, ''),
        },
      },
    })
    const there = (await latest('AssumeRole', lab.cloudtrail(bob))).record
    const here = (await latest('AssumeRole')).record
    expect(there).toMatchObject({ recipientAccountId: partner, userIdentity: { type: 'IAMUser' } })
    expect(here).toMatchObject({
      recipientAccountId: home,
      userIdentity: { type: 'AWSAccount', accountId: partner },
    })
    expect(here.userIdentity).not.toHaveProperty('arn')
    expect(here.sharedEventID).toBe(there.sharedEventID)
    expect(here.eventID).not.toBe(there.eventID)
    expect(here.responseElements.credentials).toHaveProperty('accessKeyId', session.accessKeyId)
    expect(here.responseElements.credentials).not.toHaveProperty('secretAccessKey')
  })

  test('each region has its own events, and the list of buckets is in us-east-1', async () => {
    await lab.s3().send(new ListBucketsCommand({}))
    expect(await lookup(named('ListBuckets'))).toEqual([])
    expect((await latest('ListBuckets', lab.cloudtrail(alice, 'us-east-1'))).record.awsRegion).toBe(
      'us-east-1',
    )
  })

  test('of temporary credentials for a database counts as a write and shows no password', async () => {
    const asked = { ClusterIdentifier: 'sales', DbUser: 'joe', AutoCreate: true }
    const { DbPassword } = await lab.redshift().send(new GetClusterCredentialsCommand(asked))
    expect(DbPassword?.length).toBeGreaterThan(10)
    const { record, ReadOnly } = await latest('GetClusterCredentials')
    expect([ReadOnly, record.readOnly]).toEqual(['false', false])
    expect(record.requestParameters).toMatchObject({ dbUser: 'joe', autoCreate: true })
    expect(record.responseElements).toMatchObject({ dbUser: 'IAMA:joe' })
    expect(JSON.stringify(record)).not.toContain(DbPassword)
  })

  test('of IAM is in us-east-1, wherever the caller works', async () => {
    const iam = new IAMClient({ region: 'eu-west-1', endpoint: lab.lab.url, credentials: alice })
    await iam.send(new CreateUserCommand({ UserName: 'trent' }))
    expect(await lookup(named('CreateUser'))).toEqual([])
    const { record } = await latest('CreateUser', lab.cloudtrail(alice, 'us-east-1'))
    expect(record).toMatchObject({ awsRegion: 'us-east-1', requestParameters: { userName: 'trent' } })
  })

  test('of a service has its own account, which is Redshift’s in the region', async () => {
    const account = lab.lab.state.accounts.get(home)
    const region = account?.regions.get('eu-west-1')
    if (!region) throw new Error('no region')
    const ARN = `arn:aws:kms:eu-west-1:${home}:key/11111111-2222-3333-4444-555555555555`
    recordServiceCall(
      { state: lab.lab.state, region, now: lab.lab.clock.now() },
      {
        service: 'kms',
        action: 'Decrypt',
        by: 'redshift.amazonaws.com',
        input: {
          EncryptionContext: { 'aws:redshift:arn': `arn:aws:redshift:eu-west-1:${home}:cluster:sales` },
        },
        resources: [{ ARN, accountId: home, type: 'AWS::KMS::Key' }],
      },
    )
    expect((await latest('Decrypt')).record).toMatchObject({
      userIdentity: { type: 'AssumedRole', accountId: '246478207311' },
      userAgent: 'aws-internal/3',
      requestParameters: {
        encryptionContext: { 'aws:redshift:arn': `arn:aws:redshift:eu-west-1:${home}:cluster:sales` },
      },
      resources: [{ ARN }],
      recipientAccountId: home,
      sharedEventID: expect.any(String),
    })
  })

  test('S3 has names of its own, and objects are no part of the history', async () => {
    await lab.s3().send(new PutObjectCommand({ Bucket: 'lake', Key: 'a', Body: 'x' }))
    await lab
      .s3()
      .send(new GetBucketPolicyCommand({ Bucket: 'lake' }))
      .catch(() => undefined)
    const beginning = new CreateMultipartUploadCommand({ Bucket: 'lake', Key: 'parts' })
    const { UploadId } = await lab.s3().send(beginning)
    await lab
      .s3()
      .send(new UploadPartCommand({ Bucket: 'lake', Key: 'parts', UploadId, PartNumber: 1, Body: 'x' }))
    for (const name of ['PutObject', 'CreateMultipartUpload', 'UploadPart'])
      expect(await lookup(named(name))).toEqual([])
    expect((await latest('GetBucketPolicy')).record).toMatchObject({
      requestParameters: { bucketName: 'lake' },
      resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::lake', accountId: home }],
    })
  })
})

describe('LookupEvents', () => {
  const client = () => lab.cloudtrail(alice, 'eu-north-1')

  beforeAll(async () => {
    const kms = lab.kms(alice, 'eu-north-1')
    for (let count = 0; count < 120; count += 1) {
      lab.move('1s')
      await kms.send(new DescribeKeyCommand({ KeyId: `alias/none-${count}` })).catch(() => undefined)
    }
  })

  test('gives 50 a page, newest first, each event once', async () => {
    const seen: string[] = []
    let NextToken: string | undefined
    const sizes: number[] = []
    do {
      const page = await client().send(
        new LookupEventsCommand({ ...named('DescribeKey'), ...(NextToken && { NextToken }) }),
      )
      sizes.push(page.Events?.length ?? 0)
      for (const { CloudTrailEvent } of page.Events ?? [])
        seen.push(JSON.parse(CloudTrailEvent ?? '{}').requestParameters.keyId)
      NextToken = page.NextToken
    } while (NextToken)
    expect(sizes).toEqual([50, 50, 20])
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `alias/none-${119 - index}`))
  })

  test.each([
    ['EventSource', 'kms.amazonaws.com', 50],
    ['ReadOnly', 'true', 50],
    ['ReadOnly', 'false', 0],
    ['Username', 'alice', 50],
    ['Username', 'carol', 0],
    ['AccessKeyId', alice.accessKeyId, 50],
  ] as const)('finds by %s %s', async (AttributeKey, AttributeValue, count) => {
    const found = await lookup({ LookupAttributes: [{ AttributeKey, AttributeValue }] }, client())
    expect(found).toHaveLength(count)
  })

  test('finds by resource and id, and by time', async () => {
    const [rotated] = await lookup({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'RotateEncryptionKey' }],
    })
    const byId = await lookup({
      LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: rotated?.EventId }],
    })
    expect(byId.map(({ EventName }) => EventName)).toEqual(['RotateEncryptionKey'])
    expect(rotated).toMatchObject({ Username: 'olga', ReadOnly: 'false' })
    const byName = await lookup({
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'sales' }],
      EndTime: new Date(lab.lab.clock.now() - 10 * 86_400_000),
    })
    expect(byName.map(({ EventName }) => EventName)).toEqual(['DisableLogging', 'RotateEncryptionKey'])
    expect(byName[0]?.record).toMatchObject({
      sourceIPAddress: '198.51.100.7',
      userIdentity: { userName: 'mallory' },
    })
  })

  test.each([
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ NextToken: 'x' }, 'InvalidNextTokenException'],
    [{ StartTime: new Date(2), EndTime: new Date(1) }, 'InvalidTimeRangeException'],
    [
      { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: '' }] },
      'InvalidLookupAttributesException',
    ],
    [
      {
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'a' },
          { AttributeKey: 'EventName', AttributeValue: 'b' },
        ],
      },
      'InvalidLookupAttributesException',
    ],
  ] as [LookupEventsCommandInput, string][])('refuses %j', async (input, name) => {
    await expect(client().send(new LookupEventsCommand(input))).rejects.toMatchObject({ name })
  })

  test('is answered twice a second, in each account and region', async () => {
    const send = (where = client()) => where.send(new LookupEventsCommand({ MaxResults: 1 }))
    lab.lab.clock.change({ speed: 1 })
    await send()
    await send()
    await expect(send()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' })
    await send(lab.cloudtrail(bob, 'eu-north-1'))
    await send(lab.cloudtrail(alice, 'eu-west-2'))
    lab.move('1s')
    await send()
    lab.lab.clock.change({ speed: 0 })
    await send()
    await send()
    await send()
  })

  test('forgets after 90 days', async () => {
    lab.move('11d')
    expect(await lookup(named('RotateEncryptionKey'))).toEqual([])
    expect(await lookup(named('DisableLogging'))).toHaveLength(1)
  })

  test('events are kept up to a number, the oldest dropped', async () => {
    const { cloudtrail } = lab.lab.state
    dropOldest(cloudtrail, 10)
    expect(cloudtrail.events).toHaveLength(10)
    expect(cloudtrail.whole).toBe(cloudtrail.events[0]?.at)
    expect(await lookup(named('DisableLogging'))).toEqual([])
  })
})
