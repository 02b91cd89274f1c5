// RestoreFromClusterSnapshot.

import type * as client from '@aws-sdk/client-redshift'
import {
  type Cluster,
  InvalidRestoreFault$,
  type RestoreFromClusterSnapshotMessage,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import { newUuid } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import type { SnapshotRecord, Work } from '../model.ts'
import { attach, getSchedule } from '../schedules/attach.ts'
import { startWork } from '../work.ts'
import { demandNewName } from './create.ts'
import { durations } from './durations.ts'
import { note } from './events.ts'
import { checkedClusterName } from './identifiers.ts'
import { checkNodeCount, checkNodeQuota, invalidNodeType, isDenseCompute } from './node-types.ts'
import { checkPublicAccess } from './public-access.ts'
import { encryptRestored, rootKeyWanted } from './restore-key.ts'
import { snapshotToRestore } from './restore-source.ts'
import { endpointOf, namespaceArn, recordOf, usualCluster } from './usual-cluster.ts'
import { checkWishes, factsWanted, groupWanted } from './wishes.ts'

type Input = RestoreFromClusterSnapshotMessage & { ClusterIdentifier: string }

export const restoreOperations = {
  RestoreFromClusterSnapshot(input, context) {
    const { state, region, now } = context
    const id = checkedClusterName(input.ClusterIdentifier)
    demandNewName(region, id)
    checkOwnMembers(input)
    const snapshot = snapshotToRestore(context, input)
    const size = sizeOf(snapshot, input)
    checkNodeQuota(region, size.NumberOfNodes)
    const key = rootKeyWanted(context, snapshot, input, { id, createdAt: now })
    const base = { ...baseOf(snapshot, id, context), ...size, Encrypted: key !== undefined }
    checkWishes(input, base, context)
    checkPublicAccess(region, input.PubliclyAccessible)
    const group = groupWanted(context, input)
    const plan = input.SnapshotScheduleIdentifier
    if (plan !== undefined) getSchedule(region, plan)
    const facts: Cluster = {
      ...factsWanted(input, base, context),
      Endpoint: endpointOf(region, id, input.Port ?? snapshot.facts.Port ?? 5_439),
      ClusterNamespaceArn: namespaceArn(region, newUuid(state)),
      RestoreStatus: progressOf(snapshot, 'starting'),
    }
    const cluster = recordOf(id, facts, group)
    encryptRestored(context, cluster, snapshot, key)
    region.redshift.clusters.set(id, cluster)
    if (plan !== undefined) attach(context, cluster, plan)
    note(region, { number: '2008', at: now, source: id, words: { snapshot: snapshot.id } })
    startWork(state, region, cluster, restoring(snapshot, now))
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>

function checkOwnMembers(input: Input) {
  if (input.ReservedNodeId ?? input.TargetReservedNodeOfferingId)
    throw fault(UnsupportedOperationFault$, 'The lab does not model restoring with reserved nodes.')
}

// "If you have a DC instance type, you must restore into that same instance type and size" (API), or into RA3 and RG,
// which is how AWS moves DC2 (managing-cluster-considerations). Wording: the fault's description.
function sizeOf({ facts }: SnapshotRecord, { NodeType, NumberOfNodes }: Input) {
  const before = facts.NodeType ?? 'ra3.xlplus'
  const nodeType = NodeType?.toLowerCase() ?? before
  const nodes = NumberOfNodes ?? facts.NumberOfNodes ?? 1
  if (isDenseCompute(nodeType) && nodeType !== before) {
    if (!isDenseCompute(before)) throw invalidNodeType(nodeType)
    throw fault(InvalidRestoreFault$, 'The restore is invalid.')
  }
  checkNodeCount(nodeType, nodes, true)
  return { NodeType: nodeType, NumberOfNodes: nodes }
}

// "Default: the value selected for the cluster from which the snapshot was taken" (API).
function baseOf({ facts }: SnapshotRecord, id: string, { region, now }: Context): Cluster {
  const usual = usualCluster(region, id, now)
  const source = region.redshift.clusters.get(facts.ClusterIdentifier)?.facts
  return {
    ...usual,
    MasterUsername: facts.MasterUsername,
    DBName: facts.DBName,
    ClusterVersion: facts.ClusterVersion,
    EnhancedVpcRouting: facts.EnhancedVpcRouting ?? false,
    MaintenanceTrackName: facts.MaintenanceTrackName ?? 'current',
    AutomatedSnapshotRetentionPeriod: source?.AutomatedSnapshotRetentionPeriod ?? 1,
    PreferredMaintenanceWindow: source?.PreferredMaintenanceWindow ?? usual.PreferredMaintenanceWindow,
  }
}

/** The RestoreStatus of a cluster made from a snapshot. */
export function progressOf({ facts }: SnapshotRecord, status: string): Cluster['RestoreStatus'] {
  return {
    Status: status,
    CurrentRestoreRateInMegaBytesPerSecond: 0,
    SnapshotSizeInMegaBytes: facts.TotalBackupSizeInMegaBytes ?? 0,
    ProgressInMegaBytes: 0,
    ElapsedTimeInSeconds: 0,
    EstimatedTimeToCompletionInSeconds: 0,
  }
}

// "starting, restoring, completed, or failed" (API, RestoreStatus).
function restoring({ id }: SnapshotRecord, now: number): Work {
  const stage = { status: 'creating', availability: 'Modifying' }
  const lasts = durations.restoring / 2
  return {
    ...stage,
    until: now + lasts,
    ending: { kind: 'restoring' },
    next: [{ ...stage, lasts, ending: { kind: 'restored', snapshot: id } }],
  }
}
