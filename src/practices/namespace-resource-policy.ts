// Resource policies of namespaces let in nobody but trusted accounts.

import { judgeAudience, shutOut } from '#model/namespace-policy.ts'
import { definePractice } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'

export default definePractice({
  id: 'namespace-resource-policy',
  title: 'Resource policies of namespaces let in trusted accounts only',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
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
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Resource Policy: authorized principals and integration sources.',
      ],
    },
    change: {
      cli: [
        'aws redshift put-resource-policy --resource-arn NAMESPACE_ARN --policy file://policy-without-the-account.json',
        'aws redshift delete-resource-policy --resource-arn NAMESPACE_ARN',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Resource Policy: take the account out of the authorized principals, and its sources out of the integration sources, Save changes.',
        'Integrations that exist go on until they are deleted; without their source they are deactivated.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

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
          namespace: subject.arn,
          policy: subject.policy,
          spokenName: `namespace ${subject.name}`,
          place: `Amazon Redshift Serverless › Namespace configuration › ${subject.name} › Resource Policy: Edit`,
        },
        trustedAccounts,
      ),
    ],
  },

  examples: {
    pass: {
      'no policy': namespace({ reason: 'none' }),
      'a trusted account': namespace({
        reason: 'trusted-only',
        trustedAccounts: ['444455556666'],
        policy: integrating('444455556666'),
      }),
    },
    fail: {
      'a stranger': namespace({ reason: 'foreign', policy: integrating('999988887777') }),
      'a stranger beside a trusted account': namespace({
        reason: 'foreign',
        trustedAccounts: ['444455556666'],
        policy: integrating('444455556666', '999988887777'),
      }),
      'the identity provider of a stranger': namespace({
        reason: 'foreign',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: 'arn:aws:iam::999988887777:saml-provider/their-staff' },
              Action: 'redshift:CreateInboundIntegration',
            },
          ],
        },
      }),
      'a database of a stranger as a source': namespace({
        reason: 'foreign',
        policy: {
          Version: '2012-10-17',
          Statement: [
            ...integrating('111122223333').Statement,
            {
              Effect: 'Allow',
              Principal: { Service: 'redshift.amazonaws.com' },
              Action: 'redshift:AuthorizeInboundIntegration',
              Condition: {
                StringEquals: { 'aws:SourceArn': 'arn:aws:rds:eu-west-1:999988887777:cluster:orders' },
              },
            },
          ],
        },
      }),
    },
    manual: {
      'anybody of an organization': namespace({
        reason: 'depends',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: '*',
              Action: 'redshift:CreateInboundIntegration',
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      }),
    },
  },
})

function integrating(...accounts: string[]) {
  const Principal = { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) }
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'redshift:CreateInboundIntegration' }],
  }
}
