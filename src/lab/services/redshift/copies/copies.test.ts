// Copies of snapshots in another region, through the SDK: when they appear, under which key, how long they stay.

import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import {
  AuthorizeSnapshotAccessCommand,
  type Cluster,
  CreateClusterSnapshotCommand,
  DeleteClusterCommand,
  DeleteClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeEventsCommand,
  DisableSnapshotCopyCommand,
  EnableSnapshotCopyCommand,
  type EnableSnapshotCopyMessage,
  ModifySnapshotCopyRetentionPeriodCommand,
  RebootClusterCommand,
  type Snapshot,
} from '@aws-sdk/client-redshift'
import { beforeEach, describe, expect, test } from 'vitest'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, carol, home, partner, testWorld } from '#lab/testing/world.ts'
import { snapshotVaultOf } from '../keys/root.ts'
import { openVault } from '../keys/vault.ts'

const keys = {
  here: '0a1b2c3d-0000-4000-8000-0000000000c1',
  there: '0a1b2c3d-0000-4000-8000-0000000000c2',
}
const thereArn = `arn:aws:kms:eu-central-1:${home}:key/${keys.there}`
const toCentral = { DestinationRegion: 'eu-central-1', RetentionPeriod: 3, ManualSnapshotRetentionPeriod: 10 }

const lab = useLab(() => {
  const world = testWorld()
  const regions = world.accounts[home]?.regions
  const others = world.accounts[partner]?.regions
  if (!regions || !others) throw new Error('the test world has changed')
  others['eu-central-1'] = {}
  regions['eu-west-1'] = {
    keys: [{ KeyId: keys.here, aliases: ['here'] }],
    clusters: [
      {
        ClusterIdentifier: 'travelling',
        ClusterCreateTime: '-1h',
        AutomatedSnapshotRetentionPeriod: 2,
        KmsKeyId: 'alias/here',
        ClusterSnapshotCopyStatus: { ...toCentral, SnapshotCopyGrantName: 'arrivals' },
      },
      { ClusterIdentifier: 'doomed', ClusterCreateTime: '-1h', ClusterSnapshotCopyStatus: toCentral },
      { ClusterIdentifier: 'still' },
      { ClusterIdentifier: 'open', Encrypted: false },
    ],
  }
  regions['eu-central-1'] = {
    keys: [{ KeyId: keys.there, aliases: ['there'] }],
    snapshotCopyGrants: [{ SnapshotCopyGrantName: 'arrivals', KmsKeyId: 'alias/there' }],
    snapshots: [
      {
        SnapshotIdentifier: 'copy:rs:travelling-seeded',
        ClusterIdentifier: 'travelling',
        SourceRegion: 'eu-west-1',
        SnapshotCreateTime: '-10d',
        SnapshotRetentionStartTime: '-2d',
      },
      {
        SnapshotIdentifier: 'copy:rs:forgotten',
        ClusterIdentifier: 'gone',
        SourceRegion: 'eu-west-1',
        SnapshotCreateTime: '-90d',
      },
    ],
  }
  return world
})

const central = () => lab.redshift(alice, 'eu-central-1')

async function copies(ClusterIdentifier: string, client = central()): Promise<Snapshot[]> {
  const command = new DescribeClusterSnapshotsCommand({ SortingEntities: [{ Attribute: 'CREATE_TIME' }] })
  const { Snapshots = [] } = await client.send(command)
  return Snapshots.filter((snapshot) => snapshot.ClusterIdentifier === ClusterIdentifier)
}

const names = async (cluster: string, client = central()) =>
  (await copies(cluster, client)).map(({ SnapshotIdentifier }) => SnapshotIdentifier)

const take = (SnapshotIdentifier: string, ClusterIdentifier = 'travelling') =>
  lab.redshift().send(new CreateClusterSnapshotCommand({ SnapshotIdentifier, ClusterIdentifier }))

const enable = async (wish: Partial<EnableSnapshotCopyMessage>, client = lab.redshift()) => {
  const command = new EnableSnapshotCopyCommand({
    ClusterIdentifier: 'still',
    DestinationRegion: 'eu-central-1',
    ...wish,
  })
  return (await client.send(command)).Cluster
}

const disable = (ClusterIdentifier: string) =>
  lab.redshift().send(new DisableSnapshotCopyCommand({ ClusterIdentifier }))

const keep = (ClusterIdentifier: string, RetentionPeriod: number, Manual?: boolean) =>
  lab.redshift().send(
    new ModifySnapshotCopyRetentionPeriodCommand({
      ClusterIdentifier,
      RetentionPeriod,
      ...(Manual !== undefined && { Manual }),
    }),
  )

