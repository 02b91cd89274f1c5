// Putting objects into a bucket and taking them out, with versions as far as the lab keeps them: the latest.

import { createHash } from 'node:crypto'
import { newHex } from '#lab/ids.ts'
import type { State } from '#lab/state.ts'
import { readObject, type Where } from './contents.ts'
import { refusal } from './errors.ts'
import { keysChanged } from './keys.ts'
import type { Bucket, ObjectFacts, StoredObject } from './model.ts'

/** Puts an object over whatever the key held. */
export function putObject(
  bucket: Bucket,
  key: string,
  body: Uint8Array,
  facts: ObjectFacts,
  { state, now }: Where,
): StoredObject {
  // API, PutObject and "Object key naming": 1,024 bytes.
  if (Buffer.byteLength(key) > 1_024)
    throw refusal('KeyTooLongError', undefined, { Size: Buffer.byteLength(key), MaxSizeAllowed: 1_024 })
  const stored: StoredObject = {
    body,
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    lastModified: now,
    versionId: newVersion(bucket, state),
    facts: { ...encryptionFacts(bucket), ...facts },
  }
  bucket.objects.set(key, stored)
  keysChanged(bucket.objects)
  return stored
}

/** Deletes a key; in a bucket with versions a delete marker takes its place. */
export function deleteObject(
  bucket: Bucket,
  key: string,
  { state, now }: Where,
): { DeleteMarker?: boolean; VersionId?: string } {
  const known = readObject(bucket, key, { state, now })
  if (bucket.objects.delete(key)) keysChanged(bucket.objects)
  // Only what a source makes needs to be remembered as gone.
  if (readObject(bucket, key, { state, now })) bucket.deleted.add(key)
  if (!bucket.versioning) return {}
  if (known) bucket.hasHistory = true
  const VersionId = newVersion(bucket, state)
  return { DeleteMarker: true, ...(VersionId !== undefined && { VersionId }) }
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
