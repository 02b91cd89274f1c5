// What IAM checks of a call to KMS: the key with its policy and grants, aliases besides.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html

import { parseArn } from '#kit/arn.ts'
import { arnIn, type Context } from '#lab/state.ts'
import type { Access } from '#lab/wire/operations.ts'
import { findKey } from './keys.ts'
import { type EncryptionContext, readCiphertext } from './materials.ts'
import type { KmsKey } from './model.ts'
import { accessToKey, keyConditions } from './use.ts'

type Input = Record<string, unknown>

/** Every check of a call. */
export function accessTo(action: string, input: Input, context: Context): Access[] {
  switch (action) {
    case 'CreateKey':
      return [
        { action: 'kms:CreateKey', resource: '*', conditions: conditionsOf(action, input, context) },
        ...toTag(input, context),
      ]
    case 'ListKeys':
    case 'ListAliases':
    case 'ListRetirableGrants':
      return [{ action: `kms:${action}`, resource: '*', conditions: conditionsOf(action, input, context) }]
    case 'CreateAlias':
    case 'UpdateAlias':
      return [
        alias(action, input, context),
        ...toKey(action, text(input.TargetKeyId), input, context),
        ...(action === 'UpdateAlias' ? toKey(action, text(input.AliasName), input, context) : []),
      ]
    case 'DeleteAlias':
      return [alias(action, input, context), ...toKey(action, text(input.AliasName), input, context)]
    case 'ReEncrypt':
      return [
        ...toKey('ReEncryptFrom', source(input, text(input.SourceKeyId)), input, context, 'Source'),
        ...toKey('ReEncryptTo', text(input.DestinationKeyId), input, context, 'Destination'),
      ]
    case 'Decrypt':
      return toKey(action, source(input, text(input.KeyId)), input, context)
    default:
      return toKey(action, text(input.KeyId), input, context)
  }
}

function source({ CiphertextBlob: bytes }: Input, given: string | undefined): string | undefined {
  return given ?? (bytes instanceof Uint8Array ? readCiphertext(bytes)?.keyArn : undefined)
}

/** "To use this parameter, you must have kms:TagResource permission in an IAM policy": API, CreateKey, Tags. */
function toTag({ Tags: tags }: Input, { region }: Context): Access[] {
  if (!Array.isArray(tags) || tags.length === 0) return []
  // Unverified: which resource is looked at for a key that is not there yet; any key of the account here.
  return [{ action: 'kms:TagResource', resource: arnIn(region, 'kms', 'key/*') }]
}

function alias(action: string, { AliasName: name }: Input, { region }: Context): Access {
  return { action: `kms:${action}`, resource: arnIn(region, 'kms', String(name)) }
}

function toKey(
  operation: string,
  ref: string | undefined,
  input: Input,
  context: Context,
  side = '',
): Access[] {
  if (ref === undefined) return []
  const given = input[`${side}EncryptionContext`] as EncryptionContext | undefined
  const conditions = conditionsOf(operation, { ...input, EncryptionContext: given }, context)
  const key = findKey(context, context.account, ref)
  if (!key) return [{ action: `kms:${operation}`, resource: missingArn(context, ref), conditions }]
  const more = {
    ...conditions,
    ...aboutKey(key, context),
    ...(ref.includes('alias/') && { 'kms:RequestAlias': ref.slice(ref.indexOf('alias/')) }),
  }
  return [accessToKey(context, key, operation, more, given)]
}

function missingArn({ region }: Context, ref: string): string {
  return parseArn(ref) ? ref : arnIn(region, 'kms', ref.startsWith('alias/') ? ref : `key/${ref}`)
}

function aboutKey(key: KmsKey, context: Context): Record<string, string | string[]> {
  const { KeySpec, KeyUsage, Origin, MultiRegion } = key.facts
  const aliases = [...context.region.kms.aliases.values()].filter(({ target }) => target === key.id)
  return {
    ...(KeySpec && { 'kms:KeySpec': KeySpec }),
    ...(KeyUsage && { 'kms:KeyUsage': KeyUsage }),
    ...(Origin && { 'kms:KeyOrigin': Origin }),
    'kms:MultiRegion': String(MultiRegion === true),
    'kms:ResourceAliases': aliases.map(({ name }) => name),
    ...Object.fromEntries(
      key.tags.map(({ TagKey, TagValue }) => [`aws:ResourceTag/${TagKey}`, TagValue ?? '']),
    ),
  }
}

function conditionsOf(action: string, input: Input, { account }: Context): Record<string, string | string[]> {
  const conditions = keyConditions(account.id, input.EncryptionContext as EncryptionContext | undefined)
  const add = (name: string, value: unknown) => {
    if (value === undefined) return
    conditions[name] = Array.isArray(value) ? value.map(String) : String(value)
  }
  if (action === 'CreateGrant') {
    add('kms:GranteePrincipal', input.GranteePrincipal)
    add('kms:RetiringPrincipal', input.RetiringPrincipal)
    add('kms:GrantOperations', input.Operations)
    add('kms:GrantIsForAWSResource', false)
    const constraints = Object.keys((input.Constraints as object | undefined) ?? {})
    add('kms:GrantConstraintType', constraints[0])
  }
  if (action === 'ScheduleKeyDeletion')
    add('kms:ScheduleKeyDeletionPendingWindowInDays', input.PendingWindowInDays ?? 30)
  if (action === 'EnableKeyRotation') add('kms:RotationPeriodInDays', input.RotationPeriodInDays)
  if (action === 'CreateKey' || action === 'PutKeyPolicy')
    add('kms:BypassPolicyLockoutSafetyCheck', input.BypassPolicyLockoutSafetyCheck ?? false)
  return conditions
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
