// ModifyCluster: which of the members asked for change something, when, and under which status.

import type { Cluster, ModifyClusterMessage, PendingModifiedValues } from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'
import type { ClusterRecord, Reencryption } from '../model.ts'
import { durations } from './durations.ts'
import { keyWanted, shownKey } from './encryption.ts'
import { isDenseCompute } from './node-types.ts'
import { checkedTrack } from './releases.ts'
import { isSize, type Size, sizeWanted } from './resize.ts'
import { secretOf } from './secrets.ts'
import { checkedWindow } from './windows.ts'
import { definedOf } from './wishes.ts'

/** A change of a cluster. */
export type Change = {
  /** What holds from the call on, without any work: the cluster stays available. */
  atOnce: Partial<Cluster>
  /** Waits for the next maintenance. */
  track: string | undefined
  /** Shown as pending while the change is under way. */
  pending: PendingModifiedValues
  /** What else the cluster says meanwhile, and when it is done. */
  during: Partial<Cluster>
  later: Partial<Cluster>
  size: Size | undefined
  encryption: Reencryption | undefined
}

/** What a request would change. Throws AWS's refusals of what it asks for; changes nothing. */
export function changeWanted(cluster: ClusterRecord, input: ModifyClusterMessage, context: Context): Change {
  const { facts } = cluster
  const groups = securityGroups(facts, input.VpcSecurityGroupIds)
  const size = sizeOf(cluster, input)
  const encryption = encryptionOf(cluster, input, context)
  const name = input.NewClusterIdentifier?.toLowerCase()
  return {
    atOnce: atOnce(facts, input),
    track: changed(
      facts.MaintenanceTrackName,
      input.MaintenanceTrackName && checkedTrack(input.MaintenanceTrackName),
    ),
    pending: definedOf({
      PubliclyAccessible: changed(facts.PubliclyAccessible, input.PubliclyAccessible),
      EnhancedVpcRouting: changed(facts.EnhancedVpcRouting, input.EnhancedVpcRouting),
      // "Operations never return the password" (API, ModifyCluster): shown as stars, as Terraform's answers have it.
      MasterUserPassword: input.MasterUserPassword === undefined ? undefined : '****',
      ClusterIdentifier: changed(cluster.id, name),
      NodeType: size?.nodeType,
      NumberOfNodes: size?.nodes,
      EncryptionType: encryption?.type,
    }),
    during: groups.during,
    later: { ...groups.later, ...endpointFacts(facts, input), ...passwordFacts(facts, input, context) },
    size,
    encryption,
  }
}

/** Whether a change changes nothing at all. */
export function isNothing(change: Change): boolean {
  return Object.keys(change.atOnce).length === 0 && change.track === undefined && !takesTime(change)
}

/** Whether a change takes time. */
export function takesTime({ pending, later }: Change): boolean {
  return Object.keys(pending).length > 0 || Object.keys(later).length > 0
}

/** The status of a change that takes time, and how long it does: the slowest part decides. */
export function courseOf({ facts }: ClusterRecord, { pending, size, encryption }: Change) {
  const encrypting = isDenseCompute(facts.NodeType) ? durations.encryptingDenseCompute : durations.encrypting
  const lasts = Math.max(
    durations.modifying,
    pending.ClusterIdentifier === undefined ? 0 : durations.renaming,
    size ? durations.classicResize : 0,
    encryption ? encrypting : 0,
  )
  const status =
    size || encryption ? 'resizing' : pending.ClusterIdentifier === undefined ? 'modifying' : 'renaming'
  return { status, lasts }
}

function changed<Value>(before: Value | undefined, wanted: Value | undefined): Value | undefined {
  return wanted === before ? undefined : wanted
}

function atOnce(facts: Cluster, input: ModifyClusterMessage): Partial<Cluster> {
  const extra = input.ExtraComputeForAutomaticOptimization
  const wanted = input.PreferredMaintenanceWindow
  return definedOf({
    AutomatedSnapshotRetentionPeriod: changed(
      facts.AutomatedSnapshotRetentionPeriod,
      input.AutomatedSnapshotRetentionPeriod,
    ),
    ManualSnapshotRetentionPeriod: changed(
      facts.ManualSnapshotRetentionPeriod,
      input.ManualSnapshotRetentionPeriod,
    ),
    AllowVersionUpgrade: changed(facts.AllowVersionUpgrade, input.AllowVersionUpgrade),
    // "This maintenance window change is made immediately" (API, ModifyCluster).
    PreferredMaintenanceWindow: changed(facts.PreferredMaintenanceWindow, wanted && checkedWindow(wanted)),
    // The API types it as text. Unverified: which text.
    ExtraComputeForAutomaticOptimization: changed(
      facts.ExtraComputeForAutomaticOptimization ?? 'false',
      extra === undefined ? undefined : String(extra),
    ),
  })
}

