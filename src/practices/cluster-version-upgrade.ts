// Clusters take version upgrades.

import { setOnCluster } from '#model/cluster-change.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-version-upgrade',
  title: 'Clusters take version upgrades in their maintenance window',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: ['security-hub/Redshift.6', 'prowler/redshift_cluster_automatic_upgrades'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
  ],
  why: 'What AWS mends in the database, holes included, comes with new versions. A cluster that takes none keeps its holes.',
  whenNotTo:
    'For the days of a release that must not be disturbed. Set it back afterwards, or put the cluster on the trailing track.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].AllowVersionUpgrade"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Maintenance: Allow version upgrade. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: ['aws redshift modify-cluster --cluster-identifier CLUSTER --allow-version-upgrade'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Maintenance › Edit: Allow version upgrade, Save changes. (No guide of AWS shows where.)',
      ],
    },
    source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-6',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts: { AllowVersionUpgrade: now } }) {
    if (now === undefined) return unknown('untold', 'does not tell whether it takes version upgrades')
    const states = { configured: said(now, 'facts'), inForce: said(now, 'facts') }
    return now === true
      ? pass('on', 'takes version upgrades', states)
      : fail('off', 'takes no version upgrades', states)
  },

  remediation: {
    summary: 'Let the cluster take version upgrades in its maintenance window.',
    impact: 'none',
    steps: (subject) => [
      setOnCluster(subject, {
        title: `Let ${subject.name} take version upgrades`,
        to: { AllowVersionUpgrade: true },
        back: { AllowVersionUpgrade: false },
        console: { place: 'Maintenance › Edit › Allow version upgrade', to: 'on', back: 'off' },
        notes: ['the next maintenance window may restart it'],
      }),
    ],
  },

  examples: {
    pass: { 'as it should be': cluster({ reason: 'on', facts: { AllowVersionUpgrade: true } }) },
    fail: {
      'as it should not be': cluster({ reason: 'off', facts: { AllowVersionUpgrade: false } }),
    },
  },
})
