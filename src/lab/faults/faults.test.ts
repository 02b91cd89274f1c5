// Faults on demand, as the official SDK meets them.

import { setTimeout as pause } from 'node:timers/promises'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import {
  CreateClusterParameterGroupCommand,
  DescribeClusterParameterGroupsCommand,
  DescribeClustersCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { beforeEach, expect, test } from 'vitest'
import { startLab } from '../index.ts'
import { useLab } from '../testing/lab.ts'
import { alice, home, partner, testWorld } from '../testing/world.ts'
import type { FaultSeed } from './seed-types.ts'

const lab = useLab()

beforeEach(async () => {
  await lab.control('DELETE', 'faults')
})

async function spoil(...faults: object[]) {
  const answer = await lab.control('POST', 'faults', { faults })
  expect(answer.status).toBe(200)
}

const list = () => lab.redshift().send(new DescribeClustersCommand({}))
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => error,
  )

test.each([
  ['Throttling', 400],
  ['ThrottlingException', 400],
  ['RequestLimitExceeded', 503],
  ['TooManyRequestsException', 429],
  ['SlowDown', 503],
  ['InternalFailure', 500],
  ['ServiceUnavailable', 503],
  ['ExpiredToken', 403],
  ['DependentServiceRequestThrottlingFault', 400],
])('error %s comes with status %i, as often as asked', async (code, status) => {
  await spoil({ kind: 'error', code, action: 'redshift:DescribeClusters', count: 2 })
  for (const _ of [1, 2]) {
    const error = await errorOf(list())
    expect(error?.name).toBe(code)
    expect(error?.$metadata?.httpStatusCode).toBe(status)
  }
  expect((await list()).Clusters).toHaveLength(3)
})

test('a rule meets the calls it names and no others', async () => {
  await spoil({
    kind: 'error',
    code: 'Throttling',
    action: 'redshift:DescribeClusterP*',
    region: 'eu-west-1',
  })
  await list()
  const groups = new DescribeClusterParameterGroupsCommand({})
  expect((await errorOf(lab.redshift().send(groups)))?.name).toBe('Throttling')
  await lab.redshift(alice, 'us-east-1').send(groups)
  await spoil({ kind: 'error', code: 'SlowDown', account: partner })
  await list()
  await spoil({ kind: 'error', code: 'SlowDown', account: home, skip: 1, count: 1 })
  await list()
  expect((await errorOf(list()))?.name).toBe('SlowDown')
  const { faults } = (await lab.control('GET', 'faults')).body as { faults: object[] }
  expect(faults).toMatchObject([{ met: 1, spoilt: 1 }, { met: 0 }, { met: 2, spoilt: 1, skip: 1 }])
})

test('probability is drawn alike in every run', async () => {
  const draw = async () => {
    await lab.control('DELETE', 'faults')
    await spoil({ kind: 'error', code: 'Throttling', probability: 0.5 })
    const seen: boolean[] = []
    for (let call = 0; call < 24; call++) seen.push((await errorOf(list())) !== undefined)
    return seen
  }
  const first = await draw()
  expect(new Set(first)).toEqual(new Set([true, false]))
  expect(await draw()).toEqual(first)
})

test.each([
  ['reset', { kind: 'reset' }, /ECONNRESET|socket hang up|aborted/i],
  ['truncated', { kind: 'truncated' }, /aborted|ECONNRESET|terminated/i],
])('%s breaks the connection', async (_name, fault, reason) => {
  await spoil({ ...fault, count: 1 })
  const error = await errorOf(list())
  expect(`${error?.name} ${error?.message}`).toMatch(reason)
  expect((await list()).Clusters).toHaveLength(3)
})

test('malformed is half an answer that calls itself whole', async () => {
  await spoil({ kind: 'malformed', count: 1 })
  expect((await errorOf(list()))?.message).toMatch(/XML|parse|Deserialization/i)
})

test('timeout gives no answer until the client gives up', async () => {
  await spoil({ kind: 'timeout', count: 1 })
  const client = new RedshiftClient({
    endpoint: lab.lab.url,
    region: 'eu-west-1',
    credentials: alice,
    maxAttempts: 1,
    requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true },
  })
  expect((await errorOf(client.send(new DescribeClustersCommand({}))))?.name).toBe('TimeoutError')
})

