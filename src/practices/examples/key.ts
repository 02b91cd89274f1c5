// Builders for examples of keys, and of clusters under them.

import type { AnswersAbout, Example } from '#model/practice.ts'
import type { ClusterFacts, KeyFacts, PolicyDocument } from '#model/resource.ts'
import { cluster, exampleKey, letting } from '../examples.ts'

/** Another key of the account of the examples, and one of another account. */
export const otherKey = exampleKey.replace('5f0c1de0', '6a1d2ef1')
export const elsewhereKey = exampleKey.replace('111122223333', '444455556666')

const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

type Under = { reason: string; manager?: 'AWS' | 'CUSTOMER'; facts?: ClusterFacts }

/** A cluster under a key. */
export function clusterUnder(
  arn: string,
  { reason, manager = 'CUSTOMER', facts }: Under,
): Example<'redshift:cluster'> {
  const example = cluster({ reason, facts: { KmsKeyId: arn, ...facts } })
  const key = { arn, facts: { KeyId: idOf(arn), KeyManager: manager } }
  return { ...example, answers: { ...example.answers, key } }
}

/** What KMS says of the example key as a replica of one in another region. */
export function replicaOf(region: string): Partial<KeyFacts> {
  const KeyId = 'mrk-5f0c1de07a554b4e9c1e0a4d8f2b6c11'
  const keyIn = (Region: string) => ({ Arn: `arn:aws:kms:${Region}:111122223333:key/${KeyId}`, Region })
  return {
    KeyId,
    MultiRegion: true,
    MultiRegionConfiguration: {
      MultiRegionKeyType: 'REPLICA',
      PrimaryKey: keyIn(region),
      ReplicaKeys: [keyIn('eu-west-1')],
    },
  }
}

type KeyExample = {
  reason: string
  metadata?: Partial<KeyFacts>
  rotates?: boolean
  policy?: PolicyDocument
  grants?: AnswersAbout<'kms:key'>['grants']
  trustedAccounts?: readonly string[]
}

/** A customer-managed key that is enabled, rotated, and for its own account alone, but for what is written. */
export function key(example: KeyExample): Example<'kms:key'> {
  const { reason, metadata, rotates = true, policy = letting('111122223333'), grants = [] } = example
  const KeyId = metadata?.KeyId ?? idOf(exampleKey)
  const Arn = exampleKey.replace(idOf(exampleKey), KeyId)
  return {
    reason,
    facts: { Arn, KeyId, AWSAccountId: '111122223333', AskedBy: '111122223333' },
    answers: {
      metadata: {
        KeyId,
        KeyState: 'Enabled',
        KeyManager: 'CUSTOMER',
        Origin: 'AWS_KMS',
        KeySpec: 'SYMMETRIC_DEFAULT',
        ...metadata,
      },
      rotation: { KeyRotationEnabled: rotates },
      policy,
      grants,
    },
    ...(example.trustedAccounts && { trustedAccounts: example.trustedAccounts }),
  }
}
