// What the lab keeps of S3: buckets, which are one namespace in a partition, and the objects put into them.

import type {
  BucketLifecycleConfiguration,
  Grant,
  LoggingEnabled,
  ObjectLockConfiguration,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
  Tag,
} from '@aws-sdk/client-s3'
import type { PolicyDocument } from '#lab/iam/types.ts'
import type { Partition } from '#lab/regions.ts'

/** An object that somebody put. */
export type StoredObject = {
  body: Uint8Array
  etag: string
  lastModified: number
  versionId: string | undefined
  /** What PutObject said of it and GetObject repeats: ContentType, Metadata … */
  facts: ObjectFacts
  /** What keeps it, in a bucket with Object Lock. */
  lock?: ObjectLock
}

/** Until when a version cannot be deleted, and who may all the same. */
export type Retention = { Mode: 'GOVERNANCE' | 'COMPLIANCE'; RetainUntilDate: Date }

/** What keeps a version of an object. */
export type ObjectLock = { retention?: Retention; legalHold?: 'ON' | 'OFF' }

/** The members of PutObject that stay with an object. */
export type ObjectFacts = {
  ContentType?: string
  ContentEncoding?: string
  ContentDisposition?: string
  ContentLanguage?: string
  CacheControl?: string
  Metadata?: Record<string, string>
  ServerSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'aws:fsx' | 'aws:backup'
  SSEKMSKeyId?: string
  BucketKeyEnabled?: boolean
}

/** A version that is not the object of its key any more, or a delete marker: one without an object. */
export type FormerVersion = { versionId: string; lastModified: number; object: StoredObject | undefined }

/** An upload in parts. */
export type Upload = {
  key: string
  facts: ObjectFacts
  /** What was asked for to keep it; the bucket's default counts from the end of the upload. */
  lock?: ObjectLock
  startedAt: number
  /** The ARN of who began it. */
  by: string
  parts: Map<number, { body: Uint8Array; etag: string; lastModified: number }>
}

/**
 * Names where objects of a bucket come from that are made when they are listed and read. The kind finds the code and
 * begins with the name of the service that has it: `redshift:audit`.
 */
export type SourceName = { kind: string } & Record<string, string | number | boolean | undefined>

/** A bucket. What is undefined was never set, or was deleted. */
export type Bucket = {
  name: string
  partition: Partition
  region: string
  /** The account that owns it. */
  account: string
  createdAt: number
  /** The policy as it was put, and as it is evaluated. */
  policy: { text: string; document: PolicyDocument } | undefined
  publicAccessBlock: PublicAccessBlockConfiguration | undefined
  encryption: ServerSideEncryptionRule[]
  objectLock: ObjectLockConfiguration | undefined
  versioning: 'Enabled' | 'Suspended' | undefined
  ownership: ObjectOwnership | undefined
  acl: Grant[]
  lifecycle: BucketLifecycleConfiguration | undefined
  logging: LoggingEnabled | undefined
  tags: Tag[]
  objects: Map<string, StoredObject>
  /** What a key held before, newest first; the delete marker that hides a key stands first. Never an empty list. */
  former: Map<string, FormerVersion[]>
  /** Uploads in parts that are neither complete nor given up, by their id. */
  uploads: Map<string, Upload>
  sources: SourceName[]
  /** Keys of the sources that were deleted. */
  deleted: Set<string>
}

/** S3 in the whole lab: buckets by partition and name, and walls against the public by account. */
export type S3 = { buckets: Map<string, Bucket>; walls: Map<string, PublicAccessBlockConfiguration> }

/** S3 before anything was made. */
export function emptyS3(): S3 {
  return { buckets: new Map(), walls: new Map() }
}

/** A setting that is on in either of the walls around a bucket, its own and that of its account, is on. */
export function isWalled(
  { walls }: S3,
  { account, publicAccessBlock }: Bucket,
  setting: keyof PublicAccessBlockConfiguration,
): boolean {
  return Boolean(publicAccessBlock?.[setting] || walls.get(account)?.[setting])
}

/** What a bucket is kept under: its name is taken once in a partition. */
export function bucketKey(partition: string, name: string): string {
  return `${partition}/${name}`
}

/** The ARN of a bucket. */
export function bucketArn({ partition, name }: Pick<Bucket, 'partition' | 'name'>): string {
  return `arn:${partition}:s3:::${name}`
}
