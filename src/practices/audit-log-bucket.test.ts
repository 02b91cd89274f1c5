// Edges of audit-log-bucket: several clusters, what one call mends and another does not, what stands in between.

import { afterEach, describe, expect, test } from 'vitest'
import type { BucketSeed } from '#lab/services/s3/seed-types.ts'
import type { World } from '#lab/world.ts'
import { publicWall } from '#model/bucket-policy.ts'
import practice from './audit-log-bucket.ts'
import {
  bucket,
  deliverable,
  everybodyLists,
  everybodyReads,
  exampleBucket,
  policyOf,
  redshiftWrites,
} from './examples/bucket.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { verdictWithout } from './testing/without.ts'
import { key, place, worldOf } from './testing/world.ts'

holdsInCommon(practice)

const use = (cluster: string, prefix: string) => ({
  cluster,
  arn: `arn:aws:redshift:eu-west-1:111122223333:cluster:${cluster}`,
  region: 'eu-west-1',
  prefix,
})

test('each cluster is judged by the prefix that its logs go under', () => {
  const policy = policyOf(
    { ...redshiftWrites, Action: 's3:GetBucketAcl' },
    { ...redshiftWrites, Action: 's3:PutObject', Resource: `${exampleBucket}/sales/*` },
  )
  const example = bucket({ reason: 'not-allowed', policy, usedBy: [use('sales', 'sales/'), use('web', '')] })
  expect(verdictOf(practice, example)).toBe(
    'fail not-allowed: does not let redshift.amazonaws.com deliver the audit log of web',
  )
})

test('a condition that cannot be judged is no pass', () => {
  const Condition = { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } }
  const example = bucket({ reason: 'condition', policy: policyOf({ ...redshiftWrites, Condition }) })
  expect(verdictOf(practice, example)).toBe(
    'unknown condition: lets redshift.amazonaws.com deliver the audit log of sales or not, by a condition that cannot be judged from here',
  )
})

test('logs that go elsewhere by now leave nothing to say', () => {
  expect(verdictOf(practice, bucket({ reason: 'unused', usedBy: [] }))).toBe(
    'pass unused: takes no audit log any more',
  )
})

describe('the remedy', () => {
  test('writes the policy first and walls off last, once for the policy and the ACL', () => {
    const example = bucket({
      reason: 'public',
      policy: policyOf(everybodyReads),
      policyIsPublic: true,
      acl: [everybodyLists],
      publicAccessBlock: null,
      encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } }],
    })
    const changes = changesOf(practice, example)
    expect(changes.map(({ call }) => call.action)).toEqual([
      's3:PutBucketPolicy',
      's3:PutBucketEncryption',
      's3:PutPublicAccessBlock',
    ])
    expect(changes.map(({ undo }) => 'call' in undo && undo.call)).toEqual([
      {
        action: 's3:PutBucketPolicy',
        input: { Bucket: 'acme-audit', Policy: JSON.stringify(policyOf(everybodyReads)) },
      },
      {
        action: 's3:PutBucketEncryption',
        input: {
          Bucket: 'acme-audit',
          ServerSideEncryptionConfiguration: { Rules: example.answers.encryption },
        },
      },
      { action: 's3:DeletePublicAccessBlock', input: { Bucket: 'acme-audit' } },
    ])
  })

  test('keeps the statements of others as they are', () => {
    const others = policyOf(everybodyReads)
    const [change] = changesOf(practice, bucket({ reason: 'not-allowed', policy: others }))
    const input = change?.call.input as { Policy: string }
    const [first, added, ...more] = JSON.parse(input.Policy).Statement
    expect([[first], [added], more]).toEqual([others?.Statement, deliverable?.Statement, []])
  })

  test('does what it can, and says how a person does what no call can', () => {
    const both = bucket({
      reason: 'public',
      acl: [everybodyLists],
      publicAccessBlock: null,
      objectLock: true,
    })
    expect(changesOf(practice, both).map(({ call }) => call.action)).toEqual(['s3:PutPublicAccessBlock'])
    // Its policy would let logs in that Redshift does not bring there.
    const elsewhere = bucket({ reason: 'other-region', location: 'us-east-1', policy: null })
    expect(noneOf(practice, elsewhere)).toMatch(/^a bucket does not move: /)
    expect(noneOf(practice, bucket({ reason: 'object-lock', objectLock: true }))).toBe(
      'Object Lock stays on for ever: make a bucket without it, and send the logs there with "redoubt do logging enable"',
    )
  })
})

