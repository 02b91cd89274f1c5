// Resource policies of namespaces let in nobody but trusted accounts.

import { call } from '#model/action.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { everybody, sharedWith, without } from '#model/sharing-policy.ts'
import { namespace } from './examples/namespace.ts'

type Subject = Known<'redshift-serverless:namespace', 'policy'>

const page = 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_PutResourcePolicy.html'

export default definePractice({
  id: 'namespace-resource-policy',
  title: 'Resource policies of namespaces let in trusted accounts only',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
  needs: ['policy'],
  controls: [],
  references: [page, 'https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-setting-up.html'],
  why: 'The resource policy says who from outside may set up integrations that write into the warehouse. It lies beside IAM, where nobody looks, and outlives the project it was made for.',
  whenNotTo:
    'Accounts whose data is meant to flow in: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: ['aws redshift get-resource-policy --resource-arn NAMESPACE_ARN'],
      console: [
        'Amazon Redshift › Serverless dashboard › Namespaces › NAMESPACE › Resource policy: authorized principals and integration sources.',
      ],
    },
    change: {
      cli: [
        'aws redshift put-resource-policy --resource-arn NAMESPACE_ARN --policy file://policy-without-the-account.json',
        'aws redshift delete-resource-policy --resource-arn NAMESPACE_ARN',
      ],
      console: [
        'Amazon Redshift › Serverless dashboard › Namespaces › NAMESPACE › Resource policy: Edit, remove the account, Save.',
        'Integrations that exist go on until they are deleted.',
      ],
    },
    source: page,
    readOn: '2026-11-22',
  },

  concerns: isKept,

  check(subject, { policy: { trustedAccounts } }) {
    const accounts = foreignIn(subject)
    const states = { configured: said(accounts, 'policy'), inForce: said(accounts, 'policy') }
    if (accounts.length === 0) return pass('none', 'lets in no other account by its resource policy', states)
    const strangers = accounts.filter((account) => !trustedAccounts.includes(account))
    return strangers.length > 0
      ? fail('foreign', `lets in by its resource policy ${strangers.map(spoken).join(', ')}`, states)
      : pass('trusted-only', `lets in trusted accounts only: ${accounts.join(', ')}`, states)
  },

  remediation: {
    summary:
      'Write the policy again without the accounts that are not trusted; the old document is kept for the undo.',
    impact: 'none',
    steps: (subject, { policy: { trustedAccounts } }) => [
      narrow(
        subject,
        foreignIn(subject).filter((account) => !trustedAccounts.includes(account)),
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

/** Whom the policy lets in besides the own account. */
function foreignIn({ policy, account }: Subject): string[] {
  return sharedWith(policy).filter((one) => one !== account)
}

const spoken = (account: string) => (account === everybody ? 'everybody' : account)

/** AWS replaces the whole document, so that it is read, changed and written. */
function narrow({ arn, name, policy }: Subject, strangers: readonly string[]): Draft {
  const after = without(policy, (account) => strangers.includes(account))
  const put = (document: object) =>
    call('redshift:PutResourcePolicy', { ResourceArn: arn, Policy: JSON.stringify(document) })
  const place = `Amazon Redshift › Serverless dashboard › Namespaces › ${name} › Resource policy: Edit`
  const who = strangers.map(spoken).join(', ')
  return {
    title: `Let ${who} in to namespace ${name} no more`,
    call: after ? put(after) : call('redshift:DeleteResourcePolicy', { ResourceArn: arn }),
    effects: [{ resource: arn, fact: 'policy', before: policy as never, after: after as never }],
    console: `${place}, remove ${who}`,
    impact: 'none',
    notes: ['integrations that exist go on until they are deleted'],
    undo: { call: put(policy ?? {}), console: `${place}, add ${who}` },
  }
}
