// Grants as their operations.

import type * as client from '@aws-sdk/client-kms'
import { InvalidGrantTokenException$, NotFoundException$ } from '@aws-sdk/client-kms'
import { regionIn } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { putGrant, removeGrant } from './grants.ts'
import { getKey, type Where } from './keys.ts'
import { contextBytes } from './materials.ts'
import type { Grant, KmsKey } from './model.ts'
import { demandCustomerKey, unsupported } from './own.ts'
import { pageOf } from './page.ts'
import { demandState, forGrants, tell } from './states.ts'

const sizes = { usual: 50, most: 100 }

export const grantOperations = {
  CreateGrant(input, context) {
    const key = getKey(context, context.account, input.KeyId)
    demandCustomerKey(context, key, 'CreateGrant')
    if (input.DryRun) throw unsupported('The lab does not model DryRun.')
    if (!input.GranteePrincipal === !input.GranteeServicePrincipal)
      throw common(
        'ValidationError',
        'Exactly one of GranteePrincipal and GranteeServicePrincipal is needed.',
      )
    demandState(key, forGrants)
    const { KeyId: _, GrantTokens: __, DryRun: ___, ...facts } = input
    // "If you use the same name and parameters, CreateGrant returns the original GrantId": API, Name.
    const same =
      facts.Name === undefined ? undefined : [...key.grants.values()].find((grant) => isSame(grant, facts))
    const grant = same ?? putGrant(context, key, facts)
    return { GrantId: grant.id, GrantToken: grant.token }
  },

  ListGrants(input, context) {
    const key = getKey(context, context.account, input.KeyId)
    const all = [...key.grants.values()].filter(
      ({ id, facts }) =>
        (input.GrantId ?? id) === id &&
        (input.GranteePrincipal ?? facts.GranteePrincipal) === facts.GranteePrincipal,
    )
    const { items, ...page } = pageOf(all, ({ id }) => id, input, sizes)
    return { Grants: items.map(({ facts }) => facts), ...page }
  },

  ListRetirableGrants(input, context) {
    // "the retiring principal … you must specify … in your AWS account": grants of all keys of the region.
    const keys = [...context.state.accounts.values()]
      .filter(({ partition }) => partition === context.account.partition)
      .flatMap((account) => [...regionIn(account, context.region.name).kms.keys.values()])
    const all = keys
      .flatMap(({ grants }) => [...grants.values()])
      .filter(({ facts }) => facts.RetiringPrincipal === input.RetiringPrincipal)
    const { items, ...page } = pageOf(all, ({ id }) => id, input, sizes)
    return { Grants: items.map(({ facts }) => facts), ...page }
  },

  RevokeGrant(input, context) {
    const key = getKey(context, context.account, input.KeyId)
    drop(context, key, getGrant(key, input.GrantId))
    return {}
  },

  RetireGrant(input, context) {
    const { key, grant } = retired(input, context)
    const { RetiringPrincipal: retiring, GranteePrincipal: grantee, Operations: operations } = grant.facts
    const { account, principal } = context
    // "The grant's retiring principal, or its grantee if it has RetireGrant, or the account of the grant."
    const may =
      retiring === principal.arn ||
      (grantee === principal.arn && operations?.includes('RetireGrant')) ||
      grant.facts.IssuingAccount?.includes(`:${account.id}:`)
    if (!may)
      throw common(
        'AccessDenied',
        `User: ${principal.arn} is not authorized to perform: kms:RetireGrant on resource: ${key.arn}`,
      )
    drop(context, key, grant)
    return {}
  },
} satisfies Operations<typeof client>

function drop(where: Where, key: KmsKey, grant: Grant) {
  removeGrant(key, grant)
  tell(where, grant)
}

function retired(input: client.RetireGrantRequest, context: Where): { key: KmsKey; grant: Grant } {
  const { account } = context.region
  if (input.GrantToken !== undefined) {
    for (const key of regionIn(account, context.region.name).kms.keys.values()) {
      for (const grant of key.grants.values()) if (grant.token === input.GrantToken) return { key, grant }
    }
    throw fault(InvalidGrantTokenException$, 'Invalid grant token')
  }
  if (!input.KeyId || !input.GrantId)
    throw common('ValidationError', 'Must supply either a grant token, or a key ID and a grant ID.')
  const key = getKey(context, account, input.KeyId)
  return { key, grant: getGrant(key, input.GrantId) }
}

function getGrant(key: KmsKey, id: string): Grant {
  const grant = key.grants.get(id)
  // Wording: recorded by moto.
  if (!grant) throw fault(NotFoundException$, `Grant ID ${id} not found`)
  return grant
}

function isSame({ facts }: Grant, wish: Partial<Grant['facts']>): boolean {
  const told = ({
    Name,
    GranteePrincipal,
    RetiringPrincipal,
    Operations,
    Constraints,
  }: Partial<Grant['facts']>) =>
    JSON.stringify([
      Name,
      GranteePrincipal,
      RetiringPrincipal,
      [...(Operations ?? [])].sort(),
      contextBytes(Constraints?.EncryptionContextEquals).toString(),
      contextBytes(Constraints?.EncryptionContextSubset).toString(),
    ])
  return told(facts) === told(wish)
}
