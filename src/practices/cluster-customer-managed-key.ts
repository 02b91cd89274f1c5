// Clusters lie under a key that the customer manages.

import { encryption, encryptionWanted } from '#model/cluster-encryption.ts'
import { type KeyKind, keyKindOf } from '#model/key-kind.ts'
import { newKeyArn, newKeyFor } from '#model/new-key.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { clusterUnder, elsewhereKey, otherKey } from './examples/key.ts'
import { cluster, exampleKey } from './examples.ts'

export default definePractice({
  id: 'cluster-customer-managed-key',
  title: 'Clusters lie under a key that you manage',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['key'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
  ],
  why: 'Only under a key of your own do you decide who may decrypt, see every use of it in CloudTrail, and can take the data away from everybody by disabling one key. The keys of AWS can do none of that, and snapshots under them cannot be shared usefully.',
  whenNotTo:
    'Where nobody can answer for a key: one that is disabled or deleted by mistake takes the warehouse with it after 14 days.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[Encrypted,KmsKeyId]"',
        'aws kms describe-key --key-id KEY --query "KeyMetadata.[KeyManager,AWSAccountId]"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: KMS key.',
        'Key Management Service › Customer managed keys must list it; a key of another account is listed there.',
      ],
    },
    change: {
      cli: [
        'aws redshift disable-snapshot-copy --cluster-identifier CLUSTER',
        'aws redshift modify-cluster --cluster-identifier CLUSTER --encrypted --kms-key-id KEY',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: Copy snapshots No, Save, where it copies snapshots: AWS refuses the change until then.',
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations › Edit › Edit encryption: choose the key, Save changes.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject) {
    const { Encrypted: encrypted, KmsKeyId: keyId, HsmStatus: hsm } = subject.facts
    if (encrypted === undefined) return unknown('untold', 'does not tell whether it is encrypted')
    if (encrypted && hsm) return pass('hsm', 'lies under a key in a hardware security module')
    const kind = keyKindOf({ encrypted, keyId, account: subject.account }, () => subject.key)
    if (!kind) return unknown('untold', `lies under ${keyId}, and KMS does not tell who manages that`)
    const states = { configured: said(keyId ?? null, 'facts'), inForce: said(keyId ?? null, 'facts') }
    const isOwn = kind.startsWith('customer')
    if (isOwn && encryptionWanted(subject.facts) === false)
      return fail('decrypting', `${spoken[kind](keyId ?? '')}, but is being decrypted`, {
        ...states,
        configured: said(null, 'facts'),
      })
    const reason = kind === 'none' ? 'not-encrypted' : kind
    return (isOwn ? pass : fail)(reason, spoken[kind](keyId ?? ''), states)
  },

  remediation: {
    summary: 'Move the cluster under the key that redoubt.yaml names for its region, or under a new one.',
    impact: 'irreversible',
    steps(subject, { policy }) {
      const { ClusterStatus: status, Encrypted } = subject.facts
      if (!Encrypted) return { none: 'it is not encrypted: the remedy of cluster-encrypted comes first' }
      if (status !== 'available') return { none: `the cluster is ${status}: plan again when it is available` }
      const key = policy.keys[subject.region]
      if (key) return encryption(subject, policy, key)
      return [...newKeyFor(subject, `redshift-${subject.name}`), ...encryption(subject, policy, newKeyArn)]
    },
  },

  examples: {
    pass: {
      'a key of this account': clusterUnder(exampleKey, { reason: 'customer-managed' }),
      'a key of another account': clusterUnder(elsewhereKey, { reason: 'customer-managed-elsewhere' }),
      'a hardware security module': cluster({
        reason: 'hsm',
        facts: { HsmStatus: { HsmConfigurationIdentifier: 'vault-2016', Status: 'active' } },
      }),
    },
    fail: {
      'the key that AWS owns, and no key is named': cluster({ reason: 'aws-owned' }),
      'the key that AWS manages, and another is named': {
        ...clusterUnder(exampleKey, { reason: 'aws-managed', manager: 'AWS' }),
        policy: { keys: { 'eu-west-1': otherKey } },
      },
      'a key of this account, and decryption has begun': clusterUnder(exampleKey, {
        reason: 'decrypting',
        facts: { ClusterStatus: 'resizing', PendingModifiedValues: { EncryptionType: 'None' } },
      }),
      'not encrypted at all': cluster({ reason: 'not-encrypted', facts: { Encrypted: false } }),
    },
  },
})

const spoken: Record<KeyKind, (key: string) => string> = {
  none: () => 'is not encrypted',
  'aws-owned': () => 'lies under a key that AWS owns',
  'aws-managed': (key) => `lies under the key that AWS manages, ${key}`,
  'customer-managed': (key) => `lies under the customer-managed key ${key}`,
  'customer-managed-elsewhere': (key) =>
    `lies under the customer-managed key ${key}, which belongs to another account`,
}
