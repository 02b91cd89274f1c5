// A snapshot taken back from another account.

import { call } from '#model/action.ts'
import { restoreAccountsOf } from '#model/fact.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandManual, given, refuse, snapshotName, snapshotsPath } from './common.ts'
import { strangeAccount } from './examples.ts'

export default defineAction({
  name: 'snapshot unshare',
  summary: 'Take the right to restore snapshots from another account',
  requires: ['snapshot', 'account'],
  wishes(options, estate) {
    const account = given(options, 'account')
    return given(options, 'snapshot').map((word) => {
      const snapshot = estate.one('redshift:snapshot', word)
      demandManual(snapshot)
      const { arn, facts } = snapshot
      const before = restoreAccountsOf(facts)
      const name = snapshotName(snapshot)
      if (!before.includes(account))
        refuse(`Snapshot ${name} is not shared with ${account}.`, 'There is nothing to do.')
      const input = {
        SnapshotIdentifier: name,
        ...(facts.ClusterIdentifier ? { SnapshotClusterIdentifier: facts.ClusterIdentifier } : {}),
        AccountWithRestoreAccess: account,
      }
      const place = `${snapshotsPath} › ${name} › Actions › Manual snapshot settings › Manage access`
      return about(snapshot, [
        {
          title: `Stop sharing snapshot ${name} with ${account}`,
          call: call('redshift:RevokeSnapshotAccess', input),
          effects: [
            {
              resource: arn,
              fact: 'restoreAccounts',
              before,
              after: before.filter((other) => other !== account),
            },
          ],
          console: `${place}: remove ${account}`,
          impact: 'none',
          notes: ['a restore that runs goes on, and what was restored before stays with the account'],
          undo: {
            call: call('redshift:AuthorizeSnapshotAccess', input),
            console: `${place}: add ${account}`,
          },
        },
      ])
    })
  },

  examples: [{ snapshot: ['shared'], account: strangeAccount }],
})
