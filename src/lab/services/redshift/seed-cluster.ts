// Makes a cluster from its seed.

import { type Cluster, Cluster$, LoggingStatus$ } from '@aws-sdk/client-redshift'
import { day, hour, minute } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { ClusterSeed } from '#lab/world.ts'
import { namespaceArn, recordOf, usualCluster } from './lifecycle/usual-cluster.ts'
import { loggingOff } from './logging.ts'
import type { ClusterRecord, LoggingRecord } from './model.ts'
import { seedGroups } from './seed-groups.ts'

/** A cluster with everything left out at the value AWS would give. */
export function seedCluster(region: Region, seed: ClusterSeed, now: number): ClusterRecord {
  const { ParameterGroup: groupName, ClusterParameterGroups: statuses = [], ...rest } = seed
  const { inForce = {}, logging, ...facts } = rest
  const id = seed.ClusterIdentifier.toLowerCase()
  const where = `cluster ${id} in ${region.name}`
  const { group, others, troubles, waiting } = seedGroups(region, groupName, statuses, inForce, where)
  return {
    ...recordOf(
      id,
      {
        ...usualSeeded(region, id, now),
        ...readPlain<Cluster>(Cluster$, facts, now, where),
        ClusterIdentifier: id,
      },
      group,
    ),
    pending: waiting,
    ...(troubles.size > 0 && { troubles }),
    ...(others.length > 0 && { otherGroups: others }),
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

// What differs from a cluster that is created now.
function usualSeeded(region: Region, id: string, now: number): Cluster {
  return {
    ...usualCluster(region, id, now),
    NodeType: 'ra3.xlplus',
    NumberOfNodes: 2,
    ClusterCreateTime: new Date(now - 90 * day),
    PreferredMaintenanceWindow: 'sun:03:00-sun:03:30',
    ClusterNamespaceArn: namespaceArn(region, seededUuid(`${region.account.id} ${region.name} ${id}`)),
  }
}

function seededUuid(name: string): string {
  const hex = hexOf(`namespace ${name}`, 32)
  return [0, 8, 12, 16, 20].map((from, index) => hex.slice(from, [8, 12, 16, 20, 32][index])).join('-')
}
