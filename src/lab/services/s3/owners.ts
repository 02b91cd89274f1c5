// Owners of buckets, and the ACLs that canned names and headers stand for.

import type { Grant, Owner } from '@aws-sdk/client-s3'
import { hexOf } from '#lab/ids.ts'
import { refusal } from './errors.ts'

/** An account as S3 names it: by its canonical user id. */
export function ownerOf(account: string): Owner & { ID: string } {
  return { ID: hexOf(`canonical user ${account}`, 64) }
}

const groups = 'http://acs.amazonaws.com/groups'
const allUsers = `${groups}/global/AllUsers`
const anyAccount = `${groups}/global/AuthenticatedUsers`
const logDelivery = `${groups}/s3/LogDelivery`

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
const canned: Record<string, [uri: string, permission: Grant['Permission']][]> = {
  private: [],
  'public-read': [[allUsers, 'READ']],
  'public-read-write': [
    [allUsers, 'READ'],
    [allUsers, 'WRITE'],
  ],
  'authenticated-read': [[anyAccount, 'READ']],
  'log-delivery-write': [
    [logDelivery, 'WRITE'],
    [logDelivery, 'READ_ACP'],
  ],
}

/** The grants of a canned ACL. */
export function cannedAcl(account: string, name = 'private'): Grant[] {
  const grants = Object.hasOwn(canned, name) ? canned[name] : undefined
  if (!grants) throw refusal('InvalidArgument', undefined, { ArgumentName: 'x-amz-acl', ArgumentValue: name })
  return [
    toUser(ownerOf(account).ID, 'FULL_CONTROL'),
    ...grants.map(([URI, Permission]): Grant => ({ Grantee: { Type: 'Group', URI }, Permission })),
  ]
}

function toUser(ID: string, Permission: Grant['Permission']): Grant {
  return { Grantee: { Type: 'CanonicalUser', ID }, Permission }
}

/** The headers `x-amz-grant-…` of a call. */
export type GrantHeaders = {
  GrantFullControl?: string | undefined
  GrantRead?: string | undefined
  GrantReadACP?: string | undefined
  GrantWrite?: string | undefined
  GrantWriteACP?: string | undefined
}

const permissions = {
  GrantFullControl: 'FULL_CONTROL',
  GrantRead: 'READ',
  GrantReadACP: 'READ_ACP',
  GrantWrite: 'WRITE',
  GrantWriteACP: 'WRITE_ACP',
} as const

/** The grants that headers stand for, or undefined when there are none: `id="…", uri="…"`. */
export function headerGrants(headers: GrantHeaders): Grant[] | undefined {
  const grants = Object.entries(permissions).flatMap(([name, Permission]) => {
    const text = headers[name as keyof typeof permissions]
    return (text?.split(',') ?? []).map((grantee) => headerGrant(grantee.trim(), Permission))
  })
  return grants.length > 0 ? grants : undefined
}

function headerGrant(text: string, Permission: Grant['Permission']): Grant {
  const [, type, value] = /^(id|uri)="?([^"]+)"?$/.exec(text) ?? []
  if (value === undefined) throw refusal('InvalidArgument', undefined, { ArgumentValue: text })
  return type === 'id' ? toUser(value, Permission) : { Grantee: { Type: 'Group', URI: value }, Permission }
}
