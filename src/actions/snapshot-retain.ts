// How long manual snapshots are kept.

import { counted } from '#kit/text.ts'
import { day, iso, isoDay } from '#kit/time.ts'
import { call } from '#model/action.ts'
import type { Resource } from '#model/resource.ts'
import { deletionOf } from '#model/retention.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import { about, demandManual, given, refuse, retentionDays, snapshotName, snapshotsPath } from './common.ts'

export default defineAction({
  name: 'snapshot retain',
  summary: 'Set how long manual snapshots are kept',
  requires: ['snapshot', 'retention'],
  wishes(options, estate) {
    const days = retentionDays(options, true)
    return given(options, 'snapshot').map((word) => {
      const snapshot = estate.one('redshift:snapshot', word)
      demandManual(snapshot)
      return about(snapshot, [retain(snapshot, days, estate)])
    })
  },

  examples: [
    { snapshot: ['monthly'], retention: '400' },
    { snapshot: ['monthly', 'shared'], retention: '400' },
  ],
})

function retain(snapshot: Resource<'redshift:snapshot'>, days: number, { now, graceDays }: Estate) {
  const { arn, facts } = snapshot
  const SnapshotIdentifier = snapshotName(snapshot)
  const former = facts.ManualSnapshotRetentionPeriod ?? -1
  const keep = (ManualSnapshotRetentionPeriod: number) =>
    call('redshift:ModifyClusterSnapshot', { SnapshotIdentifier, ManualSnapshotRetentionPeriod })
  const end = days < 0 ? undefined : deletionOf(facts, days)
  if (former === days)
    refuse(`Snapshot ${SnapshotIdentifier} is kept ${spoken(days)} already.`, 'There is nothing to do.')
  if (days > 0 && end === undefined)
    refuse(
      `AWS does not tell since when snapshot ${SnapshotIdentifier} is kept.`,
      'Nobody can say when it would be deleted: scan again, or keep it for ever.',
    )
  if (end !== undefined && end < Date.parse(now) + graceDays * day)
    refuse(
      `Snapshot ${SnapshotIdentifier} would be deleted on ${isoDay(end)}, which is nearer than the ${counted(graceDays, 'day')} of grace.`,
      'Keep it longer: the days count from when it was taken.',
    )
  const place = `${snapshotsPath} › ${SnapshotIdentifier} › Actions › Manual snapshot settings`
  return {
    title: `Keep snapshot ${SnapshotIdentifier} ${spoken(days)}`,
    call: keep(days),
    effects: [
      {
        resource: arn,
        fact: 'ManualSnapshotRetentionPeriod',
        before: facts.ManualSnapshotRetentionPeriod ?? null,
        after: days,
      },
    ],
    console: `${place}: ${spoken(days)}`,
    ...(end === undefined
      ? { impact: 'none' as const }
      : { impact: 'deletes data' as const, deletesDataAt: iso(end), graceDays }),
    undo: { call: keep(former), console: `${place}: ${spoken(former)}` },
  }
}

const spoken = (days: number) => (days < 0 ? 'for ever' : `for ${counted(days, 'day')}`)
