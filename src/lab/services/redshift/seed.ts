// Makes Redshift in one region from its seed, giving everything left out the value AWS would give.

import { type Cluster, Cluster$, type LoggingStatus, LoggingStatus$ } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import { arnIn, type Region } from '../../state.ts'
import { readPlain } from '../../wire/plain.ts'
import type { ClusterSeed, ParameterGroupSeed, RegionSeed } from '../../world.ts'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { defaultGroup } from './parameter-groups.ts'
import { accepts, families, findParameter, valueIn } from './parameters.ts'

/** Fills a region from its seed. Throws one clear sentence when the seed refers to what is not there. */
export function seedRedshift(region: Region, seed: RegionSeed, now: number): void {
  const { groups, clusters } = region.redshift
  for (const group of seed.parameterGroups ?? [])
    groups.set(group.ParameterGroupName.toLowerCase(), seedGroup(group))
  for (const cluster of seed.clusters ?? []) {
    const record = seedCluster(region, cluster, now)
    if (clusters.has(record.id)) throw new Error(`${region.name} has two clusters named ${record.id}`)
    clusters.set(record.id, record)
  }
}

function seedGroup(seed: ParameterGroupSeed): ParameterGroup {
  const { ParameterGroupName: name, ParameterGroupFamily: family, values = {} } = seed
  const where = `parameter group ${name}`
  if (!families[family]) throw new Error(`${where} has the unknown family ${family}`)
  if (defaultGroup(name)) throw new Error(`${where} cannot be seeded: every region has it`)
  return {
    name: name.toLowerCase(),
    family,
    description: seed.Description ?? name,
    tags: (seed.Tags ?? []).map(({ Key, Value }) => ({ Key, Value })),
    values: checkedValues(family, values, where),
  }
}

function checkedValues(family: string, values: Record<string, string>, where: string): Map<string, string> {
  for (const [name, value] of Object.entries(values)) {
    const definition = findParameter(family, name)
    if (!definition) throw new Error(`${where} names the unknown parameter ${name}`)
    if (!accepts(definition, value))
      throw new Error(`${where} gives ${name} the value ${value}, which AWS refuses`)
  }
  return new Map(Object.entries(values))
}

function seedCluster(region: Region, seed: ClusterSeed, now: number): ClusterRecord {
  const { ParameterGroup: groupName = 'default.redshift-2.0', inForce = {}, logging, ...facts } = seed
  const id = seed.ClusterIdentifier.toLowerCase()
  const where = `cluster ${id} in ${region.name}`
  const group = region.redshift.groups.get(groupName.toLowerCase()) ?? defaultGroup(groupName)
  if (!group) throw new Error(`${where} has the unknown parameter group ${groupName}`)
  const running = checkedValues(group.family, inForce, where)
  return {
    id,
    facts: {
      ...usualCluster(region, id, now),
      ...(readPlain(Cluster$, facts, now, where) as Cluster),
      ClusterIdentifier: id,
    },
    group,
    pending: new Map([...running].filter(([name, value]) => value !== valueIn(group, name))),
    applying: new Map(),
    work: undefined,
    logging: {
      LoggingEnabled: false,
      ...(readPlain(LoggingStatus$, logging ?? {}, now, `${where}: logging`) as LoggingStatus),
    },
  }
}

// Defaults: Redshift API Reference, CreateCluster, and the AWS CLI example outputs.
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
    MultiAZ: 'Disabled',
  }
}