test('slow sends the second half later', async () => {
  await spoil({ kind: 'slow', seconds: 0.3, count: 1 })
  const call = list()
  const first = await Promise.race([call.then(() => 'answered'), pause(150).then(() => 'waiting')])
  expect(first).toBe('waiting')
  expect((await call).Clusters).toHaveLength(3)
})

test('a call lost after it was carried out has had its effect, one lost before has not', async () => {
  const make = (ParameterGroupName: string) =>
    lab.redshift().send(
      new CreateClusterParameterGroupCommand({
        ParameterGroupName,
        ParameterGroupFamily: 'redshift-2.0',
        Description: 'x',
      }),
    )
  await spoil(
    { kind: 'reset', action: 'redshift:CreateClusterParameterGroup', after: true, count: 1 },
    { kind: 'reset', action: 'redshift:CreateClusterParameterGroup', count: 1 },
  )
  expect(await errorOf(make('lost-after'))).toBeDefined()
  expect(await errorOf(make('lost-before'))).toBeDefined()
  const { ParameterGroups = [] } = await lab.redshift().send(new DescribeClusterParameterGroupsCommand({}))
  const names = ParameterGroups.map(({ ParameterGroupName }) => ParameterGroupName)
  expect(names).toContain('lost-after')
  expect(names).not.toContain('lost-before')
})

const named = async (name: string) => {
  const { ParameterGroups = [] } = await lab.redshift().send(new DescribeClusterParameterGroupsCommand({}))
  return ParameterGroups.some(({ ParameterGroupName }) => ParameterGroupName === name)
}
const makeGroup = (ParameterGroupName: string) =>
  lab.redshift().send(
    new CreateClusterParameterGroupCommand({
      ParameterGroupName,
      ParameterGroupFamily: 'redshift-2.0',
      Description: 'x',
    }),
  )

test('a stale read shows what was before the writes of the time it says, and no longer', async () => {
  await spoil({ kind: 'stale', by: '2m', action: 'redshift:Describe*' })
  await makeGroup('fresh')
  expect(await named('fresh')).toBe(false)
  lab.move('110s')
  await makeGroup('fresher')
  expect([await named('fresh'), await named('fresher')]).toEqual([false, false])
  lab.move('20s')
  expect([await named('fresh'), await named('fresher')]).toEqual([true, false])
  lab.move('2m')
  expect([await named('fresh'), await named('fresher')]).toEqual([true, true])
})

test('a stale read is also of before a write that was made before the rule', async () => {
  await makeGroup('made-before-the-rule')
  expect(await named('made-before-the-rule')).toBe(true)
  await spoil({ kind: 'stale', action: 'redshift:Describe*' })
  expect(await named('made-before-the-rule')).toBe(false)
  lab.move('61s')
  expect(await named('made-before-the-rule')).toBe(true)
})

test('a skewed clock refuses a right signature and tells its own time, which the SDK follows', async () => {
  await spoil({ kind: 'skew', by: '3h' })
  expect((await errorOf(list()))?.name).toBe('SignatureDoesNotMatch')
  const patient = new RedshiftClient({ endpoint: lab.lab.url, region: 'eu-west-1', credentials: alice })
  expect((await patient.send(new DescribeClustersCommand({}))).Clusters).toHaveLength(3)
})

test('a page repeats its marker', async () => {
  // More groups than fit on one page.
  for (let number = 0; number < 17; number++) {
    await lab
      .redshift()
      .send(
        new CreateClusterParameterGroupCommand({
          ParameterGroupName: `many-${number}`,
          ParameterGroupFamily: 'redshift-2.0',
          Description: 'x',
        }),
      )
      .catch(() => undefined)
  }
  const groups = (Marker?: string) =>
    lab
      .redshift()
      .send(new DescribeClusterParameterGroupsCommand({ MaxRecords: 20, ...(Marker && { Marker }) }))
  const { Marker: second } = await groups()
  expect(second).toBeDefined()
  expect((await groups(second)).Marker).toBeUndefined()
  await spoil({ kind: 'repeatMarker', action: 'redshift:DescribeClusterParameterGroups' })
  expect((await groups(second)).Marker).toBe(second)
})

