// Edges of region-trail: trails of the organization and of other regions, deliveries that failed once, and the trail
// that a plan makes.

import { afterEach, describe, expect, test } from 'vitest'
import type { RegionSeed } from '#lab/world.ts'
import { region, trail } from './examples/region.ts'
import practice from './region-trail.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key } from './testing/world.ts'

holdsInCommon(practice)

test('a delivery that failed, and succeeded since, is no fault', () => {
  const status = { LatestDeliveryError: 'NoSuchBucket', LatestDeliveryAttemptTime: '2026-11-22T10:00:00Z' }
  const verdict = (more: object) =>
    verdictOf(practice, region({ reason: '', trails: [trail({ status: { ...status, ...more } })] }))
  expect(verdict({})).toBe('fail not-delivered: has the trail management, whose last delivery failed')
  expect(verdict({ LatestDeliveryTime: '2026-11-22T11:00:00Z' })).toMatch(/^pass written/)
  expect(verdict({ LatestDeliveryTime: '2026-11-21T11:00:00Z' })).toMatch(/^fail not-delivered/)
})

test('a trail of the organization is left to the account that manages it, and mended there', () => {
  const stopped = { facts: { Name: 'all', IsOrganizationTrail: true }, status: { IsLogging: false } }
  const member = region({ reason: '', trails: [trail({ account: '999900001111', ...stopped })] })
  expect(noneOf(practice, member)).toBe('it is a trail of the organization, which its members cannot change')
  const manager = region({ reason: '', trails: [trail(stopped)] })
  expect(changesOf(practice, manager).map(({ call }) => call.action)).toEqual(['cloudtrail:StartLogging'])
})

test('beside a trail of the organization that is no good, the own one is mended', () => {
  const keysLeftOut = { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] }
  const trails = [
    trail({ account: '999900001111', facts: { IsOrganizationTrail: true }, selectors: keysLeftOut }),
    trail({ facts: { Name: 'own' }, status: { IsLogging: false } }),
  ]
  const example = region({ reason: '', trails })
  expect(verdictOf(practice, example)).toMatch(/^fail keys-left-out: has the trail management/)
  expect(changesOf(practice, example).map(({ call }) => [call.action, call.input])).toEqual([
    ['cloudtrail:StartLogging', { Name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/own' }],
  ])
})

test('a trail is changed in its home region, and data events stay selected', () => {
  const data = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }
  const [change] = changesOf(
    practice,
    region({
      reason: '',
      trails: [
        trail({
          facts: { HomeRegion: 'us-east-1', IsMultiRegionTrail: true },
          selectors: { AdvancedEventSelectors: [data] },
        }),
      ],
    }),
  )
  expect(change?.region).toBe('us-east-1')
  expect(change?.call.input).toMatchObject({
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }, data],
  })
})

test('basic selectors of data events stay what they are, of writes alone', () => {
  const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::landing/'] }]
  const writes = { ReadWriteType: 'WriteOnly' as const, DataResources }
  const [change] = changesOf(
    practice,
    region({
      reason: '',
      trails: [
        trail({
          selectors: {
            EventSelectors: [
              {
                ...writes,
                IncludeManagementEvents: true,
                ExcludeManagementEventSources: ['kms.amazonaws.com'],
              },
              { ReadWriteType: 'ReadOnly', IncludeManagementEvents: true },
            ],
          },
        }),
      ],
    }),
  )
  const none: string[] = []
  expect(change?.call.input).toMatchObject({
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: none },
      { ...writes, IncludeManagementEvents: false, ExcludeManagementEventSources: none },
    ],
  })
})

