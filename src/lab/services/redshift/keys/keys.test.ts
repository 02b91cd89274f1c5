// Redshift's key hierarchy by its bytes: what changes, what stays, and what opens with which key.

import { createDecipheriv } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import {
  DisableKeyCommand,
  EnableKeyCommand,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms'
import {
  CreateHsmClientCertificateCommand,
  CreateSnapshotCopyGrantCommand,
  DeleteClusterCommand,
  DeleteHsmClientCertificateCommand,
  DeleteSnapshotCopyGrantCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeHsmClientCertificatesCommand,
  DescribeSnapshotCopyGrantsCommand,
  RebootClusterCommand,
  RestoreFromClusterSnapshotCommand,
  RotateEncryptionKeyCommand,
} from '@aws-sdk/client-redshift'
import { describe, expect, it } from 'vitest'
import { startLab } from '#lab/index.ts'
import { contextBytes, materialOf, readCiphertext } from '#lab/services/kms/materials.ts'
import { awsOwnedKey, getKey } from '#lab/services/kms/use.ts'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import { snapshotVaultOf, vaultOf } from './root.ts'
import { copyTo, openVault, rekey, type SnapshotVault } from './vault.ts'

const keyIds = {
  first: '0a1b2c3d-0000-4000-8000-00000000000a',
  second: '0a1b2c3d-0000-4000-8000-00000000000b',
}

const world = () => {
  const made = testWorld()
  const region = made.accounts[home]?.regions['eu-west-1']
  if (region) {
    region.keys = [
      { KeyId: keyIds.first, aliases: ['first'] },
      { KeyId: keyIds.second, aliases: ['second'] },
    ]
    region.clusters = [
      { ClusterIdentifier: 'sales', KmsKeyId: 'alias/first' },
      { ClusterIdentifier: 'stock', KmsKeyId: 'alias/second' },
      { ClusterIdentifier: 'owned' },
      {
        ClusterIdentifier: 'open',
        Encrypted: false,
        ClusterSnapshotCopyStatus: { DestinationRegion: 'eu-west-1', SnapshotCopyGrantName: 'used' },
      },
    ]
    region.snapshots = ['one', 'two'].map((SnapshotIdentifier) => ({
      SnapshotIdentifier,
      ClusterIdentifier: 'sales',
      SnapshotType: 'manual',
    }))
    region.snapshots.push({ SnapshotIdentifier: 'left', ClusterIdentifier: 'owned', SnapshotType: 'manual' })
    region.snapshotCopyGrants = [{ SnapshotCopyGrantName: 'used', KmsKeyId: 'alias/second' }]
  }
  return made
}
const test = useLab(world)

/** The region as the lab remembers it, now. */
function where() {
  const { state, clock } = test.lab
  const account = state.accounts.get(home)
  if (!account) throw new Error('the account is gone')
  return { state, region: regionIn(account, 'eu-west-1'), now: clock.now() }
}
function cluster(id: string) {
  const found = where().region.redshift.clusters.get(id)
  const vault = found && vaultOf(where(), found)
  if (!vault) throw new Error(`${id} has no vault`)
  return vault
}
function snapshot(id: string) {
  const found = where().region.redshift.snapshots.get(id)
  const vault = found && snapshotVaultOf(where(), found)
  if (!vault) throw new Error(`${id} has no vault`)
  return vault
}
const rows = (name: string) =>
  ['customers', 'orders'].map((table) => `${table} of arn:aws:redshift:eu-west-1:${home}:cluster:${name}`)
const status = async (ClusterIdentifier: string) =>
  (await test.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))).Clusters?.[0]
    ?.ClusterStatus
const copyOf = ({ keyArn, encryptionContext, cek, dek, blocks }: SnapshotVault) => ({
  keyArn,
  encryptionContext,
  cek,
  dek,
  blocks,
})

/** AES-256-GCM by hand, apart from the code under test: nonce, tag, ciphertext. */
function open(key: Buffer, sealed: Buffer, bound: Uint8Array = Buffer.alloc(0)): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  cipher.setAAD(bound).setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()])
}

/** Opens a vault by hand with the material of a key: tier by tier down to the data. */
function openByHand(vault: SnapshotVault, keyId: string): string[] {
  const root = getKey(where(), where().region.account, keyId)
  const read = readCiphertext(vault.cek)
  if (!read) throw new Error('the CEK is not a ciphertext of KMS')
  const cek = open(materialOf(root, read.version), read.sealed, contextBytes(vault.encryptionContext))
  const dek = open(cek, vault.dek)
  return vault.blocks.map(({ key, ciphertext }) => open(open(dek, key), ciphertext).toString())
}

