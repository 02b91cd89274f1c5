// Clusters are encrypted at rest.

import { encryption, encryptionWanted } from '#model/cluster-encryption.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { type ClusterFacts, isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-encrypted',
  title: 'Clusters are encrypted at rest',
  // Prowler says critical, Security Hub medium (Redshift.10). Nobody reaches a disk of AWS from outside, so it is not
  // critical by itself; but every copy of such a cluster can be restored by whoever is given it, with no key to stop him.
  severity: 'high',
  resource: 'redshift:cluster',
  needs: [],
  controls: [
    'security-hub/Redshift.10',
    'aws-config/redshift-cluster-configuration-check',
    'prowler/redshift_cluster_encrypted_at_rest',
  ],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html',
  ],
  why: 'The snapshots of an unencrypted cluster are unencrypted too: whoever is given one, or copies one, reads everything, and no key can be taken away from him.',
  whenNotTo:
    'A cluster of public data only. Since January 2025 AWS makes no new unencrypted cluster, but one restored from an old snapshot still is one.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[Encrypted,KmsKeyId,PendingModifiedValues.EncryptionType]"',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: Encryption.'],
    },
    change: {
      cli: [
        'aws redshift disable-snapshot-copy --cluster-identifier CLUSTER',
        'aws redshift modify-cluster --cluster-identifier CLUSTER --encrypted --kms-key-id KEY',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: Copy snapshots No, Save, where it copies snapshots: AWS refuses the change until then.',
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations › Edit › Edit encryption: choose a key, Save changes.',
        'The data moves to a new cluster (status resizing): minutes without writes on RA3, read-only to the end on DC2, hours to days in all, with no new snapshot meanwhile. Going back means restoring an older snapshot.',
        'Snapshots taken before stay unencrypted: delete them, or restore and encrypt them, when the first new one is there.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts }) {
    const { Encrypted: encrypted } = facts
    if (encrypted === undefined) return unknown('untold', 'does not tell whether it is encrypted')
    const wanted = encryptionWanted(facts)
    const states = { configured: said(wanted ?? encrypted, 'facts'), inForce: said(encrypted, 'facts') }
    if (encrypted) {
      return wanted === false
        ? fail('decrypting', 'is being decrypted: its data moves to an unencrypted cluster', states)
        : pass('encrypted', `is encrypted under ${keyOf(facts)}`, states)
    }
    return wanted
      ? fail('encrypting', 'is being encrypted, but its data still lies open', states)
      : fail('not-encrypted', 'is not encrypted, nor are the snapshots taken of it', states)
  },

  remediation: {
    summary:
      'Encrypt the cluster, under the key that redoubt.yaml names for its region or one that AWS chooses.',
    impact: 'irreversible',
    steps(subject, { policy }) {
      const { ClusterStatus: status } = subject.facts
      if (status !== 'available') return { none: `the cluster is ${status}: plan again when it is available` }
      return encryption(subject, policy, policy.keys[subject.region])
    },
  },

  examples: {
    pass: {
      'under a customer-managed key': cluster({
        reason: 'encrypted',
        facts: { KmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11' },
      }),
      'under a key that AWS owns': cluster({ reason: 'encrypted' }),
    },
    fail: {
      'not encrypted': cluster({ reason: 'not-encrypted', facts: { Encrypted: false } }),
      'not encrypted, and copied to a region that is allowed': {
        ...cluster({
          reason: 'not-encrypted',
          facts: {
            Encrypted: false,
            ClusterSnapshotCopyStatus: { DestinationRegion: 'eu-central-1', RetentionPeriod: 7 },
          },
        }),
        policy: { allowedRegions: ['eu-west-1', 'eu-central-1'] },
      },
      'not encrypted, and redoubt.yaml names the key to use': {
        ...cluster({ reason: 'not-encrypted', facts: { Encrypted: false } }),
        policy: {
          keys: {
            'eu-west-1': 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-00000000000a',
          },
        },
      },
      'encryption has begun and is not complete': cluster({
        reason: 'encrypting',
        facts: {
          Encrypted: false,
          ClusterStatus: 'resizing',
          PendingModifiedValues: { EncryptionType: 'KMS' },
        },
      }),
      'still encrypted, decryption has begun': cluster({
        reason: 'decrypting',
        facts: { ClusterStatus: 'resizing', PendingModifiedValues: { EncryptionType: 'None' } },
      }),
    },
  },
})

/** Unverified: a provisioned cluster under a key that AWS owns names none (serverless says AWS_OWNED_KMS_KEY). */
function keyOf({ KmsKeyId, HsmStatus }: ClusterFacts): string {
  if (KmsKeyId) return `key ${KmsKeyId}`
  return HsmStatus ? 'a key in a hardware security module' : 'a key that AWS owns'
}
