// Putting objects into a bucket and taking them out, with their versions.

import { createHash } from 'node:crypto'
import { newHex } from '#lab/ids.ts'
import type { State } from '#lab/state.ts'
import { readObject, type Where } from './contents.ts'
import { refusal } from './errors.ts'
import { keysChanged } from './keys.ts'
import type { Bucket, FormerVersion, ObjectFacts, ObjectLock, StoredObject } from './model.ts'
import { usualLock } from './object-lock.ts'

/** What else may be said of an object that is put: the tag of an upload in parts, and what is to keep it. */
export type Putting = { etag?: string; lock?: ObjectLock }

/** Puts an object over whatever the key held. */
export function putObject(
  bucket: Bucket,
  key: string,
  body: Uint8Array,
  facts: ObjectFacts,
  { state, now }: Where,
  { etag = tagOf(body), lock = {} }: Putting = {},
): StoredObject {
  // API, PutObject and "Object key naming": 1,024 bytes.
  if (Buffer.byteLength(key) > 1_024)
    throw refusal('KeyTooLongError', undefined, { Size: Buffer.byteLength(key), MaxSizeAllowed: 1_024 })
  const stored: StoredObject = {
    body,
    etag,
    lastModified: now,
    versionId: newVersion(bucket, state),
    facts: { ...encryptionFacts(bucket), ...facts },
    ...(bucket.objectLock && { lock: { ...usualLock(bucket, now), ...lock } }),
  }
  pushDown(bucket, key, stored.versionId, { state, now })
  bucket.objects.set(key, stored)
  keysChanged(bucket.objects)
  return stored
}

/** The tag of a body that was put in one piece. */
export function tagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}

/** Deletes a key; in a bucket with versions a delete marker takes its place. */
export function deleteObject(
  bucket: Bucket,
  key: string,
  where: Where,
): { DeleteMarker?: boolean; VersionId?: string } {
  const VersionId = newVersion(bucket, where.state)
  pushDown(bucket, key, VersionId, where)
  takeAway(bucket, key, where)
  if (VersionId === undefined) return {}
  const marker = { versionId: VersionId, lastModified: where.now, object: undefined }
  setFormer(bucket, key, [marker, ...(bucket.former.get(key) ?? [])])
  return { DeleteMarker: true, VersionId }
}

/** Deletes one version for good; what was there before it stands there again. */
export function deleteVersion(
  bucket: Bucket,
  key: string,
  versionId: string,
  where: Where,
): { DeleteMarker?: boolean; VersionId: string } {
  const gone = versionsOf(bucket, key, where).find((version) => version.versionId === versionId)
  if (gone?.isLatest && gone.object) takeAway(bucket, key, where)
  const rest = (bucket.former.get(key) ?? []).filter((version) => version.versionId !== versionId)
  const [first, ...others] = rest
  const isFree = readObject(bucket, key, where) === undefined
  if (isFree && first?.object) {
    bucket.objects.set(key, first.object)
    keysChanged(bucket.objects)
    setFormer(bucket, key, others)
  } else setFormer(bucket, key, rest)
  // One that is not there is answered like one that was: API, DeleteObject.
  return { VersionId: versionId, ...(gone && !gone.object && { DeleteMarker: true }) }
}

/** A version of a key, or a delete marker: one without an object. */
export type Version = FormerVersion & { isLatest: boolean }

/** The versions of a key, newest first. */
export function versionsOf(bucket: Bucket, key: string, where: Where): Version[] {
  const object = readObject(bucket, key, where)
  const all = [...(object ? [asVersion(object)] : []), ...(bucket.former.get(key) ?? [])]
  return all.map((version, index) => ({ ...version, isLatest: index === 0 }))
}

function asVersion(object: StoredObject): FormerVersion {
  return { versionId: object.versionId ?? 'null', lastModified: object.lastModified, object }
}

// What stands there becomes an older version. There is one version called null: the next one takes its place.
function pushDown(bucket: Bucket, key: string, next: string | undefined, where: Where) {
  if (!bucket.versioning) return
  const kept = versionsOf(bucket, key, where).filter(({ versionId }) => versionId !== next)
  setFormer(
    bucket,
    key,
    kept.map(({ isLatest: _, ...version }) => version),
  )
}

function setFormer({ former }: Bucket, key: string, versions: FormerVersion[]) {
  if (versions.length === 0) former.delete(key)
  else former.set(key, versions)
  keysChanged(former)
}

function takeAway(bucket: Bucket, key: string, where: Where) {
  if (bucket.objects.delete(key)) keysChanged(bucket.objects)
  // Only what a source makes needs to be remembered as gone.
  if (readObject(bucket, key, where)) bucket.deleted.add(key)
}

// S3 User Guide, "PutObject in a versioning-suspended bucket": the version is called null.
function newVersion({ versioning }: Bucket, state: State): string | undefined {
  if (!versioning) return undefined
  return versioning === 'Enabled' ? newHex(state, 32) : 'null'
}

function encryptionFacts({ encryption }: Bucket): ObjectFacts {
  const [rule] = encryption
  const { SSEAlgorithm = 'AES256', KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {}
  if (SSEAlgorithm === 'AES256') return { ServerSideEncryption: 'AES256' }
  return {
    ServerSideEncryption: SSEAlgorithm,
    ...(KMSMasterKeyID !== undefined && { SSEKMSKeyId: KMSMasterKeyID }),
    ...(rule?.BucketKeyEnabled && { BucketKeyEnabled: true }),
  }
}
