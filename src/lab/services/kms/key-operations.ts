// Keys: making, describing, enabling, disabling and deleting them.

import type * as client from '@aws-sdk/client-kms'
import { type CreateKeyRequest, KMSInvalidStateException$ } from '@aws-sdk/client-kms'
import { day } from '#kit/time.ts'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import { newHex, newUuid } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getKey, makeKey, type Where } from './keys.ts'
import type { KmsKey } from './model.ts'
import { changeableKey, ownKey, unsupported } from './own.ts'
import { pageOf } from './page.ts'
import { checkedPolicy } from './policy-operations.ts'
import { rotateOverdue } from './rotation.ts'
import { demandState, notLeaving, setState } from './states.ts'
import { checkTags } from './tag-operations.ts'
import { viewKey } from './view.ts'

export const keyOperations = {
  CreateKey(input, context) {
    const key = created(input, context)
    context.region.kms.keys.set(key.id, key)
    return { KeyMetadata: viewKey(key) }
  },

  DescribeKey(input, context) {
    return { KeyMetadata: viewKey(getKey(context, context.account, input.KeyId)) }
  },

  ListKeys(input, { region }) {
    const keys = [...region.kms.keys.values()]
    const { items, ...page } = pageOf(keys, ({ id }) => id, input, { usual: 100, most: 1000 })
    return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...page }
  },

  UpdateKeyDescription(input, context) {
    const key = changeableKey(context, input.KeyId, 'UpdateKeyDescription')
    demandState(key, notLeaving)
    key.facts = { ...key.facts, Description: input.Description }
    return {}
  },

  EnableKey(input, context) {
    const key = changeableKey(context, input.KeyId, 'EnableKey')
    demandState(key, ['Enabled', 'Disabled'])
    setState(context, key, 'Enabled')
    rotateOverdue(key, context.now)
    return {}
  },

  DisableKey(input, context) {
    const key = changeableKey(context, input.KeyId, 'DisableKey')
    demandState(key, ['Enabled', 'Disabled'])
    setState(context, key, 'Disabled')
    return {}
  },

  ScheduleKeyDeletion(input, context) {
    const key = changeableKey(context, input.KeyId, 'ScheduleKeyDeletion')
    const days = input.PendingWindowInDays ?? 30
    checkWindow(days)
    demandState(key, notLeaving)
    const end = context.now + days * day
    setState(context, key, 'PendingDeletion')
    leaveAt(context, key, end)
    const DeletionDate = new Date(end)
    return { KeyId: key.arn, DeletionDate, KeyState: key.facts.KeyState, PendingWindowInDays: days }
  },

  CancelKeyDeletion(input, context) {
    const key = changeableKey(context, input.KeyId, 'CancelKeyDeletion')
    // Wording: recorded.
    if (key.facts.KeyState !== 'PendingDeletion' && key.facts.KeyState !== 'PendingReplicaDeletion')
      throw fault(KMSInvalidStateException$, `${key.arn} is not pending deletion.`)
    const { DeletionDate: _, PendingDeletionWindowInDays: __, ...facts } = key.facts
    key.facts = facts
    // "When this operation succeeds, the key state of the KMS key is Disabled": API, CancelKeyDeletion.
    setState(context, key, 'Disabled')
    return { KeyId: key.arn }
  },

  GetKeyLastUsage(input, context) {
    const key = ownKey(context, input.KeyId, 'GetKeyLastUsage')
    const { lastUse, facts } = key
    return {
      KeyId: key.arn,
      ...(lastUse && {
        KeyLastUsage: {
          Operation: lastUse.operation as client.KeyLastUsageTrackingOperation,
          Timestamp: new Date(lastUse.at),
          KmsRequestId: lastUse.request,
        },
      }),
      // The lab has recorded since the key exists. Unverified: when AWS began.
      TrackingStartDate: facts.CreationDate,
      KeyCreationDate: facts.CreationDate,
    }
  },
} satisfies Operations<typeof client>

/** Puts the end of a key pending deletion on the agenda. */
export function leaveAt(where: Where, key: KmsKey, end: number): void {
  key.facts = { ...key.facts, DeletionDate: new Date(end) }
  schedule(where.state, end, 'kms:deletion', where.region, key.id)
}

/** `kms:deletion`: a key is deleted, with its aliases, unless its deletion was cancelled or scheduled anew. */
export const deleteKey: TaskHandler = (id, { region: { kms }, now }) => {
  const key = kms.keys.get(id)
  if (key?.facts.KeyState !== 'PendingDeletion' || key.facts.DeletionDate?.getTime() !== now) return
  kms.keys.delete(id)
  for (const { name, target } of [...kms.aliases.values()]) if (target === id) kms.aliases.delete(name)
}

function created(input: CreateKeyRequest, context: Context): KmsKey {
  const { KeySpec = input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT', Origin = 'AWS_KMS' } = input
  if (KeySpec !== 'SYMMETRIC_DEFAULT' || (input.KeyUsage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT')
    throw unsupported(`The lab makes symmetric encryption keys only, not ${KeySpec}.`)
  if (input.CustomKeyStoreId !== undefined || input.XksKeyId !== undefined)
    throw unsupported('The lab has no custom key stores.')
  if (Origin !== 'AWS_KMS' && Origin !== 'EXTERNAL')
    throw unsupported(`The lab makes no keys of origin ${Origin}.`)
  checkTags(input.Tags ?? [])
  const id = input.MultiRegion ? `mrk-${newHex(context.state, 32)}` : newUuid(context.state)
  const key = makeKey(context.region, id, context.now)
  if (input.Policy !== undefined) {
    key.policy = checkedPolicy(input.Policy, key, context, input.BypassPolicyLockoutSafetyCheck)
  }
  key.tags = input.Tags ?? []
  key.facts = { ...key.facts, ...wished(input, key, context) }
  return key
}

function wished(
  { Description = '', Origin, MultiRegion }: CreateKeyRequest,
  { arn }: KmsKey,
  { region }: Context,
) {
  return {
    Description,
    ...(Origin === 'EXTERNAL' && { Origin, KeyState: 'PendingImport' as const, Enabled: false }),
    ...(MultiRegion && {
      MultiRegion,
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'PRIMARY' as const,
        PrimaryKey: { Arn: arn, Region: region.name },
        ReplicaKeys: [],
      },
    }),
  }
}

function checkWindow(days: number) {
  if (Number.isInteger(days) && days >= 7 && days <= 30) return
  // Unverified: the wording.
  throw common('ValidationError', `PendingWindowInDays must be between 7 and 30 (inclusive), not ${days}`)
}
