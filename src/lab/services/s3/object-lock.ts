// What Object Lock keeps from being deleted: versions whose retention is not over, and those under a legal hold.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html

import type * as client from '@aws-sdk/client-s3'
import { day } from '#kit/time.ts'
import { demandAccess, mayDo } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'
import { accessIn } from './access-in.ts'
import { conditionsOf } from './conditions.ts'
import { refusal } from './errors.ts'
import type { Bucket, ObjectLock, Retention, StoredObject } from './model.ts'
import type { Version } from './object-store.ts'

/** Throws unless a version may be deleted for good. */
export function demandUnlocked(
  bucket: Bucket,
  key: string,
  version: Version | undefined,
  bypasses: boolean | undefined,
  context: Context,
): void {
  const { retention, legalHold } = lockOf(bucket, version?.object)
  if (legalHold === 'ON') throw isProtected()
  if (retention) demandChangeable(bucket, key, retention, bypasses, context)
}

/** Throws unless a retention may be taken away or cut short: it is over, or in a mode that the caller may bypass. */
export function demandChangeable(
  bucket: Bucket,
  key: string,
  { Mode, RetainUntilDate }: Retention,
  bypasses: boolean | undefined,
  context: Context,
): void {
  if (context.now >= RetainUntilDate.getTime()) return
  if (Mode !== 'GOVERNANCE' || !bypasses) throw isProtected()
  demandAccess(context, accessIn(bucket, 's3:BypassGovernanceRetention', key, context))
}

function isProtected() {
  return refusal('AccessDenied', 'Access Denied because object protected by object lock.')
}

/**
 * What holds for a version: what was said when it was put or since. What a service delivered was put by nobody here, and
 * follows the bucket's default as it is now, where S3 keeps with each version what held at the time.
 */
export function lockOf(bucket: Bucket, object: StoredObject | undefined): ObjectLock {
  if (!object) return {}
  return object.lock ?? usualLock(bucket, object.lastModified)
}

/** The lock that a bucket gives a version by itself. */
export function usualLock({ objectLock }: Bucket, from: number): ObjectLock {
  const { Mode, Days, Years = 0 } = objectLock?.Rule?.DefaultRetention ?? {}
  if (!Mode) return {}
  return { retention: { Mode, RetainUntilDate: new Date(from + (Days ?? Years * 365) * day) } }
}

/** What a put says of the lock of its object. */
export type LockWish = Pick<
  client.PutObjectRequest,
  'ObjectLockMode' | 'ObjectLockRetainUntilDate' | 'ObjectLockLegalHoldStatus'
>

/** The members by which a put says it. */
export const lockMembers = ['ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus']

/** The lock that a put asks for, where it may. In a bucket without Object Lock none may be asked for. */
export function lockWanted(bucket: Bucket, key: string, wish: LockWish, context: Context): ObjectLock {
  const { ObjectLockMode: Mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = wish
  const isAsked = Mode !== undefined || until !== undefined || hold !== undefined
  // Wording here, which is not that of the calls for single objects: versity/versitygw issue 1751.
  if (isAsked && !bucket.objectLock)
    throw refusal('InvalidRequest', 'Bucket is missing ObjectLockConfiguration')
  if ((Mode === undefined) !== (until === undefined)) {
    const message = 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied'
    throw refusal('InvalidArgument', message)
  }
  // "To set a retention period or a legal hold while uploading you need s3:PutObjectRetention and s3:PutObjectLegalHold".
  const demand = (action: string) =>
    demandAccess(context, accessIn(bucket, action, key, context, conditionsOf(wish, context.now)))
  if (Mode) demand('s3:PutObjectRetention')
  if (hold) demand('s3:PutObjectLegalHold')
  const retention = Mode && until && checkedRetention({ Mode, RetainUntilDate: until }, context)
  return { ...(retention && { retention }), ...(hold && { legalHold: hold }) }
}

/** A retention as a call says it, or S3's refusal of it. */
export function checkedRetention(said: client.ObjectLockRetention, { now }: { now: number }): Retention {
  const { Mode, RetainUntilDate } = said
  if (said.EventHold !== undefined || said.EventHoldDuration !== undefined)
    throw refusal('NotImplemented', 'The lab does not model holds by events.')
  if ((Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE') || !RetainUntilDate) throw refusal('MalformedXML')
  if (RetainUntilDate.getTime() > now) return { Mode, RetainUntilDate }
  throw refusal('InvalidArgument', 'The retain until date must be in the future!')
}

/** What GetObject and HeadObject tell of a lock, to those who may ask for it. */
export function viewLock(bucket: Bucket, key: string, object: StoredObject, context: Context): LockWish {
  const { retention, legalHold } = lockOf(bucket, object)
  const may = (action: string) => mayDo(context, accessIn(bucket, action, key, context)).allowed
  return {
    ...(retention &&
      may('s3:GetObjectRetention') && {
        ObjectLockMode: retention.Mode,
        ObjectLockRetainUntilDate: retention.RetainUntilDate,
      }),
    ...(legalHold && may('s3:GetObjectLegalHold') && { ObjectLockLegalHoldStatus: legalHold }),
  }
}
