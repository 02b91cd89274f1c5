// Worlds that contradict themselves are refused in one sentence that names the place.

import { DescribeClustersCommand, RedshiftClient } from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { startLab } from './index.ts'
import { alice, home, testWorld } from './testing/world.ts'
import type { AccountSeed, RegionSeed } from './world.ts'

function worldWith(region: RegionSeed, account: Partial<AccountSeed> = {}) {
  const world = testWorld()
  const known = world.accounts[home]
  if (known) world.accounts[home] = { ...known, ...account, regions: { 'eu-west-1': region } }
  return world
}

const sales = { ClusterIdentifier: 'sales' }
const group = { ParameterGroupName: 'g', ParameterGroupFamily: 'redshift-1.0' }

test.each<[string, RegionSeed, string]>([
  [
    'a group that is not there',
    { clusters: [{ ...sales, ParameterGroup: 'x' }] },
    'unknown parameter group x',
  ],
  [
    'a misspelt member',
    { clusters: [{ ...sales, PublicAccess: true } as typeof sales] },
    'no member PublicAccess',
  ],
  [
    'a member of the wrong type',
    { clusters: [{ ...sales, NumberOfNodes: 'two' as never }] },
    'must be a number',
  ],
  [
    'a time that is none',
    { clusters: [{ ...sales, ClusterCreateTime: 'long ago' }] },
    'must be a moment such as',
  ],
  ['a cluster twice', { clusters: [sales, sales] }, 'two of the cluster sales in eu-west-1'],
  [
    'an unknown family',
    { parameterGroups: [{ ...group, ParameterGroupFamily: 'f' }] },
    'the unknown family f',
  ],
  [
    'an unknown parameter',
    { parameterGroups: [{ ...group, values: { ssl: 'on' } }] },
    'unknown parameter ssl',
  ],
  [
    'a value AWS refuses',
    { parameterGroups: [{ ...group, values: { require_ssl: 'on' } }] },
    'which AWS refuses',
  ],
  [
    'a default group',
    { parameterGroups: [{ ...group, ParameterGroupName: 'default.redshift-1.0' }] },
    'every region has it',
  ],
  ['a snapshot of nothing', { snapshots: [{ SnapshotIdentifier: 's' }] }, 'names no ClusterIdentifier'],
  [
    'an automated snapshot without its cluster',
    { snapshots: [{ SnapshotIdentifier: 'rs:s', ClusterIdentifier: 'gone' }] },
    'there is no cluster gone',
  ],
])('%s', async (_what, region, sentence) => {
  await expect(startLab({ world: worldWith(region) })).rejects.toThrow(sentence)
})

test('an access key given twice, and an account that is no account', async () => {
  const key = { id: alice.accessKeyId, secret: 's', user: 'u' }
  await expect(startLab({ world: worldWith({}, { accessKeys: [key, key] }) })).rejects.toThrow('given twice')
  const world = testWorld()
  world.accounts['12'] = { accessKeys: [], regions: {} }
  await expect(startLab({ world })).rejects.toThrow('the account id 12 must have 12 digits')
})

test('times are relative to the now of the world', async () => {
  const world = worldWith({ clusters: [{ ...sales, ClusterCreateTime: '-26h' }] })
  const lab = await startLab({ world, now: '2027-03-01T12:00:00Z', speed: 0 })
  const client = new RedshiftClient({ endpoint: lab.url, region: 'eu-west-1', credentials: alice })
  const { Clusters } = await client.send(new DescribeClustersCommand({}))
  expect(Clusters?.[0]?.ClusterCreateTime?.toISOString()).toBe('2027-02-28T10:00:00.000Z')
  await lab.stop()
})
