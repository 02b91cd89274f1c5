// A snapshot given to another account, with the word of the key on what the share is worth.

import { call } from '#model/action.ts'
import { restoreAccountsOf } from '#model/fact.ts'
import type { ChangeDraft } from '#model/practice.ts'
import type { PolicyDocument, Resource, RestoreKey } from '#model/resource.ts'
import { type Encryption, encryptionOf, restorableBy } from '#model/restorable.ts'
import { everyoneOf, shared } from '#model/serverless-snapshot.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import { about, given, ownSnapshots, refuse, snapshotName, snapshotsPath } from './common.ts'
import { trustedAccount } from './examples.ts'

const worth = {
  usable: 'can restore it',
  blocked: 'cannot restore it',
  unknown: 'may or may not be able to restore it',
}

export default defineAction({
  name: 'snapshot share',
  summary: 'Let another account restore manual snapshots',
  requires: ['snapshot', 'account'],
  takes: ['force'],
  wishes(options, estate) {
    const account = given(options, 'account')
    if (!/^\d{12}$/.test(account)) refuse(`"${account}" is no account.`, 'Write the 12 digits of its id.')
    if (!estate.policy.trustedAccounts.includes(account) && !options.force)
      refuse(
        `Account ${account} is not among trustedAccounts of redoubt.yaml.`,
        'Add it there, or repeat with --force.',
      )
    return ownSnapshots(options, estate).map((snapshot) => {
      if (account === snapshot.account)
        refuse(`Snapshot ${snapshotName(snapshot)} belongs to ${account}.`, 'Name another account.')
      const draft =
        snapshot.type === 'redshift:snapshot'
          ? ofCluster(snapshot, account, estate)
          : ofNamespace(snapshot, account, estate)
      return about(snapshot, [draft])
    })
  },

  examples: [
    { snapshot: ['monthly'], account: trustedAccount },
    { snapshot: ['quarter'], account: trustedAccount },
    { snapshot: ['year'], account: trustedAccount },
  ],
})

/** What a share with an account is worth: `123456789012 cannot restore it: its key is Disabled`. */
function worthOf(snapshot: Resource, account: string, encryption: Encryption, estate: Estate): string {
  const key = estate.answer(snapshot, 'restoreKey') as RestoreKey
  const { verdict, why } = restorableBy(account, encryption, key, snapshot.region)
  return `${account} ${worth[verdict]}: ${why}`
}

function ofCluster(snapshot: Resource<'redshift:snapshot'>, account: string, estate: Estate): ChangeDraft {
  const { arn, facts } = snapshot
  const before = restoreAccountsOf(facts)
  const name = snapshotName(snapshot)
  if (before.includes(account)) refuseTwice(name, account)
  const input = {
    SnapshotIdentifier: name,
    ...(facts.ClusterIdentifier ? { SnapshotClusterIdentifier: facts.ClusterIdentifier } : {}),
    AccountWithRestoreAccess: account,
  }
  const place = `${snapshotsPath} › ${name} › Actions › Manual snapshot settings › Manage access`
  return {
    title: `Share snapshot ${name} with ${account}`,
    call: call('redshift:AuthorizeSnapshotAccess', input),
    effects: [{ resource: arn, fact: 'restoreAccounts', before, after: [...before, account].sort() }],
    console: `${place}: add ${account}`,
    impact: 'none',
    notes: [worthOf(snapshot, account, encryptionOf(facts), estate)],
    undo: {
      call: call('redshift:RevokeSnapshotAccess', input),
      console: `${place}: remove ${account}`,
      warning: 'what was restored meanwhile stays with the account',
    },
  }
}

function ofNamespace(
  snapshot: Resource<'redshift-serverless:snapshot'>,
  account: string,
  estate: Estate,
): ChangeDraft {
  const subject = { ...snapshot, policy: estate.answer(snapshot, 'policy') as PolicyDocument }
  if (everyoneOf(subject).includes(account)) refuseTwice(snapshot.name, account)
  return shared(subject, account, worthOf(snapshot, account, 'kms', estate))
}

const refuseTwice = (name: string, account: string) =>
  refuse(`Snapshot ${name} is shared with ${account} already.`, 'There is nothing to do.')
