// Secrets Manager keeps the passwords of administrators of namespaces.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { isKept, namespaceChange } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html'

export default definePractice({
  id: 'namespace-admin-password-managed',
  title: 'Secrets Manager keeps the passwords of administrators of namespaces',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
  needs: [],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateNamespace.html',
  ],
  why: 'A password that a person chose is written down somewhere, known to those who left, and never changed. Secrets Manager changes it by itself, and CloudTrail tells who read it.',
  whenNotTo:
    'While a program logs in as the administrator with a password of its own: give it a user, or let it read the secret first.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-namespaces --query "namespaces[].[namespaceName,adminPasswordSecretArn]"',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › General information: Admin credentials ARN.',
      ],
    },
    change: {
      cli: ['aws redshift-serverless update-namespace --namespace-name NAMESPACE --manage-admin-password'],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Actions › Edit admin credentials: Manage admin credentials in AWS Secrets Manager, Save.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts: { adminPasswordSecretArn: secret } }) {
    const states = { configured: said(secret ?? null, 'facts'), inForce: said(secret ?? null, 'facts') }
    return secret
      ? pass('managed', 'keeps the password of its administrator in Secrets Manager', states)
      : fail('own-password', 'has an administrator with a password of its own', states)
  },

  remediation: {
    summary:
      'Let Secrets Manager make and keep a new password. The present one is worth nothing from then on.',
    impact: 'irreversible',
    steps(subject) {
      const change = namespaceChange(
        subject,
        {
          title: `Let Secrets Manager keep the admin password of namespace ${subject.name}`,
          change: { manageAdminPassword: true },
          back: {
            none: 'nobody but its owner knows the former password: set one under Edit admin credentials',
          },
        },
        { fact: 'adminPasswordManaged', before: false, after: true },
        {
          place: 'Actions › Edit admin credentials',
          console: 'Manage admin credentials in AWS Secrets Manager',
          consoleBack: '',
          notes: ['whoever logs in as the administrator must read the secret from then on'],
        },
      )
      return [{ ...change, impact: 'irreversible' as const }]
    },
  },

  examples: {
    pass: {
      'in Secrets Manager': namespace({
        reason: 'managed',
        facts: {
          adminPasswordSecretArn:
            'arn:aws:secretsmanager:eu-west-1:111122223333:secret:redshift!planning-planning_owner-a1b2c3',
        },
      }),
    },
    fail: { 'a password of its own': namespace({ reason: 'own-password' }) },
  },
})
