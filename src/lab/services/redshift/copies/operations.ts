// Copying the snapshots of a cluster to another region: on, off, and how long the copies are kept there.

import type * as client from '@aws-sdk/client-redshift'
import {
  IncompatibleOrderableOptions$,
  InvalidRetentionPeriodFault$,
  SnapshotCopyAlreadyDisabledFault$,
  SnapshotCopyAlreadyEnabledFault$,
  SnapshotCopyDisabledFault$,
  SnapshotCopyGrantNotFoundFault$,
  UnknownSnapshotCopyRegionFault$,
} from '@aws-sdk/client-redshift'
import { needsOptIn, regionNames } from '#lab/regions.ts'
import { type Context, regionIn } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import type { ClusterRecord } from '../model.ts'
import { checkManualRetention } from '../snapshots/retention.ts'
import { demandRest } from '../work.ts'
import { usualCopyDays } from './copying.ts'
import { keyForCopies } from './grant-key.ts'
import { copyRetentionChanged } from './retention.ts'

export const copyOperations = {
  EnableSnapshotCopy(input, context) {
    const cluster = getCluster(context.region, input.ClusterIdentifier)
    const { DestinationRegion, RetentionPeriod = usualCopyDays, SnapshotCopyGrantName: grant } = input
    const { ManualSnapshotRetentionPeriod = -1 } = input
    checkDestination(context, DestinationRegion)
    checkAutomatedDays(RetentionPeriod)
    checkManualRetention(ManualSnapshotRetentionPeriod)
    demandRest(cluster, 'enable snapshot copy of')
    if (cluster.facts.ClusterSnapshotCopyStatus) {
      // Wording: the fault's description.
      throw fault(
        SnapshotCopyAlreadyEnabledFault$,
        'The cluster already has cross-region snapshot copy enabled.',
      )
    }
    if (grant !== undefined) checkGrant(context, cluster, DestinationRegion, grant)
    cluster.facts = {
      ...cluster.facts,
      ClusterSnapshotCopyStatus: {
        DestinationRegion,
        RetentionPeriod,
        ManualSnapshotRetentionPeriod,
        ...(grant !== undefined && { SnapshotCopyGrantName: grant }),
      },
    }
    return { Cluster: viewCluster(cluster) }
  },

  DisableSnapshotCopy(input, { region }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'disable snapshot copy of')
    const { ClusterSnapshotCopyStatus: status, ...facts } = cluster.facts
    if (!status) {
      // Wording: the fault's description.
      throw fault(
        SnapshotCopyAlreadyDisabledFault$,
        'The cluster already has cross-region snapshot copy disabled.',
      )
    }
    // What was copied stays: automated copies "as they reach the retention period limit", manual ones until they are
    // deleted (cross-region-snapshot-copy, 2026; the console's warning of 2023 says that automated ones go at once).
    cluster.facts = facts
    return { Cluster: viewCluster(cluster) }
  },

  ModifySnapshotCopyRetentionPeriod(input, context) {
    const cluster = getCluster(context.region, input.ClusterIdentifier)
    const { RetentionPeriod: days, Manual: isManual = false } = input
    if (isManual) checkManualRetention(days)
    else checkAutomatedDays(days)
    demandRest(cluster, 'modify')
    const status = cluster.facts.ClusterSnapshotCopyStatus
    if (!status) {
      // Unverified: that this is the error of a cluster that copies nothing. Wording: the fault's description.
      throw fault(
        SnapshotCopyDisabledFault$,
        'Cross-region snapshot copy was temporarily disabled. Try your request again.',
      )
    }
    const changed = isManual ? { ManualSnapshotRetentionPeriod: days } : { RetentionPeriod: days }
    cluster.facts = { ...cluster.facts, ClusterSnapshotCopyStatus: { ...status, ...changed } }
    if (!isManual) copyRetentionChanged(context, cluster)
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>

// Unverified: that the region itself, and one that the account has not opted in to, are refused so.
function checkDestination({ account, region }: Context, name: string) {
  const isKnown = regionNames(account.partition).includes(name)
  const isOpen = !needsOptIn(account.partition, name) || account.optedIn.has(name)
  if (isKnown && isOpen && name !== region.name) return
  // Wording: the fault's description.
  throw fault(UnknownSnapshotCopyRegionFault$, 'The specified region is incorrect or does not exist.')
}

// "Must be at least 1 and no more than 35" (API). Unverified: the wording.
function checkAutomatedDays(days: number) {
  if (Number.isInteger(days) && days >= 1 && days <= 35) return
  throw fault(InvalidRetentionPeriodFault$, 'Retention period must be between 1 and 35.')
}

function checkGrant({ state, account, now }: Context, { facts }: ClusterRecord, name: string, grant: string) {
  // Unverified: that a grant for a cluster without encryption is refused, and so. Wording: the fault's description.
  if (!facts.Encrypted) throw fault(IncompatibleOrderableOptions$, 'The specified options are incompatible.')
  if (keyForCopies({ state, region: regionIn(account, name), now }, grant)) return
  // Wording: the fault's description.
  throw fault(
    SnapshotCopyGrantNotFoundFault$,
    "The specified snapshot copy grant can't be found. Make sure that the name is typed correctly and that the grant exists in the destination region.",
  )
}
