// What happens to a cluster when work on it ends.

import type { Cluster, PendingModifiedValues } from '@aws-sdk/client-redshift'
import type { Happening } from '#lab/agenda.ts'
import { wakes } from './keys/lost.ts'
import { rotateKeys } from './keys/rotation.ts'
import { reencrypt } from './lifecycle/encryption.ts'
import { note } from './lifecycle/events.ts'
import { beginMaintenance, upToDate } from './lifecycle/maintenance-plan.ts'
import { removeCluster } from './lifecycle/remove.ts'
import { rename } from './lifecycle/rename.ts'
import { endResize } from './lifecycle/resize-end.ts'
import { settledRoles } from './lifecycle/roles.ts'
import { nodesOf } from './lifecycle/usual-cluster.ts'
import { noteCluster } from './logging/deliveries.ts'
import type { ClusterRecord, Ending } from './model.ts'
import { beginSnapshots } from './snapshots/automated.ts'

/** Ends work on a cluster. */
export function end(cluster: ClusterRecord, ending: Ending, happening: Happening): void {
  finish(cluster, ending, happening)
  noteCluster(happening, cluster)
}

function finish(cluster: ClusterRecord, ending: Ending, happening: Happening): void {
  const { region, now } = happening
  const tell = (number: Parameters<typeof note>[1]['number'], words = {}) =>
    note(region, { number, at: now, source: cluster.id, words })
  const say = (facts: Partial<Cluster>) => {
    cluster.facts = { ...cluster.facts, ...facts }
  }
  switch (ending.kind) {
    case 'passed':
      break
    case 'created':
      begin(cluster, happening)
      tell('2000')
      break
    case 'restoring':
      say({ RestoreStatus: { ...cluster.facts.RestoreStatus, Status: 'restoring' } })
      break
    case 'restored':
      begin(cluster, happening)
      say({ RestoreStatus: { ...cluster.facts.RestoreStatus, Status: 'completed' } })
      tell('3003', { snapshot: ending.snapshot })
      break
    case 'deleted':
      removeCluster(cluster, happening)
      tell('2001', { saved: ending.saved ? 'was' : 'was not' })
      break
    case 'paused':
      cluster.facts = { ...cluster.facts, ClusterStatus: 'paused', ClusterAvailabilityStatus: 'Unavailable' }
      tell('3619')
      break
    case 'resumed':
      if (!wakes(cluster, happening)) break
      cluster.facts = { ...cluster.facts, ClusterStatus: 'available', ClusterAvailabilityStatus: 'Available' }
      upToDate(cluster, now)
      break
    case 'rebooted':
      if (!wakes(cluster, happening)) break
      restart(cluster, happening)
      tell('3000')
      break
    case 'recovered':
      if (!wakes(cluster, happening)) break
      restart(cluster, happening)
      tell('3001')
      break
    case 'keysRotated':
      rotateKeys(cluster, happening)
      break
    case 'modified':
      endModification(cluster, ending, happening)
      break
    case 'rolesChanged':
      say({ IamRoles: settledRoles(cluster.facts.IamRoles) })
      break
    case 'parametersApplied':
      cluster.applying.clear()
      break
    case 'resized':
    case 'resizeCancelled':
      endResize(cluster, ending, happening)
      break
    case 'elasticBegun':
      tell('3011')
      break
    case 'elasticDone':
      tell('3537')
      break
    case 'maintained':
      upToDate(cluster, now)
      beginMaintenance(happening.state, region, cluster, now)
      tell('2004')
      break
    case 'relocated':
      tell('3632', { from: cluster.facts.AvailabilityZone ?? '', to: ending.zone })
      say({ AvailabilityZone: ending.zone })
      break
    case 'multiAzChanged':
      say(ending.facts)
      tell(ending.event)
      break
    case 'failedOver':
      failOver(cluster)
      tell('3669', {
        from: cluster.facts.AvailabilityZone ?? '',
        to: cluster.facts.MultiAZSecondary?.AvailabilityZone ?? '',
      })
  }
}

