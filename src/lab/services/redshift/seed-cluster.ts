// Makes a cluster from its seed.

import { type Cluster, Cluster$, LoggingStatus$ } from '@aws-sdk/client-redshift'
import { day, hour, minute } from '#kit/time.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { ClusterSeed } from '#lab/world.ts'
import { loggingOff } from './logging.ts'
import type { ClusterRecord, LoggingRecord } from './model.ts'
import { checkedValues, valueIn } from './parameters.ts'

/** A cluster with everything left out at the value AWS would give. */
export function seedCluster(region: Region, seed: ClusterSeed, now: number): ClusterRecord {
  const { ParameterGroup: groupName = 'default.redshift-2.0', inForce = {}, logging, ...facts } = seed
  const id = seed.ClusterIdentifier.toLowerCase()
  const where = `cluster ${id} in ${region.name}`
  const group = region.redshift.groups.get(groupName.toLowerCase())
  if (!group) throw new Error(`${where} has the unknown parameter group ${groupName}`)
  const running = checkedValues(group.family, inForce, where)
  return {
    id,
    facts: {
      ...usualCluster(region, id, now),
      ...readPlain<Cluster>(Cluster$, facts, now, where),
      ClusterIdentifier: id,
    },
    group,
    pending: new Map([...running].filter(([name, value]) => value !== valueIn(group, name))),
    applying: new Set(),
    work: undefined,
    nextSnapshot: undefined,
    logging: seedLogging(logging, now, `${where}: logging`),
  }
}

// Deliveries go on hourly from the last one seeded. A success of long ago, or "never", means that they have stopped or
// not begun, and they do not start by themselves.
function seedLogging(seed: ClusterSeed['logging'], now: number, where: string): LoggingRecord {
  const { LastSuccessfulDeliveryTime: last, ...rest } = seed ?? {}
  const given = last === undefined || last === 'never' ? rest : { ...rest, LastSuccessfulDeliveryTime: last }
  const settings = readPlain<LoggingRecord['settings']>(LoggingStatus$, given, now, where)
  if (!settings.LoggingEnabled) return loggingOff()
  if (last === 'never') return { settings, delivery: { outcome: 'success', since: now, repeats: false } }
  const success = settings.LastSuccessfulDeliveryTime?.getTime()
  const failure = settings.LastFailureTime?.getTime()
  if (failure !== undefined && failure >= (success ?? 0)) {
    return { settings, delivery: { outcome: 'failure', since: failure, repeats: true } }
  }
  const since = success ?? now - 30 * minute - hour
  return { settings, delivery: { outcome: 'success', since, repeats: now - since < 2 * hour } }
}

// Defaults: Redshift API Reference, CreateCluster; the other values as in a recorded answer (aws-config-rdk, 2022).
function usualCluster(region: Region, id: string, now: number): Cluster {
  return {
    NodeType: 'ra3.xlplus',
    ClusterStatus: 'available',
    ClusterAvailabilityStatus: 'Available',
    MasterUsername: 'awsuser',
    DBName: 'dev',
    Endpoint: { Address: `${id}.c1a2b3c4d5e6.${region.name}.redshift.amazonaws.com`, Port: 5439 },
    ClusterCreateTime: new Date(now - 90 * day),
    AutomatedSnapshotRetentionPeriod: 1,
    ManualSnapshotRetentionPeriod: -1,
    ClusterSecurityGroups: [],
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
    ClusterSubnetGroupName: 'default',
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    AvailabilityZone: `${region.name}a`,
    PreferredMaintenanceWindow: 'sun:03:00-sun:03:30',
    PendingModifiedValues: {},
    ClusterVersion: '1.0',
    AllowVersionUpgrade: true,
    NumberOfNodes: 2,
    PubliclyAccessible: false,
    Encrypted: true,
    ClusterNodes: [],
    Tags: [],
    EnhancedVpcRouting: false,
    IamRoles: [],
    MaintenanceTrackName: 'current',
    DeferredMaintenanceWindows: [],
    AvailabilityZoneRelocationStatus: 'disabled',
    ClusterNamespaceArn: arnIn(region, 'redshift', `namespace:${id}`),
    AquaConfiguration: { AquaStatus: 'disabled', AquaConfigurationStatus: 'auto' },
    // Unverified: the API types it as text; Terraform reads Enabled and Disabled.
    MultiAZ: 'Disabled',
  }
}
