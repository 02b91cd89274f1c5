// What a call to S3 says of itself, by the names that conditions of policies have for it.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html

import { day } from '#kit/time.ts'
import { usualConditions } from './access-in.ts'

type Input = Record<string, unknown>

const said: Record<string, string> = {
  ACL: 's3:x-amz-acl',
  CopySource: 's3:x-amz-copy-source',
  Delimiter: 's3:delimiter',
  GrantFullControl: 's3:x-amz-grant-full-control',
  GrantRead: 's3:x-amz-grant-read',
  GrantReadACP: 's3:x-amz-grant-read-acp',
  GrantWrite: 's3:x-amz-grant-write',
  GrantWriteACP: 's3:x-amz-grant-write-acp',
  MaxKeys: 's3:max-keys',
  ObjectLockLegalHoldStatus: 's3:object-lock-legal-hold',
  ObjectLockMode: 's3:object-lock-mode',
  ObjectOwnership: 's3:x-amz-object-ownership',
  Prefix: 's3:prefix',
  ServerSideEncryption: 's3:x-amz-server-side-encryption',
  SSEKMSKeyId: 's3:x-amz-server-side-encryption-aws-kms-key-id',
  StorageClass: 's3:x-amz-storage-class',
  VersionId: 's3:versionid',
}

/** What a call says of itself, as the conditions of policies ask for it. */
export function conditionsOf(input: Input, now: number): Record<string, string> {
  const conditions = usualConditions()
  for (const [member, key] of Object.entries(said)) {
    if (input[member] !== undefined) conditions[key] = String(input[member])
  }
  const { CreateBucketConfiguration: created, LegalHold: hold } = input
  Object.assign(conditions, retentionConditions(input, now))
  if (typeof hold === 'object' && hold !== null && 'Status' in hold)
    conditions['s3:object-lock-legal-hold'] = String(hold.Status)
  if (typeof created === 'object' && created !== null && 'LocationConstraint' in created)
    conditions['s3:LocationConstraint'] = String(created.LocationConstraint)
  return conditions
}

// What is said of the retention of an object: S3 User Guide, "Object Lock considerations" (minimum and maximum periods).
function retentionConditions(input: Input, now: number): Record<string, string> {
  const said = (input.Retention ?? {}) as { Mode?: string; RetainUntilDate?: Date }
  const until = (input.ObjectLockRetainUntilDate as Date | undefined) ?? said.RetainUntilDate
  return {
    ...(said.Mode !== undefined && { 's3:object-lock-mode': said.Mode }),
    ...(until && {
      's3:object-lock-retain-until-date': until.toISOString(),
      's3:object-lock-remaining-retention-days': String(Math.ceil((until.getTime() - now) / day)),
    }),
  }
}
