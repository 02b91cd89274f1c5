// PauseCluster, ResumeCluster and RebootCluster.

import type * as client from '@aws-sdk/client-redshift'
import { InvalidClusterStateFault$, UnsupportedOperationFault$ } from '@aws-sdk/client-redshift'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import { takeAutomatedSnapshot } from '../snapshots/automated.ts'
import { demandRest, rebooting, startWork } from '../work.ts'
import { durations } from './durations.ts'
import { note } from './events.ts'

export const pauseOperations = {
  PauseCluster(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'pause')
    if (cluster.facts.AutomatedSnapshotRetentionPeriod === 0) {
      // "You can't pause clusters that have automated snapshots turned off" (rs-mgmt-pause-resume-cluster).
      // Unverified: code and wording.
      throw fault(
        UnsupportedOperationFault$,
        `Cluster ${cluster.id} cannot be paused because automated snapshots are turned off.`,
      )
    }
    if (cluster.facts.MultiAZ === 'Enabled') {
      // "You can't pause a Multi-AZ cluster" (managing-cluster-multi-az). Unverified: code and wording.
      throw fault(UnsupportedOperationFault$, `Multi-AZ cluster ${cluster.id} cannot be paused.`)
    }
    // "When you pause a cluster, Amazon Redshift creates a snapshot … and puts the cluster in a pausing state".
    cluster.nextSnapshot = now
    takeAutomatedSnapshot(cluster.id, { state, region, now })
    note(region, { number: '3618', at: now, source: cluster.id })
    startWork(state, region, cluster, {
      status: 'pausing',
      availability: 'Unavailable',
      until: now + durations.pausing,
      ending: { kind: 'paused' },
    })
    return { Cluster: viewCluster(cluster) }
  },

  ResumeCluster(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    if (cluster.work || cluster.facts.ClusterStatus !== 'paused') {
      // "If you try to resume a cluster that isn't paused, the resume operation returns an error". Unverified: wording.
      throw fault(
        InvalidClusterStateFault$,
        `You can't resume cluster ${cluster.id} because it is not in the paused state.`,
      )
    }
    startWork(state, region, cluster, {
      status: 'resuming',
      availability: 'Unavailable',
      until: now + durations.resuming,
      ending: { kind: 'resumed' },
    })
    return { Cluster: viewCluster(cluster) }
  },

  RebootCluster(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'reboot')
    startWork(state, region, cluster, rebooting(now + durations.rebooting))
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>
