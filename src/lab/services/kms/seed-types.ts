// Keys in a world.

import type { GrantListEntry, KeyMetadata, Tag } from '@aws-sdk/client-kms'
import type { Seed } from '#lab/world.ts'

/** A key, in AWS's own names; what is left out gets the value AWS would give. */
export type KeySeed = Seed<Omit<KeyMetadata, 'KeyId'>> & {
  /** An id; one is made up of the key's first alias or description. */
  KeyId?: string
  /** Names with or without `alias/`. `alias/aws/redshift` makes it the key that AWS manages. */
  aliases?: string[]
  /** The key policy; the default one lets the account's IAM policies decide. */
  Policy?: object | string
  Tags?: Seed<Tag>[]
  rotation?: RotationSeed
  grants?: Seed<GrantListEntry>[]
}

/** Rotation of a key: on when there is a period, and the rotations there were, as moments. */
export type RotationSeed = {
  KeyRotationEnabled?: boolean
  RotationPeriodInDays?: number
  NextRotationDate?: string
  rotations?: { RotationDate: string; RotationType?: 'AUTOMATIC' | 'ON_DEMAND' }[]
}

/** What a region's seed says of KMS. */
export type KmsRegionSeed = { keys?: KeySeed[] }
