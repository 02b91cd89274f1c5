// The retention and the legal hold of single versions of objects.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html

import type * as client from '@aws-sdk/client-s3'
import { NoSuchKey$ } from '@aws-sdk/client-s3'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf } from './buckets.ts'
import { demandKnown, refusal } from './errors.ts'
import { keysChanged } from './keys.ts'
import type { Bucket, ObjectLock, Retention, StoredObject } from './model.ts'
import { checkedRetention, demandChangeable, lockOf } from './object-lock.ts'
import { versionsOf } from './object-store.ts'

const named = ['Bucket', 'Key', 'VersionId', 'RequestPayer', 'ExpectedBucketOwner']
const written = [...named, 'ContentMD5', 'ChecksumAlgorithm']

export const retentionOperations = {
  GetObjectRetention(input, context) {
    demandKnown(input, named)
    const { bucket, object } = lockable(input, context)
    const { retention } = lockOf(bucket, object)
    if (!retention) throw refusal('NoSuchObjectLockConfiguration')
    return { Retention: retention }
  },

  PutObjectRetention(input, context) {
    demandKnown(input, [...written, 'Retention', 'BypassGovernanceRetention'])
    const { bucket, object } = lockable(input, context)
    const { Retention: said = {}, BypassGovernanceRetention: bypasses } = input
    // An empty retention takes it away: S3 User Guide, "Object Lock considerations".
    const isNone = said.Mode === undefined && said.RetainUntilDate === undefined
    const wanted = isNone ? undefined : checkedRetention(said, context)
    const { retention: before, ...rest } = lockOf(bucket, object)
    if (before && !isStricter(before, wanted)) demandChangeable(bucket, input.Key, before, bypasses, context)
    keep(bucket, input.Key, object, { ...rest, ...(wanted && { retention: wanted }) })
    return {}
  },

  GetObjectLegalHold(input, context) {
    demandKnown(input, named)
    const { bucket, object } = lockable(input, context)
    const { legalHold } = lockOf(bucket, object)
    if (!legalHold) throw refusal('NoSuchObjectLockConfiguration')
    return { LegalHold: { Status: legalHold } }
  },

  PutObjectLegalHold(input, context) {
    demandKnown(input, [...written, 'LegalHold'])
    const { bucket, object } = lockable(input, context)
    const Status = input.LegalHold?.Status
    if (Status !== 'ON' && Status !== 'OFF') throw refusal('MalformedXML')
    keep(bucket, input.Key, object, { ...lockOf(bucket, object), legalHold: Status })
    return {}
  },
} satisfies Operations<typeof client>

type Named = { Bucket: string; Key: string; VersionId?: string | undefined }

function lockable(input: Named, context: Context): { bucket: Bucket; object: StoredObject } {
  const bucket = bucketOf(input, context)
  // Wording: versity/versitygw issue 1751.
  if (!bucket.objectLock) throw refusal('InvalidRequest', 'Bucket is missing Object Lock Configuration')
  const { Key, VersionId } = input
  const versions = versionsOf(bucket, Key, context)
  const wanted = VersionId === undefined ? versions[0] : versions.find((one) => one.versionId === VersionId)
  if (!wanted && VersionId !== undefined) throw refusal('NoSuchVersion', undefined, { Key, VersionId })
  // Unverified: that a delete marker named by its version is refused like this.
  if (wanted && !wanted.object && VersionId !== undefined) throw refusal('MethodNotAllowed')
  if (!wanted?.object) throw fault(NoSuchKey$, 'The specified key does not exist.', { Key })
  return { bucket, object: wanted.object }
}

// What makes a retention longer, or governance into compliance, needs no bypass ("you can extend a retention period").
function isStricter(before: Retention, wanted: Retention | undefined): boolean {
  if (!wanted || (before.Mode === 'COMPLIANCE' && wanted.Mode === 'GOVERNANCE')) return false
  return wanted.RetainUntilDate >= before.RetainUntilDate
}

// What a service made is kept from now on, as it is made anew each time it is read.
function keep(bucket: Bucket, key: string, object: StoredObject, lock: ObjectLock) {
  object.lock = lock
  const isFormer = bucket.former.get(key)?.some((version) => version.object === object)
  if (isFormer || bucket.objects.get(key) === object) return
  bucket.objects.set(key, object)
  keysChanged(bucket.objects)
}