// Memberships are "adding" and "removing" until they are applied. Unverified: these words, which are those of RDS.
function securityGroups(facts: Cluster, ids: string[] | undefined) {
  const before = (facts.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? '')
  const isSame = ids?.length === before.length && ids.every((id) => before.includes(id))
  if (!ids?.length || isSame) return { during: {}, later: {} }
  const all = [...new Set([...before, ...ids])]
  const during = all.map((id) => ({
    VpcSecurityGroupId: id,
    Status: !ids.includes(id) ? 'removing' : before.includes(id) ? 'active' : 'adding',
  }))
  const later = ids.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' }))
  return { during: { VpcSecurityGroups: during }, later: { VpcSecurityGroups: later } }
}

function sizeOf(cluster: ClusterRecord, input: ModifyClusterMessage): Size | undefined {
  const { ClusterType, NodeType, NumberOfNodes } = input
  if (ClusterType === undefined && NodeType === undefined && NumberOfNodes === undefined) return undefined
  const size = sizeWanted(cluster, { ClusterType, NodeType, NumberOfNodes })
  return isSize(cluster, size) ? undefined : size
}

function encryptionOf(
  cluster: ClusterRecord,
  { Encrypted = cluster.facts.Encrypted ?? false, KmsKeyId: ref }: ModifyClusterMessage,
  context: Context,
): Reencryption | undefined {
  const { facts } = cluster
  const isSame = Encrypted === (facts.Encrypted ?? false)
  if (isSame && (!Encrypted || ref === undefined)) return undefined
  const change: Reencryption = Encrypted
    ? encryptionUnder(cluster, ref, context)
    : { type: 'None', keyArn: undefined, shown: undefined }
  if (isSame && change.shown === facts.KmsKeyId) return undefined
  if (facts.ClusterSnapshotCopyStatus) {
    // "You must disable it before changing encryption" (changing-cluster-encryption). Unverified: code and wording.
    throw common(
      'InvalidParameterCombination',
      'Cross-region snapshot copy must be disabled before the encryption of a cluster is changed.',
    )
  }
  return change
}

function encryptionUnder(cluster: ClusterRecord, ref: string | undefined, context: Context): Reencryption {
  const createdAt = cluster.facts.ClusterCreateTime?.getTime() ?? context.now
  const key = keyWanted(context, ref, { id: cluster.id, createdAt })
  return { type: 'KMS', keyArn: key.arn, shown: shownKey(key).KmsKeyId }
}

function endpointFacts(facts: Cluster, { Port, ElasticIp }: ModifyClusterMessage): Partial<Cluster> {
  const port = changed(facts.Endpoint?.Port, Port)
  const address = changed(facts.ElasticIpStatus?.ElasticIp, ElasticIp)
  return {
    ...(port !== undefined && { Endpoint: { ...facts.Endpoint, Port: port } }),
    ...(address !== undefined && { ElasticIpStatus: { ElasticIp: address, Status: 'active' } }),
  }
}

function passwordFacts(facts: Cluster, input: ModifyClusterMessage, context: Context): Partial<Cluster> {
  const { ManageMasterPassword: managed, MasterUserPassword: password } = input
  if (managed === true) {
    const secret = secretOf(input, facts, context)
    const isSame =
      secret.MasterPasswordSecretArn === facts.MasterPasswordSecretArn &&
      secret.MasterPasswordSecretKmsKeyId === facts.MasterPasswordSecretKmsKeyId
    return isSame ? {} : secret
  }
  if (managed === undefined || facts.MasterPasswordSecretArn === undefined) return {}
  if (password === undefined) {
    // Without Secrets Manager there must be a password. Unverified: code and wording.
    throw common(
      'InvalidParameterCombination',
      'MasterUserPassword is required if ManageMasterPassword is false.',
    )
  }
  return { MasterPasswordSecretArn: undefined, MasterPasswordSecretKmsKeyId: undefined }
}
