// How long manual snapshots are kept, those of namespaces as well.

import { counted } from '#kit/text.ts'
import { day, iso, isoDay } from '#kit/time.ts'
import { call } from '#model/action.ts'
import { isOfAwsBackup } from '#model/aws-backup.ts'
import type { Undo } from '#model/plan.ts'
import type { ChangeDraft } from '#model/practice.ts'
import type { Resource, SnapshotFacts } from '#model/resource.ts'
import { deletionOf } from '#model/retention.ts'
import { asProvisioned } from '#model/serverless-snapshot.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import {
  about,
  ownSnapshots,
  refuse,
  retentionDays,
  serverlessSnapshotsPath,
  snapshotName,
  snapshotsPath,
} from './common.ts'

export default defineAction({
  name: 'snapshot retain',
  summary: 'Set how long manual snapshots are kept',
  requires: ['snapshot', 'retention'],
  wishes(options, estate) {
    const days = retentionDays(options, true)
    return ownSnapshots(options, estate).map((snapshot) =>
      about(snapshot, [retained(keepingOf(snapshot), days, estate)]),
    )
  },

  examples: [
    { snapshot: ['monthly'], retention: '400' },
    { snapshot: ['monthly', 'shared'], retention: '400' },
    { snapshot: ['quarter'], retention: '400' },
  ],
})

/** How a snapshot of either kind is kept: in the words of a provisioned one, and the call that changes it. */
type Keeping = {
  arn: string
  name: string
  facts: SnapshotFacts
  fact: string
  place: string
  keep(days: number): ChangeDraft['call']
}

function keepingOf(snapshot: Resource<'redshift:snapshot' | 'redshift-serverless:snapshot'>): Keeping {
  const { arn } = snapshot
  const name = snapshotName(snapshot)
  if (snapshot.type === 'redshift:snapshot')
    return {
      arn,
      name,
      facts: snapshot.facts,
      fact: 'ManualSnapshotRetentionPeriod',
      place: `${snapshotsPath} › ${name} › Actions › Manual snapshot settings`,
      keep: (ManualSnapshotRetentionPeriod) =>
        call('redshift:ModifyClusterSnapshot', { SnapshotIdentifier: name, ManualSnapshotRetentionPeriod }),
    }
  return {
    arn,
    name,
    facts: asProvisioned(snapshot.facts),
    fact: 'snapshotRetentionPeriod',
    place: `${serverlessSnapshotsPath} › ${name} › Actions › Set manual snapshot settings`,
    keep: (retentionPeriod) =>
      call('redshift-serverless:UpdateSnapshot', { snapshotName: name, retentionPeriod }),
  }
}

function retained(keeping: Keeping, days: number, { now, graceDays }: Estate): ChangeDraft {
  const { arn, name, facts, fact, place, keep } = keeping
  if (isOfAwsBackup(name))
    refuse(
      `Snapshot ${name} is kept by AWS Backup, and Redshift does not let its retention be set.`,
      'Set it in the backup plan that took the snapshot.',
    )
  const end = days < 0 ? undefined : deletionOf(facts, days)
  if ((facts.ManualSnapshotRetentionPeriod ?? -1) === days)
    refuse(`Snapshot ${name} is kept ${spoken(days)} already.`, 'There is nothing to do.')
  if (days > 0 && end === undefined)
    refuse(
      `AWS does not tell since when snapshot ${name} is kept.`,
      'Nobody can say when it would be deleted: scan again, or keep it for ever.',
    )
  if (end !== undefined && end < Date.parse(now) + graceDays * day)
    refuse(
      `Snapshot ${name} would be deleted on ${isoDay(end)}, which is nearer than the ${counted(graceDays, 'day')} of grace.`,
      'Keep it longer: the days count from when it was taken.',
    )
  return {
    title: `Keep snapshot ${name} ${spoken(days)}`,
    call: keep(days),
    effects: [{ resource: arn, fact, before: facts.ManualSnapshotRetentionPeriod ?? null, after: days }],
    console: `${place}: ${spoken(days)}`,
    ...(end === undefined
      ? { impact: 'none' as const }
      : { impact: 'deletes data' as const, deletesDataAt: iso(end), graceDays }),
    undo: wayBack(keeping),
  }
}

/** Back to the retention that it had, which may have an end. Past that AWS refuses, since nothing is forced. */
function wayBack({ facts, place, keep }: Keeping): Undo {
  const former = facts.ManualSnapshotRetentionPeriod ?? -1
  const end = former < 0 ? undefined : deletionOf(facts, former)
  return {
    call: keep(former),
    console: `${place}: ${spoken(former)}`,
    ...(end === undefined
      ? {}
      : {
          impact: 'deletes data',
          warning: `AWS deletes it on ${isoDay(end)} then, and refuses after that day`,
        }),
  }
}

const spoken = (days: number) => (days < 0 ? 'for ever' : `for ${counted(days, 'day')}`)