test('a bucket that AWS still names beside CloudWatch Logs is not looked at', async () => {
  const named = { LoggingEnabled: true, BucketName: 'acme-audit', LastSuccessfulDeliveryTime: '-30m' }
  const cluster = (ClusterIdentifier: string, more: object) => ({
    ClusterIdentifier,
    logging: { ...named, ...more },
  })
  const judged = async (LogDestinationType?: 'cloudwatch') => {
    const clusters = [cluster('sales', LogDestinationType ? { LogDestinationType } : {})]
    const regions = { [place.region]: { clusters, buckets: [{ Name: 'acme-audit' }] } }
    const accounts = { [place.account]: { accessKeys: [{ ...key, user: 'example' }], regions } }
    const world: World = { name: 'moved', about: 'Logs that were moved.', accounts }
    const lab = await drive(world, { key, regions: [place.region] })
    const { findings } = await lab.scan()
    await lab.stop()
    return findings.filter((one) => one.practice === practice.id).map(({ reason }) => reason)
  }
  expect(await judged()).toEqual(['not-allowed'])
  expect(await judged('cloudwatch')).toEqual([])
})

test('mended, it is enough for the clusters whose logs fail there: they are not sent elsewhere', async () => {
  const failing = (ClusterIdentifier: string) => ({
    ClusterIdentifier,
    logging: {
      LoggingEnabled: true,
      BucketName: 'acme-audit',
      LastSuccessfulDeliveryTime: '-2d' as const,
      LastFailureTime: '-20m' as const,
      LastFailureMessage: 'Access Denied',
    },
  })
  const world: World = {
    name: 'one bucket',
    about: 'Two clusters whose logs fail in one bucket.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example' }],
        regions: {
          [place.region]: { clusters: ['sales', 'web'].map(failing), buckets: [{ Name: 'acme-audit' }] },
        },
      },
    },
  }
  const lab = await drive(world, { key, regions: [place.region], speed: 600 })
  try {
    await lab.scan()
    const about = (id: string) => /^(audit-log-bucket|cluster-audit-logging)/.test(id)
    const plan = await lab.plan()
    const steps = plan.steps.filter(({ closes }) => closes.some(about))
    expect(steps.map(({ call }) => call.action)).toEqual(['s3:PutBucketPolicy'])
    expect(steps[0]?.closes.filter(about)).toHaveLength(3)
    const only = await lab.plan({ practice: 'cluster-audit-logging' })
    expect(only.steps.map(({ call, closes }) => [call.action, closes.length])).toEqual([
      ['s3:PutBucketPolicy', 2],
    ])
    expect((await lab.apply(only))?.outcome.failed).toEqual([])
    // Nothing was delivered since: a plan made at once does not send the logs elsewhere either.
    await lab.scan()
    expect((await lab.plan({ practice: 'cluster-audit-logging' })).steps).toEqual([])
    lab.lab.clock.change({ move: '+2h' })
    expect((await lab.verify(only)).findings.map(({ status }) => status)).toEqual(['pass', 'pass'])
  } finally {
    await lab.stop()
  }
})

