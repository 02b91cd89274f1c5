// What a world says is under way on its clusters, as time passes.

import { type Cluster, DescribeClustersCommand, DescribeResizeCommand } from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import type { ClusterSeed } from '#lab/world.ts'

const keyId = '0a1b2c3d-0000-4000-8000-0000000000f1'
const clusters: ClusterSeed[] = [
  { ClusterIdentifier: 'new', ClusterStatus: 'creating', ClusterCreateTime: '-1m' },
  {
    ClusterIdentifier: 'opened',
    ClusterStatus: 'modifying',
    PendingModifiedValues: { PubliclyAccessible: true, MaintenanceTrackName: 'trailing' },
  },
  {
    ClusterIdentifier: 'rebooted',
    ClusterStatus: 'rebooting',
    ParameterGroup: 'lax',
    inForce: { require_ssl: 'true' },
  },
  { ClusterIdentifier: 'rotated', ClusterStatus: 'rotating-keys' },
  { ClusterIdentifier: 'sleepy', ClusterStatus: 'pausing' },
  { ClusterIdentifier: 'waking', ClusterStatus: 'resuming', ClusterAvailabilityStatus: 'Unavailable' },
  { ClusterIdentifier: 'going', ClusterStatus: 'deleting' },
  { ClusterIdentifier: 'larger', ClusterStatus: 'resizing', PendingModifiedValues: { NumberOfNodes: 4 } },
  {
    ClusterIdentifier: 'sealing',
    ...{ Encrypted: false, KmsKeyId: 'alias/data', ClusterStatus: 'resizing' },
    PendingModifiedValues: { EncryptionType: 'KMS' },
  },
  {
    ClusterIdentifier: 'unsealing',
    ClusterStatus: 'resizing',
    PendingModifiedValues: { EncryptionType: 'None' },
  },
  { ClusterIdentifier: 'asleep', ClusterStatus: 'paused' },
  { ClusterIdentifier: 'broken', ClusterStatus: 'hardware-failure', ClusterAvailabilityStatus: 'Failed' },
]

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (!region) throw new Error('the test world has changed')
  Object.assign(region, { clusters, keys: [{ KeyId: keyId, aliases: ['data'] }] })
  return world
})

async function all(): Promise<Record<string, Cluster>> {
  const { Clusters = [] } = await lab.redshift().send(new DescribeClustersCommand({}))
  return Object.fromEntries(Clusters.map((cluster) => [cluster.ClusterIdentifier ?? '', cluster]))
}
const statuses = async () =>
  Object.fromEntries(Object.entries(await all()).map(([id, { ClusterStatus }]) => [id, ClusterStatus]))

test('a world begins as it says', async () => {
  expect(await statuses()).toEqual(
    Object.fromEntries(clusters.map(({ ClusterIdentifier: id, ClusterStatus }) => [id, ClusterStatus])),
  )
  const { waking, sealing } = await all()
  expect(waking?.ClusterAvailabilityStatus).toBe('Unavailable')
  expect(sealing).not.toHaveProperty('KmsKeyId')
})

test('and what is under way comes to its end', async () => {
  lab.move('20m')
  const after = await all()
  expect(await statuses()).toMatchObject({
    ...{ new: 'available', opened: 'available', rebooted: 'available', rotated: 'available' },
    ...{ sleepy: 'paused', waking: 'available', larger: 'resizing', sealing: 'resizing' },
    ...{ asleep: 'paused', broken: 'hardware-failure' },
  })
  expect(after).not.toHaveProperty('going')
  expect(after.new?.Endpoint?.Port).toBe(5439)
  expect(after.opened).toMatchObject({
    PubliclyAccessible: true,
    PendingModifiedValues: { MaintenanceTrackName: 'trailing' },
  })
  expect(after.rebooted?.ClusterParameterGroups?.[0]?.ParameterApplyStatus).toBe('in-sync')
})

test('a resize tells how far it is, and then has its nodes', async () => {
  const describe = new DescribeResizeCommand({ ClusterIdentifier: 'larger' })
  expect(await lab.redshift().send(describe)).toMatchObject({ Status: 'IN_PROGRESS', TargetNumberOfNodes: 4 })
  lab.move('2h')
  expect(await lab.redshift().send(describe)).toMatchObject({ Status: 'SUCCEEDED' })
  expect((await all()).larger).toMatchObject({ ClusterStatus: 'available', NumberOfNodes: 4 })
})

test('encryption takes days, and is then under the key that was named', async () => {
  lab.move('1d')
  expect((await all()).sealing).toMatchObject({ ClusterStatus: 'resizing', Encrypted: false })
  lab.move('1d')
  const { sealing, unsealing } = await all()
  expect(sealing).toMatchObject({
    ...{ ClusterStatus: 'available', Encrypted: true, PendingModifiedValues: {} },
    KmsKeyId: `arn:aws:kms:eu-west-1:${home}:key/${keyId}`,
  })
  expect(unsealing).toMatchObject({ ClusterStatus: 'available', Encrypted: false })
  expect(unsealing).not.toHaveProperty('KmsKeyId')
})
