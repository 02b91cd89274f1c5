// Edges of bucket-refuses-plain-http: what counts as a refusal, and what meets it in one plan.

import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import { plainHttpRefused } from '#model/bucket-policy.ts'
import type { Sighting } from '#model/resource.ts'
import practice from './bucket-refuses-plain-http.ts'
import { bucket, exampleBucket, exampleSighting, policyOf, refusesPlainHttp } from './examples/bucket.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { verdictWithout } from './testing/without.ts'
import { key, place, worldOf } from './testing/world.ts'

holdsInCommon(practice)

test('a name that no bucket may have is a mistake where settings say it, and nobody can take it where a log does', () => {
  const named = (sightings?: Sighting[]) => {
    const gone = bucket({ reason: '', isForData: true, location: null, ...(sightings && { sightings }) })
    const example = { ...gone, facts: { ...gone.facts, Name: 'acme_exports' } }
    return verdictWithout(practice, example).split(';')[0]
  }
  const never = 'does not exist, and nobody can make a bucket of that name'
  expect(named()).toBe(`unknown no-name: ${never}: dataBuckets in redoubt.yaml means another one`)
  expect(named([exampleSighting])).toBe(`pass never: ${never}`)
})

describe('a refusal', () => {
  const of = (...statements: object[]) => plainHttpRefused(policyOf(...statements), exampleBucket)
  const bool = (value: unknown) => ({
    ...refusesPlainHttp,
    Condition: { Bool: { 'AWS:securetransport': value } },
  })

  test.each([
    ['false as text', bool('false'), 'all'],
    ['false as YAML and JSON know it', bool(false), 'all'],
    ['a list of one', bool(['false']), 'all'],
    ['true', bool('true'), 'none'],
    ['an Allow', { ...refusesPlainHttp, Effect: 'Allow' }, 'none'],
    ['one account', { ...refusesPlainHttp, Principal: { AWS: 'arn:aws:iam::999988887777:root' } }, 'part'],
    [
      'everybody but an account',
      { ...refusesPlainHttp, Principal: undefined, NotPrincipal: { AWS: '1' } },
      'part',
    ],
    ['every resource', { ...refusesPlainHttp, Resource: '*' }, 'all'],
    ['what begins like the bucket', { ...refusesPlainHttp, Resource: `${exampleBucket}*` }, 'all'],
    ['one folder', { ...refusesPlainHttp, Resource: [exampleBucket, `${exampleBucket}/exports/*`] }, 'part'],
    ['every action there is', { ...refusesPlainHttp, Action: '*' }, 'all'],
    [
      'whoever is no service of AWS',
      {
        ...refusesPlainHttp,
        Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } },
      },
      'part',
    ],
    [
      'whoever comes from elsewhere',
      {
        ...refusesPlainHttp,
        Condition: { ...refusesPlainHttp.Condition, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      },
      'part',
    ],
    [
      'an old version of TLS',
      { ...refusesPlainHttp, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
      'none',
    ],
  ])('%s: %s', (_, statement, expected) => {
    expect(of(statement)).toBe(expected)
  })

  test('a policy without statements, and none, refuse nothing', () => {
    expect([plainHttpRefused(null, exampleBucket), plainHttpRefused({}, exampleBucket)]).toEqual([
      'none',
      'none',
    ])
  })
})

test('what stands there stays, and the call goes to the region of the bucket', () => {
  const policy = policyOf({ Sid: 'RefusePlainHttp', Effect: 'Allow', Principal: '*', Action: 's3:GetObject' })
  const example = bucket({ reason: 'plain-http', isForData: true, location: 'us-west-2', policy })
  const [change] = changesOf(practice, example)
  expect(change?.region).toBe('us-west-2')
  const { Policy = '' } = (change?.call.input ?? {}) as { Policy?: string }
  expect(JSON.parse(Policy).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
    'RefusePlainHttp',
    'RefusePlainHttp2',
  ])
  expect(change?.undo).toMatchObject({ call: { input: { Policy: JSON.stringify(policy) } } })
})

describe('with audit-log-bucket in one plan', () => {
  let driver: Driver | undefined
  afterEach(() => driver?.stop())

  test('the policy is written once with what both want, and the undo brings back the former one', async () => {
    const former = policyOf({ Sid: 'Mine', Effect: 'Allow', Principal: '*', Action: 's3:GetObject' })
    const example = bucket({
      reason: 'plain-http',
      policy: former,
      policyIsPublic: true,
      publicAccessBlock: null,
    })
    const lab = await open(worldOf('s3:bucket', example).world)
    const open1 = async () =>
      (await lab.scan()).findings
        .filter(({ resource }) => resource === exampleBucket)
        .map(({ practice: id, status }) => `${id} ${status}`)
        .sort()
    const failing = ['audit-log-bucket fail', 'bucket-refuses-plain-http fail']
    expect(await open1()).toEqual(failing)

    const plan = await lab.plan({ resources: [exampleBucket] })
    expect(plan.leftOut).toEqual([])
    expect(plan.steps.map(({ call, closes }) => [call.action, closes.length])).toEqual([
      ['s3:PutBucketPolicy', 2],
      ['s3:PutPublicAccessBlock', 1],
    ])
    const applied = await lab.apply(plan)
    expect(applied?.outcome).toMatchObject({ done: ['s1', 's2'], failed: [] })
    expect((await lab.verify(plan)).findings.map(({ status }) => status)).toEqual(['pass', 'pass'])
    expect(await open1()).toEqual(failing.map((line) => line.replace('fail', 'pass')))

    expect((await lab.undo(plan))?.outcome).toMatchObject({ undone: ['s2', 's1'], failed: [] })
    expect(await open1()).toEqual(failing)
    const again = await lab.plan({ resources: [exampleBucket] })
    expect(again.steps[0]?.effects[0]?.before).toEqual(former)
  })

  async function open(world: World): Promise<Driver> {
    driver = await drive(world, { key, regions: [place.region], speed: 600 })
    return driver
  }
})