async function get(ClusterIdentifier: string): Promise<Cluster | undefined> {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))
  return Clusters?.[0]
}

function vaultIn(regionName: string, id: string) {
  const { state, clock } = lab.lab
  const account = state.accounts.get(home)
  const region = account && regionIn(account, regionName)
  const snapshot = region?.redshift.snapshots.get(id)
  if (!region || !snapshot) throw new Error(`there is no ${id} in ${regionName}`)
  const where = { state, region, now: clock.now() }
  const vault = snapshotVaultOf(where, snapshot)
  if (!vault) throw new Error(`${id} is not encrypted`)
  return { where, vault }
}

describe('a copy', () => {
  test('of a manual snapshot arrives minutes later, under the key of the grant', async () => {
    const { Snapshot: source } = await take('weekly')
    lab.move('3m')
    const share = { SnapshotIdentifier: 'weekly', AccountWithRestoreAccess: partner }
    await lab.redshift().send(new AuthorizeSnapshotAccessCommand(share))
    lab.move('9m')
    expect(await names('travelling')).not.toContain('copy:weekly')
    lab.move('1m')
    const copy = (await copies('travelling')).find((one) => one.SnapshotIdentifier === 'copy:weekly')
    expect(copy).toMatchObject({
      Status: 'available',
      SnapshotType: 'manual',
      SourceRegion: 'eu-west-1',
      SnapshotArn: `arn:aws:redshift:eu-central-1:${home}:snapshot:travelling/copy:weekly`,
      SnapshotCreateTime: source?.SnapshotCreateTime,
      SnapshotRetentionStartTime: new Date(lab.lab.clock.now()),
      ManualSnapshotRetentionPeriod: 10,
      ManualSnapshotRemainingDays: 10,
      Encrypted: true,
      KmsKeyId: thereArn,
    })
    expect(copy).not.toHaveProperty('AccountsWithRestoreAccess')
    const { Events } = await lab
      .redshift()
      .send(new DescribeEventsCommand({ SourceIdentifier: 'travelling', SourceType: 'cluster' }))
    expect(Events?.at(-1)).toMatchObject({
      EventId: 'REDSHIFT-EVENT-3007',
      Message: expect.stringContaining('weekly was copied successfully from eu-west-1 to eu-central-1'),
    })
  })

  test('holds the same data under another root key', () => {
    const source = vaultIn('eu-west-1', 'weekly')
    const copy = vaultIn('eu-central-1', 'copy:weekly')
    expect(copy.vault.keyArn).toBe(thereArn)
    expect(copy.vault.cek.equals(source.vault.cek)).toBe(false)
    expect(openVault(copy.where, copy.vault).blocks).toEqual(openVault(source.where, source.vault).blocks)
    expect(() => openVault(source.where, { ...copy.vault, keyArn: source.vault.keyArn })).toThrow()
  })

  test('without a grant is under the key that AWS owns there, and shows none', async () => {
    await take('light', 'doomed')
    lab.move('13m')
    const [copy] = await copies('doomed')
    expect(copy).toMatchObject({ SnapshotIdentifier: 'copy:light', Encrypted: true })
    expect(copy).not.toHaveProperty('KmsKeyId')
    expect(vaultIn('eu-central-1', 'copy:light').vault.keyArn).toMatch(
      /^arn:aws:kms:eu-central-1:000000000000:/,
    )
  })

  test('has authorizations of its own, in its region', async () => {
    const share = { SnapshotIdentifier: 'copy:light', AccountWithRestoreAccess: partner }
    await central().send(new AuthorizeSnapshotAccessCommand(share))
    const seenIn = async (region: string) => {
      const command = new DescribeClusterSnapshotsCommand({ OwnerAccount: home })
      const { Snapshots = [] } = await lab.redshift(bob, region).send(command)
      return Snapshots.map(({ SnapshotIdentifier }) => SnapshotIdentifier)
    }
    expect(await seenIn('eu-central-1')).toEqual(['copy:light'])
    expect(await seenIn('eu-west-1')).toEqual(['weekly'])
    const deleting = new DeleteClusterSnapshotCommand({ SnapshotIdentifier: 'copy:light' })
    await expect(central().send(deleting)).rejects.toMatchObject({ name: 'InvalidClusterSnapshotStateFault' })
  })
})

