// No client certificate for a hardware security module is left over.

import { counted } from '#kit/text.ts'
import { definePractice, fail, pass, said } from '#model/practice.ts'
import { hsmClientCertificate } from './examples/around.ts'

const page =
  'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-HSM'

export default definePractice({
  id: 'hsm-certificate-unused',
  title: 'No client certificate for a hardware security module is left over',
  severity: 'low',
  resource: 'redshift:hsm-client-certificate',
  needs: ['clusters'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteHsmClientCertificate.html',
  ],
  why: 'It is what a cluster shows to the module to be let in to its keys. One that no cluster uses opens the module to the next cluster that names it, for as long as the module trusts it.',
  whenNotTo: 'While an old cluster of it is to be restored from a snapshot: that needs the module once more.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-hsm-client-certificates',
        'aws redshift describe-clusters --query "Clusters[?HsmStatus].[ClusterIdentifier,HsmStatus]"',
      ],
      console: [
        'Amazon Redshift › Configurations › HSM: client certificates. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: ['aws redshift delete-hsm-client-certificate --hsm-client-certificate-identifier CERTIFICATE'],
      console: [
        'Amazon Redshift › Configurations › HSM › Client certificates: choose it, Delete. (No guide of AWS shows where.)',
        'Nothing brings it back: a new one has to be registered with the module. A person decides.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  check({ clusters }) {
    const states = { configured: said(clusters, 'clusters') }
    return clusters.length === 0
      ? fail('unused', 'is used by no cluster of this region', states)
      : pass('in-use', `is used by ${counted(clusters.length, 'cluster')}: ${clusters.join(', ')}`, states)
  },

  examples: {
    pass: { 'a cluster uses it': hsmClientCertificate({ reason: 'in-use', clusters: ['vaulted'] }) },
    fail: { 'no cluster uses it': hsmClientCertificate({ reason: 'unused' }) },
  },
})
