// Whether a bucket policy or an ACL is public, as S3 defines it.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, "The meaning of public"

import type { Grant } from '@aws-sdk/client-s3'
import type { PolicyDocument, Statement } from '#lab/iam/types.ts'

/** Whether a policy grants anything to more than fixed values. */
export function isPublicPolicy({ Statement }: PolicyDocument): boolean {
  return Statement.some((statement) => statement.Effect === 'Allow' && isPublicStatement(statement))
}

function isPublicStatement({ Principal, Condition = {} }: Statement): boolean {
  const isFixed =
    Principal !== undefined && Object.values(Principal).every((names) => !names.some((name) => isOpen(name)))
  if (isFixed) return false
  return !Object.entries(Condition).some(
    ([operator, keys]) =>
      isNarrowing(operator) &&
      Object.entries(keys).some(([key, values]) => narrows(key.toLowerCase(), values)),
  )
}

// A negated or optional condition leaves everybody else in. Unverified: how S3 takes the set operators and `…IfExists`.
function isNarrowing(operator: string): boolean {
  return /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/i.test(operator)
}

const fixedKeys = [
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:principalorgid',
  'aws:principalaccount',
  'aws:principalarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointaccount',
]

function narrows(key: string, values: string[]): boolean {
  if (key === 'aws:sourceip') return values.every(isNarrowRange)
  if (key === 'aws:userid')
    return values.every((value) => (/^[^*?:]+:\*$/.test(value) ? false : !isOpen(value)))
  // The name of the access point may be open as long as the account is fixed.
  if (key === 's3:dataaccesspointarn')
    return values.every((value) => /^arn:[a-z-]+:s3:[^:]*:\d{12}:accesspoint\//.test(value))
  return fixedKeys.includes(key) && values.every((value) => !isOpen(value))
}

function isOpen(value: string): boolean {
  return /[*?]|\$\{/.test(value)
}

// "Values broader than /8 for IPv4 and /32 for IPv6 (excluding RFC1918 private ranges)" are public.
function isNarrowRange(range: string): boolean {
  if (isOpen(range)) return false
  const [address = '', bits] = range.split('/')
  if (bits === undefined) return true
  return Number(bits) >= (address.includes(':') ? 32 : 8)
}

const everybody = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
]

/** Whether an ACL grants anything to everybody or to every AWS account. */
export function isPublicAcl(grants: Grant[]): boolean {
  return grants.some(({ Grantee }) => Grantee?.URI !== undefined && everybody.includes(Grantee.URI))
}