describe('copies of automated snapshots', () => {
  test('come by themselves and have their own retention', async () => {
    lab.move('9h')
    const first = (await copies('travelling')).find(({ SnapshotType: type, SnapshotIdentifier: id }) => {
      return type === 'automated' && id !== 'copy:rs:travelling-seeded'
    })
    expect(first?.SnapshotIdentifier).toMatch(/^copy:rs:travelling-\d{4}(-\d\d){5}$/)
    expect(first).not.toHaveProperty('ManualSnapshotRetentionPeriod')
    const source = first?.SnapshotIdentifier?.slice('copy:'.length)
    lab.move('48h')
    expect(await names('travelling', lab.redshift())).not.toContain(source)
    expect(await names('travelling')).toContain(first?.SnapshotIdentifier)
    lab.move('24h')
    expect(await names('travelling')).not.toContain(first?.SnapshotIdentifier)
  })

  test('those of a world follow the cluster they name; what nobody copies any more stays', async () => {
    expect(await names('travelling')).not.toContain('copy:rs:travelling-seeded')
    expect(await names('gone')).toEqual(['copy:rs:forgotten'])
  })

  test('go at once when their retention shrinks; manual ones keep what they have', async () => {
    const before = await names('travelling')
    expect(before.filter((name) => name?.startsWith('copy:rs:'))).toHaveLength(9)
    expect((await keep('travelling', 1)).Cluster).toMatchObject({
      ClusterSnapshotCopyStatus: { RetentionPeriod: 1, ManualSnapshotRetentionPeriod: 10 },
    })
    const after = await names('travelling')
    expect(after.filter((name) => name?.startsWith('copy:rs:'))).toHaveLength(3)
    expect(after).toContain('copy:weekly')

    await keep('travelling', 20, true)
    expect(await get('travelling')).toMatchObject({
      ClusterSnapshotCopyStatus: { RetentionPeriod: 1, ManualSnapshotRetentionPeriod: 20 },
    })
    const weekly = (await copies('travelling')).find((one) => one.SnapshotIdentifier === 'copy:weekly')
    expect(weekly).toMatchObject({ ManualSnapshotRetentionPeriod: 10 })
    await take('second')
    lab.move('13m')
    const second = (await copies('travelling')).find((one) => one.SnapshotIdentifier === 'copy:second')
    expect(second).toMatchObject({ ManualSnapshotRetentionPeriod: 20 })
  })

  test('how long they are kept has bounds, and needs copying', async () => {
    await expect(keep('travelling', 0)).rejects.toMatchObject({ name: 'InvalidRetentionPeriodFault' })
    await expect(keep('travelling', 36)).rejects.toMatchObject({ name: 'InvalidRetentionPeriodFault' })
    await expect(keep('travelling', 3_654, true)).rejects.toMatchObject({
      name: 'InvalidRetentionPeriodFault',
    })
    await expect(keep('still', 5)).rejects.toMatchObject({ name: 'SnapshotCopyDisabledFault' })
    await expect(keep('nowhere', 5)).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
  })
})

describe('a key that cannot be used', () => {
  test.each([
    ['of the destination', keys.there, 'eu-central-1'],
    ['of the source', keys.here, 'eu-west-1'],
  ])('%s keeps copies from being made', async (_, KeyId, region) => {
    const name = `under-${region}`
    const late = `late-${region}`
    await take(name)
    lab.move('4m')
    await lab.kms(alice, region).send(new DisableKeyCommand({ KeyId }))
    lab.move('15m')
    expect(await names('travelling')).not.toContain(`copy:${name}`)
    await lab.kms(alice, region).send(new EnableKeyCommand({ KeyId }))
    lab.move('40m')
    expect(await names('travelling')).not.toContain(`copy:${name}`)
    await take(late)
    lab.move('13m')
    expect(await names('travelling')).toContain(`copy:${late}`)
  })
})

describe('a cluster that goes', () => {
  test('leaves its copies to their retention; the final snapshot is copied too', async () => {
    const automated = (await names('doomed')).filter((name) => name?.startsWith('copy:rs:'))
    expect(automated.length).toBeGreaterThan(0)
    await lab
      .redshift()
      .send(new DeleteClusterCommand({ ClusterIdentifier: 'doomed', FinalClusterSnapshotIdentifier: 'last' }))
    lab.move('15m')
    await expect(get('doomed')).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
    const left = await names('doomed')
    expect(left).toEqual(expect.arrayContaining([...automated, 'copy:light', 'copy:last']))
    lab.move('3d')
    expect(await names('doomed')).toEqual(['copy:light', 'copy:last'])
  })
})

