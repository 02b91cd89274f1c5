// An automated snapshot kept as a manual one, which expires.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { arnOf, resourceOf } from '#model/resource.ts'
import { defineAction } from '#model/wish.ts'
import {
  about,
  given,
  newSnapshotName,
  refuse,
  retentionDays,
  snapshotName,
  snapshotsPath,
} from './common.ts'
import { automatedSnapshot } from './examples.ts'

export default defineAction({
  name: 'snapshot copy',
  summary: 'Keep an automated snapshot as a manual one that expires',
  requires: ['snapshot', 'name', 'retention'],
  wishes(options, estate) {
    const days = retentionDays(options, false)
    const [word = '', ...others] = given(options, 'snapshot')
    if (others.length > 0) refuse('One snapshot is copied at a time.', 'Give --snapshot once.')
    const source = estate.one(word, 'redshift:snapshot')
    const from = snapshotName(source)
    const { ClusterIdentifier = '', SnapshotType, Status } = source.facts
    // https://docs.aws.amazon.com/redshift/latest/APIReference/API_CopyClusterSnapshot.html
    if (SnapshotType !== 'automated' || Status !== 'available')
      refuse(
        `Snapshot ${from} is ${SnapshotType} and ${Status}.`,
        'Only an automated snapshot that is available can be copied.',
      )
    const TargetSnapshotIdentifier = newSnapshotName(options, source, estate)
    const place = { partition: resourceOf(source.arn)?.partition ?? 'aws', ...source }
    const resource = arnOf('redshift:snapshot', place, `${ClusterIdentifier}/${TargetSnapshotIdentifier}`)
    return [
      about(source, [
        {
          title: `Keep snapshot ${from} as ${TargetSnapshotIdentifier} for ${counted(days, 'day')}`,
          call: call('redshift:CopyClusterSnapshot', {
            SourceSnapshotIdentifier: from,
            SourceSnapshotClusterIdentifier: ClusterIdentifier,
            TargetSnapshotIdentifier,
            ManualSnapshotRetentionPeriod: days,
          }),
          effects: [
            { resource, fact: 'exists', before: false, after: true },
            { resource, fact: 'Status', before: null, after: 'available' },
            { resource, fact: 'ManualSnapshotRetentionPeriod', before: null, after: days },
          ],
          console: `${snapshotsPath} › ${from} › Actions › Copy automated snapshot: ${TargetSnapshotIdentifier}`,
          impact: 'none',
          undo: {
            call: call('redshift:DeleteClusterSnapshot', {
              SnapshotIdentifier: TargetSnapshotIdentifier,
              SnapshotClusterIdentifier: ClusterIdentifier,
            }),
            console: `${snapshotsPath} › ${TargetSnapshotIdentifier} › Actions › Delete snapshot`,
            impact: 'deletes data',
            warning: 'deletes the copy that was made',
            proof: [{ resource, fact: 'exists', value: false }],
          },
        },
      ]),
    ]
  },

  examples: [{ snapshot: [automatedSnapshot], name: 'kept', retention: '45' }],
})
