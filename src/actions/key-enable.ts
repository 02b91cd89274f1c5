// A disabled key that decrypts again.

import { call } from '#model/action.ts'
import type { KeyFacts } from '#model/resource-types.ts'
import { defineAction } from '#model/wish.ts'
import { about, given, refuse } from './common.ts'
import { disabledKey } from './examples.ts'

const path = 'Key Management Service › Customer managed keys'

export default defineAction({
  name: 'key enable',
  summary: 'Enable a key that was disabled',
  requires: ['key'],
  wishes(options, estate) {
    const key = estate.one(given(options, 'key'), 'kms:key')
    const { KeyState: state = 'of unknown state' } = estate.answer(key, 'metadata') as KeyFacts
    const { name: KeyId, arn } = key
    if (state !== 'Disabled')
      refuse(`Key ${KeyId} is ${state}.`, 'Only a key that is disabled can be enabled.')
    return [
      about(key, [
        {
          title: `Enable key ${KeyId}`,
          call: call('kms:EnableKey', { KeyId: arn }),
          effects: [{ resource: arn, fact: 'metadata.KeyState', before: 'Disabled', after: 'Enabled' }],
          console: `${path} › ${KeyId} › Key actions › Enable`,
          impact: 'none',
          undo: {
            call: call('kms:DisableKey', { KeyId: arn }),
            console: `${path} › ${KeyId} › Key actions › Disable`,
          },
        },
      ]),
    ]
  },

  examples: [{ key: disabledKey }],
})
