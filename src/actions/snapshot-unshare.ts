// A snapshot taken back from another account.

import { call } from '#model/action.ts'
import { restoreAccountsOf } from '#model/fact.ts'
import type { ChangeDraft } from '#model/practice.ts'
import type { PolicyDocument, Resource } from '#model/resource.ts'
import { unshared } from '#model/serverless-snapshot.ts'
import { defineAction } from '#model/wish.ts'
import { about, given, ownSnapshots, refuse, snapshotName, snapshotsPath } from './common.ts'
import { strangeAccount } from './examples.ts'

export default defineAction({
  name: 'snapshot unshare',
  summary: 'Take the right to restore snapshots from another account',
  requires: ['snapshot', 'account'],
  wishes(options, estate) {
    const account = given(options, 'account')
    return ownSnapshots(options, estate).map((snapshot) => {
      const drafts =
        snapshot.type === 'redshift:snapshot'
          ? ofCluster(snapshot, account)
          : unshared({ ...snapshot, policy: estate.answer(snapshot, 'policy') as PolicyDocument }, [account])
      if (drafts.length === 0)
        refuse(`Snapshot ${snapshotName(snapshot)} is not shared with ${account}.`, 'There is nothing to do.')
      return about(snapshot, drafts)
    })
  },

  examples: [
    { snapshot: ['shared'], account: strangeAccount },
    { snapshot: ['year'], account: strangeAccount },
    { snapshot: ['decade'], account: strangeAccount },
  ],
})

function ofCluster(snapshot: Resource<'redshift:snapshot'>, account: string): ChangeDraft[] {
  const { arn, facts } = snapshot
  const before = restoreAccountsOf(facts)
  const name = snapshotName(snapshot)
  if (!before.includes(account)) return []
  const input = {
    SnapshotIdentifier: name,
    ...(facts.ClusterIdentifier ? { SnapshotClusterIdentifier: facts.ClusterIdentifier } : {}),
    AccountWithRestoreAccess: account,
  }
  const place = `${snapshotsPath} › ${name} › Actions › Manual snapshot settings › Manage access`
  return [
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
      undo: { call: call('redshift:AuthorizeSnapshotAccess', input), console: `${place}: add ${account}` },
    },
  ]
}