test('where there is no room for one more selector, those of one use are put together', () => {
  const data = (ReadWriteType: 'All' | 'WriteOnly', Type: string, ...Values: string[]) => ({
    ReadWriteType,
    IncludeManagementEvents: false,
    DataResources: [{ Type, Values }],
    ExcludeManagementEventSources: [],
  })
  const selectors = [
    data('WriteOnly', 'AWS::S3::Object', 'arn:aws:s3:::a/'),
    data('All', 'AWS::S3::Object', 'arn:aws:s3:::b/'),
    data('WriteOnly', 'AWS::S3::Object', 'arn:aws:s3:::c/'),
    data('WriteOnly', 'AWS::Lambda::Function', 'arn:aws:lambda'),
  ]
  const after = (...EventSelectors: typeof selectors) => {
    const [change] = changesOf(
      practice,
      region({ reason: '', trails: [trail({ selectors: { EventSelectors } })] }),
    )
    const { EventSelectors: written } = (change?.call.input ?? {}) as { EventSelectors?: unknown[] }
    return written?.slice(1)
  }
  expect(after(...selectors)).toEqual(selectors)
  expect(after(...selectors, data('All', 'AWS::S3::Object', 'arn:aws:s3:::d/'))).toEqual([
    {
      ...data('WriteOnly', '', ''),
      DataResources: [
        { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::a/', 'arn:aws:s3:::c/'] },
        { Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] },
      ],
    },
    data('All', 'AWS::S3::Object', 'arn:aws:s3:::b/', 'arn:aws:s3:::d/'),
  ])
})

const arnIn = (name: string) => `arn:aws:account:${name}:111122223333:region/${name}`
const none = (dataRegions: string[], more: object = {}) => {
  const example = region({ reason: 'no-trail', trails: [] })
  return { ...example, answers: { ...example.answers, dataRegions }, ...more }
}

test('the new trail is at home where data lies and may lie, whichever region asks for it', () => {
  const homeOf = (example: ReturnType<typeof none>) =>
    changesOf(practice, example).map(({ region }) => region)
  const regions = ['eu-central-1', 'eu-west-1', 'us-east-1']
  expect(new Set(homeOf(none(regions)))).toEqual(new Set(['eu-central-1']))
  expect(new Set(homeOf(none(regions, { policy: { allowedRegions: ['eu-west-1'] } })))).toEqual(
    new Set(['eu-west-1']),
  )
  expect(new Set(homeOf(none(['us-east-1'], { policy: { allowedRegions: ['eu-north-1'] } })))).toEqual(
    new Set(['eu-north-1']),
  )
})

test('its bucket takes the logs of that trail alone, and nothing in plain text', () => {
  const changes = changesOf(practice, none(['eu-west-1']))
  const policy = changes.find(({ call }) => call.action === 's3:PutBucketPolicy')?.effects[0]?.after
  const trail = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/redoubt-management-events'
  const bucket = 'arn:aws:s3:::redoubt-trail-111122223333-20261122120000'
  expect(policy).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: bucket,
        Condition: { StringEquals: { 'aws:SourceArn': trail } },
      },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `${bucket}/AWSLogs/111122223333/*`,
        Condition: { StringEquals: { 'aws:SourceArn': trail } },
      },
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  })
})

test('a bucket that is named is used as it is', () => {
  const changes = changesOf(practice, none(['eu-west-1'], { settings: { bucket: 'acme-log-archive' } }))
  expect(changes.map(({ call }) => call.action)).toEqual([
    'cloudtrail:CreateTrail',
    'cloudtrail:StartLogging',
  ])
  expect(changes[0]?.call.input).toMatchObject({ S3BucketName: 'acme-log-archive', IsMultiRegionTrail: true })
  expect(changes[0]?.notes?.at(-1)).toMatch(/^the policy of bucket acme-log-archive must let cloudtrail/)
})

