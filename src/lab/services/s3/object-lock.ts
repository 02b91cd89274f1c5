// What Object Lock keeps from being deleted: versions younger than the bucket's default retention.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html

import { day } from '#kit/time.ts'
import { demandAccess } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'
import { accessIn } from './access-to.ts'
import { refusal } from './errors.ts'
import type { Bucket } from './model.ts'
import type { Version } from './object-store.ts'

/**
 * Throws unless a version may be deleted for good. The lab takes the retention from the bucket as it is now, where S3
 * keeps with each version what held when it was put; retention and legal holds of single objects are not modelled.
 */
export function demandUnlocked(
  bucket: Bucket,
  key: string,
  version: Version | undefined,
  bypasses: boolean | undefined,
  context: Context,
): void {
  const { Mode, Days, Years = 0 } = bucket.objectLock?.Rule?.DefaultRetention ?? {}
  if (!Mode || !version?.object || context.now >= version.lastModified + (Days ?? Years * 365) * day) return
  if (Mode === 'GOVERNANCE' && bypasses) {
    demandAccess(context, accessIn(bucket, 's3:BypassGovernanceRetention', key, context))
    return
  }
  throw refusal('AccessDenied', 'Access Denied because object protected by object lock.')
}
