// A lab that was saved goes on delivering, and its files and answers are the same.

import { deserialize, serialize } from 'node:v8'
import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data'
import { expect, test } from 'vitest'
import { hour } from '#kit/time.ts'
import { settle } from '#lab/agenda.ts'
import { seedState } from '#lab/seed.ts'
import { linesOf } from '#lab/services/logs/contents.ts'
import { outcomeOf } from '#lab/services/redshift-data/run.ts'
import { entriesOf, readObject } from '#lab/services/s3/contents.ts'
import { findBucket } from '#lab/services/s3/use.ts'
import type { State } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import { logBucket } from './testing/log-bucket.ts'

function world() {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  region?.clusters?.push({
    ClusterIdentifier: 'shop',
    ClusterCreateTime: '-2d',
    people: { seed: 1 },
    logging: { LoggingEnabled: true, BucketName: 'audit' },
  })
  region?.clusters?.push({
    ClusterIdentifier: 'cloud',
    ClusterCreateTime: '-2d',
    people: { seed: 1 },
    logging: {
      LoggingEnabled: true,
      LogDestinationType: 'cloudwatch',
      LogExports: ['connectionlog', 'userlog'],
    },
  })
  Object.assign(region ?? {}, { buckets: [logBucket('audit')] })
  return world
}

const lab = useLab(world)

/** Counts how often the people of a cluster are asked for, which is when an hour of them is made. */
function countMaking(state: State, cluster: string): () => number {
  const found = state.accounts.get(home)?.regions.get('eu-west-1')?.redshift.clusters.get(cluster)
  if (!found?.database) throw new Error('the world has changed')
  const { people } = found.database
  let asked = 0
  Object.defineProperty(found.database, 'people', {
    configurable: true,
    enumerable: true,
    get: () => {
      asked += 1
      return people
    },
  })
  return () => asked
}

test('an hour is made once for its three files, however many are read meanwhile', async () => {
  const { state, clock } = lab.lab
  lab.move('40h')
  settle(state, clock.now())
  const bucket = findBucket(state, 'aws', 'audit')
  if (!bucket) throw new Error('the world has changed')
  const asked = countMaking(state, 'shop')
  const read = (type: string) =>
    [...entriesOf(bucket, '', '', { state, now: clock.now() })]
      .filter(({ Key }) => Key.includes(`_${type}_`))
      .map(({ Key }) => readObject(bucket, Key, { state, now: clock.now() })?.body.length ?? 0)
  expect(read('connectionlog').length).toBeGreaterThan(30)
  const once = asked()
  expect(once).toBeGreaterThan(30)
  expect(Math.min(...read('userlog'))).toBeGreaterThan(0)
  expect(read('connectionlog').length).toBeGreaterThan(30)
  expect(asked()).toBe(once)
})

test('an hour is made once for all log groups', () => {
  const { state, clock } = lab.lab
  lab.move('40h')
  settle(state, clock.now())
  const groups = state.accounts.get(home)?.regions.get('eu-west-1')?.logs.groups
  const asked = countMaking(state, 'cloud')
  const read = (type: string) => {
    const group = groups?.get(`/aws/redshift/cluster/cloud/${type}`)
    if (!group) throw new Error(`there is no group for ${type}`)
    return linesOf(group, 'cloud', clock.now() - 40 * hour, clock.now(), { state, now: clock.now() })
  }
  expect(read('connectionlog').length).toBeGreaterThan(30)
  const once = asked()
  expect(once).toBeGreaterThan(30)
  expect(read('userlog')).toEqual([])
  expect(read('connectionlog').length).toBeGreaterThan(30)
  expect(asked()).toBe(once)
})

const begin = Date.parse('2026-06-01T12:00:00Z')

function filesOf(state: State, now: number): Record<string, string | undefined> {
  const bucket = findBucket(state, 'aws', 'audit')
  if (!bucket) throw new Error('the bucket is gone')
  const keys = [...entriesOf(bucket, '', '', { state, now })].map(({ Key }) => Key)
  return Object.fromEntries(
    keys.map((key) => {
      const { body = new Uint8Array() } = readObject(bucket, key, { state, now }) ?? {}
      return [key, Buffer.from(body).toString('base64')]
    }),
  )
}

test('files of a state that was saved are those of the state', async () => {
  const state = await seedState(world(), begin)
  const copy = deserialize(serialize(state)) as State
  const later = begin + 5 * 3_600_000
  for (const one of [state, copy]) settle(one, later)
  const files = filesOf(state, later)
  expect(Object.keys(files).length).toBeGreaterThan(100)
  expect(filesOf(copy, later)).toEqual(files)
})

test('statements of a state that was saved have their results', async () => {
  const Sql = 'select count(*) from stl_connection_log'
  const sent = { ClusterIdentifier: 'shop', Database: 'dev', DbUser: 'awsuser', Sql }
  const { Id = '' } = await lab.data().send(new ExecuteStatementCommand(sent))
  const results = [lab.lab.state, deserialize(serialize(lab.lab.state)) as State].map((state) => {
    const record = state.accounts.get(home)?.regions.get('eu-west-1')?.data.statements.get(Id)
    return record && outcomeOf(record, 0)
  })
  expect(results[0]).toMatchObject({ columns: [{ name: 'count' }] })
  expect(results[1]).toEqual(results[0])
})
