// No configuration of a hardware security module is left over.

import { counted } from '#kit/text.ts'
import { definePractice, fail, pass, said } from '#model/practice.ts'
import { hsmConfiguration } from './examples/around.ts'

export default definePractice({
  id: 'hsm-unused',
  title: 'No configuration of a hardware security module is left over',
  severity: 'low',
  resource: 'redshift:hsm-configuration',
  needs: ['clusters'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-HSM',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteHsmConfiguration.html',
  ],
  why: 'It holds an address, a partition and the password to it. Only CloudHSM Classic works with Redshift, and no node type that can be bought today: what no cluster uses serves nobody but a thief.',
  whenNotTo: 'While an old cluster of it is to be restored from a snapshot: that needs the module once more.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-hsm-configurations',
        'aws redshift describe-hsm-client-certificates',
        'aws redshift describe-clusters --query "Clusters[?HsmStatus].[ClusterIdentifier,HsmStatus]"',
      ],
      console: [
        'Amazon Redshift › Configurations › HSM: connections and client certificates. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: [
        'aws redshift delete-hsm-configuration --hsm-configuration-identifier CONFIGURATION',
        'aws redshift delete-hsm-client-certificate --hsm-client-certificate-identifier CERTIFICATE',
      ],
      console: [
        'Amazon Redshift › Configurations › HSM › HSM connections: choose it, Delete. The same for its client certificate. (No guide of AWS shows where.)',
        'Nothing brings it back: the password of the partition is not told again. A person decides.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-HSM',
    readOn: '2026-11-27',
  },

  check(subject) {
    const { clusters } = subject
    const states = { configured: said(clusters, 'clusters') }
    return clusters.length === 0
      ? fail('unused', 'is used by no cluster of this region', states)
      : pass('in-use', `is used by ${counted(clusters.length, 'cluster')}: ${clusters.join(', ')}`, states)
  },

  examples: {
    pass: { 'a cluster uses it': hsmConfiguration({ reason: 'in-use', clusters: ['vaulted'] }) },
    fail: { 'no cluster uses it': hsmConfiguration({ reason: 'unused' }) },
  },
})
