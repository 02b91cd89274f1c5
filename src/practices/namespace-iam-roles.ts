// The roles of namespaces may not do everything with buckets or keys.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { spokenRole, wideRoles } from '#model/role-reach.ts'
import { isKept } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-redshift-service.html'

export default definePractice({
  id: 'namespace-iam-roles',
  title: 'Roles of namespaces may not do everything with S3 or KMS',
  severity: 'high',
  resource: 'redshift-serverless:namespace',
  needs: ['roles'],
  controls: [
    'security-hub/IAM.21',
    'prowler/iam_policy_no_full_access_to_kms',
    'prowler/iam_inline_policy_no_full_access_to_kms',
  ],
  references: [
    page,
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ],
  why: 'Whoever may run COPY or UNLOAD has what the role has: with every action on S3, any user of the warehouse can read, overwrite or carry off what lies in any bucket that the role reaches.',
  whenNotTo:
    'Hardly ever: COPY needs to list and read, UNLOAD to write, a key to decrypt and to make data keys. A permissions boundary that narrows the role is enough.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless get-namespace --namespace-name NAMESPACE --query "namespace.iamRoles"',
        'aws iam list-attached-role-policies --role-name ROLE',
        'aws iam list-role-policies --role-name ROLE',
        'aws iam get-role --role-name ROLE --query Role.PermissionsBoundary',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption: Permissions.',
        'IAM › Roles › ROLE › Permissions: no policy with s3:*, kms:* or *.',
      ],
    },
    change: {
      cli: [
        'aws iam put-role-policy --role-name ROLE --policy-name loads --policy-document file://only-what-it-needs.json',
        'aws iam detach-role-policy --role-name ROLE --policy-arn POLICY',
      ],
      console: [
        'IAM › Roles › ROLE › Permissions: write a policy that names the actions and buckets, then detach the wide one.',
        'Which buckets the loads need only a person knows; CloudTrail and the user activity log tell what they used.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-console-configure-namespace-working.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check(subject) {
    if ((subject.facts.iamRoles ?? []).length === 0) return pass('none', 'has no role')
    const wide = wideRoles(subject.roles)
    const states = { configured: said(wide.map(({ role }) => role).sort(), 'roles') }
    return wide.length > 0
      ? fail('wildcard', `has wide roles: ${wide.map(spokenRole).join('; ')}`, states)
      : pass('narrow', 'has no role that may do everything with S3 or KMS', states)
  },

  examples: {
    pass: {
      'no role': namespace({ reason: 'none' }),
      'a role that reads one bucket': namespace({
        reason: 'narrow',
        policies: { loads: allowing('s3:GetObject', 's3:ListBucket') },
      }),
    },
    fail: {
      'a role with every action of S3': namespace({
        reason: 'wildcard',
        policies: { loads: allowing('s3:GetObject'), convenience: allowing('s3:*', 'kms:Decrypt') },
      }),
    },
  },
})

function allowing(...Action: string[]) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }
}
