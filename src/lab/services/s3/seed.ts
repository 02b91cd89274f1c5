// Makes buckets from a world, everything left out as S3 makes a bucket today.

import {
  BucketLifecycleConfiguration$,
  Grant$,
  LoggingEnabled$,
  ObjectLockConfiguration$,
  type ObjectOwnership,
  OwnershipControls$,
  PublicAccessBlockConfiguration$,
  ServerSideEncryptionConfiguration$,
  Tag$,
  VersioningConfiguration$,
} from '@aws-sdk/client-s3'
import { day, parseDuration } from '#kit/time.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import { isBucketName, newBucket, usualEncryption } from './buckets.ts'
import { keysChanged } from './keys.ts'
import { type Bucket, bucketKey } from './model.ts'
import { deleteObject, putObject } from './object-store.ts'
import { readPolicy } from './policies.ts'
import { wholeBlock } from './protection.ts'
import type { BucketSeed, ObjectSeed } from './seed-types.ts'

/** Fills a region with its buckets. Throws one clear sentence when a seed contradicts itself. */
export function seedBuckets(region: Region, seed: RegionSeed, seeding: Seeding): void {
  const { buckets } = seeding.state.s3
  for (const one of seed.buckets ?? []) {
    if (!isBucketName(one.Name)) throw new Error(`${one.Name} is no name of a bucket`)
    const key = bucketKey(region.account.partition, one.Name)
    if (buckets.has(key)) throw new Error(`the bucket ${one.Name} is given twice`)
    buckets.set(key, seedBucket(region, one, seeding))
  }
}

const members = [
  ...[
    'Name',
    'CreationDate',
    'Policy',
    'PublicAccessBlockConfiguration',
    'ServerSideEncryptionConfiguration',
  ],
  ...['ObjectLockConfiguration', 'VersioningConfiguration', 'OwnershipControls', 'Grants'],
  ...['LifecycleConfiguration', 'LoggingEnabled', 'TagSet', 'objects'],
]

function seedBucket({ name: region, account }: Region, seed: BucketSeed, { state, now }: Seeding): Bucket {
  const where = `bucket ${seed.Name}`
  demandMembers(seed, members, where)
  const createdAt = momentOf(seed.CreationDate ?? '-400d', now, where)
  const bucket = newBucket({ name: seed.Name, region, account, now: createdAt })
  applyProtection(bucket, seed, now, where)
  applySettings(bucket, seed, now, where)
  if (seed.Policy !== undefined) {
    bucket.policy = readPolicy(
      bucket,
      typeof seed.Policy === 'string' ? seed.Policy : JSON.stringify(seed.Policy),
    )
  }
  for (const object of seed.objects ?? []) {
    demandMembers(
      object,
      ['Key', 'Body', 'DeleteMarker', 'isBase64', 'LastModified', 'ContentType'],
      `${where}: ${object.Key}`,
    )
    const at = momentOf(object.LastModified ?? new Date(now - day).toISOString(), now, where)
    if (object.DeleteMarker) {
      if (!bucket.versioning) throw new Error(`${where} keeps no versions, so it has no delete markers`)
      deleteObject(bucket, object.Key, { state, now: at })
      continue
    }
    const facts = { ContentType: object.ContentType ?? 'binary/octet-stream' }
    putObject(bucket, object.Key, bodyOf(object), facts, { state, now: at })
  }
  keysChanged(bucket.objects)
  return bucket
}

function applyProtection(bucket: Bucket, seed: BucketSeed, now: number, where: string) {
  const read = <Shape>(schema: Parameters<typeof readPlain>[0], value: unknown, name: string) =>
    readPlain<Shape>(schema, value, now, `${where}: ${name}`)
  const { PublicAccessBlockConfiguration: block, OwnershipControls: owners } = seed
  if (block === null) bucket.publicAccessBlock = undefined
  else if (block)
    bucket.publicAccessBlock = wholeBlock(
      read(PublicAccessBlockConfiguration$, block, 'PublicAccessBlockConfiguration'),
    )
  if (owners === null) bucket.ownership = undefined
  else if (owners) {
    const { Rules } = read<{ Rules?: { ObjectOwnership?: ObjectOwnership }[] }>(
      OwnershipControls$,
      owners,
      'OwnershipControls',
    )
    bucket.ownership = Rules?.[0]?.ObjectOwnership
  }
  if (seed.ServerSideEncryptionConfiguration) {
    const { Rules } = read<{ Rules?: Bucket['encryption'] }>(
      ServerSideEncryptionConfiguration$,
      seed.ServerSideEncryptionConfiguration,
      'ServerSideEncryptionConfiguration',
    )
    bucket.encryption = Rules ?? usualEncryption()
  }
  if (seed.VersioningConfiguration) {
    const { Status } = read<{ Status?: 'Enabled' | 'Suspended' }>(
      VersioningConfiguration$,
      seed.VersioningConfiguration,
      'VersioningConfiguration',
    )
    bucket.versioning = Status
  }
  if (!seed.ObjectLockConfiguration) return
  bucket.objectLock = read(ObjectLockConfiguration$, seed.ObjectLockConfiguration, 'ObjectLockConfiguration')
  // Object Lock is never without versions.
  bucket.versioning = 'Enabled'
}

function applySettings(bucket: Bucket, seed: BucketSeed, now: number, where: string) {
  const { Grants, LifecycleConfiguration, LoggingEnabled, TagSet } = seed
  if (Grants) bucket.acl = Grants.map((grant) => readPlain(Grant$, grant, now, `${where}: Grants`))
  if (LifecycleConfiguration)
    bucket.lifecycle = readPlain(
      BucketLifecycleConfiguration$,
      LifecycleConfiguration,
      now,
      `${where}: LifecycleConfiguration`,
    )
  if (LoggingEnabled)
    bucket.logging = readPlain(LoggingEnabled$, LoggingEnabled, now, `${where}: LoggingEnabled`)
  if (TagSet) bucket.tags = TagSet.map((tag) => readPlain(Tag$, tag, now, `${where}: TagSet`))
}

function bodyOf({ Body, isBase64, Key }: ObjectSeed): Uint8Array {
  if (Body === undefined) throw new Error(`the object ${Key} has no Body`)
  return Buffer.from(Body, isBase64 ? 'base64' : 'utf8')
}

function momentOf(text: string, now: number, where: string): number {
  const duration = parseDuration(text)
  const moment = duration === undefined ? Date.parse(text) : now + duration
  if (Number.isNaN(moment)) throw new Error(`${where} has the moment ${text}, which is none`)
  return moment
}
