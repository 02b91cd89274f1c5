// Endpoint access to workgroups is granted to trusted accounts only.

import { definePractice, fail, type Known, manual, pass, said, unknown } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { narrowedPolicy } from '#model/serverless-policy.ts'
import { audienceOf, spokenAccount, wordsOnProviders } from '#model/sharing-policy.ts'
import { workgroup } from './examples/workgroup.ts'

type Subject = Known<'redshift-serverless:workgroup', 'policy'>

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html'

export default definePractice({
  id: 'workgroup-endpoint-access',
  title: 'Endpoint access to workgroups is granted to trusted accounts only',
  severity: 'medium',
  resource: 'redshift-serverless:workgroup',
  needs: ['policy'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_PutResourcePolicy.html',
  ],
  why: 'An account with endpoint access puts an address of the workgroup into its own network, past every route and firewall of yours. Then only a password stands before the data.',
  whenNotTo:
    'Accounts that are meant to connect: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: ['aws redshift-serverless get-resource-policy --resource-arn WORKGROUP_ARN'],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access: Granted accounts.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless put-resource-policy --resource-arn WORKGROUP_ARN --policy file://policy-without-the-account.json',
        'aws redshift-serverless delete-resource-policy --resource-arn WORKGROUP_ARN',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Granted accounts: choose the account, Revoke access.',
        'AWS does not say what becomes of endpoints that the account has made: ask it to delete them.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check(subject, { policy: { trustedAccounts } }) {
    const granted = grantedBy(subject)
    const strangers = strangersIn(subject, trustedAccounts)
    const states = { configured: said(granted, 'policy'), inForce: said(granted, 'policy') }
    if (strangers.length > 0)
      return fail('granted', `grants endpoint access to ${strangers.map(spokenAccount).join(', ')}`, states)
    const { providers, depends } = audienceOf(subject.policy)
    if (providers.length > 0) return unknown('federated', wordsOnProviders(providers, 'Redshift'), states)
    if (depends) {
      const anybody =
        'grants endpoint access to anybody who meets a condition that cannot be judged from here'
      return manual('depends', anybody, states)
    }
    return granted.length === 0
      ? pass('private', 'grants endpoint access to nobody', states)
      : pass('trusted-only', `grants endpoint access to trusted accounts only: ${granted.join(', ')}`, states)
  },

  remediation: {
    summary:
      'Write the policy again without the accounts that are not trusted; the old document is kept for the undo.',
    impact: 'none',
    steps: (subject, { policy: { trustedAccounts } }) => [
      narrowedPolicy(subject, strangersIn(subject, trustedAccounts), {
        title: (who) => `Revoke the endpoint access of ${who} to workgroup ${subject.name}`,
        place: `Amazon Redshift Serverless › Workgroup configuration › ${subject.name} › Data access › Granted accounts`,
        remove: 'Revoke access,',
        add: 'Grant access,',
        // Unverified: what becomes of endpoints that stand; no page says it.
        notes: ['the account can make no endpoints any more; AWS does not say what becomes of those it has'],
      }),
    ],
  },

  examples: {
    pass: {
      'nobody has access': workgroup({ reason: 'private' }),
      'a trusted account': granting('trusted-only', ['444455556666'], ['444455556666']),
    },
    fail: {
      'a stranger': granting('granted', ['999988887777']),
      'a stranger beside a trusted account, from one VPC each': granting(
        'granted',
        ['444455556666', '999988887777'],
        ['444455556666'],
        { StringLike: { 'aws:SourceVpc': ['vpc-0a1b2c3d4e5f60718', 'vpc-0b1c2d3e4f5a60718'] } },
      ),
    },
  },
})

/** The accounts besides the own one that may make endpoints. */
const grantedBy = ({ policy, account }: Subject) =>
  audienceOf(policy).accounts.filter((one) => one !== account)

const strangersIn = (subject: Subject, trusted: readonly string[]) =>
  grantedBy(subject).filter((account) => !trusted.includes(account))

function granting(reason: string, accounts: string[], trustedAccounts: string[] = [], Condition?: object) {
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: accounts },
      Action: [
        'redshift-serverless:CreateEndpointAccess',
        'redshift-serverless:UpdateEndpointAccess',
        'redshift-serverless:DeleteEndpointAccess',
        'redshift-serverless:GetEndpointAccess',
      ],
      Resource: 'arn:aws:redshift-serverless:*:*:*',
      ...(Condition && { Condition }),
    },
  ]
  return workgroup({
    reason,
    resourcePolicy: { Version: '2012-10-17', Statement },
    policy: { trustedAccounts },
  })
}