describe('the hierarchy', () => {
  it('opens tier by tier with the root key, and with no other', () => {
    expect(openByHand(cluster('sales'), keyIds.first)).toEqual(rows('sales'))
    expect(() => openByHand(cluster('sales'), keyIds.second)).toThrow()
    const { encryptionContext } = cluster('sales')
    expect(encryptionContext['aws:redshift:arn']).toBe(`arn:aws:redshift:eu-west-1:${home}:cluster:sales`)
    expect(encryptionContext['aws:redshift:createtime']).toMatch(/^\d{8}T\d{4}Z$/)
    expect(cluster('owned').keyArn).toBe(awsOwnedKey(where(), 'redshift').arn)
  })

  it('shows itself in KMS as a grant of Redshift, bound to the cluster', async () => {
    const { Grants } = await test.kms().send(new ListGrantsCommand({ KeyId: keyIds.first }))
    expect(Grants).toMatchObject([
      {
        GranteePrincipal: 'redshift.amazonaws.com',
        Constraints: { EncryptionContextSubset: cluster('sales').encryptionContext },
      },
    ])
  })

  it('RotateEncryptionKey renews CEK and DEK of the cluster, of its snapshots the CEK alone, and touches no block', async () => {
    const [before, taken] = [copyOf(cluster('sales')), copyOf(snapshot('one'))]
    const oldDek = openVault(where(), snapshot('one')).dek
    const { Cluster } = await test
      .redshift()
      .send(new RotateEncryptionKeyCommand({ ClusterIdentifier: 'sales' }))
    expect(Cluster).toMatchObject({ ClusterStatus: 'rotating-keys', ClusterAvailabilityStatus: 'Modifying' })
    test.move('10m')
    expect(await status('sales')).toBe('available')
    const [after, kept] = [cluster('sales'), snapshot('one')]
    expect(after.cek).not.toEqual(before.cek)
    expect(kept.cek).toEqual(after.cek)
    expect(openVault(where(), after).dek).not.toEqual(oldDek)
    expect(openVault(where(), kept).dek).toEqual(oldDek)
    expect(kept.dek).not.toEqual(taken.dek)
    expect(after.blocks.map(({ ciphertext }) => ciphertext)).toEqual(
      before.blocks.map((block) => block.ciphertext),
    )
    expect(after.blocks.map(({ key }) => key)).not.toEqual(before.blocks.map(({ key }) => key))
    expect(kept.blocks).toEqual(taken.blocks)
    expect(snapshot('two')).toBe(kept)
    for (const vault of [after, kept]) expect(openByHand(vault, keyIds.first)).toEqual(rows('sales'))
  })

  it('RotateEncryptionKey is refused for a cluster without encryption', async () => {
    await expect(
      test.redshift().send(new RotateEncryptionKeyCommand({ ClusterIdentifier: 'open' })),
    ).rejects.toMatchObject({ name: 'UnsupportedOperationFault', message: 'Cluster open is not encrypted.' })
  })

  it('another key means other keys all the way down, for the same data', () => {
    const before = cluster('sales')
    const target = getKey(where(), where().region.account, keyIds.second)
    const after = rekey(where(), before, target)
    expect(openByHand(after, keyIds.second)).toEqual(rows('sales'))
    expect(after.blocks[0]?.ciphertext).not.toEqual(before.blocks[0]?.ciphertext)
  })

  it('a copy is under the key of its destination, and needs both keys', async () => {
    const target = getKey(where(), where().region.account, keyIds.second)
    const source = snapshot('one')
    const copy = copyTo(where(), source, where(), target)
    expect(openByHand(copy, keyIds.second)).toEqual(rows('sales'))
    expect(copy.cek).not.toEqual(source.cek)
    expect(copy.dek).toEqual(source.dek)
    expect(copyTo(where(), source, where(), target)).toBe(copy)
    for (const KeyId of Object.values(keyIds)) {
      await test.kms().send(new DisableKeyCommand({ KeyId }))
      expect(() => copyTo(where(), source, where(), target)).toThrow(/is disabled/)
      await test.kms().send(new EnableKeyCommand({ KeyId }))
    }
  })

  it('costs nothing before it is needed', async () => {
    const lab = await startLab({ world: world(), speed: 0 })
    const clusters = lab.state.accounts.get(home)?.regions.get('eu-west-1')?.redshift.clusters
    expect(clusters?.get('sales')?.vault).toBeUndefined()
    await lab.stop()
  })
})