describe('in the lab', () => {
  let driver: Driver | undefined
  afterEach(() => driver?.stop())

  const drawn = async (
    regions: Record<string, RegionSeed>,
    denied: { action: string; region?: string; resource?: string }[] = [],
  ) => {
    const accessKeys = [{ ...key, user: 'example', denied }]
    const world = {
      name: 'example',
      about: 'Regions.',
      accounts: { '111122223333': { accessKeys, regions } },
    }
    driver = await drive(world, { key, regions: Object.keys(regions), speed: 600 })
    return driver
  }
  const found = async (lab: Driver) =>
    (await lab.scan()).findings
      .filter((finding) => finding.practice === practice.id)
      .map(({ resource, status, reason, message }) => `${resource} ${status} ${reason}: ${message}`)
      .sort()
  const letsTrailsWrite = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:PutObject', 's3:GetBucketAcl'],
        Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
      },
    ],
  }
  const withData = { clusters: [{ ClusterIdentifier: 'sales' }] }

  test('one plan makes one trail for all regions, and another after the undo makes another bucket', async () => {
    const lab = await drawn({ 'eu-west-1': withData, 'eu-central-1': withData, 'us-east-1': {} })
    expect((await found(lab)).map((line) => line.split(': ')[0])).toEqual([
      `${arnIn('eu-central-1')} fail no-trail`,
      `${arnIn('eu-west-1')} fail no-trail`,
    ])
    const plan = await lab.plan({ practice: practice.id })
    expect(plan.steps.map(({ region, call }) => `${region} ${call.action}`)).toEqual([
      'eu-central-1 s3:CreateBucket',
      'eu-central-1 s3:PutPublicAccessBlock',
      'eu-central-1 s3:PutBucketPolicy',
      'eu-central-1 cloudtrail:CreateTrail',
      'eu-central-1 cloudtrail:StartLogging',
    ])
    for (const { closes } of plan.steps)
      expect(closes.sort()).toEqual([
        `region-trail ${arnIn('eu-central-1')}`,
        `region-trail ${arnIn('eu-west-1')}`,
      ])
    expect((await lab.apply(plan))?.outcome.failed).toEqual([])
    expect((await lab.verify(plan)).findings.map(({ status }) => status)).toEqual(['pass', 'pass'])
    expect((await lab.undo(plan))?.outcome.failed).toEqual([])
    // The names of buckets tell the second of the plan.
    lab.lab.clock.change({ move: '+1m' })
    expect(await found(lab)).toHaveLength(2)
    const again = await lab.plan({ practice: practice.id })
    expect((await lab.apply(again))?.outcome.failed).toEqual([])
  })

  test('a trail that may not be read matters only where none that may be read writes all down', async () => {
    const trails = (best: object) => [
      { Name: 'sealed', S3BucketName: 'logs', IsLogging: true },
      { Name: 'open', S3BucketName: 'logs', IsLogging: true, ...best },
    ]
    const buckets = [{ Name: 'logs', Policy: letsTrailsWrite }]
    const lab = await drawn(
      {
        'eu-west-1': { ...withData, buckets, trails: trails({}) },
        'eu-central-1': { ...withData, trails: trails({ EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }) },
      },
      ['eu-west-1', 'eu-central-1'].map((region) => ({
        action: 'cloudtrail:GetEventSelectors',
        resource: `arn:aws:cloudtrail:${region}:111122223333:trail/sealed`,
      })),
    )
    expect(await found(lab)).toEqual([
      `${arnIn('eu-central-1')} unknown refused: could not be judged: the permission cloudtrail:GetEventSelectors is missing`,
      `${arnIn('eu-west-1')} pass written: has what is changed in eu-west-1 written down by the trail open`,
    ])
  })

  test('a trail of data events alone is widened, and given back as it was', async () => {
    const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::landing/'] }]
    const selector = { ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: false, DataResources }
    const trails = [{ Name: 'data', S3BucketName: 'logs', IsLogging: true, EventSelectors: [selector] }]
    const buckets = [{ Name: 'logs', Policy: letsTrailsWrite }]
    const lab = await drawn({ 'eu-west-1': { ...withData, buckets, trails } })
    expect((await found(lab))[0]).toMatch(/ fail no-writes: /)
    const plan = await lab.plan({ practice: practice.id })
    expect((await lab.apply(plan))?.outcome.failed).toEqual([])
    expect((await lab.verify(plan)).findings.map(({ status }) => status)).toEqual(['pass'])
    expect((await lab.undo(plan))?.outcome.failed).toEqual([])
    expect((await found(lab))[0]).toMatch(/ fail no-writes: /)
  })

  test('where nothing could be listed, that one region is unknown, and where something was, it is judged', async () => {
    const actions = [
      'redshift:DescribeClusters',
      'redshift:DescribeClusterSnapshots',
      'redshift-serverless:ListNamespaces',
    ]
    const lab = await drawn(
      { 'eu-west-1': withData, 'eu-central-1': { ...withData, namespaces: [{ namespaceName: 'planning' }] } },
      [
        ...actions.map((action) => ({ action, region: 'eu-west-1' })),
        { action: 'redshift:DescribeClusters', region: 'eu-central-1' },
      ],
    )
    expect(await found(lab)).toEqual([
      `${arnIn('eu-central-1')} fail no-trail: has no trail that sees it`,
      `${arnIn('eu-west-1')} unknown refused: could not be judged: the permission redshift:DescribeClusters is missing`,
    ])
  })
})
