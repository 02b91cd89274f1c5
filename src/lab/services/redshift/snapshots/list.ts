// Which snapshots DescribeClusterSnapshots lists, and in what order.

import {
  ClusterNotFoundFault$,
  ClusterSnapshotNotFoundFault$,
  type DescribeClusterSnapshotsMessage,
  type SnapshotSortingEntity,
} from '@aws-sdk/client-redshift'
import type { Account, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Redshift, SnapshotRecord } from '../model.ts'
import { compareParts, type Page, type Position, pageOf, pageOfSorted } from '../page.ts'
import { matchesTags } from '../tags.ts'
import { snapshotsOf, sortedSnapshots } from './store.ts'

type Filter = DescribeClusterSnapshotsMessage

/** A page of the caller's own snapshots that match. */
export function ownSnapshots(region: Region, filter: Filter): Page<SnapshotRecord> {
  checkFilter(region, filter)
  const page = pageFrom(
    region.redshift,
    filter,
    (snapshot) => matches(snapshot, filter) && matchesCluster(region, snapshot, filter),
  )
  if (page.items.length === 0) demandNamed(region, filter)
  return page
}

/** A page of those another account owns and shares with the caller; never any when tags are asked for (API). */
export function sharedSnapshots(
  owner: Region | undefined,
  caller: Account,
  filter: Filter,
): Page<SnapshotRecord> {
  if (!owner || filter.TagKeys?.length || filter.TagValues?.length) return { items: [] }
  const isShared = ({ facts }: SnapshotRecord) =>
    facts.AccountsWithRestoreAccess?.some(({ AccountId }) => AccountId === caller.id) ?? false
  const page = pageFrom(owner.redshift, filter, (snapshot) => isShared(snapshot) && matches(snapshot, filter))
  if (page.items.length === 0 && filter.SnapshotIdentifier) throw noSnapshot(filter.SnapshotIdentifier)
  return page
}

// A named snapshot and the snapshots of a cluster are found by their index; all others in a list kept in order.
function pageFrom(
  redshift: Redshift,
  filter: Filter,
  passes: (snapshot: SnapshotRecord) => boolean,
): Page<SnapshotRecord> {
  const { positionOf, compare, name } = snapshotOrder(filter.SortingEntities)
  const one = filter.SnapshotIdentifier || (filter.SnapshotArn && nameIn(filter.SnapshotArn))
  if (one || filter.ClusterIdentifier) {
    const named = one ? redshift.snapshots.get(one) : undefined
    const few = one ? (named ? [named] : []) : snapshotsOf(redshift, filter.ClusterIdentifier ?? '')
    return pageOf(few.filter(passes), positionOf, filter, compare)
  }
  const inOrder = (a: SnapshotRecord, b: SnapshotRecord) => compare(positionOf(a), positionOf(b))
  const sorted = sortedSnapshots(redshift, name, inOrder)
  return pageOfSorted({ sorted, matches: passes }, positionOf, filter, compare)
}

/** The name of a snapshot in its ARN. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
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
function demandNamed({ redshift }: Region, filter: Filter) {
  const { SnapshotIdentifier: id, SnapshotArn: arn, ClusterIdentifier: cluster } = filter
  if (id && !redshift.snapshots.has(id)) throw noSnapshot(id)
  if (arn && redshift.snapshots.get(nameIn(arn))?.facts.SnapshotArn !== arn) throw noSnapshot(arn)
  const isKnown = !cluster || redshift.clusters.has(cluster) || redshift.snapshotsByCluster.has(cluster)
  if (!isKnown) throw noCluster(cluster)
}

function noCluster(id: string) {
  return fault(ClusterNotFoundFault$, `Cluster ${id} not found.`)
}

/** How to order a list of snapshots: by what is asked for, then by name. */
export function snapshotOrder(entities: SnapshotSortingEntity[] = []) {
  return {
    /** Orders of one name are the same. */
    name: entities.map(({ Attribute, SortOrder }) => `${Attribute} ${SortOrder}`).join(),
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
