// A customer-managed key with an alias and yearly rotation.

import { call } from '#model/action.ts'
import { madeBy } from '#model/reference.ts'
import { defineAction } from '#model/wish.ts'
import { given, refuse } from './common.ts'

const path = 'Key Management Service › Customer managed keys'

export default defineAction({
  name: 'key create',
  summary: 'Make a customer-managed key with an alias, rotated by AWS every year',
  requires: ['alias'],
  takes: ['at'],
  wishes(options, { accounts, regions }) {
    const name = given(options, 'alias').replace(/^alias\//, '')
    const [account = ''] = accounts
    const [first = ''] = regions
    if (!options.at && regions.length > 1)
      refuse(
        'A key lies in one region, and the newest scan has several.',
        `Say which with --at, such as --at ${first}.`,
      )
    const region = options.at ?? first
    const key = madeBy('key', 'KeyMetadata.Arn')
    return [
      {
        resource: `alias/${name}`,
        account,
        region,
        drafts: [
          {
            title: `Make key ${name}`,
            label: 'key',
            call: call('kms:CreateKey', {
              Description: `For Amazon Redshift: ${name}`,
              Tags: [{ TagKey: 'redoubt:alias', TagValue: name }],
            }),
            effects: [
              { resource: key, fact: 'exists', before: false, after: true },
              { resource: key, fact: 'metadata.KeyState', before: null, after: 'Enabled' },
            ],
            console: `${path} › Create key: symmetric, encrypt and decrypt`,
            impact: 'none',
            notes: ['the policy of the key lets the account itself decide by IAM'],
            undo: {
              call: call('kms:ScheduleKeyDeletion', { KeyId: key, PendingWindowInDays: 7 }),
              console: `${path} › ${name} › Key actions › Schedule key deletion: 7 days`,
              cleanup: true,
              impact: 'irreversible',
              warning: 'the key is deleted after 7 days, and with it whatever was put under it meanwhile',
              proof: [{ resource: key, fact: 'metadata.KeyState', value: 'PendingDeletion' }],
            },
          },
          {
            title: `Let AWS rotate key ${name} every year`,
            call: call('kms:EnableKeyRotation', { KeyId: key }),
            effects: [{ resource: key, fact: 'rotation.KeyRotationEnabled', before: false, after: true }],
            console: `${path} › ${name} › Key rotation › Edit: Enable`,
            impact: 'none',
            undo: {
              call: call('kms:DisableKeyRotation', { KeyId: key }),
              console: `${path} › ${name} › Key rotation › Edit: Disable`,
            },
          },
          {
            title: `Call the key alias/${name}`,
            call: call('kms:CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: key }),
            effects: [],
            console: `${path} › ${name} › Aliases › Create alias`,
            impact: 'none',
            undo: {
              call: call('kms:DeleteAlias', { AliasName: `alias/${name}` }),
              console: `${path} › ${name} › Aliases › Delete`,
            },
          },
        ],
      },
    ]
  },
})
