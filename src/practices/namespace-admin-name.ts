// Administrators of namespaces do not have the name that everybody tries.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'

export default definePractice({
  id: 'namespace-admin-name',
  title: 'Administrators of namespaces have names of their own',
  severity: 'low',
  resource: 'redshift-serverless:namespace',
  needs: [],
  controls: ['security-hub/RedshiftServerless.5'],
  references: [
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateNamespace.html',
  ],
  why: 'Half of what it takes to log in is known when the administrator has the name that AWS proposes, and five wrong passwords lock that very user out.',
  whenNotTo:
    'Where the administrator never logs in with a password, since Secrets Manager keeps it and people use IAM.',
  guide: {
    check: {
      cli: ['aws redshift-serverless list-namespaces --query "namespaces[].[namespaceName,adminUsername]"'],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › General information: Admin user name.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-namespace --namespace-name NAMESPACE --admin-username NAME --admin-user-password PASSWORD',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Actions › Edit admin credentials: name and password, Save.',
        'AWS takes a new name only together with a password, which no plan may hold: Redoubt leaves it to a person.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-5',
    readOn: '2026-11-27',
  },
  settings: {
    names: { default: ['admin', 'awsuser'], about: 'Names that an administrator must not have.' },
  },

  concerns: isKept,

  check({ facts: { adminUsername } }, { settings }) {
    if (!adminUsername) return unknown('untold', 'does not tell the name of its administrator')
    const states = { configured: said(adminUsername, 'facts'), inForce: said(adminUsername, 'facts') }
    const isKnown = settings.names.some((name) => name.toLowerCase() === adminUsername.toLowerCase())
    return isKnown
      ? fail('default-name', `has an administrator called ${adminUsername}`, states)
      : pass('own-name', `has an administrator called ${adminUsername}`, states)
  },

  examples: {
    pass: { 'a name of its own': namespace({ reason: 'own-name' }) },
    fail: {
      'the name that AWS proposes': namespace({ reason: 'default-name', facts: { adminUsername: 'admin' } }),
    },
  },
})
