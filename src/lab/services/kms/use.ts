// What the other services of the lab do with keys: find them, ask whether somebody may use them, and use them.

import { InvalidCiphertextException$, NotFoundException$ } from '@aws-sdk/client-kms'
import { parseArn } from '#kit/arn.ts'
import { demandAccess } from '#lab/access.ts'
import { evaluate } from '#lab/iam/evaluate.ts'
import { newHex } from '#lab/ids.ts'
import { requestOf } from '#lab/permissions.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Access } from '#lab/wire/operations.ts'
import { addGrant, allowsByGrant, type GrantWish, removeGrant } from './grants.ts'
import { findKey, unknownKey, type Where } from './keys.ts'
import {
  contextBytes,
  currentVersion,
  type EncryptionContext,
  materialOf,
  newBytes,
  readCiphertext,
  seal,
  unseal,
  writeCiphertext,
} from './materials.ts'
import type { KmsKey } from './model.ts'
import { rotateDue } from './rotation.ts'
import { demandState, forUse } from './states.ts'

export { awsOwnedKey, findKey, getKey, managedKey, unknownKey, type Where } from './keys.ts'
export type { EncryptionContext } from './materials.ts'
export type { KmsKey, Watcher } from './model.ts'

/** The key behind an ARN, wherever it is: of the lab's accounts, of AWS, or of an account nobody knows. */
export function keyByArn(where: Where, arn: string): KmsKey | undefined {
  for (const key of where.state.kms.owned.values()) if (key.arn === arn) return key
  const known = findKey(where, where.region.account, arn)
  if (known) return known
  const parts = parseArn(arn)
  const isUnknown = parts?.service === 'kms' && !where.state.accounts.has(parts.account)
  return isUnknown ? unknownKey(where, arn) : undefined
}

/** Whether a key can encrypt and decrypt now: key-state, "Enabled" and "Updating". */
export function isUsable({ facts }: KmsKey): boolean {
  return forUse.includes(facts.KeyState)
}

/** Throws DisabledException or KMSInvalidStateException unless the key can encrypt and decrypt. */
export function demandUsable(key: KmsKey): void {
  demandState(key, forUse)
}

/**
 * Throws AWS's refusal unless the caller may have a service do these operations with a key: IAM, key policy and grants.
 * Keys owned by AWS ask nobody.
 */
export function demandKey(
  context: Context,
  key: KmsKey,
  operations: string[],
  via: string,
  encryptionContext: EncryptionContext = {},
): void {
  if (key.manager === 'AWS_OWNED') return
  for (const operation of operations)
    demandAccess(context, accessVia(context, key, operation, via, encryptionContext))
}

// One operation on a key that a service does in the caller's name.
function accessVia(
  context: Context,
  key: KmsKey,
  operation: string,
  via: string,
  encryptionContext: EncryptionContext,
): Access {
  const conditions = {
    ...keyConditions(context.account.id, encryptionContext),
    'kms:ViaService': `${via}.${context.region.name}.amazonaws.com`,
    ...(operation === 'CreateGrant' && { 'kms:GrantIsForAWSResource': 'true' }),
  }
  return accessToKey(context, key, operation, conditions, encryptionContext)
}

/**
 * Whether a key lets the caller's account in for what a service does in the caller's name, as far as key policy and grants
 * say. What IAM says of the caller is `demandKey`'s to check.
 */
export function letsIn(
  context: Context,
  key: KmsKey,
  operation: string,
  via: string,
  encryptionContext: EncryptionContext = {},
): boolean {
  const { conditions } = requestOf(context, accessVia(context, key, operation, via, encryptionContext))
  return mayAccountUse(key, context.account.id, operation, conditions, encryptionContext) !== 'no'
}

/** The check of one operation on a key: its policy has a say, and so have its grants. */
export function accessToKey(
  { principal }: Context,
  key: KmsKey,
  operation: string,
  conditions: Record<string, string | string[]>,
  encryptionContext: EncryptionContext = {},
): Access {
  return {
    action: `kms:${operation}`,
    resource: key.arn,
    resourceAccount: key.account,
    conditions,
    policy: { document: key.policy.document, kind: 'kms' },
    granted: allowsByGrant(key, principal.arn, operation, encryptionContext),
  }
}

/** The condition keys of KMS that a caller and an encryption context give. */
export function keyConditions(
  account: string,
  encryptionContext: EncryptionContext = {},
): Record<string, string | string[]> {
  const pairs = Object.entries(encryptionContext)
  return {
    'kms:CallerAccount': account,
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...(pairs.length > 0 && { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) }),
  }
}

/**
 * Whether a key lets another account in, as far as key policy and grants say: `yes` the account as a whole, `some` a role
 * or user of it that they name, `no` nobody.
 */
