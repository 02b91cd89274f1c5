// A key that decrypts nothing any more, with the list of what becomes unreadable.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { type Resource, resourceOf } from '#model/resource.ts'
import type { KeyFacts } from '#model/resource-types.ts'
import { defineAction } from '#model/wish.ts'
import { about, given, refuse } from './common.ts'

const path = 'Key Management Service › Customer managed keys'

export default defineAction({
  name: 'key disable',
  summary: 'Disable a key, after a look at what becomes unreadable',
  requires: ['key'],
  wishes(options, estate) {
    const key = estate.one('kms:key', given(options, 'key'))
    const { KeyState: state, KeyManager: manager } = estate.answer(key, 'metadata') as KeyFacts
    const { name: KeyId, arn } = key
    if (manager !== 'CUSTOMER') refuse(`Key ${KeyId} is managed by AWS.`, 'It cannot be disabled.')
    if (state !== 'Enabled')
      refuse(`Key ${KeyId} is ${state}.`, 'Only a key that is enabled can be disabled.')
    return [
      about(key, [
        {
          title: `Disable key ${KeyId}`,
          call: call('kms:DisableKey', { KeyId: arn }),
          effects: [{ resource: arn, fact: 'metadata.KeyState', before: 'Enabled', after: 'Disabled' }],
          console: `${path} › ${KeyId} › Key actions › Disable`,
          impact: 'deletes data',
          notes: whatBecomesUnreadable(estate.all(), arn),
          undo: {
            call: call('kms:EnableKey', { KeyId: arn }),
            console: `${path} › ${KeyId} › Key actions › Enable`,
            warning: 'a cluster or namespace that lost its key must be resumed or restored by hand',
          },
        },
      ]),
    ]
  },
})

/** By type, what lies under the key in the newest inventory, in all of its regions. */
function whatBecomesUnreadable(resources: readonly Resource[], key: string): string[] {
  const under = resources.filter(({ type, facts }) => {
    const { KmsKeyId, kmsKeyId } = facts as { KmsKeyId?: string; kmsKeyId?: string }
    return type !== 'kms:key' && (KmsKeyId === key || kmsKeyId === key)
  })
  if (under.length === 0)
    return ['the newest inventory has nothing under this key; logs and other services may']
  const of = (...types: Resource['type'][]) => under.filter(({ type }) => types.includes(type))
  const warehouses = of('redshift:cluster', 'redshift-serverless:namespace')
  const snapshots = of('redshift:snapshot', 'redshift-serverless:snapshot')
  const grants = of('redshift:copy-grant')
  const named = (list: readonly Resource[]) =>
    list.map(({ arn, name }) => resourceOf(arn)?.name ?? name).join(', ')
  return [
    // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
    ...(warehouses.length > 0
      ? [
          `${counted(warehouses.length, 'warehouse')} cannot be used, and AWS deletes what stays without its key for 14 days: ${named(warehouses)}`,
        ]
      : []),
    ...(snapshots.length > 0
      ? [`${counted(snapshots.length, 'snapshot')} cannot be restored: ${named(snapshots)}`]
      : []),
    ...(grants.length > 0 ? [`copies to this region fail: copy grants ${named(grants)}`] : []),
  ]
}
