// Roles of clusters may not do everything with buckets or keys.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { spokenRole, wideRoles } from '#model/role-reach.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-iam-roles',
  title: 'Roles of clusters may not do everything with S3 or KMS',
  severity: 'high',
  resource: 'redshift:cluster',
  needs: ['roles'],
  controls: [
    'security-hub/IAM.21',
    'prowler/iam_policy_no_full_access_to_kms',
    'prowler/iam_inline_policy_no_full_access_to_kms',
  ],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-redshift-service.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  why: 'Every user of the database who may run COPY or UNLOAD acts with the roles of the cluster. A role that may do everything with S3 or KMS makes each of them the owner of all buckets, or of all keys.',
  whenNotTo:
    'Hardly ever: name the buckets and keys. A role that only reads one bucket is as easy to attach. A permissions boundary that narrows the role is enough.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].IamRoles"',
        'aws iam list-role-policies --role-name ROLE',
        'aws iam get-role --role-name ROLE --query Role.PermissionsBoundary',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Manage IAM roles: the associated roles.',
        'IAM › Roles › ROLE › Permissions: what each policy allows.',
      ],
    },
    change: {
      cli: [
        'aws iam put-role-policy --role-name ROLE --policy-name POLICY --policy-document file://narrower.json',
        'aws redshift modify-cluster-iam-roles --cluster-identifier CLUSTER --remove-iam-roles ROLE_ARN',
      ],
      console: [
        'IAM › Roles › ROLE › Permissions: name the actions, and the buckets and keys. Which ones are needed, only the owner of the loads knows: a person decides.',
        'Amazon Redshift › Clusters › CLUSTER › Actions › Manage IAM roles: remove a role that nothing uses, Done.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/copy-unload-iam-role-associating-with-clusters.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject) {
    const attached = subject.facts.IamRoles ?? []
    // Without a role there is nobody to ask about.
    if (attached.length === 0) return pass('none', 'has no role attached')
    const { roles } = subject
    const wide = wideRoles(roles)
    const states = { inForce: said(wide.map(spokenRole), 'roles') }
    return wide.length > 0
      ? fail('wide', `has wide roles: ${wide.map(spokenRole).join('; ')}`, states)
      : pass('narrow', 'has no role that may do everything with S3 or KMS', states)
  },

  examples: {
    pass: {
      'no role': cluster({ reason: 'none' }),
      'a role for one bucket': withRole('narrow', ['s3:GetObject', 's3:ListBucket']),
      'a role for all of S3, in a permissions boundary for reading': withRole(
        'narrow',
        ['s3:*'],
        ['s3:Get*'],
      ),
    },
    fail: {
      'a role for all of S3': withRole('wide', ['s3:*']),
      'a role for all keys': withRole('wide', ['s3:GetObject', 'kms:*']),
      'a role for all of S3, in a permissions boundary that lets it': withRole(
        'wide',
        ['s3:*'],
        ['s3:*', 'kms:*'],
      ),
    },
  },
})

function withRole(reason: string, Action: string[], within?: string[]) {
  const arn = 'arn:aws:iam::111122223333:role/loads'
  const policy = (name: string, actions: string[]) => {
    const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }]
    return { name, document: { Version: '2012-10-17', Statement } }
  }
  const boundary = within ? policy('arn:aws:iam::111122223333:policy/limits', within) : null
  return cluster({
    reason,
    facts: { IamRoles: [{ IamRoleArn: arn, ApplyStatus: 'in-sync' }] },
    answers: { roles: [{ arn, name: 'loads', policies: [policy('loads', Action)], boundary }] },
  })
}
