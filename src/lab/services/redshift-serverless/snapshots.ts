// Snapshots: taking, listing, keeping and deleting them, and turning recovery points into them.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { snapshotOf } from '#lab/services/redshift/keys/vault.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkRetention, checkTags } from './checks.ts'
import { conflict, invalid, notFound } from './errors.ts'
import { demandIdle, getNamespace, getSnapshot, workgroupOf } from './find.ts'
import type { SnapshotRecord } from './model.ts'
import { pageOf } from './page.ts'
import { getRecoveryPoint, type RecoveryPointRecord, recoveryPoints, vaultOf } from './recovery.ts'
import { visibleSnapshots } from './sharing.ts'
import {
  demandFreeName,
  endOf,
  makeSnapshot,
  removeSnapshot,
  scheduleExpiry,
  viewSharedSnapshot,
  viewSnapshot,
} from './snapshot-store.ts'

export const snapshotOperations = {
  CreateSnapshot(input, context) {
    const { region, now } = context
    const days = checkedWish(input, context)
    const namespace = getNamespace(region, input.namespaceName)
    demandIdle(region, namespace, 'namespace', 'backing up')
    // Code unverified; wording: recorded in guidance-for-game-analytics-pipeline-on-aws#100.
    if (!workgroupOf(region, namespace.name))
      throw invalid("You can't create a snapshot because there isn't a workgroup created for the namespace")
    const wish = {
      name: input.snapshotName,
      days,
      tags: input.tags ?? [],
      vault: snapshotOf(namespace.vault),
    }
    return { snapshot: viewSnapshot(makeSnapshot(context, namespace, wish), now) }
  },

  GetSnapshot(input, context) {
    const snapshot = findSnapshot(context, input)
    return { snapshot: view(snapshot, context) }
  },

  ListSnapshots(input, context) {
    const { namespaceName, namespaceArn, startTime, endTime } = input
    const chosen = visibleSnapshots(context, input.ownerAccount ?? context.account.id).filter(
      ({ facts }) =>
        (namespaceName === undefined || facts.namespaceName === namespaceName) &&
        (namespaceArn === undefined || facts.namespaceArn === namespaceArn) &&
        isBetween(facts.snapshotCreateTime, startTime, endTime),
    )
    const { items, ...next } = pageOf(chosen, ({ name }) => name, input)
    return { snapshots: items.map((snapshot) => view(snapshot, context)), ...next }
  },

  UpdateSnapshot(input, context) {
    const snapshot = getSnapshot(context.region, input.snapshotName)
    const { retentionPeriod: days = snapshot.facts.snapshotRetentionPeriod } = input
    checkRetention(days)
    // Unverified: that a retention which is over is refused, as for provisioned clusters, and how.
    if (endOf(snapshot, days) <= context.now) throw invalid('The retention period is in the past.')
    snapshot.facts.snapshotRetentionPeriod = days
    scheduleExpiry(context, snapshot)
    return { snapshot: viewSnapshot(snapshot, context.now) }
  },

  DeleteSnapshot(input, context) {
    const snapshot = getSnapshot(context.region, input.snapshotName)
    // Unverified: wording, and that sharing is not in the way, as it is for provisioned clusters.
    if (snapshot.readyAt > context.now)
      throw conflict(`The snapshot ${snapshot.name} is still being created.`)
    removeSnapshot(context, snapshot)
    return { snapshot: { ...viewSnapshot(snapshot, context.now), status: 'DELETED' as const } }
  },

  GetRecoveryPoint(input, { region, now }) {
    return { recoveryPoint: viewPoint(getRecoveryPoint(region, input.recoveryPointId, now)) }
  },

  ListRecoveryPoints(input, { region, now }) {
    const { namespaceName, namespaceArn, startTime, endTime } = input
    const chosen = recoveryPoints(region, now).filter(
      ({ at, namespace: { name, facts } }) =>
        (namespaceName === undefined || name === namespaceName) &&
        (namespaceArn === undefined || facts.namespaceArn === namespaceArn) &&
        isBetween(new Date(at), startTime, endTime),
    )
    const { items, ...next } = pageOf(chosen, ({ at, id }) => `${new Date(at).toISOString()} ${id}`, input)
    return { recoveryPoints: items.map(viewPoint), ...next }
  },

  ConvertRecoveryPointToSnapshot(input, context) {
    const { state, region, now } = context
    const days = checkedWish(input, context)
    const point = getRecoveryPoint(region, input.recoveryPointId, now)
    const { at, namespace } = point
    const vault = vaultOf(state, region, point, now)
    const wish = { name: input.snapshotName, days, tags: input.tags ?? [], vault, takenAt: at }
    return { snapshot: viewSnapshot(makeSnapshot(context, namespace, wish), now) }
  },
} satisfies Operations<typeof client>

type Wish = {
  snapshotName: string
  retentionPeriod?: number | undefined
  tags?: client.Tag[] | undefined
}

function checkedWish({ snapshotName, retentionPeriod = -1, tags }: Wish, { region }: Context): number {
  checkRetention(retentionPeriod)
  checkTags(tags ?? [])
  demandFreeName(region, snapshotName)
  return retentionPeriod
}

/** The snapshot that a request names by name or ARN, the caller's own or one shared with it. */
export function findSnapshot(
  context: Context,
  input: {
    snapshotName?: string | undefined
    snapshotArn?: string | undefined
    ownerAccount?: string | undefined
  },
): SnapshotRecord {
  const { snapshotName: name, snapshotArn: arn } = input
  // API, RestoreFromSnapshot: "Must not be specified at the same time". Unverified: wording.
  if ((name === undefined) === (arn === undefined))
    throw invalid('Specify either snapshotName or snapshotArn.')
  const owner = input.ownerAccount ?? arn?.split(':')[4] ?? context.account.id
  const found = visibleSnapshots(context, owner).find(
    (one) => one.name === name || one.facts.snapshotArn === arn,
  )
  if (!found) throw notFound('snapshot', name ?? arn ?? '')
  return found
}

function view(snapshot: SnapshotRecord, { account, now }: Context) {
  const isOwn = snapshot.facts.ownerAccount === account.id
  return isOwn ? viewSnapshot(snapshot, now) : viewSharedSnapshot(snapshot, now)
}

function isBetween(at: Date, start: Date | undefined, end: Date | undefined): boolean {
  return (start === undefined || at >= start) && (end === undefined || at <= end)
}

function viewPoint({ id, at, namespace, workgroup, copy }: RecoveryPointRecord): client.RecoveryPoint {
  return {
    recoveryPointId: id,
    recoveryPointCreateTime: new Date(at),
    totalSizeInMegaBytes: 512,
    namespaceName: namespace.name,
    namespaceArn: namespace.facts.namespaceArn,
    // A workgroup is a thing of its region.
    ...(!copy && { workgroupName: workgroup }),
  }
}
