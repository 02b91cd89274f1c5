// Trails through the SDK: made, changed, seen from elsewhere, and what they deliver.

import { gunzipSync } from 'node:zlib'
import {
  AddTagsCommand,
  type AdvancedEventSelector,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  ListTagsCommand,
  ListTrailsCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail'
import { ListKeysCommand, UpdateAliasCommand } from '@aws-sdk/client-kms'
import { DescribeClustersCommand, RebootClusterCommand } from '@aws-sdk/client-redshift'
import {
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { beforeEach, describe, expect, test } from 'vitest'
import { useLab } from '../../testing/lab.ts'
import { alice, bob, home, partner, testWorld } from '../../testing/world.ts'

// CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
function policyOf(bucket: string) {
  const Principal = { Service: 'cloudtrail.amazonaws.com' }
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${bucket}` },
      {
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  }
}

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  const region = account?.regions['eu-west-1']
  if (!account || !region) return world
  account.organization = { accounts: [{ Id: partner }] }
  region.buckets = [
    ...['trail-bucket', 'data-bucket', 'org-bucket'].map((Name) => ({ Name, Policy: policyOf(Name) })),
    { Name: 'closed-bucket' },
  ]
  region.trails = [
    { Name: 'seeded', S3BucketName: 'trail-bucket', S3KeyPrefix: 'audit', IsMultiRegionTrail: true },
    {
      Name: 'blind',
      S3BucketName: 'no-such-bucket',
      IsLogging: false,
      StopLoggingTime: '-3d',
      StartLoggingTime: '-9d',
    },
  ]
  account.regions['us-east-2'] = {
    trails: [
      {
        Name: 'organization',
        S3BucketName: 'org-bucket',
        IsMultiRegionTrail: true,
        IsOrganizationTrail: true,
      },
    ],
  }
  return world
})

const seeded = `arn:aws:cloudtrail:eu-west-1:${home}:trail/seeded`
const ofOrganization = `arn:aws:cloudtrail:us-east-2:${home}:trail/organization`
const management: AdvancedEventSelector[] = [
  {
    Name: 'Management events selector',
    FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
  },
]

let count = 0
/** A trail of its own for a test, with a prefix that tells its files. */
async function newTrail(bucket = 'trail-bucket') {
  count += 1
  const Name = `made-${count}`
  await lab.cloudtrail().send(new CreateTrailCommand({ Name, S3BucketName: bucket, S3KeyPrefix: Name }))
  return Name
}

async function keysOf(Prefix: string, Bucket = 'trail-bucket') {
  const { Contents = [] } = await lab.s3().send(new ListObjectsV2Command({ Bucket, Prefix }))
  return Contents.map(({ Key = '' }) => Key)
}

// biome-ignore lint/suspicious/noExplicitAny: events are free-form JSON.
async function recordsOf(Prefix: string, Bucket = 'trail-bucket'): Promise<any[]> {
  const keys = await keysOf(Prefix, Bucket)
  const files = await Promise.all(
    keys.map(async (Key) => {
      const { Body } = await lab.s3().send(new GetObjectCommand({ Bucket, Key }))
      return JSON.parse(gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString())
        .Records
    }),
  )
  return files.flat()
}

const namesOf = async (prefix: string, bucket?: string) =>
  (await recordsOf(prefix, bucket)).map(({ eventName }) => eventName)

async function deleteMade() {
  const client = lab.cloudtrail()
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({}))
  for (const { Name } of trailList)
    if (Name?.startsWith('made-')) await client.send(new DeleteTrailCommand({ Name }))
}

beforeEach(deleteMade)

describe('a trail', () => {
  test('is made with what AWS takes for granted, and does not log yet', async () => {
    const Name = await newTrail()
    const client = lab.cloudtrail()
    const { Trail } = await client.send(new GetTrailCommand({ Name }))
    expect(Trail).toEqual({
      Name,
      S3BucketName: 'trail-bucket',
      S3KeyPrefix: Name,
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: false,
      HomeRegion: 'eu-west-1',
      TrailARN: `arn:aws:cloudtrail:eu-west-1:${home}:trail/${Name}`,
      LogFileValidationEnabled: false,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
      IsOrganizationTrail: false,
    })
    expect(await client.send(new GetTrailStatusCommand({ Name }))).toMatchObject({ IsLogging: false })
    expect(await client.send(new GetEventSelectorsCommand({ TrailName: Name }))).toMatchObject({
      AdvancedEventSelectors: management,
    })
  })

  test('is changed member by member', async () => {
    const Name = await newTrail()
    const client = lab.cloudtrail()
    const more = { IsMultiRegionTrail: true, EnableLogFileValidation: true, S3KeyPrefix: '' }
    await client.send(new UpdateTrailCommand({ Name, ...more }))
    const { Trail } = await client.send(new GetTrailCommand({ Name }))
    expect(Trail).toMatchObject({ IsMultiRegionTrail: true, LogFileValidationEnabled: true })
    expect(Trail).not.toHaveProperty('S3KeyPrefix')
  })

  test.each([
    [{ Name: 'seeded' }, 'TrailAlreadyExistsException', `Trail seeded already exists for customer: ${home}`],
    [{ Name: 'ab' }, 'InvalidTrailNameException', /^Trail name too short/],
    [{ Name: '-abc' }, 'InvalidTrailNameException', 'Trail name must starts with a letter or number.'],
    [{ Name: 'a b c' }, 'InvalidTrailNameException', /can only contain/],
    [
      { S3BucketName: 'no-such-bucket' },
      'S3BucketDoesNotExistException',
      'S3 bucket no-such-bucket does not exist!',
    ],
    [
      { S3BucketName: 'closed-bucket' },
      'InsufficientS3BucketPolicyException',
      'Incorrect S3 bucket policy is detected for bucket: closed-bucket',
    ],
    [
      { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
      'InvalidParameterCombinationException',
      'Multi-Region trail must include global service events.',
    ],
    [{ KmsKeyId: 'alias/none' }, 'KmsKeyNotFoundException', /alias\/none/],
    [{ CloudWatchLogsLogGroupArn: 'x' }, 'InvalidCloudWatchLogsLogGroupArnException', /log group ARN/],
    [{ S3KeyPrefix: 'x'.repeat(201) }, 'InvalidS3PrefixException', /200/],
  ] as const)('is refused with %j', async (input, name, message) => {
    const all = { Name: 'refused', S3BucketName: 'trail-bucket', ...input }
    const call = lab.cloudtrail().send(new CreateTrailCommand(all))
    await expect(call).rejects.toMatchObject({
      name,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
  })

  test('is one of five in a region, shadows counted', async () => {
    await newTrail()
    await newTrail()
    await expect(newTrail()).rejects.toMatchObject({
      name: 'MaximumNumberOfTrailsExceededException',
      message: `User: ${home} already has 5 trails in eu-west-1.`,
    })
  })

  test('is gone once deleted', async () => {
    const Name = await newTrail()
    await lab.cloudtrail().send(new DeleteTrailCommand({ Name }))
    await expect(lab.cloudtrail().send(new GetTrailStatusCommand({ Name }))).rejects.toMatchObject({
      name: 'TrailNotFoundException',
      message: `Unknown trail: arn:aws:cloudtrail:eu-west-1:${home}:trail/${Name} for the user: ${home}`,
    })
  })

  test('has tags', async () => {
    const client = lab.cloudtrail()
    const TagsList = [{ Key: 'team', Value: 'security' }]
    await client.send(new AddTagsCommand({ ResourceId: seeded, TagsList }))
    const list = new ListTagsCommand({ ResourceIdList: [seeded] })
    expect((await client.send(list)).ResourceTagList).toEqual([{ ResourceId: seeded, TagsList }])
    await client.send(new RemoveTagsCommand({ ResourceId: seeded, TagsList: [{ Key: 'team' }] }))
    expect((await client.send(list)).ResourceTagList).toEqual([{ ResourceId: seeded, TagsList: [] }])
    await expect(lab.cloudtrail(alice, 'eu-west-2').send(list)).rejects.toMatchObject({
      name: 'CloudTrailARNInvalidException',
      message: 'Region in ARN is wrong, you can only access resources in region eu-west-2.',
    })
  })
})

describe('elsewhere', () => {
  const there = () => lab.cloudtrail(alice, 'eu-west-2')

  test('a trail of all regions is a shadow that can be left out', async () => {
    const { trailList } = await there().send(new DescribeTrailsCommand({}))
    expect(trailList?.map(({ TrailARN }) => TrailARN)).toEqual([seeded, ofOrganization])
    const own = await there().send(new DescribeTrailsCommand({ includeShadowTrails: false }))
    expect(own.trailList).toEqual([])
    expect((await there().send(new ListTrailsCommand({}))).Trails?.map(({ Name }) => Name)).toEqual([
      'blind',
      'seeded',
      'organization',
    ])
  })

  test('a shadow is found by its ARN, not by its name', async () => {
    const byName = there().send(new GetTrailStatusCommand({ Name: 'seeded' }))
    await expect(byName).rejects.toMatchObject({ name: 'TrailNotFoundException' })
    expect(await there().send(new GetTrailStatusCommand({ Name: seeded }))).toMatchObject({ IsLogging: true })
  })

  test('a shadow is not changed', async () => {
    await expect(there().send(new StopLoggingCommand({ Name: seeded }))).rejects.toMatchObject({
      name: 'InvalidHomeRegionException',
    })
  })

  test('a member sees the organization’s trail, and may not change it', async () => {
    const member = lab.cloudtrail(bob, 'us-east-2')
    const { trailList } = await member.send(new DescribeTrailsCommand({}))
    expect(trailList).toMatchObject([{ TrailARN: ofOrganization, IsOrganizationTrail: true }])
    await expect(member.send(new StopLoggingCommand({ Name: ofOrganization }))).rejects.toMatchObject({
      name: 'NotOrganizationMasterAccountException',
    })
    const own = { Name: 'mine', S3BucketName: 'org-bucket', IsOrganizationTrail: true }
    await expect(member.send(new CreateTrailCommand(own))).rejects.toMatchObject({
      name: 'NotOrganizationMasterAccountException',
    })
  })
})

describe('selectors', () => {
  const put = async (selectors: {
    EventSelectors?: EventSelector[]
    AdvancedEventSelectors?: AdvancedEventSelector[]
  }) => {
    const TrailName = await newTrail()
    const client = lab.cloudtrail()
    await client.send(new PutEventSelectorsCommand({ TrailName, ...selectors }))
    const { Trail } = await client.send(new GetTrailCommand({ Name: TrailName }))
    expect(Trail?.HasCustomEventSelectors).toBe(true)
    return client.send(new GetEventSelectorsCommand({ TrailName }))
  }
  const advanced = (...FieldSelectors: NonNullable<AdvancedEventSelector['FieldSelectors']>) => ({
    AdvancedEventSelectors: [{ FieldSelectors }],
  })
  const ofManagement = { Field: 'eventCategory', Equals: ['Management'] }
  const ofData = { Field: 'eventCategory', Equals: ['Data'] }

  test('basic ones take the place of advanced ones', async () => {
    const answered = await put({ EventSelectors: [{ ReadWriteType: 'WriteOnly' }] })
    expect(answered.AdvancedEventSelectors).toBeUndefined()
    expect(answered.EventSelectors).toEqual([
      {
        ReadWriteType: 'WriteOnly',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ])
  })

  test('advanced ones are given back as they were', async () => {
    const wanted = advanced(ofManagement, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] })
    const answered = await put(wanted)
    expect(answered.AdvancedEventSelectors).toEqual(wanted.AdvancedEventSelectors)
    expect(answered.EventSelectors).toBeUndefined()
  })

  test.each([
    ['both kinds', { EventSelectors: [{}], ...advanced(ofManagement) }],
    ['neither kind', {}],
    ['an unknown type', { EventSelectors: [{ ReadWriteType: 'read-only' as never }] }],
    ['another source', { EventSelectors: [{ ExcludeManagementEventSources: ['redshift.amazonaws.com'] }] }],
    ['six selectors', { EventSelectors: Array.from({ length: 6 }, () => ({})) }],
    [
      'a wildcard',
      { EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::*'] }] }] },
    ],
    ['no category', advanced({ Field: 'readOnly', Equals: ['true'] })],
    [
      'the name of management events',
      advanced(ofManagement, { Field: 'eventName', Equals: ['DeleteCluster'] }),
    ],
    [
      'one source of management events',
      advanced(ofManagement, { Field: 'eventSource', Equals: ['kms.amazonaws.com'] }),
    ],
    ['readOnly by another operator', advanced(ofManagement, { Field: 'readOnly', NotEquals: ['true'] })],
    ['data events of no type', advanced(ofData)],
    ['a field without a value', advanced(ofManagement, { Field: 'readOnly' })],
  ])('are refused with %s', async (_what, selectors) => {
    const call = lab.cloudtrail().send(new PutEventSelectorsCommand({ TrailName: 'seeded', ...selectors }))
    await expect(call).rejects.toMatchObject({ name: 'InvalidEventSelectorsException' })
  })

  test('of insights are kept', async () => {
    const TrailName = await newTrail()
    const client = lab.cloudtrail()
    const get = () => client.send(new GetInsightSelectorsCommand({ TrailName }))
    await expect(get()).rejects.toMatchObject({ name: 'InsightNotEnabledException' })
    const InsightSelectors = [{ InsightType: 'ApiErrorRateInsight' as const }]
    await client.send(new PutInsightSelectorsCommand({ TrailName, InsightSelectors }))
    expect((await get()).InsightSelectors).toEqual(InsightSelectors)
    expect((await client.send(new ListEventDataStoresCommand({}))).EventDataStores).toEqual([])
  })
})

describe('delivery', () => {
  const start = (Name: string) => lab.cloudtrail().send(new StartLoggingCommand({ Name }))
  const stop = (Name: string) => lab.cloudtrail().send(new StopLoggingCommand({ Name }))
  const status = (Name: string) => lab.cloudtrail().send(new GetTrailStatusCommand({ Name }))
  const describeClusters = () => lab.redshift().send(new DescribeClustersCommand({}))
  const reboot = async () => {
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'scratch' }))
    lab.move('20m')
  }

  test('comes within minutes, under AWS’s names', async () => {
    const Name = await newTrail()
    await start(Name)
    await describeClusters()
    expect(await keysOf(`${Name}/`)).toEqual([])
    lab.move('5m')
    const [key, ...others] = await keysOf(`${Name}/`)
    expect(others).toEqual([])
    const [date] = new Date(lab.lab.clock.now()).toISOString().split('T')
    expect(key).toMatch(
      new RegExp(
        `^${Name}/AWSLogs/${home}/CloudTrail/eu-west-1/${date?.replaceAll('-', '/')}/${home}_CloudTrail_eu-west-1_\\d{8}T\\d{4}Z_[A-Za-z0-9]{16}\\.json\\.gz$`,
      ),
    )
    const object = await lab.s3().send(new GetObjectCommand({ Bucket: 'trail-bucket', Key: key }))
    expect(object).toMatchObject({ ContentType: 'application/json', ServerSideEncryption: 'AES256' })
    expect(await namesOf(`${Name}/`)).toContain('DescribeClusters')
  })

  test('brings what happened while the trail logged, and stays when it is deleted', async () => {
    const Name = await newTrail()
    await reboot()
    await start(Name)
    await describeClusters()
    await stop(Name)
    await reboot()
    const names = await namesOf(`${Name}/`)
    expect(names).toEqual(['StartLogging', 'DescribeClusters', 'StopLogging'])
    await lab.cloudtrail().send(new DeleteTrailCommand({ Name }))
    lab.move('100d')
    expect(await namesOf(`${Name}/`)).toEqual(names)
  })

  test('obeys selectors', async () => {
    const Name = await newTrail()
    const AdvancedEventSelectors = [
      {
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Management'] },
          { Field: 'readOnly', Equals: ['false'] },
          { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
        ],
      },
    ]
    await lab.cloudtrail().send(new PutEventSelectorsCommand({ TrailName: Name, AdvancedEventSelectors }))
    await start(Name)
    const alias = new UpdateAliasCommand({ AliasName: 'alias/x', TargetKeyId: 'y' })
    await lab
      .kms()
      .send(alias)
      .catch(() => undefined)
    await describeClusters()
    await reboot()
    expect(await namesOf(`${Name}/`)).toEqual(['StartLogging', 'RebootCluster'])
    await lab.cloudtrail().send(
      new PutEventSelectorsCommand({
        TrailName: Name,
        EventSelectors: [{ ReadWriteType: 'ReadOnly', ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
      }),
    )
    await lab.kms().send(new ListKeysCommand({}))
    await describeClusters()
    await reboot()
    // The two files of those minutes come in any order.
    const added = (await namesOf(`${Name}/`)).filter(
      (name) => !['StartLogging', 'RebootCluster'].includes(name),
    )
    expect(added.sort()).toEqual(['DescribeClusters', 'PutEventSelectors'])
  })

  test('of writes only has no reads, and has the call that changes the trail once', async () => {
    const Name = await newTrail()
    const EventSelectors: EventSelector[] = [{ ReadWriteType: 'WriteOnly' }]
    await lab.cloudtrail().send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors }))
    await start(Name)
    await describeClusters()
    await lab.cloudtrail().send(new UpdateTrailCommand({ Name, EnableLogFileValidation: true }))
    lab.move('5m')
    expect((await namesOf(`${Name}/`)).sort()).toEqual(['StartLogging', 'UpdateTrail'])
  })

  test('brings events of objects to trails that choose them', async () => {
    const Name = await newTrail()
    const Values = ['arn:aws:s3:::data-bucket/secret/']
    await lab.cloudtrail().send(
      new PutEventSelectorsCommand({
        TrailName: Name,
        EventSelectors: [
          { IncludeManagementEvents: false, DataResources: [{ Type: 'AWS::S3::Object', Values }] },
        ],
      }),
    )
    await start(Name)
    for (const Key of ['secret/a', 'open/b'])
      await lab.s3().send(new PutObjectCommand({ Bucket: 'data-bucket', Key, Body: 'hushed' }))
    await describeClusters()
    lab.move('5m')
    const records = await recordsOf(`${Name}/`)
    expect(records).toMatchObject([
      {
        eventName: 'PutObject',
        eventCategory: 'Data',
        managementEvent: false,
        requestParameters: { bucketName: 'data-bucket', key: 'secret/a' },
        resources: [
          { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::data-bucket/secret/a' },
          { type: 'AWS::S3::Bucket', accountId: home },
        ],
      },
    ])
    expect(JSON.stringify(records)).not.toContain('hushed')
    const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'PutObject' }]
    const history = await lab.cloudtrail().send(new LookupEventsCommand({ LookupAttributes }))
    expect(history.Events).toEqual([])
  })

  test('of one region brings nothing of others', async () => {
    const Name = await newTrail()
    await start(Name)
    await lab.redshift(alice, 'eu-west-2').send(new DescribeClustersCommand({}))
    lab.move('5m')
    const regions = (await recordsOf(`${Name}/`)).map(({ awsRegion }) => awsRegion)
    expect(new Set(regions)).toEqual(new Set(['eu-west-1']))
    expect(await keysOf(`audit/AWSLogs/${home}/CloudTrail/eu-west-2/`)).not.toEqual([])
  })

  test('of an organization has the events of its members, under its id', async () => {
    await lab.redshift(bob).send(new DescribeClustersCommand({}))
    lab.move('5m')
    const { id } = [...lab.lab.state.organizations.values()][0] ?? {}
    const keys = await keysOf(`AWSLogs/${id}/${partner}/CloudTrail/eu-west-1/`, 'org-bucket')
    expect(keys).not.toEqual([])
  })

  test('fails while the bucket refuses, and is made good for thirty days', async () => {
    const Name = await newTrail('data-bucket')
    await start(Name)
    lab.move('6m')
    expect(await status(Name)).toMatchObject({ IsLogging: true, LatestDeliveryTime: expect.any(Date) })
    await lab.s3().send(new DeleteBucketPolicyCommand({ Bucket: 'data-bucket' }))
    await describeClusters()
    lab.move('6m')
    const failing = await status(Name)
    expect(failing.LatestDeliveryError).toBe('AccessDenied')
    expect(failing.LatestDeliveryTime?.getTime()).toBeLessThan(lab.lab.clock.now() - 6 * 60_000)
    const before = await keysOf(`${Name}/`, 'data-bucket')
    const Policy = JSON.stringify(policyOf('data-bucket'))
    await lab.s3().send(new PutBucketPolicyCommand({ Bucket: 'data-bucket', Policy }))
    lab.move('5m')
    expect((await status(Name)).LatestDeliveryError).toBeUndefined()
    expect((await keysOf(`${Name}/`, 'data-bucket')).length).toBeGreaterThan(before.length)
    expect(await namesOf(`${Name}/`, 'data-bucket')).toContain('DescribeClusters')
  })

  test('after thirty days nobody tries any more', async () => {
    const Name = await newTrail('data-bucket')
    await start(Name)
    await lab.s3().send(new DeleteBucketPolicyCommand({ Bucket: 'data-bucket' }))
    await describeClusters()
    lab.move('31d')
    const Policy = JSON.stringify(policyOf('data-bucket'))
    await lab.s3().send(new PutBucketPolicyCommand({ Bucket: 'data-bucket', Policy }))
    lab.move('5m')
    expect(await namesOf(`${Name}/`, 'data-bucket')).not.toContain('DescribeClusters')
  })

  test('of a seeded trail is under way, or not', async () => {
    expect(await status('seeded')).toMatchObject({ IsLogging: true, LatestDeliveryTime: expect.any(Date) })
    const blind = await status('blind')
    expect(blind).toMatchObject({ IsLogging: false, LatestDeliveryError: 'NoSuchBucket' })
    expect(blind.LatestDeliveryTime).toBeUndefined()
    expect(blind.StopLoggingTime).toEqual(expect.any(Date))
  })
})
