// Makes Redshift in one region from its seed, giving everything left out the value AWS would give.

import { schedule } from '#lab/agenda.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import type { ParameterGroupSeed, RegionSeed } from '#lab/world.ts'
import { seedCopying } from './copies/retention.ts'
import { isDefault } from './default-groups.ts'
import { beginMaintenance } from './lifecycle/maintenance-plan.ts'
import { seedSubnetGroups } from './lifecycle/seed-subnet-groups.ts'
import { databaseOf } from './logging/database.ts'
import { seedLogging, seedPeople } from './logging/seed.ts'
import type { ParameterGroup } from './model.ts'
import { checkedValues, families } from './parameters.ts'
import { seedFollower, seedSchedules } from './schedules/seed.ts'
import { seedCluster } from './seed-cluster.ts'
import { seedWork } from './seed-work.ts'
import { seedRhythm } from './snapshots/automated.ts'
import { seedSnapshot } from './snapshots/seed.ts'
import { addSnapshot } from './snapshots/store.ts'

/** Fills a region from its seed. Throws one clear sentence when the seed refers to what is not there. */
export function seedRedshift(region: Region, seed: RegionSeed, { state, now }: Seeding): void {
  const { groups, clusters } = region.redshift
  for (const group of seed.parameterGroups ?? []) add(groups, seedGroup(group), 'parameter group', region)
  seedSchedules(region, seed, now)
  seedSubnetGroups(region, seed.subnetGroups ?? [], now)
  for (const one of seed.clusters ?? []) {
    const cluster = seedCluster(region, one, now)
    add(clusters, cluster, 'cluster', region)
    seedPeople(databaseOf(region, cluster, now), one.people)
    seedLogging(region, cluster, one.logging, { state, now })
  }
  for (const snapshot of seed.snapshots ?? []) {
    demandNew(region.redshift.snapshots, snapshot.SnapshotIdentifier, 'snapshot', region)
    const made = seedSnapshot(region, snapshot, now)
    addSnapshot(state, region, made)
    if (made.creating) schedule(state, made.creating.until, 'redshift:snapshot-made', region, made.id)
  }
  for (const cluster of clusters.values()) {
    seedFollower(region, cluster)
    seedRhythm(state, region, cluster, now)
    seedCopying(state, region, cluster, now)
    beginMaintenance(state, region, cluster, now)
    seedWork(state, region, cluster, now)
  }
}

function add<Item extends { id: string } | { name: string }>(
  all: Map<string, Item>,
  item: Item,
  kind: string,
  region: Region,
) {
  const name = 'id' in item ? item.id : item.name
  demandNew(all, name, kind, region)
  all.set(name, item)
}

function demandNew(all: Map<string, unknown>, name: string, kind: string, { account, name: region }: Region) {
  if (all.has(name)) throw new Error(`${account.id} has two of the ${kind} ${name} in ${region}`)
}

const groupMembers = ['ParameterGroupName', 'ParameterGroupFamily', 'Description', 'Tags', 'values']

function seedGroup(seed: ParameterGroupSeed): ParameterGroup {
  const { ParameterGroupName: name, ParameterGroupFamily: family, values = {} } = seed
  const where = `parameter group ${name}`
  demandMembers(seed, groupMembers, where)
  if (!Object.hasOwn(families, family)) throw new Error(`${where} has the unknown family ${family}`)
  if (isDefault({ name })) throw new Error(`${where} cannot be seeded: every region has it`)
  return {
    name: name.toLowerCase(),
    family,
    description: seed.Description ?? name,
    tags: (seed.Tags ?? []).map((tag) => {
      demandMembers(tag, ['Key', 'Value'], `a tag of ${where}`)
      return { Key: tag.Key, Value: tag.Value }
    }),
    values: checkedValues(family, values, where),
  }
}
