// Copies of namespaces in another region lie under a customer-managed key.

import { type KeyKind, keyKindOf } from '#model/key-kind.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { copyingTo } from './examples/copy-configuration.ts'
import { namespace } from './examples/namespace.ts'
import { exampleKey } from './examples.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html'
const thereKey = exampleKey.replace('eu-west-1', 'eu-central-1')

export default definePractice({
  id: 'namespace-copy-customer-managed-key',
  title: 'Copies of namespaces lie under a key that you manage',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
  needs: ['copyKeys'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_SnapshotCopyConfiguration.html',
  ],
  why: 'What is copied is encrypted again, under the key that the copying names in the other region, or else one of AWS. A key of your own can be taken away from whoever should not restore there; one of AWS cannot.',
  whenNotTo:
    'Copies that nobody outside the account can reach, where a key of AWS is enough by your own rules.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-snapshot-copy-configurations --query "snapshotCopyConfigurations[].[namespaceName,destinationRegion,destinationKmsKeyId]"',
        'aws kms describe-key --region DESTINATION --key-id KEY --query "KeyMetadata.KeyManager"',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Actions › Configure cross-Region backup: the key.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless delete-snapshot-copy-configuration --snapshot-copy-configuration-id ID',
        'aws redshift-serverless create-snapshot-copy-configuration --namespace-name NAMESPACE --destination-region DESTINATION --destination-kms-key-id KEY --snapshot-retention-period 90',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Actions › Configure cross-Region backup: stop copying, then copy again, under the key, Save configuration.',
        'Copies that lie there keep their key. A person decides: nothing is copied meanwhile.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ account, copyKeys }) {
    if (copyKeys.length === 0) return pass('off', 'is copied to no other region')
    const told = copyKeys.map(({ destinationKmsKeyId = null }) => destinationKmsKeyId)
    const states = { configured: said(told, 'copyKeys'), inForce: said(told, 'copyKeys') }
    // Unverified: that a copying which names no key has one that AWS owns; the page says that AWS manages it for you.
    const copies = copyKeys.map(({ destinationRegion: to, destinationKmsKeyId: keyId, key }) => ({
      kind: keyKindOf({ encrypted: true, keyId, account }, () => key),
      place: `is copied to ${to}`,
      keyId: keyId ?? '',
    }))
    const worst =
      copies.find(({ kind }) => kind !== undefined && !kind.startsWith('customer')) ??
      copies.find(({ kind }) => kind === undefined) ??
      copies[0]
    const { kind, place = '', keyId = '' } = worst ?? {}
    if (!kind)
      return unknown('untold', `${place} under ${keyId}, and KMS does not tell who manages that`, states)
    return (kind.startsWith('customer') ? pass : fail)(kind, `${place} ${spoken[kind](keyId)}`, states)
  },

  examples: {
    pass: {
      'copied nowhere': namespace({ reason: 'off' }),
      'copied under a customer-managed key': namespace({
        reason: 'customer-managed',
        copies: copyingTo('eu-central-1', 30, thereKey),
      }),
    },
    fail: {
      'copied under a key that AWS owns': namespace({
        reason: 'aws-owned',
        copies: copyingTo('eu-central-1', 30),
      }),
      'copied under the key that AWS manages': namespace({
        reason: 'aws-managed',
        copies: copyingTo('eu-central-1', 30, thereKey),
        copyManager: 'AWS',
      }),
    },
  },
})

const spoken: Record<KeyKind, (key: string) => string> = {
  none: () => 'under no key',
  'aws-owned': () => 'under a key that AWS owns',
  'aws-managed': (key) => `under the key that AWS manages there, ${key}`,
  'customer-managed': (key) => `under the customer-managed key ${key}`,
  'customer-managed-elsewhere': (key) =>
    `under the customer-managed key ${key}, which belongs to another account`,
}
