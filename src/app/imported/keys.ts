// The KMS keys that things of an inventory are encrypted under: a world has the keys it names.

import { parseArn } from '#kit/arn.ts'
import type { Thing } from './redshift.ts'

/** The keys of an account in a region that its things name. Nothing is known of them but that they are there. */
export function keysOf(things: readonly Thing[], account: string, region: string): Thing[] {
  const ids = new Set<string>()
  for (const { KmsKeyId, MasterPasswordSecretKmsKeyId } of things) {
    for (const name of [KmsKeyId, MasterPasswordSecretKmsKeyId]) {
      const arn = typeof name === 'string' ? parseArn(name) : undefined
      if (
        arn?.service === 'kms' &&
        arn.account === account &&
        arn.region === region &&
        arn.resource.startsWith('key/')
      )
        ids.add(arn.resource.slice('key/'.length))
    }
  }
  return [...ids]
    .sort()
    .map((KeyId) => ({ KeyId, Description: 'Named in the inventory; nothing else is known of it.' }))
}
