// Restoring single tables from snapshots and recovery points.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { InvalidPaginationException$, type TableRestoreStatus } from '@aws-sdk/client-redshift-serverless'
import { minute } from '#kit/time.ts'
import { newUuid } from '#lab/ids.ts'
import type { SnapshotVault } from '#lab/services/redshift/keys/vault.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { durations } from './durations.ts'
import { invalid, notFound } from './errors.ts'
import { demandIdle, getNamespace, getSnapshot, getWorkgroup } from './find.ts'
import { demandServerlessKey, demandUsable } from './keys.ts'
import type { TableRestore } from './model.ts'
import { pageOf } from './page.ts'
import { getRecoveryPoint, vaultOf } from './recovery.ts'

export const tableRestoreOperations = {
  RestoreTableFromSnapshot(input, context) {
    const snapshot = getSnapshot(context.region, input.snapshotName)
    // Unverified: wording.
    if (snapshot.readyAt > context.now) throw invalid(`The snapshot ${snapshot.name} isn't available.`)
    return begin(input, snapshot.facts.namespaceName, snapshot.vault, context)
  },

  RestoreTableFromRecoveryPoint(input, context) {
    const { state, region, now } = context
    const point = getRecoveryPoint(region, input.recoveryPointId, now)
    return begin(input, point.namespace.name, vaultOf(state, region, point, now), context)
  },

  GetTableRestoreStatus({ tableRestoreRequestId: id }, { region, now }) {
    const found = region.serverless.tableRestores.find((one) => one.tableRestoreRequestId === id)
    if (!found) throw notFound('table restore', id)
    return { tableRestoreStatus: view(found, now) }
  },

  ListTableRestoreStatus(input, { region, now }) {
    const { namespaceName, workgroupName } = input
    const chosen = region.serverless.tableRestores.filter(
      (one) =>
        (namespaceName === undefined || one.namespaceName === namespaceName) &&
        (workgroupName === undefined || one.workgroupName === workgroupName),
    )
    const keyOf = (one: TableRestore) => `${one.requestTime.toISOString()} ${one.tableRestoreRequestId}`
    const { items, ...next } = pageOf(chosen, keyOf, input, InvalidPaginationException$)
    return { tableRestoreStatuses: items.map((one) => view(one, now)), ...next }
  },
} satisfies Operations<typeof client>

type Input = {
  namespaceName: string
  workgroupName: string
  snapshotName?: string
  recoveryPointId?: string
  sourceDatabaseName: string
  sourceSchemaName?: string | undefined
  sourceTableName: string
  targetDatabaseName?: string | undefined
  targetSchemaName?: string | undefined
  newTableName: string
  activateCaseSensitiveIdentifier?: boolean | undefined
}

function begin(input: Input, takenOf: string, source: SnapshotVault, context: Context) {
  const { state, region, now } = context
  const namespace = getNamespace(region, input.namespaceName)
  const workgroup = getWorkgroup(region, input.workgroupName)
  // A table comes back to the namespace that its backup was taken of (API). Unverified: wording.
  if (workgroup.facts.namespaceName !== namespace.name || takenOf !== namespace.name)
    throw invalid(`The backup and the workgroup must be of the namespace ${namespace.name}.`)
  demandIdle(region, namespace, 'workgroup', 'updating')
  for (const { keyArn, encryptionContext } of [source, namespace.vault])
    demandServerlessKey(context, demandUsable(context, keyArn), encryptionContext, ['Decrypt'])
  const { activateCaseSensitiveIdentifier, ...named } = input
  // Which tables there are is not looked at: backups do not list theirs.
  const made: TableRestore = {
    ...named,
    tableRestoreRequestId: newUuid(state),
    requestTime: new Date(now),
    sourceSchemaName: input.sourceSchemaName ?? 'public',
    targetDatabaseName: input.targetDatabaseName ?? input.sourceDatabaseName,
    targetSchemaName: input.targetSchemaName ?? input.sourceSchemaName ?? 'public',
    totalDataInMegaBytes: 16,
  }
  region.serverless.tableRestores.push(made)
  return { tableRestoreStatus: view(made, now) }
}

function view(restore: TableRestore, now: number): TableRestoreStatus {
  const { totalDataInMegaBytes: total = 0, requestTime } = restore
  const elapsed = now - requestTime.getTime()
  const isDone = elapsed >= durations.restoreTable
  return {
    ...restore,
    status: isDone ? 'SUCCEEDED' : elapsed < minute ? 'PENDING' : 'IN_PROGRESS',
    progressInMegaBytes: isDone ? total : Math.floor((total * elapsed) / durations.restoreTable),
  }
}