describe('the wall of the account', () => {
  const publicly = (Name: string) => ({
    Name,
    Policy: policyOf(
      { ...redshiftWrites, Resource: resourcesOf(Name) },
      { ...everybodyReads, Resource: resourcesOf(Name) },
    ),
    PublicAccessBlockConfiguration: null,
  })
  const resourcesOf = (name: string) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]
  const world = (publicAccessBlock?: object, denied: { action: string }[] = []): World => ({
    name: 'walled',
    about: 'Buckets without walls of their own, and one that has one.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example', denied }],
        ...(publicAccessBlock && { publicAccessBlock }),
        regions: {
          [place.region]: {
            clusters: ['one', 'two', 'own'].map((ClusterIdentifier) => ({
              ClusterIdentifier,
              logging: { LoggingEnabled: true, BucketName: `acme-${ClusterIdentifier}` },
            })),
            buckets: [
              publicly('acme-one'),
              publicly('acme-two'),
              { ...publicly('acme-own'), PublicAccessBlockConfiguration: publicWall },
            ] as BucketSeed[],
          },
        },
      },
    },
  })
  let driver: Driver | undefined
  afterEach(() => driver?.stop())
  const look = async (one: World) => {
    driver = await drive(one, { key, regions: [place.region] })
    const { findings } = await driver.scan()
    const asked = driver.lab.calls().filter(({ action }) => action === 's3:GetAccountPublicAccessBlock')
    return {
      asked: asked.length,
      said: findings
        .filter((found) => found.practice === practice.id)
        .map(({ resource, status, reason, permission }) => [resource, status, reason, permission].join(' '))
        .sort(),
    }
  }

  test('holds for each of its buckets, and is asked for once', async () => {
    expect(await look(world({ RestrictPublicBuckets: true }))).toEqual({
      asked: 1,
      said: ['one', 'own', 'two'].map((name) => `arn:aws:s3:::acme-${name} pass ready `),
    })
  })

  test('that leaves the way open, or is not there, mends nothing', async () => {
    const said = [
      'arn:aws:s3:::acme-one fail public ',
      'arn:aws:s3:::acme-own pass ready ',
      'arn:aws:s3:::acme-two fail public ',
    ]
    expect((await look(world({ BlockPublicPolicy: true }))).said).toEqual(said)
    await driver?.stop()
    expect(await look(world())).toEqual({ asked: 1, said })
  })

  test('is not asked for where nothing lets everybody in', async () => {
    const quiet = world({ RestrictPublicBuckets: true })
    const region = quiet.accounts[place.account]?.regions[place.region]
    for (const one of region?.buckets ?? [])
      Object.assign(one, { Policy: policyOf({ ...redshiftWrites, Resource: resourcesOf(one.Name) }) })
    expect(await look(quiet)).toEqual({
      asked: 0,
      said: ['one', 'own', 'two'].map((name) => `arn:aws:s3:::acme-${name} pass ready `),
    })
  })

  test('that may not be read leaves unknown what depends on it, and names the permission', async () => {
    const action = 's3:GetAccountPublicAccessBlock'
    expect((await look(world(undefined, [{ action }]))).said).toEqual([
      `arn:aws:s3:::acme-one unknown refused ${action}`,
      'arn:aws:s3:::acme-own pass ready ',
      `arn:aws:s3:::acme-two unknown refused ${action}`,
    ])
  })

  test('is said to be of a stranger only where S3 says so', async () => {
    const stranger = ({ message }: { message: string }) =>
      message.includes('the account that owns the bucket')
    const action = 's3:GetBucketLocation'
    const refused = await drive(world(undefined, [{ action }]), { key, regions: [place.region] })
    driver = refused
    expect((await refused.scan()).gaps.filter(stranger)).toEqual([])
    await refused.stop()
    // The first three tell where the buckets lie, the next ones whose they are.
    const faults = [{ kind: 'error' as const, code: 'InternalError', action, skip: 3 }]
    expect((await look({ ...world(), faults })).said).toEqual([
      'arn:aws:s3:::acme-one unknown failed ',
      'arn:aws:s3:::acme-own pass ready ',
      'arn:aws:s3:::acme-two unknown failed ',
    ])
    const { gaps = [] } = (await driver?.scan()) ?? {}
    expect(gaps.filter(stranger)).toEqual([])
  })

  test('is that of the owner, whoever may ask about the bucket', async () => {
    const owner = '777788889999'
    const shared = world(publicWall)
    const home = shared.accounts[place.account]
    const lent = home?.regions[place.region]?.buckets?.[0]
    if (!home || !lent) throw new Error('the world has no bucket')
    const reading = { Effect: 'Allow', Principal: { AWS: place.account }, Action: 's3:Get*' }
    const everything = { ...reading, Resource: resourcesOf('acme-one') }
    const Policy = {
      ...(lent.Policy as object),
      Statement: [...(lent.Policy as { Statement: object[] }).Statement, everything],
    }
    home.regions[place.region] = {
      ...home.regions[place.region],
      buckets: home.regions[place.region]?.buckets?.slice(1) ?? [],
    }
    shared.accounts[owner] = {
      accessKeys: [],
      roles: [{ name: 'redoubt-scan', trusts: [place.account] }],
      regions: { [place.region]: { buckets: [{ ...lent, Policy }] } },
    }
    const one = async (accounts: { role: string }[]) => {
      driver = await drive(shared, { key, regions: [place.region], settings: { accounts } })
      const { findings } = await driver.scan()
      return findings
        .filter((found) => found.practice === practice.id && found.resource.endsWith('one'))
        .map(({ status, message }) => `${status}: ${message}`)
    }
    expect(await one([{ role: `arn:aws:iam::${owner}:role/redoubt-scan` }])).toEqual([
      'fail: lets everybody in by its policy, with no public access block against it, neither its own nor that of its account',
    ])
    await driver?.stop()
    expect(await one([])).toEqual([
      'unknown: could not be judged: the account that owns the bucket is not among those that are looked into',
    ])
  })
})

