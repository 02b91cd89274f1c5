// Rotation of key material: automatic, and on demand.

import type * as client from '@aws-sdk/client-kms'
import { LimitExceededException$ } from '@aws-sdk/client-kms'
import { day } from '#kit/time.ts'
import { type Context, regionIn } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { findKey } from './keys.ts'
import { currentVersion, materialId } from './materials.ts'
import type { KmsKey } from './model.ts'
import { changeableKey, keyWithoutAlias, ownKey, unsupported } from './own.ts'
import { pageOf } from './page.ts'
import { usualPeriod } from './rotation.ts'
import { demandState } from './states.ts'

export const rotationOperations = {
  EnableKeyRotation(input, context) {
    const key = changeableKey(context, input.KeyId, 'EnableKeyRotation')
    demandRotatable(key)
    demandPrimary(key)
    demandState(key, ['Enabled'])
    const period = input.RotationPeriodInDays ?? usualPeriod
    checkPeriod(period)
    key.rotation = { ...key.rotation, enabled: true, period, next: context.now + period * day }
    return {}
  },

  DisableKeyRotation(input, context) {
    const key = changeableKey(context, input.KeyId, 'DisableKeyRotation')
    demandRotatable(key)
    demandPrimary(key)
    demandState(key, ['Enabled'])
    key.rotation = { ...key.rotation, enabled: false, next: undefined }
    return {}
  },

  GetKeyRotationStatus(input, context) {
    const key = keyWithoutAlias(context, input.KeyId)
    demandRotatable(key)
    const { enabled, period, next } = primaryOf(context, key).rotation
    // "the key rotation status … is set to false" while pending deletion: API, GetKeyRotationStatus.
    const isOn = enabled && key.facts.KeyState !== 'PendingDeletion'
    return {
      KeyId: key.arn,
      KeyRotationEnabled: isOn,
      ...(isOn && { RotationPeriodInDays: period }),
      ...(isOn && next !== undefined && { NextRotationDate: new Date(next) }),
    }
  },

  ListKeyRotations(input, context) {
    const key = ownKey(context, input.KeyId, 'ListKeyRotations')
    demandRotatable(key)
    const rotations = rotationsOf(key, input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL')
    const { items, ...page } = pageOf(rotations, ({ order }) => order, input, { usual: 100, most: 1000 })
    return { Rotations: items.map(({ entry }) => entry), ...page }
  },

  RotateKeyOnDemand(input, context) {
    const key = changeableKey(context, input.KeyId, 'RotateKeyOnDemand')
    demandRotatable(key)
    demandPrimary(key)
    demandState(key, ['Enabled'])
    // "maximum of 25 times per KMS key": quota. Unverified: the wording.
    if (key.rotation.done.filter(({ type }) => type === 'ON_DEMAND').length >= 25)
      throw fault(LimitExceededException$, `${key.arn} was rotated on demand as often as it may be.`)
    key.rotation.done.push({ at: context.now, type: 'ON_DEMAND' })
    return { KeyId: key.arn }
  },
} satisfies Operations<typeof client>

function rotationsOf(key: KmsKey, withFirst: boolean) {
  const first = withFirst ? [{ at: undefined, type: undefined, version: 0 }] : []
  const later = key.rotation.done.map((rotation, index) => ({ ...rotation, version: index + 1 }))
  return [...first, ...later].map(({ at, type, version }) => ({
    order: String(version).padStart(5, '0'),
    entry: {
      KeyId: key.arn,
      KeyMaterialId: materialId(key, version),
      KeyMaterialState: version === currentVersion(key) ? ('CURRENT' as const) : ('NON_CURRENT' as const),
      ...(at !== undefined && { RotationDate: new Date(at), RotationType: type }),
    },
  }))
}

/** "Not supported: asymmetric, HMAC, imported material, custom key stores": API, EnableKeyRotation. */
function demandRotatable({ facts, arn }: KmsKey): void {
  if (facts.KeySpec === 'SYMMETRIC_DEFAULT' && facts.Origin === 'AWS_KMS') return
  // Unverified: the wording. On-demand rotation of imported material exists since 2025 and is not modelled.
  throw unsupported(
    `${arn} origin is ${facts.Origin} and key spec ${facts.KeySpec}, which cannot be rotated.`,
  )
}

/**
 * "You enable and disable automatic key rotation only on the primary key", and rotation is a property that replicas share:
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html#multi-region-rotate
 */
function demandPrimary({ facts, arn }: KmsKey): void {
  if (facts.MultiRegionConfiguration?.MultiRegionKeyType !== 'REPLICA') return
  // Unverified: the wording.
  throw unsupported(`${arn} is a replica key, whose rotation is that of its primary key.`)
}

/** The primary key of a replica, as far as the lab has it; any other key is its own. AWS takes a moment to tell its replicas. */
function primaryOf({ region, state, now }: Context, key: KmsKey): KmsKey {
  const { MultiRegionKeyType, PrimaryKey } = key.facts.MultiRegionConfiguration ?? {}
  if (MultiRegionKeyType !== 'REPLICA' || !PrimaryKey?.Arn || !PrimaryKey.Region) return key
  const there = regionIn(region.account, PrimaryKey.Region)
  return findKey({ state, region: there, now }, region.account, PrimaryKey.Arn) ?? key
}

function checkPeriod(days: number) {
  if (Number.isInteger(days) && days >= 90 && days <= 2560) return
  const [word, bound] = days < 90 ? ['greater', 90] : ['less', 2560]
  throw common(
    'ValidationError',
    `1 validation error detected: Value '${days}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value ${word} than or equal to ${bound}`,
  )
}
