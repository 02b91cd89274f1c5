// The key hierarchy below the root key, with real ciphertexts: the cluster's key (CEK) under the root key, the database's
// key (DEK) under the CEK, the keys of blocks under the DEK, the blocks under their keys.
// https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html

import { contextBytes, newBytes, seal, unseal } from '#lab/services/kms/materials.ts'
import {
  type EncryptionContext,
  isOneKey,
  type KmsKey,
  keyByArn,
  sealUnder,
  type Where,
} from '#lab/services/kms/use.ts'
import { decrypt, encrypt, generateDataKey } from './kms-calls.ts'

/** A data block: its ciphertext, and its key under the DEK. */
export type Block = { key: Buffer; ciphertext: Buffer }

/** What a cluster or a snapshot is encrypted under. Plain data; parts that are equal are shared by reference. */
export type SnapshotVault = {
  /** The ARN of the root key. A key that AWS owns has one too, which Redshift does not show. */
  keyArn: string
  /** What the CEK is bound to in KMS. */
  encryptionContext: EncryptionContext
  /** The CEK under the root key. */
  cek: Buffer
  /** The DEK under the CEK. */
  dek: Buffer
  blocks: readonly Block[]
  /** Copies already made of it, by the key they are under: what is equal is encrypted once. */
  copies?: Map<string, SnapshotVault>
}

/** A cluster's vault. */
export type Vault = SnapshotVault & {
  /** What snapshots taken since the last change are encrypted under, made when the first of them needs it. */
  snapshot?: SnapshotVault | undefined
}

/** The keys of a vault in the clear, as they are in a cluster's memory. */
export type OpenVault = { cek: Buffer; dek: Buffer; blocks: Buffer[] }

/**
 * A cluster is created encrypted, or becomes so. One that is old was encrypted before the lab looked at it, whatever its
 * root key is now.
 */
export function newVault(
  where: Where,
  key: KmsKey,
  encryptionContext: EncryptionContext,
  { contents = rowsOf(encryptionContext), isOld = false }: { contents?: string[]; isOld?: boolean } = {},
): Vault {
  const cek = isOld ? oldDataKey(where, key, encryptionContext) : newCek(where, key, encryptionContext)
  const dek = newBytes(where.state, 32)
  return {
    keyArn: key.arn,
    encryptionContext,
    cek: cek.ciphertext,
    dek: seal(where.state, cek.plaintext, dek),
    blocks: contents.map((content) => newBlock(where, dek, content)),
  }
}

// The cluster gets the ciphertext and has KMS decrypt it: MG working-with-db-encryption.
function newCek(where: Where, key: KmsKey, encryptionContext: EncryptionContext) {
  const { ciphertext } = generateDataKey(where, key, encryptionContext)
  return { ciphertext, plaintext: decrypt(where, key, ciphertext, encryptionContext) }
}

// A little of what a warehouse may hold, so that one can see whose it is.
function rowsOf(encryptionContext: EncryptionContext): string[] {
  const arn = Object.values(encryptionContext).find((value) => value.startsWith('arn:'))
  return ['customers', 'orders'].map((table) => `${table} of ${arn}`)
}

function oldDataKey(where: Where, key: KmsKey, encryptionContext: EncryptionContext) {
  const plaintext = newBytes(where.state, 32)
  return { plaintext, ciphertext: sealUnder(where, key, plaintext, encryptionContext) }
}

function newBlock({ state }: Where, dek: Buffer, content: string): Block {
  const key = newBytes(state, 32)
  return { key: seal(state, dek, key), ciphertext: seal(state, key, Buffer.from(content)) }
}

/**
 * What a reboot does: the CEK is decrypted by KMS again, with it the DEK, and the blocks can be read. Throws KMS's error
 * when the root key is not usable, and when a ciphertext was damaged or belongs elsewhere.
 */
export function openVault(where: Where, vault: SnapshotVault): OpenVault {
  const cek = openCek(where, vault)
  const dek = opened(unseal(cek, vault.dek), 'DEK')
  const blocks = vault.blocks.map(({ key, ciphertext }) =>
    opened(unseal(opened(unseal(dek, key), 'block key'), ciphertext), 'block'),
  )
  return { cek, dek, blocks }
}