export function mayAccountUse(
  key: KmsKey,
  account: string,
  operation: string,
  conditions: Access['conditions'] = {},
  encryptionContext: EncryptionContext = {},
): 'yes' | 'some' | 'no' {
  const arn = parseArn(key.arn)
  const root = `arn:${arn?.partition ?? 'aws'}:iam::${account}:root`
  const resource = { document: key.policy.document, kind: 'kms' as const }
  const isAllowed = (who: string) =>
    evaluate(
      { identity: [], resource },
      {
        caller: { kind: 'root', account, arn: who },
        action: `kms:${operation}`,
        resource: key.arn,
        resourceAccount: key.account,
        conditions: { ...keyConditions(account), ...conditions },
      },
    ).allowed
  const isGranted = (who: string) => allowsByGrant(key, who, operation, encryptionContext)
  if (isAllowed(root) || isGranted(root)) return 'yes'
  const named = key.policy.document.Statement.flatMap(({ Principal }) => Principal?.AWS ?? [])
  const granted = [...key.grants.values()].flatMap(({ facts }) => facts.GranteePrincipal ?? [])
  const mentioned = [...named, ...granted].filter((who) => parseArn(who)?.account === account)
  return mentioned.some((who) => isAllowed(who) || isGranted(who)) ? 'some' : 'no'
}

/** Lets a service use a key for one of its resources, as it does in the name of a caller. Gives the grant's id. */
export function grantToService(where: Where, key: KmsKey, wish: GrantWish): string {
  return addGrant(where, key, wish).id
}

/** Takes back one grant of a service. */
export function dropGrant(key: KmsKey, id: string): void {
  key.grants.delete(id)
}

/** Takes back a service's grants for one resource, the one of this encryption context. */
export function retireGrants(key: KmsKey, encryptionContext: EncryptionContext): void {
  const wanted = contextBytes(encryptionContext)
  for (const grant of [...key.grants.values()]) {
    const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = grant.facts.Constraints ?? {}
    const given = equals ?? subset
    if (grant.watcher && given && contextBytes(given).equals(wanted)) removeGrant(key, grant)
  }
}

/** Encrypts under a key's current material. */
export function encrypt(
  where: Where,
  key: KmsKey,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext = {},
  operation = 'Encrypt',
): Buffer {
  demandUsable(key)
  return sealUnder(where, key, plaintext, encryptionContext, operation)
}

/** The same whatever state the key is in now: for what was encrypted before the lab looked at it. */
export function sealUnder(
  where: Where,
  key: KmsKey,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext = {},
  operation?: string,
): Buffer {
  rotateDue(key, where.now)
  const version = currentVersion(key)
  const sealed = seal(where.state, materialOf(key, version), plaintext, contextBytes(encryptionContext))
  if (operation) noteUse(where, key, operation)
  return writeCiphertext({ keyArn: key.arn, version, sealed })
}

/** A new data key of 32 bytes: as it is, and encrypted under a key. */
export function generateDataKey(
  where: Where,
  key: KmsKey,
  encryptionContext: EncryptionContext = {},
): { plaintext: Buffer; ciphertext: Buffer } {
  const plaintext = newBytes(where.state, 32)
  return { plaintext, ciphertext: encrypt(where, key, plaintext, encryptionContext, 'GenerateDataKey') }
}

/** Decrypts. The ciphertext names its key and the material it is under; a key that is given must be that one. */
export function decrypt(
  where: Where,
  key: KmsKey | undefined,
  ciphertext: Uint8Array,
  encryptionContext: EncryptionContext = {},
): Buffer {
  const read = readCiphertext(ciphertext)
  const named = read && (key ?? keyByArn(where, read.keyArn))
  if (!read) throw invalidCiphertext()
  if (!named) throw fault(NotFoundException$, `Key '${read.keyArn}' does not exist`)
  if (!isOneKey(named.arn, read.keyArn)) throw invalidCiphertext()
  demandUsable(named)
  const material = materialOf(named, read.version)
  const plaintext = unseal(material, read.sealed, contextBytes(encryptionContext))
  if (!plaintext) throw invalidCiphertext()
  noteUse(where, named, 'Decrypt')
  return plaintext
}

/** The error of a ciphertext that cannot be decrypted; KMS does not say why, and leaves the message empty. */
export function invalidCiphertext() {
  return fault(InvalidCiphertextException$, '')
}

/** Whether two ARNs name one key; multi-Region keys of one id are one. */
export function isOneKey(a: string, b: string): boolean {
  return a === b || (a.includes(':key/mrk-') && a.slice(a.indexOf(':key/')) === b.slice(b.indexOf(':key/')))
}

/** Notes a successful cryptographic operation, for GetKeyLastUsage. */
function noteUse(where: Where, key: KmsKey, operation: string): void {
  key.lastUse = { operation, at: where.now, request: newHex(where.state, 32) }
}
