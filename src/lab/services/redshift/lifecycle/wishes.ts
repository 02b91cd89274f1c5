// What CreateCluster and RestoreFromClusterSnapshot ask for alike: checked, and made into the facts of a cluster.

import {
  type Cluster,
  type CreateClusterMessage,
  InvalidElasticIpFault$,
  type RestoreFromClusterSnapshotMessage,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { ParameterGroup } from '../model.ts'
import { getGroup } from '../parameter-groups.ts'
import { checkManualRetention } from '../snapshots/retention.ts'
import { checkAutomatedRetention, checkPassword } from './identifiers.ts'
import { checkSecurityGroups, checkZone, isAddress } from './network.ts'
import { checkPort, isDenseCompute } from './node-types.ts'
import { checkedTrack, revisionOf } from './releases.ts'
import { newRoles } from './roles.ts'
import { secretOf } from './secrets.ts'
import { getSubnetGroup } from './subnet-groups.ts'
import { checkedWindow } from './windows.ts'

/** What both operations take. */
export type Wishes = Omit<
  Pick<CreateClusterMessage, keyof CreateClusterMessage & keyof RestoreFromClusterSnapshotMessage>,
  'NodeType'
>

// "Default: the default group": since 2025-01-10 that of redshift-2.0 (behavior-changes).
const usualGroup = 'default.redshift-2.0'

const notModelled = [
  'AdditionalInfo',
  'CatalogName',
  'RedshiftIdcApplicationArn',
  'DefaultIamRoleArn',
] as const

/** The group a new cluster shall have. */
export function groupWanted({ region }: Context, { ClusterParameterGroupName }: Wishes): ParameterGroup {
  return getGroup(region, ClusterParameterGroupName ?? usualGroup)
}

/** Throws the refusals that concern one member or several together. */
export function checkWishes(wishes: Wishes, base: Cluster, { region }: Context): void {
  const unknown = notModelled.find((member) => wishes[member] !== undefined)
  if (unknown !== undefined)
    throw fault(UnsupportedOperationFault$, `The lab does not model clusters with ${unknown}.`)
  if (wishes.HsmClientCertificateIdentifier ?? wishes.HsmConfigurationIdentifier) {
    // "HSM encryption isn't supported for DC2, RG and RA3" (working-with-db-encryption). Unverified: wording.
    throw fault(UnsupportedOperationFault$, `HSM is not supported for node type ${base.NodeType}.`)
  }
  if (wishes.ClusterSecurityGroups?.length) {
    // "Cluster security groups only apply to clusters outside of VPCs" (API). Unverified: code and wording.
    throw common(
      'InvalidParameterCombination',
      'Cluster security groups cannot be used with a cluster in a VPC.',
    )
  }
  checkPassword(wishes)
  checkPort(base.NodeType, wishes.Port ?? base.Endpoint?.Port ?? 5_439)
  checkAutomatedRetention(
    wishes.AutomatedSnapshotRetentionPeriod ?? base.AutomatedSnapshotRetentionPeriod ?? 1,
    base.NodeType,
  )
  if (wishes.ManualSnapshotRetentionPeriod !== undefined)
    checkManualRetention(wishes.ManualSnapshotRetentionPeriod)
  checkSecurityGroups(wishes.VpcSecurityGroupIds ?? [])
  if (wishes.AvailabilityZone !== undefined) checkZone(region, wishes.AvailabilityZone)
  checkAddresses(wishes)
  checkMultiAz(wishes, base)
}

function checkAddresses({ ElasticIp, PubliclyAccessible, IpAddressType = 'ipv4' }: Wishes) {
  if (ElasticIp !== undefined && (!PubliclyAccessible || !isAddress(ElasticIp))) {
    // "The cluster must be … publicly-accessible" (API). Wording: the fault's description.
    throw fault(InvalidElasticIpFault$, 'The Elastic IP (EIP) is invalid or cannot be found.')
  }
  if (IpAddressType !== 'ipv4') {
    throw fault(UnsupportedOperationFault$, `The lab models clusters with IpAddressType ipv4 only.`)
  }
}

function checkMultiAz({ MultiAZ, AvailabilityZone, AvailabilityZoneRelocation }: Wishes, base: Cluster) {
  if (AvailabilityZoneRelocation && isDenseCompute(base.NodeType)) {
    // "Relocation is available on RA3 and RG" (managing-cluster-recovery). Unverified: wording.
    throw fault(UnsupportedOperationFault$, `Relocation is not supported for node type ${base.NodeType}.`)
  }
  if (!MultiAZ) return
  if (!base.Encrypted) {
    // Wording: terraform-provider-aws issue 38827.
    throw common(
      'InvalidParameterCombination',
      'Your cluster must be encrypted to use Multi-AZ. Specify encrypted parameter to encrypt your cluster.',
    )
  }
  // RA3 or RG, two nodes or more, and AWS chooses the zones (create-cluster-multi-az). Unverified: codes and wordings.
  if (isDenseCompute(base.NodeType) || (base.NumberOfNodes ?? 1) < 2)
    throw common('InvalidParameterCombination', 'Multi-AZ requires two or more RA3 or RG nodes.')
  if (AvailabilityZone !== undefined)
    throw common(
      'InvalidParameterCombination',
      'AvailabilityZone cannot be specified for a Multi-AZ cluster.',
    )
}

/** The facts of a cluster as asked for, everything else as `base` has it. */
export function factsWanted(wishes: Wishes, base: Cluster, context: Context): Cluster {
  const { region, now } = context
  const subnets = getSubnetGroup(region, wishes.ClusterSubnetGroupName ?? 'default')
  const zones = [...new Set(subnets.subnets.map(({ zone }) => zone))]
  const zone = wishes.AvailabilityZone ?? zones[0] ?? base.AvailabilityZone
  const track =
    wishes.MaintenanceTrackName === undefined
      ? base.MaintenanceTrackName
      : checkedTrack(wishes.MaintenanceTrackName)
  const asked = {
    AutomatedSnapshotRetentionPeriod: wishes.AutomatedSnapshotRetentionPeriod,
    ManualSnapshotRetentionPeriod: wishes.ManualSnapshotRetentionPeriod,
    AllowVersionUpgrade: wishes.AllowVersionUpgrade,
    PubliclyAccessible: wishes.PubliclyAccessible,
    EnhancedVpcRouting: wishes.EnhancedVpcRouting,
    ElasticIpStatus:
      wishes.ElasticIp === undefined ? undefined : { ElasticIp: wishes.ElasticIp, Status: 'active' },
    PreferredMaintenanceWindow:
      wishes.PreferredMaintenanceWindow === undefined
        ? undefined
        : checkedWindow(wishes.PreferredMaintenanceWindow),
    VpcSecurityGroups: wishes.VpcSecurityGroupIds?.map((id) => ({
      VpcSecurityGroupId: id,
      Status: 'active',
    })),
    AvailabilityZoneRelocationStatus: wishes.AvailabilityZoneRelocation ? 'enabled' : undefined,
    ...(wishes.MultiAZ && {
      MultiAZ: 'Enabled',
      MultiAZSecondary: { AvailabilityZone: zones[1] ?? zone, ClusterNodes: [] },
    }),
  }
  return {
    ...base,
    ...definedOf(asked),
    ClusterSubnetGroupName: subnets.name,
    VpcId: subnets.vpc,
    AvailabilityZone: zone,
    MaintenanceTrackName: track,
    ClusterRevisionNumber: revisionOf(track, now),
    IamRoles: newRoles(wishes.IamRoles ?? [], context),
    ...secretOf(wishes, base, context),
  }
}

/** The members that have a value. */
export function definedOf<Shape extends object>(shape: Shape): Partial<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Partial<Shape>
}
