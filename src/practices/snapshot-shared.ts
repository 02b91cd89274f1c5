// Snapshots are shared with nobody but trusted accounts.

import { call } from '#model/action.ts'
import { restoreAccountsOf } from '#model/fact.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import type { SnapshotFacts } from '#model/resource.ts'
import { encryptionOf, awsSupport as support, worthOf } from '#model/restorable.ts'
import type { Policy } from '#model/settings.ts'
import { exampleKey, letting, snapshot } from './examples.ts'

type Subject = Known<'redshift:snapshot', 'restoreKey'>

export default definePractice({
  id: 'snapshot-shared',
  title: 'Snapshots are shared with trusted accounts only',
  severity: 'high',
  resource: 'redshift:snapshot',
  needs: ['restoreKey'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_AuthorizeSnapshotAccess.html',
  ],
  why: 'An account that a snapshot is shared with restores the whole warehouse at home, where no log of yours sees it; the share lasts until somebody takes it back.',
  whenNotTo:
    'Accounts that need the data, say a test account that is refreshed from production: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-cluster-snapshots --snapshot-type manual --query "Snapshots[?AccountsWithRestoreAccess].[SnapshotIdentifier,AccountsWithRestoreAccess[]]"',
      ],
      console: [
        'Amazon Redshift › Clusters › Snapshots › SNAPSHOT › Actions › Manual snapshot settings: Manage access.',
      ],
    },
    change: {
      cli: [
        'aws redshift revoke-snapshot-access --snapshot-identifier SNAPSHOT --snapshot-cluster-identifier CLUSTER --account-with-restore-access ACCOUNT',
      ],
      console: [
        'Amazon Redshift › Clusters › Snapshots › SNAPSHOT › Actions › Manual snapshot settings › Manage access: remove the account, Save.',
        'Clusters that were restored elsewhere stay there. Under a customer-managed key, take the account out of the key policy as well.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html',
    readOn: '2026-11-27',
  },

  // Only the owner sees, and can take back, who may restore.
  concerns: ({ OwnerAccount }, { account }) => (OwnerAccount ?? account) === account,

  check(subject, { policy }) {
    const { facts } = subject
    const accounts = restoreAccountsOf(facts)
    const states = { configured: said(accounts, 'facts'), inForce: said(accounts, 'facts') }
    const strangers = strangersTo(facts, policy)
    if (accounts.length === 0) return pass('private', 'is shared with nobody', states)
    if (strangers.length === 0) {
      return pass('trusted-only', `is shared with trusted accounts only: ${accounts.join(', ')}`, states)
    }
    const { reason, words } = worthOf(strangers, encryptionOf(facts), subject.restoreKey, subject.region)
    return fail(reason, `is shared with ${words}`, states)
  },

  remediation: {
    summary: 'Take the right to restore from every account that is not trusted.',
    impact: 'none',
    steps: (subject, { policy }) => {
      const before = restoreAccountsOf(subject.facts)
      return strangersTo(subject.facts, policy).map((stranger, index, strangers) => {
        const gone = strangers.slice(0, index)
        return revoke(
          subject,
          stranger,
          before.filter((account) => !gone.includes(account)),
        )
      })
    },
  },

  examples: {
    pass: {
      'shared with nobody': snapshot({ reason: 'private' }),
      'shared with a trusted account': snapshot({
        reason: 'trusted-only',
        trustedAccounts: ['444455556666'],
        facts: { AccountsWithRestoreAccess: [{ AccountId: '444455556666' }] },
      }),
    },
    fail: {
      'shared with two strangers and a trusted account, no key in between': snapshot({
        reason: 'shared',
        trustedAccounts: ['444455556666'],
        facts: {
          Encrypted: false,
          AccountsWithRestoreAccess: [
            { AccountId: '999988887777' },
            { AccountId: '444455556666' },
            { AccountId: '777766665555' },
          ],
        },
      }),
      'shared with a stranger whom the key lets decrypt': snapshot({
        reason: 'shared',
        facts: { KmsKeyId: exampleKey, AccountsWithRestoreAccess: [{ AccountId: '999988887777' }] },
        keyPolicy: letting('111122223333', '999988887777'),
      }),
      'shared with a stranger whom the key keeps out': snapshot({
        reason: 'shared-key-blocks',
        facts: { KmsKeyId: exampleKey, AccountsWithRestoreAccess: [{ AccountId: '999988887777' }] },
        keyPolicy: letting('111122223333'),
      }),
      'shared with a stranger, and the key lets in an organization': snapshot({
        reason: 'shared-key-unknown',
        facts: { KmsKeyId: exampleKey, AccountsWithRestoreAccess: [{ AccountId: '999988887777' }] },
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
      'shared with AWS Support': snapshot({
        reason: 'shared-with-support',
        facts: { AccountsWithRestoreAccess: [{ AccountAlias: support }] },
      }),
    },
  },
})

function strangersTo(facts: SnapshotFacts, { trustedAccounts }: Policy): string[] {
  return restoreAccountsOf(facts).filter((account) => !trustedAccounts.includes(account))
}

/** Takes the right to restore from one account; `before` are those that have it when the call is made. */
function revoke({ arn, facts }: Subject, stranger: string, before: string[]): Draft {
  const input = {
    SnapshotIdentifier: facts.SnapshotIdentifier ?? '',
    // A permission that names the cluster's snapshots does not match a call that leaves this out.
    ...(facts.ClusterIdentifier ? { SnapshotClusterIdentifier: facts.ClusterIdentifier } : {}),
    AccountWithRestoreAccess: stranger,
  }
  const place = `Amazon Redshift › Clusters › Snapshots › ${input.SnapshotIdentifier} › Actions › Manual snapshot settings › Manage access`
  const key = facts.Encrypted ? ['its undo needs kms:DescribeKey on the key of the snapshot'] : []
  return {
    title: `Stop sharing snapshot ${input.SnapshotIdentifier} with ${stranger}`,
    call: call('redshift:RevokeSnapshotAccess', input),
    effects: [
      {
        resource: arn,
        fact: 'restoreAccounts',
        before,
        after: before.filter((account) => account !== stranger),
      },
    ],
    console: `${place}: remove ${stranger}`,
    impact: 'none',
    notes: ['a restore that runs goes on, and what was restored before stays with the account', ...key],
    undo: {
      call: call('redshift:AuthorizeSnapshotAccess', input),
      console: `${place}: add ${stranger}`,
    },
  }
}
