// The call that ends the copying of a namespace to another region, and its way back.

import { call } from './action.ts'
import type { ChangeDraft } from './practice.ts'
import type { ResourceTypes } from './resource.ts'

type Copying = ResourceTypes['redshift-serverless:copy-configuration']['facts']
type Subject = { arn: string; name: string; copyConfigurations: readonly Copying[] }

/** Where the console has it. */
export const copyingPlace = (name: string) =>
  `Amazon Redshift Serverless › Namespace configuration › ${name} › Actions › Configure cross-Region backup`

/** Stops copying to one region; undone, a configuration like it is made anew. */
export function namespaceCopyingStopped(
  { arn, name, copyConfigurations }: Subject,
  copying: Copying,
): ChangeDraft {
  const { destinationRegion = '', destinationKmsKeyId: key, snapshotRetentionPeriod: days } = copying
  const again = {
    namespaceName: name,
    destinationRegion,
    ...(days !== undefined && { snapshotRetentionPeriod: days }),
    // A key that AWS owns is what AWS takes when none is named.
    ...(key?.startsWith('arn:') && { destinationKmsKeyId: key }),
  }
  // AWS copies a namespace to one region at a time: serverless-backup-copy.
  const before = copyConfigurations.map(({ destinationRegion: to = '' }) => to).sort()
  const after = before.filter((to) => to !== destinationRegion)
  return {
    title: `Stop copying namespace ${name} to ${destinationRegion}`,
    call: call('redshift-serverless:DeleteSnapshotCopyConfiguration', {
      snapshotCopyConfigurationId: copying.snapshotCopyConfigurationId ?? '',
    }),
    effects: [{ resource: arn, fact: 'copyRegions', before, after }],
    console: `${copyingPlace(name)}: stop copying`,
    impact: 'none',
    notes: [`snapshots that lie in ${destinationRegion} already stay there`],
    undo: {
      call: call('redshift-serverless:CreateSnapshotCopyConfiguration', again),
      console: `${copyingPlace(name)}: copy to ${destinationRegion}`,
      warning:
        'the configuration is made anew, under another id; what was not copied meanwhile is not made up for',
      proof: [{ resource: arn, fact: 'copyRegions', value: before }],
    },
  }
}
