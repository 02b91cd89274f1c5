// Aliases of keys.

import type * as client from '@aws-sdk/client-kms'
import { AlreadyExistsException$, InvalidAliasNameException$, NotFoundException$ } from '@aws-sdk/client-kms'
import { arnIn, type Context, type Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getKey, notFound } from './keys.ts'
import type { Alias, KmsKey } from './model.ts'
import { changeableKey, onlyOwn } from './own.ts'
import { pageOf } from './page.ts'
import { demandState, notLeaving } from './states.ts'

export const aliasOperations = {
  CreateAlias(input, context) {
    const { region, now } = context
    checkName(input.AliasName)
    if (input.AliasName.startsWith('alias/aws/')) throw fault(InvalidAliasNameException$, reserved)
    const target = targetOf(context, input.TargetKeyId, 'CreateAlias')
    demandState(target, notLeaving)
    const name = input.AliasName
    if (region.kms.aliases.has(name)) {
      // Wording: recorded by users of Terraform.
      const arn = arnIn(region, 'kms', name)
      throw fault(AlreadyExistsException$, `An alias with the name ${arn} already exists`)
    }
    region.kms.aliases.set(name, { name, target: target.id, created: now, updated: now })
    return {}
  },

  UpdateAlias(input, context) {
    const alias = getAlias(context.region, input.AliasName)
    const target = targetOf(context, input.TargetKeyId, 'UpdateAlias')
    demandState(target, notLeaving)
    alias.target = target.id
    alias.updated = context.now
    return {}
  },

  DeleteAlias(input, { region }) {
    region.kms.aliases.delete(getAlias(region, input.AliasName).name)
    return {}
  },

  ListAliases(input, context) {
    const { region, account } = context
    const key = input.KeyId === undefined ? undefined : getKey(context, account, input.KeyId)
    if (key) onlyOwn(context, key, 'ListAliases')
    const all = [...aliasesOf(region)].filter(({ target }) => !key || target === key.id)
    const { items, ...page } = pageOf(all, ({ name }) => name, input, { usual: 50, most: 100 })
    return { Aliases: items.map((alias) => viewAlias(region, alias)), ...page }
  },
} satisfies Operations<typeof client>

// "the response might include aliases that have no TargetKeyId field … predefined aliases that AWS has created but has
// not yet associated with a KMS key": API, ListAliases. The lab lists that of the service it is about.
function* aliasesOf({ kms: { aliases } }: Region): Iterable<Alias> {
  yield* aliases.values()
  const name = 'alias/aws/redshift'
  if (!aliases.has(name)) yield { name, target: undefined, created: 0, updated: 0 }
}

function viewAlias(region: Region, { name, target, created, updated }: Alias): client.AliasListEntry {
  return {
    AliasName: name,
    AliasArn: arnIn(region, 'kms', name),
    ...(target !== undefined && {
      TargetKeyId: target,
      CreationDate: new Date(created),
      LastUpdatedDate: new Date(updated),
    }),
  }
}

// Neither operation declares InvalidArn. Unverified: the wording.
function targetOf(context: Context, ref: string, operation: string): KmsKey {
  if (/(^|:)alias\//.test(ref)) throw common('ValidationError', 'Aliases must refer to keys. Not aliases')
  return changeableKey(context, ref, operation)
}

function getAlias(region: Region, name: string): Alias {
  checkName(name)
  // Unverified: what AWS answers; UpdateAlias and DeleteAlias declare no InvalidAliasName.
  if (name.startsWith('alias/aws/')) throw common('ValidationError', reserved)
  const alias = region.kms.aliases.get(name)
  if (alias) return alias
  throw fault(NotFoundException$, notFound(region, name))
}

// Unverified: the wording.
const reserved = 'Alias names that begin with alias/aws/ are reserved for AWS.'

// Pattern: API, CreateAlias. Wordings: "Invalid identifier" is recorded.
function checkName(name: string) {
  if (!name.startsWith('alias/') || name.length > 256) throw common('ValidationError', 'Invalid identifier')
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw common(
      'ValidationError',
      `1 validation error detected: Value '${name}' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$`,
    )
  }
}