test('a page of IAM that repeats its marker says that there is more', async () => {
  const roles = (Marker?: string) =>
    lab.iam().send(new ListRolesCommand({ MaxItems: 1, ...(Marker !== undefined && { Marker }) }))
  const { Marker: second } = await roles()
  expect(await roles(second)).toMatchObject({ IsTruncated: false })
  await spoil({ kind: 'repeatMarker', action: 'iam:ListRoles' })
  expect(await roles(second)).toMatchObject({ IsTruncated: true, Marker: second })
})

test.each([
  ['reset', 'a fault must be an object'],
  [
    {},
    'kind must be one of error, timeout, reset, slow, truncated, malformed, stale, skew, repeatMarker, not nothing',
  ],
  [{ kind: 'explode' }, 'repeatMarker, not explode'],
  [{ kind: 'reset', acton: 'x' }, 'reset has no member acton; it has kind, account, region,'],
  [{ kind: 'reset', seconds: 5 }, 'reset has no member seconds'],
  [{ kind: 'error', by: '5m' }, 'error has no member by'],
  [{ kind: 'reset', action: 'DescribeClusters' }, 'action must be written as redshift:DescribeClusters'],
  [{ kind: 'reset', action: 7 }, 'action must be written as redshift:DescribeClusters'],
  [{ kind: 'reset', action: 'redshift:DescribeCluster' }, 'there is no redshift:DescribeCluster'],
  [{ kind: 'reset', action: 'redshift:Descibe*' }, 'there is no redshift:Descibe*'],
  [
    { kind: 'reset', action: 'rds:DescribeDBClusters' },
    'action names the service rds; the lab has iam, sts,',
  ],
  [{ kind: 'reset', region: 'eu-west-9' }, 'region must be the name of a region of AWS, not eu-west-9'],
  [{ kind: 'reset', region: 3 }, 'region must be the name of a region of AWS, not 3'],
  [{ kind: 'reset', account: 111122223333 }, 'account must be the 12 digits of an account id as text'],
  [{ kind: 'reset', count: -1 }, 'count must be a whole number from 0, not -1'],
  [{ kind: 'reset', count: '1' }, 'count must be a whole number from 0, not 1'],
  [{ kind: 'reset', probability: 2 }, 'probability must be a number from 0 to 1, not 2'],
  [{ kind: 'reset', probability: '0.5' }, 'probability must be a number from 0 to 1, not 0.5'],
  [{ kind: 'reset', after: 'yes' }, 'after must be true or false, not yes'],
  [{ kind: 'stale', by: 'soon' }, 'by must be a duration such as 2m, not soon'],
  [{ kind: 'stale', by: 60 }, 'by must be a duration such as 2m, not 60'],
  [{ kind: 'error', status: 200 }, 'status must be a number from 400 to 599, not 200'],
  [{ kind: 'error', status: '500' }, 'status must be a number from 400 to 599, not 500'],
  [{ kind: 'error', code: 503 }, 'code must be text, not 503'],
  [{ kind: 'error', message: ['x'] }, 'message must be text, not ["x"]'],
  [{ kind: 'slow', seconds: -1 }, 'seconds must be a number from 0 to 86400, not -1'],
])('%j is refused with its place and one sentence, and nothing is added', async (fault, sentence) => {
  const answer = await lab.control('POST', 'faults', { faults: [{ kind: 'reset' }, fault] })
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^fault 2: /) } })
  expect(answer).toMatchObject({ body: { error: expect.stringContaining(sentence) } })
  expect((await lab.control('GET', 'faults')).body).toEqual({ faults: [] })
})

test('a world with a fault that cannot be is refused with its place', async () => {
  const faults: FaultSeed[] = [{ kind: 'reset' }, { kind: 'reset', region: 'eu-west-9' }]
  await expect(startLab({ world: { ...testWorld(), faults } })).rejects.toThrow(
    'fault 2: region must be the name of a region of AWS, not eu-west-9',
  )
})
