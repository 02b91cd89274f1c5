// The passwords of administrators are kept by Secrets Manager.

import { call } from '#model/action.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-admin-password-managed',
  title: 'Passwords of administrators are kept by Secrets Manager',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
  ],
  why: 'A password that somebody typed is in a shell history, a template and a chat. One that Secrets Manager makes is known to nobody, is rotated, and each reading of it leaves an event.',
  whenNotTo: 'Where the administrator has no password at all, or another vault keeps and rotates it.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[MasterPasswordSecretArn,MasterPasswordSecretKmsKeyId]"',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Properties: Admin credentials ARN.'],
    },
    change: {
      cli: ['aws redshift modify-cluster --cluster-identifier CLUSTER --manage-master-password'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Change admin user password: Manage admin credentials in AWS Secrets Manager, Save changes. (No guide of AWS shows where.)',
        'The old password stops working at once: whoever logs in with it must read the secret instead.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts: { MasterPasswordSecretArn: secret } }) {
    const states = { configured: said(secret ?? null, 'facts'), inForce: said(secret ?? null, 'facts') }
    return secret
      ? pass('managed', `has its administrator's password in Secrets Manager: ${secret}`, states)
      : fail('typed', 'has an administrator whose password somebody typed', states)
  },

  remediation: {
    summary: 'Let Secrets Manager make, keep and rotate the password. The old one stops working at once.',
    impact: 'none',
    hold: () =>
      'whoever logs in with the password of today would be locked out: tell them, then name it with --resource',
    steps: (subject) => [manage(subject)],
  },

  examples: {
    pass: {
      'kept by Secrets Manager': cluster({
        reason: 'managed',
        facts: {
          MasterPasswordSecretArn:
            'arn:aws:secretsmanager:eu-west-1:111122223333:secret:redshift!sales-admin-a1B2c3',
        },
      }),
    },
    fail: { 'typed by somebody': cluster({ reason: 'typed' }) },
  },
})

function manage({ name, arn }: Known<'redshift:cluster', never>): Draft {
  return {
    title: `Let Secrets Manager keep the password of the administrator of ${name}`,
    call: call('redshift:ModifyCluster', { ClusterIdentifier: name, ManageMasterPassword: true }),
    effects: [{ resource: arn, fact: 'masterPasswordManaged', before: false, after: true }],
    console: `Amazon Redshift › Clusters › ${name} › Actions › Change admin user password: Manage admin credentials in AWS Secrets Manager`,
    impact: 'none',
    notes: ['the password of today stops working: whoever logs in with it must read the secret instead'],
    undo: { none: 'the old password is not known; a new one can be set by hand, which ends the management' },
  }
}