function endModification(
  cluster: ClusterRecord,
  { values, facts = {}, encryption }: Extract<Ending, { kind: 'modified' }>,
  happening: Happening,
) {
  const { region, now } = happening
  if (encryption) reencrypt(cluster, encryption, happening)
  cluster.facts = { ...cluster.facts, ...facts }
  // A new size is there when the resize says so.
  const { NodeType, NumberOfNodes, ...others } = values
  applyPending(cluster, others, happening)
  // "Amazon Redshift restarts the cluster automatically when you change" its identifier or enhanced VPC routing
  // (modify-cluster, read 2026-11-27), and a new parameter group is, on that page, one more thing that takes effect when
  // the cluster is restarted. Unverified: that this restart brings parameters in force as a reboot does, and its event.
  if (others.EnhancedVpcRouting !== undefined || others.ClusterIdentifier !== undefined) {
    restart(cluster, happening)
    note(region, { number: '3000', at: now, source: cluster.id })
  }
  if (facts.VpcSecurityGroups) note(region, { number: '2002', at: now, source: cluster.id })
  if (facts.Endpoint) note(region, { number: '3679', at: now, source: cluster.id })
}

// A new cluster becomes available: AWS begins to take snapshots of it and to maintain it.
function begin(cluster: ClusterRecord, { state, region, now }: Happening) {
  const { NumberOfNodes: count = 1, PubliclyAccessible: isPublic = false } = cluster.facts
  cluster.facts = {
    ...cluster.facts,
    ClusterNodes: nodesOf(cluster.id, count, isPublic),
    IamRoles: settledRoles(cluster.facts.IamRoles),
    PendingModifiedValues: {},
  }
  if (cluster.facts.AutomatedSnapshotRetentionPeriod !== 0) beginSnapshots(state, region, cluster, now)
  beginMaintenance(state, region, cluster, now)
}

// "Any pending cluster modifications are applied at this reboot" (API, RebootCluster), but a track is changed by
// maintenance alone (API, ModifyCluster).
function restart(cluster: ClusterRecord, happening: Happening) {
  cluster.pending.clear()
  cluster.troubles?.clear()
  const { MaintenanceTrackName, ...others } = cluster.facts.PendingModifiedValues ?? {}
  applyPending(cluster, others, happening)
}

// The secondary becomes the primary (FailoverPrimaryCompute).
function failOver(cluster: ClusterRecord) {
  const { AvailabilityZone: zone, MultiAZSecondary: secondary } = cluster.facts
  if (!secondary || zone === undefined) return
  cluster.facts = {
    ...cluster.facts,
    ...(secondary.AvailabilityZone !== undefined && { AvailabilityZone: secondary.AvailabilityZone }),
    MultiAZSecondary: { ...secondary, AvailabilityZone: zone },
  }
}

/** Makes pending values a cluster's values; what else is pending stays so. */
export function applyPending(
  cluster: ClusterRecord,
  applied: PendingModifiedValues,
  happening: Happening,
): void {
  const { EncryptionType, MasterUserPassword, ClusterType, ClusterIdentifier, ...values } = applied
  const encryption = EncryptionType === undefined ? {} : { Encrypted: EncryptionType === 'KMS' }
  const PendingModifiedValues = without(cluster.facts.PendingModifiedValues ?? {}, Object.keys(applied))
  cluster.facts = { ...cluster.facts, ...definedOf(values), ...encryption, PendingModifiedValues }
  if (MasterUserPassword !== undefined) {
    note(happening.region, { number: '4000', at: happening.now, source: cluster.id })
  }
  if (ClusterIdentifier !== undefined) rename(cluster, ClusterIdentifier, happening)
}

function without(values: PendingModifiedValues, names: string[]): PendingModifiedValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

function definedOf(values: Partial<Cluster>): Partial<Cluster> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
