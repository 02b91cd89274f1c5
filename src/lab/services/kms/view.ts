// What KMS says of a key.

import type { KeyMetadata } from '@aws-sdk/client-kms'
import { currentVersion, materialId } from './materials.ts'
import type { KmsKey } from './model.ts'

/** A key's metadata. Only a symmetric key with material has a current one: API, KeyMetadata. */
export function viewKey(key: KmsKey): KeyMetadata {
  const { facts } = key
  const isSymmetric = facts.KeySpec === 'SYMMETRIC_DEFAULT'
  const hasMaterial =
    facts.Origin === 'AWS_KMS' || (facts.Origin === 'EXTERNAL' && facts.KeyState !== 'PendingImport')
  return {
    ...facts,
    ...(isSymmetric && hasMaterial && { CurrentKeyMaterialId: materialId(key, currentVersion(key)) }),
  }
}