async function automatedSince(moment: number, ClusterIdentifier: string) {
  const filter = { ClusterIdentifier, SnapshotType: 'automated', StartTime: new Date(moment) }
  const { Snapshots } = await test.redshift().send(new DescribeClusterSnapshotsCommand(filter))
  return Snapshots
}

describe('a root key that cannot be used', () => {
  it('makes the cluster inaccessible within the hour, and accessible again within 14 days', async () => {
    const kms = test.kms()
    const lost = test.lab.clock.now()
    await kms.send(new DisableKeyCommand({ KeyId: keyIds.second }))
    expect(await status('stock')).toBe('available')
    test.move('1h')
    expect(await status('stock')).toBe('inaccessible-kms-key')
    await expect(
      test.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'stock' })),
    ).rejects.toMatchObject({ name: 'InvalidClusterStateFault' })
    expect(() => openVault(where(), cluster('stock'))).toThrow(/is disabled/)
    // "We take a backup": the one of this hour, and none after it.
    expect(await automatedSince(lost, 'stock')).toHaveLength(1)
    test.move('13d')
    expect(await automatedSince(lost, 'stock')).toHaveLength(1)
    await kms.send(new EnableKeyCommand({ KeyId: keyIds.second }))
    test.move('1h')
    expect(await status('stock')).toBe('available')
    test.move('30d')
    expect(await status('stock')).toBe('available')
  })

  it('is found out at once by a reboot, which fails', async () => {
    const kms = test.kms()
    await kms.send(new DisableKeyCommand({ KeyId: keyIds.second }))
    await test.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'stock' }))
    expect(await status('stock')).toBe('rebooting')
    test.move('4m')
    expect(await status('stock')).toBe('inaccessible-kms-key')
    await kms.send(new EnableKeyCommand({ KeyId: keyIds.second }))
    test.move('1h')
    expect(await status('stock')).toBe('available')
  })

  it('without Redshift’s grant counts as unusable, and after 14 days the cluster is gone, its manual snapshots not', async () => {
    const kms = test.kms()
    const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId: keyIds.first }))
    await kms.send(new RevokeGrantCommand({ KeyId: keyIds.first, GrantId: Grants[0]?.GrantId }))
    test.move('1h')
    expect(await status('sales')).toBe('inaccessible-kms-key')
    test.move('14d')
    await expect(status('sales')).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
    const { Snapshots } = await test
      .redshift()
      .send(new DescribeClusterSnapshotsCommand({ SnapshotType: 'manual' }))
    expect(Snapshots?.map(({ SnapshotIdentifier }) => SnapshotIdentifier).sort()).toEqual([
      'left',
      'one',
      'two',
    ])
    expect(openByHand(snapshot('one'), keyIds.first)).toEqual(rows('sales'))
  })
})

describe('snapshots', () => {
  it('are restored under the key of the new cluster, and not while their own key is disabled', async () => {
    const restore = (ClusterIdentifier: string) =>
      test.redshift().send(
        new RestoreFromClusterSnapshotCommand({
          ClusterIdentifier,
          SnapshotIdentifier: 'one',
          KmsKeyId: 'alias/second',
        }),
      )
    await test.kms().send(new DisableKeyCommand({ KeyId: keyIds.first }))
    await expect(restore('refused')).rejects.toMatchObject({ name: 'UnauthorizedOperation' })
    await test.kms().send(new EnableKeyCommand({ KeyId: keyIds.first }))
    await restore('restored')
    expect(openByHand(cluster('restored'), keyIds.second)).toEqual(rows('sales'))
    expect(cluster('restored').blocks[0]?.ciphertext).not.toEqual(snapshot('one').blocks[0]?.ciphertext)
    expect(cluster('restored').encryptionContext['aws:redshift:arn']).toMatch(/:cluster:restored$/)
  })

  it('outlive their cluster with what they were encrypted under', async () => {
    const { cek, blocks } = cluster('owned')
    await test
      .redshift()
      .send(new DeleteClusterCommand({ ClusterIdentifier: 'owned', SkipFinalClusterSnapshot: true }))
    test.move('1h')
    await expect(status('owned')).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
    expect(snapshot('left').cek).toEqual(cek)
    expect(snapshot('left').blocks).toEqual(blocks)
    expect(openVault(where(), snapshot('left')).blocks.map(String)).toEqual(rows('owned'))
  })

  it('of a saved state open as before', () => {
    const { region, state } = deserialize(serialize(where())) as ReturnType<typeof where>
    const saved = region.redshift.snapshots.get('one')
    const vault = saved && snapshotVaultOf({ ...where(), state, region }, saved)
    if (!vault) throw new Error('nothing was saved')
    expect(openByHand(vault, keyIds.first)).toEqual(rows('sales'))
    expect(region.redshift.snapshots.get('two')?.vault).toBe(vault)
  })
})