describe('switching it off', () => {
  test('nothing is copied any more; copies stay until their retention is over', async () => {
    const automated = (await names('travelling')).filter((name) => name?.startsWith('copy:rs:'))
    await take('too-late')
    lab.move('4m')
    const { Cluster } = await disable('travelling')
    expect(Cluster).not.toHaveProperty('ClusterSnapshotCopyStatus')
    lab.move('10m')
    const left = await names('travelling')
    expect(left).toEqual(expect.arrayContaining([...automated, 'copy:second']))
    expect(left).not.toContain('copy:too-late')
    lab.move('25h')
    const after = await names('travelling')
    expect(after.filter((name) => name?.startsWith('copy:rs:'))).toEqual([])
    expect(after).toContain('copy:second')
    await expect(disable('travelling')).rejects.toMatchObject({
      name: 'SnapshotCopyAlreadyDisabledFault',
      message: 'The cluster already has cross-region snapshot copy disabled.',
    })
    await expect(disable('nowhere')).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
  })
})

describe('switching it on', () => {
  beforeEach(() => lab.move('5m'))

  test('shows on the cluster, with defaults; what there is already is not copied', async () => {
    await take('before', 'still')
    lab.move('5m')
    expect(await enable({})).toMatchObject({
      ClusterSnapshotCopyStatus: {
        DestinationRegion: 'eu-central-1',
        RetentionPeriod: 7,
        ManualSnapshotRetentionPeriod: -1,
      },
    })
    lab.move('1h')
    expect(await names('still')).toEqual([])
    await expect(enable({ DestinationRegion: 'us-east-1' })).rejects.toMatchObject({
      name: 'SnapshotCopyAlreadyEnabledFault',
      message: 'The cluster already has cross-region snapshot copy enabled.',
    })
    await disable('still')
    expect(await enable({ SnapshotCopyGrantName: 'arrivals', RetentionPeriod: 35 })).toMatchObject({
      ClusterSnapshotCopyStatus: { SnapshotCopyGrantName: 'arrivals', RetentionPeriod: 35 },
    })
    await disable('still')
  })

  test.each([
    ['UnknownSnapshotCopyRegionFault', { DestinationRegion: 'eu-nowhere-1' }],
    ['UnknownSnapshotCopyRegionFault', { DestinationRegion: 'eu-west-1' }],
    ['UnknownSnapshotCopyRegionFault', { DestinationRegion: 'cn-north-1' }],
    // Opt-in regions: this one the account has not opted in to.
    ['UnknownSnapshotCopyRegionFault', { DestinationRegion: 'af-south-1' }],
    ['InvalidRetentionPeriodFault', { RetentionPeriod: 36 }],
    ['InvalidRetentionPeriodFault', { RetentionPeriod: 0 }],
    ['InvalidRetentionPeriodFault', { ManualSnapshotRetentionPeriod: 0 }],
    ['SnapshotCopyGrantNotFoundFault', { SnapshotCopyGrantName: 'nobody' }],
    ['SnapshotCopyGrantNotFoundFault', { SnapshotCopyGrantName: 'arrivals', DestinationRegion: 'us-east-1' }],
    ['IncompatibleOrderableOptions', { ClusterIdentifier: 'open', SnapshotCopyGrantName: 'arrivals' }],
    ['ClusterNotFoundFault', { ClusterIdentifier: 'nowhere' }],
  ] satisfies [string, Partial<EnableSnapshotCopyMessage>][])('%s for %j', async (name, wish) => {
    await expect(enable(wish)).rejects.toMatchObject({ name })
  })

  test('an opt-in region that the account uses is fine', async () => {
    await enable({ DestinationRegion: 'me-south-1' })
    await disable('still')
  })

  test('a busy cluster is refused', async () => {
    await enable({ ClusterIdentifier: 'open' })
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'open' }))
    for (const call of [enable({ ClusterIdentifier: 'open' }), disable('open'), keep('open', 3)])
      await expect(call).rejects.toMatchObject({ name: 'InvalidClusterStateFault' })
  })

  test('IAM asks about the cluster', async () => {
    const denial = {
      accessKeyId: carol.accessKeyId,
      action: 'redshift:EnableSnapshotCopy',
      resource: `arn:aws:redshift:eu-west-1:${home}:cluster:still`,
    }
    await lab.control('POST', 'deny', denial)
    await expect(enable({}, lab.redshift(carol))).rejects.toMatchObject({ name: 'AccessDenied' })
  })
})
