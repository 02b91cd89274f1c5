// Restoring single tables from a snapshot of the cluster itself.

import type * as client from '@aws-sdk/client-redshift'
import {
  ClusterSnapshotNotFoundFault$,
  InProgressTableRestoreQuotaExceededFault$,
  InvalidClusterSnapshotStateFault$,
  InvalidTableRestoreArgumentFault$,
  TableRestoreNotFoundFault$,
  type TableRestoreStatus,
} from '@aws-sdk/client-redshift'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import { newUuid } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import type { ClusterRecord, TableRestore } from '../model.ts'
import { pageOf } from '../page.ts'
import { demandRest } from '../work.ts'
import { durations } from './durations.ts'
import { note } from './events.ts'

// Unverified: how many a cluster may have under way at once; the fault says that there is a limit.
const mostAtOnce = 10
// The lab's own bound on what it remembers.
const mostKept = 200

export const tableRestoreOperations = {
  RestoreTableFromClusterSnapshot(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    checkSource(region, cluster, input.SnapshotIdentifier)
    demandRest(cluster, 'restore a table of')
    checkQuota(region, cluster, now)
    const { tableRestores } = region.redshift
    const { EnableCaseSensitiveIdentifier, ...names } = input
    const restore: TableRestore = {
      ...names,
      SourceSchemaName: names.SourceSchemaName ?? 'public',
      TargetDatabaseName: names.TargetDatabaseName ?? names.SourceDatabaseName,
      TargetSchemaName: names.TargetSchemaName ?? 'public',
      TableRestoreRequestId: newUuid(state),
      RequestTime: new Date(now),
      endsAt: now + durations.tableRestore,
    }
    tableRestores.push(restore)
    if (tableRestores.length > mostKept) tableRestores.shift()
    note(region, { number: '2014', at: now, source: cluster.id })
    note(region, { number: '3008', at: now, source: cluster.id })
    schedule(state, restore.endsAt, 'redshift:table', region, cluster.id)
    return { TableRestoreStatus: viewRestore(restore, now) }
  },

  DescribeTableRestoreStatus(input, { region, now }) {
    const { ClusterIdentifier: cluster, TableRestoreRequestId: request } = input
    if (cluster !== undefined) getCluster(region, cluster)
    const chosen = region.redshift.tableRestores.filter(
      (restore) =>
        restore.ClusterIdentifier === (cluster ?? restore.ClusterIdentifier) &&
        restore.TableRestoreRequestId === (request ?? restore.TableRestoreRequestId),
    )
    // Wording: the fault's description.
    if (request !== undefined && chosen.length === 0)
      throw fault(TableRestoreNotFoundFault$, 'The specified TableRestoreRequestId value was not found.')
    const order = (restore: TableRestore) => [restore.endsAt, restore.TableRestoreRequestId]
    const { items, ...marker } = pageOf(chosen, order, input)
    return { TableRestoreStatusDetails: items.map((restore) => viewRestore(restore, now)), ...marker }
  },
} satisfies Operations<typeof client>

/** `redshift:table`: a table is there. */
export const tableRestored: TaskHandler = (id, { region, now }) => {
  note(region, { number: '3009', at: now, source: id })
}

// Unverified: the sizes, which are the lab's.
function viewRestore({ endsAt, ...restore }: TableRestore, now: number): TableRestoreStatus {
  const isDone = endsAt <= now
  return {
    ...restore,
    Status: isDone ? 'SUCCEEDED' : 'IN_PROGRESS',
    ProgressInMegaBytes: isDone ? 16 : 0,
    TotalDataInMegaBytes: 16,
  }
}

function checkSource(region: Region, cluster: ClusterRecord, id: string) {
  const snapshot = region.redshift.snapshots.get(id)
  if (!snapshot) throw fault(ClusterSnapshotNotFoundFault$, `Snapshot ${id} not found.`)
  if (snapshot.facts.ClusterIdentifier !== cluster.id) {
    // "This snapshot must have been created from the cluster" (API). Unverified: wording of this and the next two.
    throw fault(
      InvalidTableRestoreArgumentFault$,
      `Snapshot ${snapshot.id} was not created from cluster ${cluster.id}.`,
    )
  }
  if (cluster.facts.Encrypted && snapshot.facts.Encrypted === false) {
    // Not from an unencrypted snapshot into an encrypted cluster (working-with-snapshot-restore-table-from-snapshot).
    throw fault(
      InvalidTableRestoreArgumentFault$,
      'A table cannot be restored from a snapshot of the cluster before it was encrypted.',
    )
  }
  if (snapshot.facts.Status !== 'available')
    throw fault(InvalidClusterSnapshotStateFault$, `Snapshot ${snapshot.id} is not available.`)
}

function checkQuota(region: Region, cluster: ClusterRecord, now: number) {
  const { tableRestores } = region.redshift
  const current = tableRestores.filter(
    ({ ClusterIdentifier, endsAt }) => ClusterIdentifier === cluster.id && endsAt > now,
  )
  if (current.length >= mostAtOnce) {
    // Wording: the fault's description.
    throw fault(
      InProgressTableRestoreQuotaExceededFault$,
      'You have exceeded the allowed number of table restore requests. Wait for your current table restore requests to complete before making a new request.',
    )
  }
}
