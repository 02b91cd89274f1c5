// How an example of a snapshot is seeded: the snapshot, its cluster if that lives, and the other snapshots of it.

import type { KeySeed } from '#lab/services/kms/seed-types.ts'
import type { SnapshotSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { RestoreKey } from '#model/resource.ts'
import type { Seed } from '../world.ts'

export function snapshot({ facts, answers }: Example<'redshift:snapshot'>): Seed {
  const { cluster, snapshots = [] } = answers.otherCopies ?? {}
  const { ClusterIdentifier = '', ClusterCreateTime = '' } = facts
  const { restoreKey } = answers
  return {
    region: {
      ...(restoreKey && 'arn' in restoreKey && { keys: [keySeed(restoreKey)] }),
      clusters: cluster ? [{ ClusterIdentifier, ClusterCreateTime }] : [],
      snapshots: [facts, ...snapshots.map((other) => other.facts)] as SnapshotSeed[],
    },
  }
}

/** The key that a snapshot lies under. */
function keySeed({ arn, policy }: Extract<RestoreKey, { arn: string }>): KeySeed {
  const KeyId = arn.slice(arn.lastIndexOf('/') + 1)
  return { KeyId, ...('document' in policy && policy.document && { Policy: policy.document }) }
}
