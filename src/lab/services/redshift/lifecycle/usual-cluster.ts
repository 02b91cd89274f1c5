// What AWS says of a cluster when nothing else was asked for.

import type { Cluster, ClusterNode } from '@aws-sdk/client-redshift'
import { hexOf } from '#lab/ids.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { loggingOff } from '../logging/model.ts'
import type { ClusterRecord, ParameterGroup } from '../model.ts'
import { defaultNetwork } from './network.ts'
import { revisionOf } from './releases.ts'
import { defaultWindow } from './windows.ts'

/** Defaults: Redshift API Reference, CreateCluster; the other values as in a recorded answer (aws-config-rdk, 2022). */
export function usualCluster(region: Region, id: string, now: number): Cluster {
  const network = defaultNetwork(region)
  return {
    ClusterIdentifier: id,
    ClusterStatus: 'available',
    ClusterAvailabilityStatus: 'Available',
    MasterUsername: 'awsuser',
    DBName: 'dev',
    Endpoint: endpointOf(region, id, 5_439),
    ClusterCreateTime: new Date(now),
    AutomatedSnapshotRetentionPeriod: 1,
    ManualSnapshotRetentionPeriod: -1,
    ClusterSecurityGroups: [],
    VpcSecurityGroups: [{ VpcSecurityGroupId: network.securityGroup, Status: 'active' }],
    ClusterSubnetGroupName: 'default',
    VpcId: network.vpc,
    AvailabilityZone: `${region.name}a`,
    PreferredMaintenanceWindow: defaultWindow(region.name, id),
    PendingModifiedValues: {},
    ClusterVersion: '1.0',
    AllowVersionUpgrade: true,
    NumberOfNodes: 1,
    PubliclyAccessible: false,
    Encrypted: true,
    ClusterNodes: [],
    ClusterRevisionNumber: revisionOf('current', now),
    Tags: [],
    EnhancedVpcRouting: false,
    IamRoles: [],
    MaintenanceTrackName: 'current',
    DeferredMaintenanceWindows: [],
    AvailabilityZoneRelocationStatus: 'disabled',
    AquaConfiguration: { AquaStatus: 'disabled', AquaConfigurationStatus: 'auto' },
    // Unverified: the API types it as text; Terraform reads Enabled and Disabled.
    MultiAZ: 'Disabled',
  }
}

/** A cluster's record around its facts, at rest. */
export function recordOf(id: string, facts: Cluster, group: ParameterGroup): ClusterRecord {
  return {
    id,
    facts,
    group,
    pending: new Map(),
    applying: new Set(),
    work: undefined,
    nextSnapshot: undefined,
    logging: loggingOff(),
  }
}

/** Where a cluster of that name answers. */
export function endpointOf({ name, account }: Region, id: string, port: number): Cluster['Endpoint'] {
  const suffix = account.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return { Address: `${id}.c1a2b3c4d5e6.${name}.redshift.${suffix}`, Port: port }
}

/** The nodes of a cluster, whose addresses follow from its name. */
export function nodesOf(id: string, count: number, isPublic: boolean): ClusterNode[] {
  const roles = Array.from({ length: count }, (_, index) => `COMPUTE-${index}`)
  return (count === 1 ? ['SHARED'] : ['LEADER', ...roles]).map((role) => {
    const dice = hexOf(`node ${id} ${role}`, 4)
    const [high, low] = [Number.parseInt(dice.slice(0, 2), 16), Number.parseInt(dice.slice(2), 16)]
    return {
      NodeRole: role,
      PrivateIPAddress: `172.31.${high}.${low}`,
      // Addresses for documentation (RFC 5737).
      ...(isPublic && { PublicIPAddress: `203.0.113.${low}` }),
    }
  })
}

/** The ARN of the namespace behind a cluster. */
export function namespaceArn(region: Region, uuid: string): string {
  return arnIn(region, 'redshift', `namespace:${uuid}`)
}
