// Serverless snapshots are shared with nobody but trusted accounts.

import { definePractice, fail, manual, pass, said, unknown } from '#model/practice.ts'
import { worthOf } from '#model/restorable.ts'
import { isLost } from '#model/serverless.ts'
import { everyoneOf, listedAccounts, unshared } from '#model/serverless-snapshot.ts'
import { audienceOf, wordsOnProviders } from '#model/sharing-policy.ts'
import { serverlessSnapshot, sharingWith } from './examples/serverless-snapshot.ts'
import { exampleKey, letting } from './examples.ts'

const stranger = '999988887777'

export default definePractice({
  id: 'serverless-snapshot-shared',
  title: 'Serverless snapshots are shared with trusted accounts only',
  severity: 'high',
  resource: 'redshift-serverless:snapshot',
  needs: ['policy', 'restoreKey'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_PutResourcePolicy.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Snapshot.html',
  ],
  why: 'An account that a snapshot is shared with restores the whole warehouse at home, where no log of yours sees it. There are two lists, one for namespaces and one for clusters, and most tools read neither.',
  whenNotTo:
    'Accounts that need the data, say a test account that is refreshed from production: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-snapshots --query "snapshots[].[snapshotName,accountsWithRestoreAccess,accountsWithProvisionedRestoreAccess]"',
        'aws redshift-serverless get-resource-policy --resource-arn ARN',
      ],
      console: ['Amazon Redshift Serverless › Data backup › SNAPSHOT › Actions › Manage access.'],
    },
    change: {
      cli: [
        'aws redshift-serverless put-resource-policy --resource-arn ARN --policy file://policy-without-the-account.json',
        'aws redshift-serverless delete-resource-policy --resource-arn ARN',
        'aws redshift revoke-snapshot-access --snapshot-arn ARN --account-with-restore-access ACCOUNT',
      ],
      console: [
        'Amazon Redshift Serverless › Data backup › SNAPSHOT › Actions › Manage access: Remove beside the account, Save changes.',
        'Warehouses that were restored elsewhere stay there. Under a customer-managed key, take the account out of the key policy as well.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshot-share.html',
    readOn: '2026-11-27',
  },

  // Only the owner sees, and can take back, who may restore.
  concerns: (facts, { account }) => (facts.ownerAccount ?? account) === account && !isLost(facts),

  check(subject, { policy: { trustedAccounts } }) {
    const listed = listedAccounts(subject)
    // Who stands in a list is known without the policy.
    const accounts = strangersIn(listed, trustedAccounts).length > 0 ? listed : everyoneOf(subject)
    const strangers = strangersIn(accounts, trustedAccounts)
    const states = { configured: said(accounts, 'facts'), inForce: said(accounts, 'facts') }
    if (strangers.length > 0) {
      const { reason, words } = worthOf(strangers, 'kms', subject.restoreKey, subject.region)
      return fail(reason, `is shared with ${words}`, states)
    }
    const { providers, depends } = audienceOf(subject.policy)
    if (providers.length > 0) return unknown('federated', wordsOnProviders(providers, 'Redshift'), states)
    if (depends) {
      const anybody = 'is shared with anybody who meets a condition that cannot be judged from here'
      return manual('depends', anybody, states)
    }
    return accounts.length === 0
      ? pass('private', 'is shared with nobody', states)
      : pass('trusted-only', `is shared with trusted accounts only: ${accounts.join(', ')}`, states)
  },

  remediation: {
    summary:
      'Take the right to restore from every account that is not trusted, to namespaces and to clusters.',
    impact: 'none',
    steps(subject, { policy: { trustedAccounts } }) {
      const drafts = unshared(subject, strangersIn(everyoneOf(subject), trustedAccounts))
      return drafts.length > 0
        ? drafts
        : {
            none: 'AWS tells of accounts that its resource policy does not name: take them away in the console',
          }
    },
  },

  examples: {
    pass: {
      'shared with nobody': serverlessSnapshot({ reason: 'private' }),
      'shared with a trusted account': serverlessSnapshot({
        ...shared('trusted-only', '444455556666'),
        trustedAccounts: ['444455556666'],
      }),
    },
    fail: {
      'shared with a stranger and a trusted account, under a key that lets the stranger decrypt':
        serverlessSnapshot({
          ...shared('shared', '444455556666', stranger),
          trustedAccounts: ['444455556666'],
          keyPolicy: letting('111122223333', stranger),
        }),
      'shared with a stranger whom the key keeps out': serverlessSnapshot({
        ...shared('shared-key-blocks', stranger),
        keyPolicy: letting('111122223333'),
      }),
      'shared with a stranger, and the key lets in an organization': serverlessSnapshot({
        ...shared('shared-key-unknown', stranger),
        keyPolicy: {
          Version: '2012-10-17',
          Statement: [
            ...letting('111122223333').Statement,
            {
              Effect: 'Allow',
              Principal: '*',
              Action: 'kms:Decrypt',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      }),
      'a stranger may restore it to a cluster': serverlessSnapshot({
        reason: 'shared-key-blocks',
        facts: { accountsWithProvisionedRestoreAccess: [stranger] },
      }),
    },
  },
})

function shared(reason: string, ...accounts: string[]) {
  return {
    reason,
    facts: { kmsKeyId: exampleKey, accountsWithRestoreAccess: accounts },
    policy: sharingWith(...accounts),
  }
}

const strangersIn = (accounts: readonly string[], trusted: readonly string[]) =>
  accounts.filter((account) => !trusted.includes(account))