describe('a bucket of another account that is looked into', () => {
  const security = '777788889999'
  const logging = {
    LoggingEnabled: true,
    BucketName: 'acme-audit',
    LastSuccessfulDeliveryTime: 'never' as const,
  }
  const world: World = {
    name: 'two accounts',
    about: 'The logs of one account go to the other.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example' }],
        regions: { [place.region]: { clusters: [{ ClusterIdentifier: 'sales', logging }] } },
      },
      [security]: {
        accessKeys: [],
        roles: [{ name: 'redoubt-scan', trusts: [place.account] }],
        regions: { [place.region]: { buckets: [{ Name: 'acme-audit' }] } },
      },
    },
  }
  let driver: Driver | undefined
  afterEach(() => driver?.stop())

  async function judged(accounts: { role: string }[]) {
    const lab = await drive(world, { key, regions: [place.region], settings: { accounts }, speed: 600 })
    driver = lab
    const look = async () => {
      const { findings } = await lab.scan()
      return findings
        .filter(({ practice: id }) => id === practice.id)
        .map(({ account, reason, permission }) => [account, reason, permission])
    }
    return { lab, look }
  }

  test('is judged and mended through that account, and seen from where its logs come', async () => {
    const { lab, look } = await judged([{ role: `arn:aws:iam::${security}:role/redoubt-scan` }])
    expect(await look()).toEqual([[place.account, 'not-allowed', null]])
    const plan = await lab.plan({ practice: practice.id })
    expect(plan.steps).toMatchObject([{ account: security, seenFrom: { account: place.account } }])
    expect((await lab.apply(plan))?.outcome.failed).toEqual([])
    const [found] = (await lab.verify(plan)).findings
    expect([found?.account, found?.reason]).toEqual([place.account, 'ready'])
    expect(await look()).toEqual([[place.account, 'ready', null]])
    expect((await lab.undo(plan))?.outcome.failed).toEqual([])
    expect(await look()).toEqual([[place.account, 'not-allowed', null]])
  })

  test('that takes the logs of both is judged for each, and verified for each', async () => {
    const both = structuredClone(world)
    const home = both.accounts[security]?.regions[place.region]
    if (home) home.clusters = [{ ClusterIdentifier: 'orders', logging }]
    const settings = { accounts: [{ role: `arn:aws:iam::${security}:role/redoubt-scan` }] }
    driver = await drive(both, { key, regions: [place.region], settings, speed: 600 })
    await driver.scan()
    const plan = await driver.plan({ practice: practice.id })
    const prints = [place.account, security].map(
      (account) => `${practice.id} ${exampleBucket} ${account} ${place.region}`,
    )
    expect(plan.steps.flatMap(({ closes }) => closes).sort()).toEqual(prints)
    const seen = async () => (await driver?.verify(plan))?.findings.map((one) => [one.account, one.reason])
    expect(await seen()).toEqual([
      [place.account, 'not-allowed'],
      [security, 'not-allowed'],
    ])
    expect((await driver.apply(plan))?.outcome.failed).toEqual([])
    expect(await seen()).toEqual([
      [place.account, 'ready'],
      [security, 'ready'],
    ])
  })

  test('is unknown where that account is not looked into', async () => {
    const { look } = await judged([])
    expect(await look()).toEqual([[place.account, 'refused', 's3:GetBucketLocation']])
  })
})

describe('what is known to be wrong', () => {
  const closed = bucket({ reason: '', policy: null })

  test.each(['location', 'policyIsPublic', 'acl', 'encryption', 'objectLock'])(
    'is told, though its %s may not be read',
    (need) => {
      expect(verdictWithout(practice, closed, need)).toBe(
        'fail not-allowed: does not let redshift.amazonaws.com deliver the audit log of sales',
      )
    },
  )

  test('is told by what was read alone, and is not mended before all is', async () => {
    const { world, arn } = worldOf(practice.resource, closed)
    Object.assign(world.accounts[place.account]?.accessKeys[0] ?? {}, {
      denied: [{ action: 's3:GetBucketAcl' }],
    })
    const lab = await drive(world, { key, regions: [place.region] })
    try {
      const { findings } = await lab.scan()
      const found = findings.find(({ practice: id, resource }) => id === practice.id && resource === arn)
      expect([found?.status, found?.reason, found?.permission]).toEqual(['fail', 'not-allowed', null])
      const sources = found?.evidence.map(({ source }) => source)
      expect(sources).toContain('s3:GetBucketPolicy')
      expect(sources).not.toContain('s3:GetBucketAcl')
      const { steps, leftOut } = await lab.plan({ practice: practice.id })
      expect([steps, leftOut.map(({ why }) => why)]).toEqual([
        [],
        [expect.stringContaining('s3:GetBucketAcl')],
      ])
    } finally {
      await lab.stop()
    }
  })

  test('is not made up: without one the bucket is unknown', () => {
    expect(verdictWithout(practice, bucket({ reason: '' }), 'acl')).toMatch(/^unknown refused: /)
    expect(verdictWithout(practice, closed, 'policy')).toMatch(/^unknown refused: /)
  })
})
