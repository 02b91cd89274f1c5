// What a call is about, where that matters to an event: whose key, bucket or role it used.

import { parseArn } from '#kit/arn.ts'
import type { State } from '#lab/state.ts'
import type { EventResource } from './model.ts'
import type { AnsweredCall } from './record.ts'

/** The owner of what was used, which may be another account than the caller's, and the event's `resources`. */
export type Subject = { owner: string; resources?: EventResource[] }

/** What a call of KMS, S3 or STS is about; undefined for all others, which name no resources. */
export function subjectOf(state: State, call: AnsweredCall): Subject | undefined {
  if (call.service === 's3') return bucketSubject(state, call)
  if (call.service === 'kms') return keySubject(state, call)
  return call.service === 'sts' ? roleSubject(call) : undefined
}

type Said = Record<string, unknown>

// S3 User Guide, "CloudTrail log file entries": the object, then the bucket with its account.
function bucketSubject({ s3 }: State, { input, principal }: AnsweredCall): Subject | undefined {
  const { Bucket, Key } = (input ?? {}) as Said
  if (typeof Bucket !== 'string') return undefined
  const { partition } = principal.account
  const bucket = s3.buckets.get(`${partition}/${Bucket}`)
  if (!bucket) return undefined
  const arn = `arn:${partition}:s3:::${Bucket}`
  const resources: EventResource[] = [{ accountId: bucket.account, type: 'AWS::S3::Bucket', ARN: arn }]
  if (typeof Key === 'string') resources.unshift({ type: 'AWS::S3::Object', ARN: `${arn}/${Key}` })
  return { owner: bucket.account, resources }
}

// KMS Developer Guide, "Logging AWS KMS API calls": resources holds the key. It is named by ARN, id or alias.
function keySubject(state: State, call: AnsweredCall): Subject | undefined {
  const { input, output } = call
  const asked = (input ?? {}) as Said
  const answered = (output ?? {}) as Said
  const metadata = answered.KeyMetadata as Said | undefined
  const named = [metadata?.Arn, answered.KeyId, asked.KeyId].find((name) => typeof name === 'string')
  if (typeof named !== 'string') return undefined
  const arn = keyArn(state, call, named)
  const owner = arn && parseArn(arn)?.account
  return arn && owner
    ? { owner, resources: [{ accountId: owner, type: 'AWS::KMS::Key', ARN: arn }] }
    : undefined
}

function keyArn({ accounts }: State, { principal, region }: AnsweredCall, name: string): string | undefined {
  const parts = parseArn(name)
  if (parts?.resource.startsWith('key/')) return name
  const account = accounts.get(parts?.account ?? principal.account.id)
  const kms = account?.regions.get(parts?.region ?? region)?.kms
  const alias = parts?.resource ?? name
  const id = alias.startsWith('alias/') ? kms?.aliases.get(alias)?.target : alias
  return id === undefined ? undefined : kms?.keys.get(id)?.arn
}

// IAM User Guide, "Logging IAM and AWS STS API calls with CloudTrail": the role's account has the event, too.
function roleSubject({ input }: AnsweredCall): Subject | undefined {
  const { RoleArn } = (input ?? {}) as Said
  const owner = typeof RoleArn === 'string' ? parseArn(RoleArn)?.account : undefined
  if (!owner || typeof RoleArn !== 'string') return undefined
  return { owner, resources: [{ accountId: owner, type: 'AWS::IAM::Role', ARN: RoleArn }] }
}
