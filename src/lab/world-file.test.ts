// Worlds of YAML: what is written short is written out, and what cannot be a world is refused with its place.

import { expect, test } from 'vitest'
import { startLab } from './index.ts'
import { readWorld } from './world-file.ts'

const head = 'name: w\nabout: One region.\naccounts:\n'
const region = (text: string) => `${head}  '111122223333': { regions: { eu-west-1: { ${text} } } }\n`

/** What a lab says of a text. */
async function refusal(text: string): Promise<string> {
  try {
    const lab = await startLab({ world: readWorld(text, 'w.yaml'), speed: 0 })
    await lab.stop()
    return 'nothing'
  } catch (error) {
    return (error as Error).message
  }
}

function snapshotsOf(text: string) {
  const world = readWorld(region(`snapshots: [${text}]`), 'w.yaml')
  return world.accounts['111122223333']?.regions['eu-west-1']?.snapshots
}

test('a series is written out, number by number, in every text of the item', () => {
  const item = `{ SnapshotIdentifier: 's-{n:3}', SnapshotCreateTime: '-{n}h', Tags: [{ Key: k, Value: '{n}' }]`
  expect(snapshotsOf(`${item}, series: { count: 3, from: 2, step: 8 } }`)).toEqual([
    { SnapshotIdentifier: 's-002', SnapshotCreateTime: '-2h', Tags: [{ Key: 'k', Value: '2' }] },
    { SnapshotIdentifier: 's-010', SnapshotCreateTime: '-10h', Tags: [{ Key: 'k', Value: '10' }] },
    { SnapshotIdentifier: 's-018', SnapshotCreateTime: '-18h', Tags: [{ Key: 'k', Value: '18' }] },
  ])
  expect(snapshotsOf(`{ SnapshotIdentifier: 'a{n}-{n:2}b', series: { count: 1, from: 7 } }`)).toEqual([
    { SnapshotIdentifier: 'a7-07b' },
  ])
  expect(snapshotsOf(`{ SnapshotIdentifier: '{n}', series: { count: 2 } }`)).toEqual([
    { SnapshotIdentifier: '1' },
    { SnapshotIdentifier: '2' },
  ])
})

test('outside of a series braces stay as they are', () => {
  expect(snapshotsOf(`{ SnapshotIdentifier: 's-{n}' }`)).toEqual([{ SnapshotIdentifier: 's-{n}' }])
})

test('parts are only there to be referred to', () => {
  const world = readWorld(
    `parts: [&s { SnapshotIdentifier: a, Status: failed }]\n${region('snapshots: [{ <<: *s, SnapshotIdentifier: b }]')}`,
    'w.yaml',
  )
  expect(world).toEqual({
    name: 'w',
    about: 'One region.',
    accounts: {
      '111122223333': {
        accessKeys: [],
        regions: { 'eu-west-1': { snapshots: [{ SnapshotIdentifier: 'b', Status: 'failed' }] } },
      },
    },
  })
})

test.each([
  ['what is no YAML', 'a: [1', 'w.yaml is not YAML: line 1, column 6: '],
  ['a list', '- a\n', 'w.yaml is not a world: it has no members'],
  ['no name', 'about: x\naccounts: {}\n', 'w.yaml is not a world: name and about must be there, and be text'],
  ['no accounts', 'name: w\nabout: x\n', 'w.yaml is not a world: accounts must map account ids to accounts'],
  [
    'an account id without quotes',
    `${head}  012345678901: { regions: {} }\n`,
    'w.yaml: the account id 12345678901 must have 12 digits, in quotes',
  ],
  [
    'an account without regions',
    `${head}  '111122223333': { alias: a }\n`,
    'w.yaml: account 111122223333 must have regions, if only an empty one',
  ],
  [
    'a series of nothing',
    region('clusters: [{ ClusterIdentifier: a, series: { count: 0 } }]'),
    'w.yaml: a series is { count, from, step } in whole numbers, count from 1 to 10000, not {"count":0}',
  ],
  [
    'a series with a word that it does not know',
    region('clusters: [{ ClusterIdentifier: a, series: { count: 1, every: 1d } }]'),
    'w.yaml: a series is { count, from, step }',
  ],
  ['a world with a member more', `${region('')}extra: 1\n`, 'the world has no member extra'],
  [
    'clusters of an account',
    `${head}  '111122223333': { clusters: [], regions: {} }\n`,
    'account 111122223333 has no member clusters: it belongs to one of its regions',
  ],
  [
    'roles of a region',
    region('roles: []'),
    'region eu-west-1 of account 111122223333 has no member roles: it belongs to the account',
  ],
  [
    'a misspelt member of a region',
    region('cluster: []'),
    'region eu-west-1 of account 111122223333 has no member cluster',
  ],
  [
    'a cluster that is not in a list',
    region('clusters: { ClusterIdentifier: a }'),
    'clusters of region eu-west-1 of account 111122223333 must be a list',
  ],
  [
    'a cluster without members',
    region('clusters: [~]'),
    'clusters of region eu-west-1 of account 111122223333 must hold objects, not null',
  ],
  [
    'a misspelt member of a parameter group',
    region(
      'parameterGroups: [{ ParameterGroupName: g, ParameterGroupFamily: redshift-2.0, value: { a: 1 } }]',
    ),
    'parameter group g has no member value',
  ],
  [
    'a misspelt member of an access key',
    `${head}  '111122223333': { accessKeys: [{ id: A, secret: s, users: u }], regions: {} }\n`,
    'access key A of account 111122223333 has no member users',
  ],
])('%s is refused', async (_what, text, sentence) => {
  expect(await refusal(text)).toContain(sentence)
})
