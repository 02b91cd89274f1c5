// The databases of namespaces do not have the name that everybody tries.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'

export default definePractice({
  id: 'namespace-database-name',
  title: 'Databases of namespaces have names of their own',
  severity: 'informational',
  resource: 'redshift-serverless:namespace',
  needs: [],
  controls: ['aws-config/redshift-serverless-default-db-name-check'],
  references: [
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html',
  ],
  why: 'A login needs the name of a database as well. With the one that AWS proposes there is one thing less to guess, and test and production are easily taken for each other.',
  whenNotTo:
    'On a namespace that exists: its first database cannot be renamed, and moving the data costs more than it gives.',
  guide: {
    check: {
      cli: ['aws redshift-serverless list-namespaces --query "namespaces[].[namespaceName,dbName]"'],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › General information: Database name.',
      ],
    },
    change: {
      cli: ['aws redshift-serverless create-namespace --namespace-name NEW --db-name NAME'],
      console: [
        'Amazon Redshift › Serverless dashboard › Create workgroup › new namespace: Database name and password, change the database name.',
        'No call renames the first database of a namespace. Move the data with UNLOAD and COPY, or with a datashare.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-console-configure-namespace-working.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts: { dbName } }) {
    if (!dbName) return unknown('untold', 'does not tell the name of its first database')
    const states = { configured: said(dbName, 'facts'), inForce: said(dbName, 'facts') }
    return dbName.toLowerCase() === 'dev'
      ? fail('default-name', `has a database called ${dbName}`, states)
      : pass('own-name', `has a database called ${dbName}`, states)
  },

  examples: {
    pass: { 'a name of its own': namespace({ reason: 'own-name' }) },
    fail: { 'the name that AWS proposes': namespace({ reason: 'default-name', facts: { dbName: 'dev' } }) },
  },
})
