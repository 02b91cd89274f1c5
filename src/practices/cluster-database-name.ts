// First databases of clusters have a name of their own.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-database-name',
  title: 'First databases of clusters have a name of their own',
  severity: 'informational',
  resource: 'redshift:cluster',
  needs: [],
  controls: [
    'aws-config/redshift-default-db-name-check',
    'prowler/redshift_cluster_non_default_database_name',
  ],
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html',
  ],
  why: 'The name dev is what the first database is called where nobody thought of a name: a guess less for whoever tries logins.',
  whenNotTo: 'Hardly worth a move by itself: give the next cluster another name.',
  guide: {
    check: {
      cli: ['aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].DBName"'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: database name.',
      ],
    },
    change: {
      cli: [
        'aws redshift create-cluster --cluster-identifier NEW --db-name harbour --master-username harbour --manage-master-password --node-type ra3.large',
      ],
      console: [
        'The name that a cluster was created with cannot be changed: create another database in SQL and move to it, or name the next cluster otherwise.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html',
    readOn: '2026-11-27',
  },

  settings: {
    names: { default: ['dev'], about: 'Names that everybody would try first.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts: { DBName: name } }, { settings }) {
    if (!name) return unknown('untold', 'does not tell its database name')
    const states = { configured: said(name, 'facts'), inForce: said(name, 'facts') }
    return settings.names.some((one) => one.toLowerCase() === name.toLowerCase())
      ? fail('default', `has the usual database name ${name}`, states)
      : pass('own', `has a database name of its own: ${name}`, states)
  },

  examples: {
    pass: { 'a name of its own': cluster({ reason: 'own', facts: { DBName: 'harbour' } }) },
    fail: { 'the usual name': cluster({ reason: 'default', facts: { DBName: 'dev' } }) },
  },
})
