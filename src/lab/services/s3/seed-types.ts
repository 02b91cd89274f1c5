// Buckets as a world says them.

import type {
  BucketLifecycleConfiguration,
  Grant,
  LoggingEnabled,
  ObjectLockConfiguration,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionConfiguration,
  Tag,
  VersioningConfiguration,
} from '@aws-sdk/client-s3'
import type { Seed } from '#lab/world.ts'

/** A bucket; `null` says that a configuration which AWS makes by itself was never made or was taken away. */
export type BucketSeed = {
  Name: string
  CreationDate?: string
  /** The policy as an object, or as text. */
  Policy?: object | string
  PublicAccessBlockConfiguration?: Seed<PublicAccessBlockConfiguration> | null
  ServerSideEncryptionConfiguration?: Seed<ServerSideEncryptionConfiguration>
  ObjectLockConfiguration?: Seed<ObjectLockConfiguration>
  VersioningConfiguration?: Seed<VersioningConfiguration>
  OwnershipControls?: Seed<OwnershipControls> | null
  Grants?: Seed<Grant>[]
  LifecycleConfiguration?: Seed<BucketLifecycleConfiguration>
  LoggingEnabled?: Seed<LoggingEnabled>
  TagSet?: Seed<Tag>[]
  objects?: ObjectSeed[]
}

/**
 * An object; its body is text, or Base64 where it says so. In a bucket with versions, one of a key that was named before
 * is its next version, and one that is a `DeleteMarker` hides it.
 */
export type ObjectSeed = {
  Key: string
  Body?: string
  DeleteMarker?: true
  isBase64?: boolean
  LastModified?: string
  ContentType?: string
}
