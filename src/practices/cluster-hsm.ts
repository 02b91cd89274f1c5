// Clusters under a hardware security module are told.

import { definePractice, manual, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-hsm',
  title: 'Clusters under a hardware security module are looked after by somebody',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-HSM',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
  ],
  why: 'The key of such a cluster lies in one device that AWS neither sees nor backs up. When it is gone, so is the warehouse and every snapshot of it; and the only kind that Redshift works with is closed to new customers.',
  whenNotTo:
    'Where the module is run by people who know it. Suppress the finding with their name as its owner.',
  guide: {
    check: {
      cli: ['aws redshift describe-clusters --query "Clusters[?HsmStatus].[ClusterIdentifier,HsmStatus]"'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: Encryption, HSM.',
      ],
    },
    change: {
      cli: [
        'aws redshift create-cluster --cluster-identifier NEW --node-type ra3.large --number-of-nodes 2 --master-username admin --manage-master-password --kms-key-id KEY',
      ],
      console: [
        'A module cannot be taken from a cluster: create one under a KMS key, UNLOAD from the old one and COPY into the new one, then delete the old one.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-HSM',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts: { HsmStatus: hsm } }) {
    if (!hsm) return pass('none', 'uses no hardware security module')
    const { HsmConfigurationIdentifier: id, Status: status } = hsm
    const states = { configured: said(id ?? null, 'facts'), inForce: said(status ?? null, 'facts') }
    return status === 'applying'
      ? manual('applying', `is being put under the hardware security module ${id}`, states)
      : manual(
          'in-use',
          `lies under the hardware security module ${id}: whether that is looked after, a person must say`,
          states,
        )
  },

  examples: {
    pass: { 'under a KMS key': cluster({ reason: 'none' }) },
    fail: {},
    manual: {
      'under a module': cluster({
        reason: 'in-use',
        facts: { HsmStatus: { HsmConfigurationIdentifier: 'vault-2016', Status: 'active' } },
      }),
    },
  },
})
