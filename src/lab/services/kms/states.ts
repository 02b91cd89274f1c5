// The states of keys: which operation needs which, and who is told when one changes.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

import { DisabledException$, type KeyState, KMSInvalidStateException$ } from '@aws-sdk/client-kms'
import { schedule } from '#lab/agenda.ts'
import { regionIn } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Where } from './keys.ts'
import type { Grant, KmsKey } from './model.ts'

/** States in which a key encrypts and decrypts. */
export const forUse: KeyState[] = ['Enabled', 'Updating']

/** States in which grants are made. */
export const forGrants: KeyState[] = ['Enabled', 'Unavailable', 'Updating']

/** States in which a key may be changed: all but those of a key on its way out. */
export const notLeaving: KeyState[] = ['Enabled', 'Disabled', 'PendingImport', 'Unavailable', 'Updating']

/** Throws DisabledException or KMSInvalidStateException unless the key is in one of the states. */
export function demandState(key: KmsKey, states: KeyState[]): void {
  const state = key.facts.KeyState
  if (states.includes(state)) return
  if (state === 'Disabled') throw fault(DisabledException$, `${key.arn} is disabled.`)
  // Wording: "… is pending deletion." and "… is pending import." are recorded.
  const words = state.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  throw fault(KMSInvalidStateException$, `${key.arn} is ${words}.`)
}

/** Brings a key into a state, and tells whoever depends on it when it has become usable or unusable. */
export function setState(where: Where, key: KmsKey, state: KeyState): void {
  const was = forUse.includes(key.facts.KeyState)
  key.facts = { ...key.facts, KeyState: state, Enabled: state === 'Enabled' }
  if (was === forUse.includes(state)) return
  for (const grant of key.grants.values()) tell(where, grant)
}

/** Tells whoever stands behind a grant that something about the key has changed. */
export function tell({ state, now }: Where, { watcher }: Grant): void {
  const account = state.accounts.get(watcher?.account ?? '')
  if (watcher && account)
    schedule(state, now, watcher.kind, regionIn(account, watcher.region), watcher.subject)
}