function openCek(where: Where, { cek, keyArn, encryptionContext }: SnapshotVault): Buffer {
  return decrypt(where, keyByArn(where, keyArn), cek, encryptionContext)
}

/**
 * RotateEncryptionKey: a new CEK for the cluster and its snapshots, a new DEK for the cluster alone. Blocks stay as they
 * are; the cluster's block keys move under the new DEK. Snapshots keep their DEK, which moves under their new CEK. A
 * snapshot under a root key that is gone or not usable stays as it is.
 */
export function rotate(where: Where, vault: Vault, snapshots: Iterable<SnapshotVault>): void {
  const { state } = where
  const ceks = new Map<string, { plaintext: Buffer; ciphertext: Buffer }>()
  const cekFor = (one: SnapshotVault) => {
    const name = one.keyArn + contextBytes(one.encryptionContext).toString()
    const known = ceks.get(name)
    if (known) return known
    const made = newCek(where, rootKey(where, one), one.encryptionContext)
    ceks.set(name, made)
    return made
  }
  const before = openVault(where, vault)
  const dek = newBytes(state, 32)
  const cek = cekFor(vault)
  const keys = vault.blocks.map(({ key }) => opened(unseal(before.dek, key), 'block key'))
  vault.blocks = vault.blocks.map(({ ciphertext }, index) => ({
    key: seal(state, dek, keys[index] ?? empty),
    ciphertext,
  }))
  vault.cek = cek.ciphertext
  vault.dek = seal(state, cek.plaintext, dek)
  vault.snapshot = undefined
  for (const snapshot of new Set(snapshots)) {
    const known = openedOrNot(where, snapshot)
    if (!known) continue
    const fresh = cekFor(snapshot)
    snapshot.cek = fresh.ciphertext
    snapshot.dek = seal(state, fresh.plaintext, known.dek)
    delete snapshot.copies
  }
}

function openedOrNot(where: Where, vault: SnapshotVault): OpenVault | undefined {
  try {
    return openVault(where, vault)
  } catch {
    return undefined
  }
}

/**
 * The same data under another root key, and for another cluster where the context says so: what ModifyCluster with a
 * KmsKeyId and a restore do. Redshift moves the data to a new cluster, so all keys are new.
 */
export function rekey(
  where: Where,
  vault: SnapshotVault,
  key: KmsKey,
  encryptionContext: EncryptionContext = vault.encryptionContext,
): Vault {
  const { blocks } = openVault(where, vault)
  return newVault(where, key, encryptionContext, { contents: blocks.map(String) })
}

/** What a snapshot of a cluster taken now is encrypted under: the cluster's keys of this moment. */
export function snapshotOf(vault: Vault): SnapshotVault {
  const { keyArn, encryptionContext, cek, dek, blocks } = vault
  vault.snapshot ??= { keyArn, encryptionContext, cek, dek, blocks }
  return vault.snapshot
}

/**
 * A copy in another region: the CEK is decrypted under the source's root key and encrypted under the destination's. The
 * temporary key that AWS uses on the way leaves no trace and is not modelled. Throws KMS's error when either is unusable.
 */
export function copyTo(where: Where, source: SnapshotVault, destination: Where, key: KmsKey): SnapshotVault {
  // Asked for every time, kept once.
  const cek = encrypt(destination, key, openCek(where, source), source.encryptionContext)
  const { encryptionContext, dek, blocks } = source
  source.copies ??= new Map()
  const copy = source.copies.get(key.arn) ?? { keyArn: key.arn, encryptionContext, cek, dek, blocks }
  source.copies.set(key.arn, copy)
  return copy
}

/** The root key of a vault. */
export function rootKey(where: Where, { keyArn }: SnapshotVault): KmsKey {
  const key = keyByArn(where, keyArn)
  if (!key || !isOneKey(key.arn, keyArn)) throw new Error(`the root key ${keyArn} is gone`)
  return key
}

const empty = Buffer.alloc(0)

function opened(plaintext: Buffer | undefined, what: string): Buffer {
  if (!plaintext) throw new Error(`a ${what} cannot be decrypted`)
  return plaintext
}