describe('snapshot copy grants', () => {
  it('name a key of this region, and stay while a cluster copies with them', async () => {
    const redshift = test.redshift()
    const { SnapshotCopyGrant } = await redshift.send(
      new CreateSnapshotCopyGrantCommand({ SnapshotCopyGrantName: 'fresh', KmsKeyId: 'alias/first' }),
    )
    expect(SnapshotCopyGrant?.KmsKeyId).toBe(`arn:aws:kms:eu-west-1:${home}:key/${keyIds.first}`)
    await expect(
      redshift.send(new CreateSnapshotCopyGrantCommand({ SnapshotCopyGrantName: 'fresh' })),
    ).rejects.toMatchObject({ name: 'SnapshotCopyGrantAlreadyExistsFault' })
    const { SnapshotCopyGrants } = await redshift.send(new DescribeSnapshotCopyGrantsCommand({}))
    expect(SnapshotCopyGrants?.map((grant) => grant.SnapshotCopyGrantName)).toEqual(['fresh', 'used'])
    await redshift.send(new DeleteSnapshotCopyGrantCommand({ SnapshotCopyGrantName: 'fresh' }))
    await expect(
      redshift.send(new DeleteSnapshotCopyGrantCommand({ SnapshotCopyGrantName: 'used' })),
    ).rejects.toMatchObject({ name: 'InvalidSnapshotCopyGrantStateFault' })
    await expect(
      redshift.send(new DescribeSnapshotCopyGrantsCommand({ SnapshotCopyGrantName: 'fresh' })),
    ).rejects.toMatchObject({ name: 'SnapshotCopyGrantNotFoundFault' })
  })
})

describe('HSM', () => {
  it('client certificates come and go', async () => {
    const redshift = test.redshift()
    const HsmClientCertificateIdentifier = 'cert'
    await redshift.send(new CreateHsmClientCertificateCommand({ HsmClientCertificateIdentifier }))
    const { HsmClientCertificates } = await redshift.send(new DescribeHsmClientCertificatesCommand({}))
    expect(HsmClientCertificates).toMatchObject([{ HsmClientCertificateIdentifier }])
    await redshift.send(new DeleteHsmClientCertificateCommand({ HsmClientCertificateIdentifier }))
    await expect(
      redshift.send(new DescribeHsmClientCertificatesCommand({ HsmClientCertificateIdentifier })),
    ).rejects.toMatchObject({ name: 'HsmClientCertificateNotFoundFault' })
  })
})

describe('worlds', () => {
  it('that name a key they do not have are refused, but a key of an unknown account stays', async () => {
    const start = async (KmsKeyId: string) => {
      const made = world()
      const region = made.accounts[home]?.regions['eu-west-1']
      region?.clusters?.push({ ClusterIdentifier: 'more', KmsKeyId })
      const lab = await startLab({ world: made, speed: 0 })
      await lab.stop()
      return lab.state.accounts.get(home)?.regions.get('eu-west-1')?.redshift.clusters.get('more')?.facts
        .KmsKeyId
    }
    const id = '0a1b2c3d-0000-4000-8000-0000000000ff'
    await expect(start(`arn:aws:kms:eu-west-1:${home}:key/${id}`)).rejects.toThrow(
      /which the world does not have/,
    )
    await expect(start('alias/nowhere')).rejects.toThrow(/cluster more in eu-west-1/)
    const unknown = `arn:aws:kms:eu-west-1:999988887777:key/${id}`
    expect(await start(unknown)).toBe(unknown)
  })
})
