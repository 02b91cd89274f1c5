// Copies in another region lie under a customer-managed key.

import { type KeyKind, keyKindOf } from '#model/key-kind.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { copyGrant } from './examples/around.ts'
import { elsewhereKey } from './examples/key.ts'

export default definePractice({
  id: 'copy-grant-customer-managed-key',
  title: 'Copy grants are for customer-managed keys',
  severity: 'medium',
  resource: 'redshift:copy-grant',
  needs: ['key'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#configure-snapshot-copy-grant',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateSnapshotCopyGrant.html',
  ],
  why: 'What is copied is encrypted again, under the key of the grant in the other region. A key of your own can be taken away from whoever should not restore there; one that AWS manages cannot.',
  whenNotTo:
    'Copies that nobody outside the account can reach, where a key of AWS is enough by your own rules.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-snapshot-copy-grants --region DESTINATION',
        'aws kms describe-key --region DESTINATION --key-id KEY --query "KeyMetadata.KeyManager"',
      ],
      console: [
        'In the destination region, Amazon Redshift › Configurations: the KMS grants and their keys. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: [
        'aws redshift create-snapshot-copy-grant --region DESTINATION --snapshot-copy-grant-name NEW --kms-key-id KEY',
        'aws redshift disable-snapshot-copy --cluster-identifier CLUSTER',
        'aws redshift enable-snapshot-copy --cluster-identifier CLUSTER --destination-region DESTINATION --snapshot-copy-grant-name NEW --manual-snapshot-retention-period 90',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: Copy snapshots No, Save; then Yes, with a new snapshot copy grant for the key, Save.',
        'Copies that lie there keep their key. A person decides: switching the copying off deletes automated copies.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/xregioncopy-kms-encrypted-snapshot.html',
    readOn: '2026-11-27',
  },

  check(subject) {
    const { KmsKeyId: keyId } = subject.facts
    const kind = keyKindOf({ encrypted: true, keyId, account: subject.account }, () => subject.key)
    if (!kind) return unknown('untold', `is for ${keyId}, and KMS does not tell who manages that`)
    const states = { configured: said(keyId ?? null, 'facts'), inForce: said(keyId ?? null, 'facts') }
    return (kind.startsWith('customer') ? pass : fail)(kind, spoken[kind](keyId ?? ''), states)
  },

  examples: {
    pass: {
      'for a customer-managed key': copyGrant({ reason: 'customer-managed' }),
      'for a key of another account': copyGrant({
        reason: 'customer-managed-elsewhere',
        facts: { KmsKeyId: elsewhereKey },
      }),
    },
    fail: {
      'for the key that AWS manages': copyGrant({ reason: 'aws-managed', key: { KeyManager: 'AWS' } }),
    },
  },
})

const spoken: Record<KeyKind, (key: string) => string> = {
  none: () => 'is for no key',
  'aws-owned': () => 'is for a key that AWS owns',
  'aws-managed': () => 'is for the key that AWS manages for Redshift',
  'customer-managed': (key) => `is for the customer-managed key ${key}`,
  'customer-managed-elsewhere': (key) =>
    `is for the customer-managed key ${key}, which belongs to another account`,
}
