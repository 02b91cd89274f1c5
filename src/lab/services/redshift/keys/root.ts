// The root key of a cluster: the grant by which Redshift uses it, and the vault under it, made when it is first needed.

import type { GrantWish } from '#lab/services/kms/grants.ts'
import {
  awsOwnedKey,
  dropGrant,
  type EncryptionContext,
  grantToService,
  isUsable,
  type KmsKey,
  keyByArn,
  unknownKey,
  type Where,
} from '#lab/services/kms/use.ts'
import { regionIn } from '#lab/state.ts'
import type { ClusterRecord, SnapshotRecord } from '../model.ts'
import { snapshotsOf } from '../snapshots/store.ts'
import { encryptionContextOf } from './binding.ts'
import { createGrant } from './kms-calls.ts'
import { newVault, rekey, type SnapshotVault, snapshotOf, type Vault } from './vault.ts'

/** What a cluster holds of its root key. */
export type Root = {
  keyArn: string
  encryptionContext: EncryptionContext
  /** Redshift's grant; a key that AWS owns, or of an account nobody knows, shows none. */
  grant: string | undefined
  /** Since when Redshift knows that it cannot use the key, and what the cluster was before. */
  lost?: { since: number; status: string | undefined; availability: string | undefined }
}

/** How a watcher names a cluster: a new name does not change what its keys are bound to. */
export function subjectOf({ encryptionContext }: Root): string {
  return JSON.stringify(Object.entries(encryptionContext).sort())
}

/**
 * Puts a cluster under a key, with a grant for Redshift and new keys below it. What it was under before is let go, and its
 * data moves: a vault that is given, or its own, is opened for that.
 */
export function holdKey(where: Where, cluster: ClusterRecord, key: KmsKey, from?: SnapshotVault): void {
  const source = from ?? (cluster.root && isOpenable(where, cluster.root) ? cluster.vault : undefined)
  letGo(where, cluster)
  const { encryptionContext } = bind(where, cluster, key, createGrant)
  // A key that has become unusable meanwhile is what the next check finds.
  const isOld = !isUsable(key)
  cluster.vault =
    source && !isOld
      ? rekey(where, source, key, encryptionContext)
      : newVault(where, key, encryptionContext, { isOld })
}

function bind(where: Where, cluster: ClusterRecord, key: KmsKey, grant: typeof grantToService): Root {
  const root: Root = { keyArn: key.arn, encryptionContext: contextOf(where, cluster), grant: undefined }
  cluster.root = root
  if (key.manager !== 'AWS_OWNED' && where.state.accounts.has(key.account))
    root.grant = grant(where, key, grantWish(where, root))
  return root
}

function grantWish({ region }: Where, root: Root): GrantWish {
  return {
    service: 'redshift',
    // Unverified: which operations Redshift asks for besides those the guide says it calls (services-redshift).
    operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey'],
    encryptionContext: root.encryptionContext,
    watcher: {
      kind: 'redshift:root-key',
      account: region.account.id,
      region: region.name,
      subject: subjectOf(root),
    },
  }
}

/** Takes a cluster from under its key. Its snapshots keep what they were encrypted under. */
export function letGo(where: Where, cluster: ClusterRecord): void {
  if (cluster.root) keepSnapshotVaults(where, cluster)
  const key = cluster.root && keyByArn(where, cluster.root.keyArn)
  if (key && cluster.root?.grant) dropGrant(key, cluster.root.grant)
  delete cluster.root
}

function contextOf({ region, now }: Where, { id, facts }: ClusterRecord): EncryptionContext {
  return encryptionContextOf(region, { id, createdAt: facts.ClusterCreateTime?.getTime() ?? now })
}

/** The root of an encrypted cluster; undefined when it is not encrypted. */
export function rootOf(where: Where, cluster: ClusterRecord): Root | undefined {
  if (!cluster.facts.Encrypted) return undefined
  // One that nobody has asked for yet was there before the lab: nothing is called for it, its vault is made when needed.
  return cluster.root ?? bind(where, cluster, keyNamed(where, cluster.facts.KmsKeyId), grantToService)
}

function keyNamed(where: Where, arn: string | undefined): KmsKey {
  if (arn === undefined) return awsOwnedKey(where, 'redshift')
  // A key that was deleted before anybody needed it still names what the vault was under.
  return keyByArn(where, arn) ?? unknownKey(where, arn)
}

/** The vault of an encrypted cluster; undefined when it is not encrypted. */
export function vaultOf(where: Where, cluster: ClusterRecord): Vault | undefined {
  const root = rootOf(where, cluster)
  if (!root) return undefined
  cluster.vault ??= newVault(where, keyNamed(where, root.keyArn), root.encryptionContext, { isOld: true })
  return cluster.vault
}

/** Whether Redshift can use a root key now: it is usable, and the grant is there. */
export function isOpenable(where: Where, root: Root): boolean {
  const key = keyByArn(where, root.keyArn)
  return key !== undefined && isUsable(key) && isGranted(where, root)
}

/** Whether Redshift still has its grant, whatever state the key is in. */
export function isGranted(where: Where, { keyArn, grant }: Root): boolean {
  return grant === undefined || keyByArn(where, keyArn)?.grants.has(grant) === true
}

/** What a snapshot is encrypted under; undefined when it is not encrypted. */
export function snapshotVaultOf(where: Where, snapshot: SnapshotRecord): SnapshotVault | undefined {
  const { facts } = snapshot
  if (!facts.Encrypted) return undefined
  if (snapshot.vault) return snapshot.vault
  const owner = where.state.accounts.get(facts.OwnerAccount ?? '') ?? where.region.account
  const home = { ...where, region: regionIn(owner, where.region.name) }
  const cluster = home.region.redshift.clusters.get(facts.ClusterIdentifier)
  const vault = cluster && isOf(cluster, snapshot) ? vaultOf(home, cluster) : undefined
  snapshot.vault = vault ? snapshotOf(vault) : orphan(home, snapshot)
  return snapshot.vault
}

function orphan(where: Where, { facts }: SnapshotRecord): SnapshotVault {
  const createdAt = facts.ClusterCreateTime?.getTime() ?? facts.SnapshotCreateTime.getTime()
  const bound = encryptionContextOf(where.region, { id: facts.ClusterIdentifier, createdAt })
  return newVault(where, keyNamed(where, facts.KmsKeyId), bound, { isOld: true })
}

// Taken of this very cluster, here, and under the key it is under now.
function isOf({ facts }: ClusterRecord, { facts: taken }: SnapshotRecord): boolean {
  return (
    taken.SourceRegion === undefined &&
    facts.Encrypted === true &&
    taken.KmsKeyId === facts.KmsKeyId &&
    (taken.ClusterCreateTime === undefined || +taken.ClusterCreateTime === Number(facts.ClusterCreateTime))
  )
}

/** Before the keys of a cluster change: its snapshots take hold of what they are encrypted under. */
export function keepSnapshotVaults(where: Where, cluster: ClusterRecord): SnapshotVault[] {
  const own = snapshotsOf(where.region.redshift, cluster.id).filter(
    ({ facts }) =>
      facts.SourceRegion === undefined &&
      (facts.ClusterCreateTime === undefined ||
        +facts.ClusterCreateTime === Number(cluster.facts.ClusterCreateTime)),
  )
  return own.flatMap((snapshot) => snapshotVaultOf(where, snapshot) ?? [])
}
