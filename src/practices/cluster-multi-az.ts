// Clusters run in two zones.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-multi-az',
  title: 'Clusters run in two availability zones',
  severity: 'low',
  resource: 'redshift:cluster',
  needs: [],
  controls: ['security-hub/Redshift.18', 'prowler/redshift_cluster_multi_az_enabled'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
  ],
  why: 'A cluster in one zone is away for as long as that zone is: hours, in which a restore elsewhere is the only way.',
  whenNotTo: 'Where a restore within hours is soon enough: a second zone costs as much as the first.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[MultiAZ,MultiAZSecondary]"',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › General information: Multi-AZ.'],
    },
    change: {
      cli: ['aws redshift modify-cluster --cluster-identifier CLUSTER --multi-az'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Activate Multi-AZ.',
        'It doubles the cost of compute and wants RA3 nodes, encryption and a subnet group of three zones: a person decides.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/convert-saz-to-maz.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts: { MultiAZ: told } }) {
    if (told === undefined) return unknown('untold', 'does not tell in how many zones it runs')
    const states = { configured: said(told, 'facts'), inForce: said(told, 'facts') }
    // The API says a text. Unverified: that Enabled and Disabled are all it says.
    return told.toLowerCase() === 'enabled' || told === 'true'
      ? pass('two-zones', 'runs in two availability zones', states)
      : fail('one-zone', 'runs in one availability zone', states)
  },

  examples: {
    pass: { 'in two zones': cluster({ reason: 'two-zones', facts: { MultiAZ: 'Enabled' } }) },
    fail: { 'in one zone': cluster({ reason: 'one-zone', facts: { MultiAZ: 'Disabled' } }) },
  },
})
