// The calls that make a customer-managed key: the key, its yearly rotation, its alias.

import { call } from './action.ts'
import type { ChangeDraft } from './practice.ts'
import { madeBy } from './reference.ts'
import { arnOf, type Place } from './resource.ts'

const path = 'Key Management Service › Customer managed keys'

/** The ARN of the key that `newKey` makes, for later drafts of the same remediation. */
export const newKeyArn = madeBy('key', 'KeyMetadata.Arn')

/** Makes a key with an alias, rotated by AWS every year; its policy is the default one. Each can be taken back. */
export function newKey(place: Place, name: string): ChangeDraft[] {
  const alias = arnOf('kms:alias', place, name)
  return [
    {
      title: `Make key ${name}`,
      label: 'key',
      call: call('kms:CreateKey', {
        Description: `For Amazon Redshift: ${name}`,
        Tags: [{ TagKey: 'redoubt:alias', TagValue: name }],
      }),
      effects: [
        { resource: newKeyArn, fact: 'exists', before: false, after: true },
        { resource: newKeyArn, fact: 'metadata.KeyState', before: null, after: 'Enabled' },
      ],
      console: `${path} › Create key: symmetric, encrypt and decrypt`,
      impact: 'none',
      notes: ['the policy of the key lets the account itself decide by IAM'],
      undo: {
        call: call('kms:ScheduleKeyDeletion', { KeyId: newKeyArn, PendingWindowInDays: 7 }),
        console: `${path} › ${name} › Key actions › Schedule key deletion: 7 days`,
        cleanup: true,
        impact: 'irreversible',
        warning: 'the key is deleted after 7 days, and with it whatever was put under it meanwhile',
        proof: [{ resource: newKeyArn, fact: 'metadata.KeyState', value: 'PendingDeletion' }],
      },
    },
    {
      title: `Let AWS rotate key ${name} every year`,
      call: call('kms:EnableKeyRotation', { KeyId: newKeyArn }),
      effects: [{ resource: newKeyArn, fact: 'rotation.KeyRotationEnabled', before: false, after: true }],
      console: `${path} › ${name} › Key rotation › Edit: Enable`,
      impact: 'none',
      undo: {
        call: call('kms:DisableKeyRotation', { KeyId: newKeyArn }),
        console: `${path} › ${name} › Key rotation › Edit: Disable`,
      },
    },
    {
      title: `Call the key alias/${name}`,
      call: call('kms:CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: newKeyArn }),
      effects: [
        { resource: alias, fact: 'exists', before: false, after: true },
        { resource: alias, fact: 'TargetKeyId', before: null, after: newKeyArn },
      ],
      console: `${path} › ${name} › Aliases › Create alias`,
      impact: 'none',
      undo: {
        call: call('kms:DeleteAlias', { AliasName: `alias/${name}` }),
        console: `${path} › ${name} › Aliases › Delete`,
      },
    },
  ]
}

/** Makes a key for something that lies under it from then on: it is never taken from under that. */
export function newKeyFor(place: Place, name: string): ChangeDraft[] {
  const undo = { none: 'what lies under the key is lost without it' }
  return newKey(place, name).map((draft) => ({ ...draft, undo }))
}
