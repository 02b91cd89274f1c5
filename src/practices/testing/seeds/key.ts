// How an example of a key is seeded: the key, and a copy grant that points at it.

import type { KeySeed } from '#lab/services/kms/seed-types.ts'
import type { RegionSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

export function key({ facts, answers }: Example<'kms:key'>): Seed {
  const { metadata, rotation, policy, grants = [] } = answers
  const { KeyManager, ...rest } = metadata ?? { KeyId: facts.KeyId }
  const seed = {
    ...rest,
    ...(KeyManager === 'AWS' ? { aliases: ['alias/aws/redshift'] } : { Policy: policy ?? {}, grants }),
    ...(rotation?.KeyRotationEnabled ? { rotation: { RotationPeriodInDays: 365 } } : {}),
  }
  const region = {
    keys: [seed as KeySeed],
    snapshotCopyGrants: [{ SnapshotCopyGrantName: 'copies', KmsKeyId: facts.Arn }],
  }
  const primary = metadata?.MultiRegionConfiguration?.PrimaryKey
  if (!primary || primary.Arn === facts.Arn) return { region: region as RegionSeed }
  const { KeyId, MultiRegion, MultiRegionConfiguration: multi } = metadata
  const MultiRegionConfiguration = { ...multi, MultiRegionKeyType: 'PRIMARY' }
  const elsewhere = { keys: [{ KeyId, MultiRegion, MultiRegionConfiguration }] } as RegionSeed
  return { region: region as RegionSeed, elsewhere: { [primary.Region ?? '']: elsewhere } }
}
