// What is written without the facts of snapshots has them again, here and where it is read.

import { deserialize, serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { seedState } from '#lab/seed.ts'
import type { State } from '#lab/state.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import { addFacts, writeWithoutFacts } from './packed-facts.ts'
import { removeSnapshot } from './store.ts'

const now = Date.parse('2026-06-01T12:00:00Z')

/** A cluster with many snapshots, and one with few. */
async function seeded(): Promise<State> {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (!region) throw new Error('the world has changed')
  region.clusters = [{ ClusterIdentifier: 'sales' }, { ClusterIdentifier: 'stock' }]
  region.snapshots = Array.from({ length: 33 }, (_, index) => ({
    SnapshotIdentifier: `snapshot-${index}`,
    ClusterIdentifier: index < 30 ? 'sales' : 'stock',
    SnapshotType: 'manual',
    Tags: [{ Key: 'number', Value: String(index) }],
  }))
  return seedState(world, now)
}

const redshiftOf = (state: State) => {
  const redshift = state.accounts.get(home)?.regions.get('eu-west-1')?.redshift
  if (!redshift) throw new Error('the region is gone')
  return redshift
}
const factsOf = (state: State) => [...redshiftOf(state).snapshots.values()].map(({ facts }) => facts)

const written = (state: State) => writeWithoutFacts(state, () => serialize(state))

function read({ bytes, facts }: ReturnType<typeof written>): State {
  const state = deserialize(bytes) as State
  addFacts(state, facts)
  return state
}

test('facts of many snapshots are written apart, and are the same afterwards', async () => {
  const state = await seeded()
  const before = factsOf(state)
  const first = written(state)
  expect(first.facts).toHaveLength(1)
  expect(first.bytes.includes('snapshot-30')).toBe(true)
  expect(first.bytes.length).toBeLessThan(serialize(state).length / 2)
  expect(factsOf(state).every((facts, index) => facts === before[index])).toBe(true)

  const copy = read(first)
  expect(factsOf(copy)).toEqual(before)
  // A record is one thing, whichever way it is found.
  const { snapshots, snapshotsByCluster } = redshiftOf(copy)
  expect(snapshotsByCluster.get('sales')?.get('snapshot-7')).toBe(snapshots.get('snapshot-7'))
  // What was read is not packed again.
  expect(written(copy).facts[0]).toBe(first.facts[0])
})

test('what has changed is packed again', async () => {
  const state = await seeded()
  const { facts } = written(state)
  expect(written(state).facts[0]).toBe(facts[0])
  const record = redshiftOf(state).snapshots.get('snapshot-7')
  if (!record) throw new Error('the snapshot is gone')
  record.facts = { ...record.facts, Tags: [{ Key: 'number', Value: 'seven' }] }
  const changed = read(written(state))
  expect(redshiftOf(changed).snapshots.get('snapshot-7')?.facts.Tags).toEqual([
    { Key: 'number', Value: 'seven' },
  ])
  removeSnapshot(redshiftOf(state), record)
  expect(factsOf(read(written(state)))).toEqual(factsOf(state))
})

test('a state that could not be written has its facts', async () => {
  const state = await seeded()
  const before = factsOf(state)
  const failing = () => {
    throw new Error('no room')
  }
  expect(() => writeWithoutFacts(state, failing)).toThrow('no room')
  expect(factsOf(state).every((facts, index) => facts === before[index])).toBe(true)
})
