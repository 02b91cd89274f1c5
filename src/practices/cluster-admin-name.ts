// Administrators of clusters have a name of their own.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-admin-name',
  title: 'Administrators of clusters have a name of their own',
  severity: 'low',
  resource: 'redshift:cluster',
  needs: [],
  controls: ['security-hub/Redshift.8', 'prowler/redshift_cluster_non_default_username'],
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html',
  ],
  why: 'The name awsuser stands in every tutorial: whoever guesses passwords begins with it, and half of the work is done.',
  whenNotTo:
    'Where nobody logs in with a password at all, and the administrator has none that anybody knows.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].MasterUsername"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: administrator name.',
      ],
    },
    change: {
      cli: [
        'aws redshift create-cluster --cluster-identifier NEW --master-username harbour --manage-master-password --node-type ra3.large',
      ],
      console: [
        'The name cannot be changed, nor by restoring a snapshot: create a cluster with another name, UNLOAD and COPY, then delete the old one.',
        'Meanwhile, ALTER USER awsuser PASSWORD DISABLE leaves it no password to guess.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html',
    readOn: '2026-11-27',
  },

  settings: {
    names: { default: ['awsuser'], about: 'Names that everybody would try first.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts: { MasterUsername: name } }, { settings }) {
    if (!name) return unknown('untold', 'does not tell its administrator name')
    const states = { configured: said(name, 'facts'), inForce: said(name, 'facts') }
    return settings.names.some((one) => one.toLowerCase() === name.toLowerCase())
      ? fail('default', `has the usual administrator name ${name}`, states)
      : pass('own', `has an administrator name of its own: ${name}`, states)
  },

  examples: {
    pass: { 'a name of its own': cluster({ reason: 'own', facts: { MasterUsername: 'harbour' } }) },
    fail: { 'the usual name': cluster({ reason: 'default', facts: { MasterUsername: 'awsuser' } }) },
  },
})
