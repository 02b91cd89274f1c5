// An unencrypted cluster, encrypted: copying off first, on again when it is over.

import { call } from '#model/action.ts'
import type { ChangeDraft } from '#model/practice.ts'
import { allowsRegion } from '#model/settings.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, refuse } from './common.ts'

export default defineAction({
  name: 'cluster encrypt',
  summary: 'Encrypt a cluster, under a key that is given or the one that AWS chooses',
  requires: ['cluster'],
  takes: ['key'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    const { arn, name, region, facts } = cluster
    if (facts.Encrypted) refuse(`Cluster ${name} is encrypted already.`, 'There is nothing to do.')
    const KmsKeyId = options.key ?? estate.policy.keys[region]
    const under = KmsKeyId ? `key ${KmsKeyId}` : 'a key that AWS chooses'
    const encrypt: ChangeDraft = {
      title: `Encrypt cluster ${name}`,
      call: call('redshift:ModifyCluster', {
        ClusterIdentifier: name,
        Encrypted: true,
        ...(KmsKeyId ? { KmsKeyId } : {}),
      }),
      effects: [
        { resource: arn, fact: 'Encrypted', before: false, after: true },
        ...(KmsKeyId
          ? [{ resource: arn, fact: 'KmsKeyId', before: facts.KmsKeyId ?? null, after: KmsKeyId }]
          : []),
      ],
      console: `Amazon Redshift › Clusters › ${name} › Properties › Database configurations › Edit › Edit encryption: ${under}`,
      // https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html
      impact: 'irreversible',
      notes: [
        'the data moves to new nodes: minutes without writes on RA3, read-only to the end on DC2, with no new snapshot meanwhile',
        'snapshots taken before stay unencrypted',
      ],
      undo: { none: 'going back means restoring an older snapshot' },
    }
    const { DestinationRegion, ...rest } = facts.ClusterSnapshotCopyStatus ?? {}
    if (!DestinationRegion) return [about(cluster, [encrypt])]
    const place = `Amazon Redshift › Clusters › ${name} › Actions › Configure cross-region snapshot`
    const copy = { resource: arn, fact: 'ClusterSnapshotCopyStatus.DestinationRegion' }
    const enable = call('redshift:EnableSnapshotCopy', {
      ClusterIdentifier: name,
      DestinationRegion,
      ...rest,
    })
    const disable = call('redshift:DisableSnapshotCopy', { ClusterIdentifier: name })
    const off: ChangeDraft = {
      title: `Stop copying snapshots of ${name} to ${DestinationRegion}`,
      call: disable,
      effects: [{ ...copy, before: DestinationRegion, after: null }],
      console: `${place}: No`,
      impact: 'deletes data',
      notes: [
        `copied automated snapshots in ${DestinationRegion} are deleted, at the latest as they reach their retention`,
      ],
      undo: { none: 'copying is on again at the end of the plan, where it may be' },
    }
    const on: ChangeDraft = {
      title: `Copy snapshots of ${name} to ${DestinationRegion} again`,
      call: enable,
      effects: [{ ...copy, before: null, after: DestinationRegion }],
      console: `${place}: Yes, ${DestinationRegion}`,
      impact: 'none',
      undo: { none: 'it is as it was before the plan' },
    }
    const isAllowed =
      estate.policy.allowedRegions === undefined || allowsRegion(estate.policy, DestinationRegion, region)
    return [about(cluster, isAllowed ? [off, encrypt, on] : [off, encrypt])]
  },
})
