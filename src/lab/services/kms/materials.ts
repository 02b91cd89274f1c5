// Key material and ciphertexts: AES-256-GCM, the encryption context as additional authenticated data.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts-intro.html ("encryption context"; "key material")

import { createCipheriv, createDecipheriv, hash } from 'node:crypto'
import { newHex } from '#lab/ids.ts'
import type { State } from '#lab/state.ts'
import type { KmsKey } from './model.ts'

/** Names and values that a ciphertext is bound to. */
export type EncryptionContext = Record<string, string>

/** What a ciphertext of KMS says of itself: its key, and which of the key's materials it is under. */
export type Ciphertext = { keyArn: string; version: number; sealed: Buffer }

const nonceLength = 12
const tagLength = 16

/** Random bytes, at most 32, as the lab makes them: the same calls get the same ones. */
export function newBytes(state: State, length: number): Buffer {
  return Buffer.from(newHex(state, 2 * length), 'hex')
}

/** Encrypts: nonce, tag and ciphertext in one. */
export function seal(state: State, key: Buffer, plaintext: Uint8Array, bound: Uint8Array = empty): Buffer {
  const nonce = newBytes(state, nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Decrypts what `seal` made, or undefined when key, bytes or what they are bound to differ. */
export function unseal(key: Buffer, sealed: Buffer, bound: Uint8Array = empty): Buffer | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined
  const tag = sealed.subarray(nonceLength, nonceLength + tagLength)
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength))
    .setAAD(bound)
    .setAuthTag(tag)
  try {
    return Buffer.concat([cipher.update(sealed.subarray(nonceLength + tagLength)), cipher.final()])
  } catch {
    return undefined
  }
}

/** The bytes an encryption context stands for: its order means nothing, its case does. */
export function contextBytes(context: EncryptionContext = {}): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.from(JSON.stringify(pairs))
}

/** How many rotations a key's current material has behind it. */
export function currentVersion({ rotation }: KmsKey): number {
  return rotation.done.length
}

/**
 * The material of a key after so many rotations. It is worked out of the key's name, so that nothing secret needs to be
 * kept and a key of the world always has the same; keys that share a multi-Region id share it.
 */
export function materialOf(key: KmsKey, version: number): Buffer {
  return hash('sha256', `key material ${version} of ${materialName(key)}`, 'buffer')
}

/** The id AWS gives a material: 64 hexadecimal digits. */
export function materialId(key: KmsKey, version: number): string {
  return hash('sha256', `key material id ${version} of ${materialName(key)}`)
}

function materialName({ id, arn }: KmsKey): string {
  return id.startsWith('mrk-') ? id : arn
}

const empty = Buffer.alloc(0)
const sign = 0x6b

/** The bytes of a ciphertext that names its key. */
export function writeCiphertext({ keyArn, version, sealed }: Ciphertext): Buffer {
  const arn = Buffer.from(keyArn)
  return Buffer.concat([Buffer.from([sign, arn.length, version >> 8, version & 255]), arn, sealed])
}

/** Reads such bytes, or gives undefined when they are not a ciphertext of the lab's KMS. */
export function readCiphertext(bytes: Uint8Array): Ciphertext | undefined {
  const buffer = Buffer.from(bytes)
  const length = buffer[1] ?? 0
  if (buffer[0] !== sign || buffer.length < 4 + length) return undefined
  return {
    keyArn: buffer.toString('utf8', 4, 4 + length),
    version: buffer.readUInt16BE(2),
    sealed: buffer.subarray(4 + length),
  }
}
