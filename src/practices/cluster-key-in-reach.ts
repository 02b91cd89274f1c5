// Clusters can reach the keys that they lie under.

import { keyReach } from '#model/key-reach.ts'
import { definePractice } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster, exampleKey } from './examples.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html'

export default definePractice({
  id: 'cluster-key-in-reach',
  title: 'Clusters can reach their keys',
  severity: 'critical',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [page, 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html'],
  why: 'When Redshift can no longer use the key, the warehouse is out of reach at once. Redshift takes a last backup and waits 14 days; then it deletes the warehouse. It says so whatever may be read of the key, which may lie in another account.',
  whenNotTo:
    'Where the data is to be destroyed by destroying its key: suppress it, with who decided that as the reason.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[ClusterStatus,KmsKeyId]"',
      ],
      console: ['Amazon Redshift › Clusters: Status.'],
    },
    change: {
      cli: ['aws kms cancel-key-deletion --key-id KEY', 'aws kms enable-key --key-id KEY'],
      console: [
        'In the account of the key, Key Management Service › Customer managed keys › KEY › Key actions › Cancel key deletion, then Enable. Imported material is imported again, a key store connected again.',
        'A key that can be used and is out of reach has lost its grant for Redshift: AWS Support can tell. Do not revoke the grants of a key in use.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts) && facts.Encrypted !== false,

  check: ({ facts }) => keyReach(facts.ClusterStatus, facts.KmsKeyId),

  examples: {
    pass: { 'under a key that opens': cluster({ reason: 'in-reach' }) },
    fail: {
      'its key is out of reach': cluster({
        reason: 'out-of-reach',
        facts: { ClusterStatus: 'inaccessible-kms-key', KmsKeyId: exampleKey },
      }),
    },
  },
})
