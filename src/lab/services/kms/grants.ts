// Grants: who may do what with a key without its policy saying so.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html

import type { GrantConstraints, GrantOperation } from '@aws-sdk/client-kms'
import { parseArn } from '#kit/arn.ts'
import { newHex } from '#lab/ids.ts'
import type { Where } from './keys.ts'
import { contextBytes, type EncryptionContext } from './materials.ts'
import type { Grant, KmsKey, Watcher } from './model.ts'

/** What a service asks of a key for one of its resources. */
export type GrantWish = {
  /** `redshift`. */
  service: string
  operations: GrantOperation[]
  encryptionContext: EncryptionContext
  /** Whom the key tells when it becomes usable or unusable. */
  watcher?: Watcher
}

/** Adds a service's grant for a resource. */
export function addGrant(where: Where, key: KmsKey, wish: GrantWish): Grant {
  const principal = `${wish.service}.amazonaws.com`
  return putGrant(
    where,
    key,
    {
      // Unverified: what Redshift's own grants say of grantee, retiring principal and constraints.
      GranteePrincipal: principal,
      RetiringPrincipal: principal,
      Operations: wish.operations,
      ...(Object.keys(wish.encryptionContext).length > 0 && {
        Constraints: { EncryptionContextSubset: wish.encryptionContext },
      }),
    },
    wish.watcher,
  )
}

/** Adds a grant. */
export function putGrant(
  where: Where,
  key: KmsKey,
  facts: Omit<Grant['facts'], 'GrantId' | 'CreationDate' | 'KeyId' | 'IssuingAccount'>,
  watcher?: Watcher,
): Grant {
  const id = newHex(where.state, 64)
  const { partition, id: account } = where.region.account
  const grant: Grant = {
    id,
    token: Buffer.from(`grant ${id}`).toString('base64'),
    facts: {
      KeyId: key.arn,
      GrantId: id,
      CreationDate: new Date(where.now),
      IssuingAccount: `arn:${partition}:iam::${account}:root`,
      ...facts,
    },
    watcher,
  }
  key.grants.set(id, grant)
  return grant
}

/** Removes a grant. */
export function removeGrant(key: KmsKey, grant: Grant): void {
  key.grants.delete(grant.id)
}

/** Whether a grant of the key lets a principal (an ARN, or a service's name) do an operation. */
export function allowsByGrant(
  key: KmsKey,
  principal: string,
  operation: string,
  encryptionContext: EncryptionContext,
): boolean {
  for (const { facts } of key.grants.values()) {
    const { GranteePrincipal: grantee, GranteeServicePrincipal: service, Operations: operations } = facts
    if (!operations?.some((one) => one === operation)) continue
    if (!isGrantee(grantee ?? service, principal)) continue
    if (meetsConstraints(facts.Constraints, operation, encryptionContext)) return true
  }
  return false
}

// A role's grant is for all of its sessions. Unverified: a grant to the root of an account is for the account itself.
function isGrantee(grantee: string | undefined, principal: string): boolean {
  if (grantee === undefined) return false
  if (grantee === principal) return true
  const [of, who] = [parseArn(grantee), parseArn(principal)]
  if (!of || !who || of.account !== who.account) return false
  if (of.resource === 'root') return true
  const [kind, role] = who.resource.split('/')
  return kind === 'assumed-role' && of.resource.startsWith('role/') && of.resource.split('/').at(-1) === role
}

// "Grant constraints apply only to operations that support an encryption context": a DescribeKey is free of them.
const withContext = /^(Encrypt|Decrypt|GenerateDataKey|ReEncrypt|CreateGrant|RetireGrant)/

function meetsConstraints(
  {
    EncryptionContextEquals: equals,
    EncryptionContextSubset: subset,
    SourceArn: source,
  }: GrantConstraints = {},
  operation: string,
  context: EncryptionContext,
): boolean {
  // SourceArn is for calls that a service makes for a resource; nothing in the lab calls so.
  if (source !== undefined) return false
  if (!withContext.test(operation)) return true
  if (equals && !contextBytes(equals).equals(contextBytes(context))) return false
  return Object.entries(subset ?? {}).every(([name, value]) => context[name] === value)
}
