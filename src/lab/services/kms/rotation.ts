// Automatic rotation of key material, worked out when a key is looked at.
// https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable-disable.html

import { day } from '#kit/time.ts'
import type { KmsKey, Rotation } from './model.ts'

/** "The default value is 365 days": KMS API, EnableKeyRotation. */
export const usualPeriod = 365

/** Rotation that is off. */
export function noRotation(): Rotation {
  return { enabled: false, period: usualPeriod, next: undefined, done: [] }
}

/** Does the rotations that are due. A key rotates only while it is enabled, its schedule goes on. */
export function rotateDue({ rotation, facts }: KmsKey, now: number): void {
  if (!rotation.enabled || facts.KeyState !== 'Enabled') return
  while (rotation.next !== undefined && rotation.next <= now) {
    rotation.done.push({ at: rotation.next, type: 'AUTOMATIC' })
    rotation.next += rotation.period * day
  }
}

/**
 * A key is enabled again: if its rotation is overdue "AWS KMS rotates it immediately" (rotate-keys, "Disabled KMS keys"),
 * once.
 */
export function rotateOverdue({ rotation }: KmsKey, now: number): void {
  if (!rotation.enabled || rotation.next === undefined || rotation.next > now) return
  rotation.done.push({ at: now, type: 'AUTOMATIC' })
  rotation.next = now + rotation.period * day
}
