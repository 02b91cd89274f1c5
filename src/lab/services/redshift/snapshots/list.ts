// Which snapshots DescribeClusterSnapshots lists, and in what order.

import {
  ClusterNotFoundFault$,
  ClusterSnapshotNotFoundFault$,
  type DescribeClusterSnapshotsMessage,
  type SnapshotSortingEntity,
} from '@aws-sdk/client-redshift'
import type { Account, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'
import { compareParts, type Position } from '../page.ts'
import { matchesTags } from '../tags.ts'

type Filter = DescribeClusterSnapshotsMessage

/** The caller's own snapshots that match. */
export function ownSnapshots(region: Region, filter: Filter): SnapshotRecord[] {
  checkFilter(region, filter)
  const all = [...region.redshift.snapshots.values()]
  const matching = all.filter(
    (snapshot) => matches(snapshot, filter) && matchesCluster(region, snapshot, filter),
  )
  if (matching.length === 0) demandNamed(region, all, filter)
  return matching
}

/** The snapshots another account owns and shares with the caller; never any when tags are asked for (API). */
export function sharedSnapshots(
  owner: Region | undefined,
  caller: Account,
  filter: Filter,
): SnapshotRecord[] {
  if (filter.TagKeys?.length || filter.TagValues?.length) return []
  const shared = [...(owner?.redshift.snapshots.values() ?? [])].filter(({ facts }) =>
    facts.AccountsWithRestoreAccess?.some(({ AccountId }) => AccountId === caller.id),
  )
  const matching = shared.filter((snapshot) => matches(snapshot, filter))
  if (matching.length === 0 && filter.SnapshotIdentifier) throw noSnapshot(filter.SnapshotIdentifier)
  return matching
}

/** The error for a snapshot that is not there. Unverified: the wording. */
export function noSnapshot(name: string) {
  return fault(ClusterSnapshotNotFoundFault$, `Snapshot ${name} not found.`)
}

function checkFilter({ redshift }: Region, { ClusterIdentifier, ClusterExists, SnapshotType }: Filter) {
  if (SnapshotType !== undefined && SnapshotType !== 'automated' && SnapshotType !== 'manual') {
    // Unverified: code and wording.
    throw common(
      'InvalidParameterValue',
      `Invalid snapshot type: ${SnapshotType}. Valid types are automated and manual.`,
    )
  }
  if (!ClusterExists) return
  // "If ClusterExists is set to true, ClusterIdentifier is required" (API). Unverified: code and wording.
  if (!ClusterIdentifier) {
    throw common('InvalidParameterCombination', 'ClusterIdentifier is required when ClusterExists is true.')
  }
  if (!redshift.clusters.has(ClusterIdentifier)) throw noCluster(ClusterIdentifier)
}

function matches({ isManual, facts }: SnapshotRecord, filter: Filter): boolean {
  const created = facts.SnapshotCreateTime
  return (
    (!filter.SnapshotIdentifier || facts.SnapshotIdentifier === filter.SnapshotIdentifier) &&
    (!filter.SnapshotArn || facts.SnapshotArn === filter.SnapshotArn) &&
    (!filter.ClusterIdentifier || facts.ClusterIdentifier === filter.ClusterIdentifier) &&
    (!filter.SnapshotType || isManual === (filter.SnapshotType === 'manual')) &&
    (!filter.StartTime || created >= filter.StartTime) &&
    (!filter.EndTime || created <= filter.EndTime) &&
    matchesTags(facts.Tags, filter)
  )
}

function matchesCluster({ redshift }: Region, { facts }: SnapshotRecord, { ClusterExists }: Filter): boolean {
  return ClusterExists === undefined || ClusterExists === redshift.clusters.has(facts.ClusterIdentifier)
}

// A name that nothing bears is an error, a filter that nothing passes is an empty list. Unverified: for a cluster's name.
function demandNamed({ redshift }: Region, all: SnapshotRecord[], filter: Filter) {
  const { SnapshotIdentifier: id, SnapshotArn: arn, ClusterIdentifier: cluster } = filter
  if (id && !redshift.snapshots.has(id)) throw noSnapshot(id)
  if (arn && !all.some(({ facts }) => facts.SnapshotArn === arn)) throw noSnapshot(arn)
  const isKnown =
    !cluster || redshift.clusters.has(cluster) || all.some(({ facts }) => facts.ClusterIdentifier === cluster)
  if (!isKnown) throw noCluster(cluster)
}

function noCluster(id: string) {
  return fault(ClusterNotFoundFault$, `Cluster ${id} not found.`)
}

/** How to order a list of snapshots: by what is asked for, then by name. */
export function snapshotOrder(entities: SnapshotSortingEntity[] = []) {
  return {
    positionOf: ({ id, facts }: SnapshotRecord): Position => [
      ...entities.map((entity) => sortPart(facts, entity)),
      id,
    ],
    compare(a: Position, b: Position): number {
      for (const [index, part] of a.entries()) {
        const difference = compareParts(part, b[index])
        if (difference !== 0) return entities[index]?.SortOrder === 'DESC' ? -difference : difference
      }
      return 0
    },
  }
}

function sortPart(facts: SnapshotRecord['facts'], { Attribute }: SnapshotSortingEntity): string | number {
  if (Attribute === 'CREATE_TIME') return facts.SnapshotCreateTime.getTime()
  if (Attribute === 'TOTAL_SIZE') return facts.TotalBackupSizeInMegaBytes ?? 0
  if (Attribute === 'SOURCE_TYPE') return facts.SnapshotType ?? ''
  // Unverified: code and wording.
  throw common('InvalidParameterValue', `Invalid sorting attribute: ${String(Attribute)}.`)
}
