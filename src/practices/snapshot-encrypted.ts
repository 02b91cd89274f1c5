// Manual snapshots are encrypted.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { snapshot } from './examples.ts'

export default definePractice({
  id: 'snapshot-encrypted',
  title: 'Manual snapshots are encrypted',
  severity: 'high',
  resource: 'redshift:snapshot',
  needs: ['origin'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_RestoreFromClusterSnapshot.html',
  ],
  why: 'A snapshot stays as its cluster was when it was taken: encrypting the cluster later does not reach it. Whoever may restore an unencrypted one reads everything, and no key can be taken from him.',
  whenNotTo:
    'Snapshots of public data only. Automated ones are not judged here: they go with their retention.',
  guide: {
    check: {
      cli: [
        "aws redshift describe-cluster-snapshots --snapshot-type manual --query 'Snapshots[?!Encrypted].[SnapshotIdentifier,ClusterIdentifier,SnapshotCreateTime]'",
      ],
      console: ['Amazon Redshift › Clusters › Snapshots › SNAPSHOT: Encryption.'],
    },
    change: {
      cli: [
        'aws redshift restore-from-cluster-snapshot --cluster-identifier NEW --snapshot-identifier SNAPSHOT --encrypted --kms-key-id KEY',
        'aws redshift create-cluster-snapshot --cluster-identifier NEW --snapshot-identifier SNAPSHOT-encrypted --manual-snapshot-retention-period 90',
        'aws redshift delete-cluster-snapshot --snapshot-identifier SNAPSHOT --snapshot-cluster-identifier CLUSTER',
      ],
      console: [
        'Amazon Redshift › Clusters › Snapshots › SNAPSHOT › Restore from snapshot: choose a key under encryption › Restore cluster from snapshot.',
        'Take a snapshot of the new cluster, delete the cluster, and delete the unencrypted snapshot when the new one is available.',
        'No call encrypts a snapshot where it lies. Where its cluster is encrypted by now, let the old snapshot expire instead.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-restore-cluster-from-snapshot.html',
    readOn: '2026-11-27',
  },

  concerns: ({ SnapshotType, OwnerAccount, Status = 'available' }, { account }) =>
    SnapshotType === 'manual' &&
    (OwnerAccount ?? account) === account &&
    ['available', 'final snapshot'].includes(Status),

  check(subject) {
    const { Encrypted: encrypted, KmsKeyId, EncryptedWithHSM, ClusterIdentifier } = subject.facts
    if (encrypted === undefined) return unknown('untold', 'does not tell whether it is encrypted')
    const states = { configured: said(encrypted, 'facts'), inForce: said(encrypted, 'facts') }
    if (encrypted) {
      const key = EncryptedWithHSM
        ? 'a key in a hardware security module'
        : (KmsKeyId ?? 'a key that AWS owns')
      return pass('encrypted', `is encrypted under ${key}`, states)
    }
    const orphan = subject.origin === 'gone' ? `, and its cluster ${ClusterIdentifier} is gone` : ''
    return fail('not-encrypted', `is not encrypted${orphan}: who may restore it needs no key`, states)
  },

  examples: {
    pass: {
      'encrypted under a key of the customer': snapshot({
        reason: 'encrypted',
        facts: { KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11' },
      }),
    },
    fail: {
      'not encrypted': snapshot({ reason: 'not-encrypted', facts: { Encrypted: false } }),
      'not encrypted, of a cluster that is gone': snapshot({
        reason: 'not-encrypted',
        facts: { Encrypted: false },
        clusterLives: false,
      }),
    },
  },
})
