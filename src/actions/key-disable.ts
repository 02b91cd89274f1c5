// A key that decrypts nothing any more, with the list of what becomes unreadable.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import type { Resource, ResourceType } from '#model/resource.ts'
import type { KeyFacts } from '#model/resource-types.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import { about, given, refuse } from './common.ts'
import { exampleKey } from './examples.ts'

const path = 'Key Management Service › Customer managed keys'

export default defineAction({
  name: 'key disable',
  summary: 'Disable a key, after a look at what becomes unreadable',
  requires: ['key'],
  wishes(options, estate) {
    const key = estate.one(given(options, 'key'), 'kms:key')
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
          notes: whatBecomesUnreadable(estate, arn, KeyId),
          undo: {
            call: call('kms:EnableKey', { KeyId: arn }),
            console: `${path} › ${KeyId} › Key actions › Enable`,
            warning: 'a cluster or namespace that lost its key must be resumed or restored by hand',
          },
        },
      ]),
    ]
  },

  examples: [{ key: exampleKey }],
})

/** By type, what lies under the key in the newest inventory, in all of its regions, and what could not be looked at. */
function whatBecomesUnreadable(estate: Estate, arn: string, id: string): string[] {
  const all = estate.all().filter(({ type }) => type !== 'kms:key')
  const isKey = (named: string | undefined) => [arn, id].includes(named ?? '')
  const under = all.filter(({ facts }) => {
    const { KmsKeyId, kmsKeyId } = facts as { KmsKeyId?: string; kmsKeyId?: string }
    return isKey(KmsKeyId ?? kmsKeyId)
  })
  const passwords = all.filter(({ facts }) => {
    const { MasterPasswordSecretKmsKeyId, adminPasswordSecretKmsKeyId } = facts as Secrets
    return isKey(MasterPasswordSecretKmsKeyId ?? adminPasswordSecretKmsKeyId)
  })
  const of = (...types: ResourceType[]) => under.filter(({ type }) => types.includes(type))
  const held = of(...warehouses)
  const backups = of(...snapshots)
  const copying = of('redshift:copy-grant')
  const known: readonly ResourceType[] = [...warehouses, ...snapshots, 'redshift:copy-grant']
  const others = under.filter(({ type }) => !known.includes(type))
  const unread = estate.unread(known)
  return [
    // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
    ...told(
      held,
      (n) =>
        `${counted(n, 'warehouse')} cannot be used, and AWS deletes what stays without its key for 14 days`,
    ),
    ...told(backups, (n) => `${counted(n, 'snapshot')} cannot be restored`),
    ...told(copying, () => 'copies to this region fail'),
    ...told(
      passwords.filter(isWarehouse),
      (n) => `Secrets Manager gives no password of ${counted(n, 'warehouse')}`,
    ),
    ...told(others, () => 'nothing more can be written or read there'),
    ...(under.length + passwords.length === 0 && unread.length === 0
      ? ['the newest inventory has nothing under this key; logs and other services may']
      : []),
    ...(unread.length > 0
      ? [`what else lies under this key nobody knows, since this could not be read: ${unread.join(', ')}`]
      : []),
  ]
}

type Secrets = { MasterPasswordSecretKmsKeyId?: string; adminPasswordSecretKmsKeyId?: string }

const warehouses = ['redshift:cluster', 'redshift-serverless:namespace'] as const
const isWarehouse = ({ type }: Resource) => (warehouses as readonly ResourceType[]).includes(type)
const snapshots = ['redshift:snapshot', 'redshift-serverless:snapshot'] as const

function told(list: readonly Resource[], words: (count: number) => string): string[] {
  // Lists of a region end in any order.
  const names = list
    .map(({ name }) => name)
    .sort()
    .join(', ')
  return list.length > 0 ? [`${words(list.length)}: ${names}`] : []
}
