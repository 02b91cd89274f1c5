// Resource policies of the namespaces of clusters let in nobody but trusted accounts.

import { judgeAudience, shutOut } from '#model/namespace-policy.ts'
import { definePractice } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-resource-policy',
  title: 'Resource policies of clusters let in trusted accounts only',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['policy'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_PutResourcePolicy.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html',
  ],
  why: 'The resource policy says who from outside may set up integrations that write into the warehouse, and from which sources. It lies beside IAM, where nobody looks, and outlives the project it was made for.',
  whenNotTo:
    'Accounts whose data is meant to flow in: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: ['aws redshift get-resource-policy --resource-arn NAMESPACE_ARN'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Resource Policy: authorized principals and integration sources.',
      ],
    },
    change: {
      cli: [
        'aws redshift put-resource-policy --resource-arn NAMESPACE_ARN --policy file://policy-without-the-account.json',
        'aws redshift delete-resource-policy --resource-arn NAMESPACE_ARN',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Resource Policy: take the account out of the authorized principals, and its sources out of the integration sources, Save changes.',
        'Integrations that exist go on until they are deleted; without their source they are deactivated.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check: (subject, { policy: { trustedAccounts } }) => judgeAudience(subject, trustedAccounts),

  remediation: {
    summary:
      'Write the policy again without the accounts that are not trusted; the old document is kept for the undo.',
    impact: 'none',
    steps: (subject, { policy: { trustedAccounts } }) => [
      shutOut(
        {
          arn: subject.arn,
          account: subject.account,
          namespace: subject.facts.ClusterNamespaceArn ?? '',
          policy: subject.policy,
          spokenName: `cluster ${subject.name}`,
          place: `Amazon Redshift › Clusters › ${subject.name} › Resource Policy: Edit`,
        },
        trustedAccounts,
      ),
    ],
  },

  examples: {
    pass: {
      'no policy': integrating('none'),
      'a trusted account': integrating('trusted-only', ['444455556666'], ['444455556666']),
    },
    fail: {
      'a stranger': integrating('foreign', ['999988887777']),
      'a stranger beside a trusted account': integrating(
        'foreign',
        ['444455556666', '999988887777'],
        ['444455556666'],
      ),
    },
  },
})

function integrating(reason: string, accounts: string[] = [], trustedAccounts: string[] = []) {
  const Principal = { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) }
  const Statement = [{ Effect: 'Allow', Principal, Action: 'redshift:CreateInboundIntegration' }]
  const ClusterNamespaceArn =
    'arn:aws:redshift:eu-west-1:111122223333:namespace:6f1c8a20-3f0a-4a60-9d3e-2a8b1f0c7d51'
  return cluster({
    reason,
    facts: { ClusterNamespaceArn },
    answers: { policy: accounts.length > 0 ? { Version: '2012-10-17', Statement } : null },
    policy: { trustedAccounts },
  })
}
