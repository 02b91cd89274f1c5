// A manual snapshot of a cluster, which expires.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { arnOf, resourceOf } from '#model/resource.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, newSnapshotName, retentionDays, snapshotsPath } from './common.ts'

export default defineAction({
  name: 'snapshot create',
  summary: 'Take a manual snapshot of a cluster that expires',
  requires: ['cluster', 'name', 'retention'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    const SnapshotIdentifier = newSnapshotName(options, cluster, estate)
    const days = retentionDays(options, false)
    const place = { partition: resourceOf(cluster.arn)?.partition ?? 'aws', ...cluster }
    const resource = arnOf('redshift:snapshot', place, `${cluster.name}/${SnapshotIdentifier}`)
    return [
      about(cluster, [
        {
          title: `Take snapshot ${SnapshotIdentifier} of ${cluster.name}, kept for ${counted(days, 'day')}`,
          call: call('redshift:CreateClusterSnapshot', {
            SnapshotIdentifier,
            ClusterIdentifier: cluster.name,
            ManualSnapshotRetentionPeriod: days,
          }),
          effects: [
            { resource, fact: 'exists', before: false, after: true },
            { resource, fact: 'Status', before: null, after: 'available' },
            { resource, fact: 'ManualSnapshotRetentionPeriod', before: null, after: days },
          ],
          console: `${snapshotsPath} › Create snapshot: ${cluster.name}, ${SnapshotIdentifier}, ${counted(days, 'day')}`,
          impact: 'none',
          undo: {
            call: call('redshift:DeleteClusterSnapshot', {
              SnapshotIdentifier,
              SnapshotClusterIdentifier: cluster.name,
            }),
            console: `${snapshotsPath} › ${SnapshotIdentifier} › Actions › Delete snapshot`,
            impact: 'deletes data',
            warning: 'deletes the snapshot that was taken',
            proof: [{ resource, fact: 'exists', value: false }],
          },
        },
      ]),
    ]
  },

  examples: [{ cluster: 'sales', name: 'before-migration', retention: '30' }],
})
