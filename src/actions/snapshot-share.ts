// A snapshot given to another account, with the word of the key on what the share is worth.

import { call } from '#model/action.ts'
import { restoreAccountsOf } from '#model/fact.ts'
import type { ResourceTypes } from '#model/resource-types.ts'
import { encryptionOf, restorableBy } from '#model/restorable.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandManual, given, refuse, snapshotName, snapshotsPath } from './common.ts'
import { trustedAccount } from './examples.ts'

type RestoreKey = ResourceTypes['redshift:snapshot']['joined']['restoreKey']

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
    return given(options, 'snapshot').map((word) => {
      const snapshot = estate.one('redshift:snapshot', word)
      demandManual(snapshot)
      const { arn, facts, region } = snapshot
      const before = restoreAccountsOf(facts)
      const name = snapshotName(snapshot)
      if (account === snapshot.account)
        refuse(`Snapshot ${name} belongs to ${account}.`, 'Name another account.')
      if (before.includes(account))
        refuse(`Snapshot ${name} is shared with ${account} already.`, 'There is nothing to do.')
      const key = estate.answer(snapshot, 'restoreKey') as RestoreKey
      const { verdict, why } = restorableBy(account, encryptionOf(facts), key, region)
      const input = {
        SnapshotIdentifier: name,
        ...(facts.ClusterIdentifier ? { SnapshotClusterIdentifier: facts.ClusterIdentifier } : {}),
        AccountWithRestoreAccess: account,
      }
      const place = `${snapshotsPath} › ${name} › Actions › Manual snapshot settings › Manage access`
      return about(snapshot, [
        {
          title: `Share snapshot ${name} with ${account}`,
          call: call('redshift:AuthorizeSnapshotAccess', input),
          effects: [{ resource: arn, fact: 'restoreAccounts', before, after: [...before, account].sort() }],
          console: `${place}: add ${account}`,
          impact: 'none',
          notes: [`${account} ${worth[verdict]}: ${why}`],
          undo: {
            call: call('redshift:RevokeSnapshotAccess', input),
            console: `${place}: remove ${account}`,
            warning: 'what was restored meanwhile stays with the account',
          },
        },
      ])
    })
  },

  examples: [{ snapshot: ['monthly'], account: trustedAccount }],
})
