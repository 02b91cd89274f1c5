// Clusters have no address on the internet.

import { takenOffTheInternet } from '#model/cluster-change.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-public',
  title: 'Clusters have no address on the internet',
  severity: 'high',
  resource: 'redshift:cluster',
  needs: [],
  controls: ['security-hub/Redshift.1', 'prowler/redshift_cluster_public_access'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
  ],
  why: 'A cluster that is publicly accessible has an address that everybody can try: between them and the data stand a security group and a password only.',
  whenNotTo:
    'Where a service outside the VPC must connect and no private link can be had: narrow the security group to its addresses, which cluster-reachable judges.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].PubliclyAccessible"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Network and security settings: Publicly accessible.',
      ],
    },
    change: {
      cli: ['aws redshift modify-cluster --cluster-identifier CLUSTER --no-publicly-accessible'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Modify publicly accessible setting: clear it, Save changes.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-security-group-public-private.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts }) {
    const now = facts.PubliclyAccessible
    if (now === undefined) return unknown('untold', 'does not tell whether it is publicly accessible')
    const wanted = facts.PendingModifiedValues?.PubliclyAccessible ?? now
    const states = { configured: said(wanted, 'facts'), inForce: said(now, 'facts') }
    if (now !== false) {
      return wanted === false
        ? fail('pending', 'is publicly accessible until a change that waits is in force', states)
        : fail('public', 'is publicly accessible', states)
    }
    return wanted === false
      ? pass('private', 'is not publicly accessible', states)
      : fail('changing', 'is not publicly accessible until a change that waits is in force', states)
  },

  remediation: {
    summary: 'Take its address off the internet. Whoever connects from outside the VPC loses the way.',
    impact: 'none',
    steps(subject, _, { reason }) {
      if (reason !== 'public') return { none: 'a change of it waits already: ask who made it, and what for' }
      return [takenOffTheInternet(subject)]
    },
  },

  examples: {
    pass: { 'as it should be': cluster({ reason: 'private', facts: { PubliclyAccessible: false } }) },
    fail: {
      'as it should not be': cluster({ reason: 'public', facts: { PubliclyAccessible: true } }),
    },
  },
})
