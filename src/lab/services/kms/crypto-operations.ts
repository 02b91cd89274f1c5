// Encrypting and decrypting, as operations.

import type * as client from '@aws-sdk/client-kms'
import { IncorrectKeyException$, InvalidKeyUsageException$ } from '@aws-sdk/client-kms'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { findKey, getKey } from './keys.ts'
import { currentVersion, materialId, newBytes, readCiphertext } from './materials.ts'
import type { KmsKey } from './model.ts'
import { unsupported } from './own.ts'
import { decrypt, encrypt, invalidCiphertext, isOneKey } from './use.ts'

const algorithm = 'SYMMETRIC_DEFAULT' as const

export const cryptoOperations = {
  Encrypt(input, context) {
    const key = usableKey(context, input.KeyId, input.DryRun)
    if (input.Plaintext.length < 1 || input.Plaintext.length > 4096) throw wrongLength()
    const CiphertextBlob = encrypt(context, key, input.Plaintext, input.EncryptionContext)
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: algorithm }
  },

  Decrypt(input, context) {
    if (input.DryRun || input.Recipient) throw unsupported('The lab does not model DryRun and Recipient.')
    if (!input.CiphertextBlob) throw invalidCiphertext()
    const { key, version } = keyOf(context, input.CiphertextBlob, input.KeyId)
    const Plaintext = decrypt(context, key, input.CiphertextBlob, input.EncryptionContext)
    return {
      KeyId: key.arn,
      Plaintext,
      EncryptionAlgorithm: algorithm,
      KeyMaterialId: materialId(key, version),
    }
  },

  ReEncrypt(input, context) {
    if (!input.CiphertextBlob) throw invalidCiphertext()
    const source = keyOf(context, input.CiphertextBlob, input.SourceKeyId)
    const target = usableKey(context, input.DestinationKeyId, input.DryRun)
    const plaintext = decrypt(context, source.key, input.CiphertextBlob, input.SourceEncryptionContext)
    return {
      CiphertextBlob: encrypt(context, target, plaintext, input.DestinationEncryptionContext, 'ReEncrypt'),
      SourceKeyId: source.key.arn,
      KeyId: target.arn,
      SourceEncryptionAlgorithm: algorithm,
      DestinationEncryptionAlgorithm: algorithm,
      SourceKeyMaterialId: materialId(source.key, source.version),
      DestinationKeyMaterialId: materialId(target, currentVersion(target)),
    }
  },

  GenerateDataKey(input, context) {
    if (input.Recipient) throw unsupported('The lab does not model Recipient.')
    return dataKey(input, context, 'GenerateDataKey')
  },

  GenerateDataKeyWithoutPlaintext(input, context) {
    const { Plaintext: _, ...rest } = dataKey(input, context, 'GenerateDataKeyWithoutPlaintext')
    return rest
  },
} satisfies Operations<typeof client>

function dataKey(
  input: Pick<client.GenerateDataKeyRequest, 'KeySpec' | 'NumberOfBytes' | 'EncryptionContext' | 'DryRun'> & {
    KeyId: string
  },
  context: Context,
  operation: string,
) {
  const key = usableKey(context, input.KeyId, input.DryRun)
  const { KeySpec, NumberOfBytes } = input
  // Wording: recorded.
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw common('ValidationError', 'Please specify either number of bytes or key spec.')
  const length = NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32)
  if (length < 1 || length > 1024) throw wrongLength()
  const parts = Array.from({ length: Math.ceil(length / 32) }, () => newBytes(context.state, 32))
  const Plaintext = Buffer.concat(parts).subarray(0, length)
  const CiphertextBlob = encrypt(context, key, Plaintext, input.EncryptionContext, operation)
  return { Plaintext, CiphertextBlob, KeyId: key.arn, KeyMaterialId: materialId(key, currentVersion(key)) }
}

function usableKey(context: Context, ref: string, dryRun: boolean | undefined): KmsKey {
  const key = getKey(context, context.account, ref)
  if (dryRun) throw unsupported('The lab does not model DryRun.')
  if (key.facts.KeyUsage !== 'ENCRYPT_DECRYPT')
    throw fault(
      InvalidKeyUsageException$,
      `${key.arn} key usage is ${key.facts.KeyUsage} which is not valid.`,
    )
  if (key.facts.KeySpec !== algorithm) throw unsupported('The lab encrypts with symmetric keys only.')
  return key
}

/** The key a ciphertext names, which a key that is given must be. */
function keyOf(context: Context, ciphertext: Uint8Array, given: string | undefined) {
  const read = readCiphertext(ciphertext)
  if (!read) throw invalidCiphertext()
  const named = given === undefined ? undefined : getKey(context, context.account, given)
  // Wordings: recorded, here and below.
  if (named && !isOneKey(named.arn, read.keyArn)) {
    throw fault(
      IncorrectKeyException$,
      'The key ID in the request does not identify a CMK that can perform this operation.',
    )
  }
  const key = named ?? findKey(context, context.account, read.keyArn)
  if (key) return { key, version: read.version }
  throw common(
    'AccessDenied',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  )
}

function wrongLength() {
  return common(
    'ValidationError',
    '1 validation error detected: the length of the value is not one that KMS takes',
  )
}
