// Clusters, parameter groups and snapshots of an inventory as a world writes them.

import { listOf, type Shard } from '#model/inventory.ts'
import type { Logging } from '#model/logging.ts'
import { booleanState } from '#model/parameter.ts'
import { type ClusterFacts, isGap, type Resource } from '#model/resource.ts'
import { relative } from './moments.ts'

/** A thing of a world, in AWS's names. */
export type Thing = Record<string, unknown>

/** What of a shard a world can hold, and what it cannot, one sentence each. */
export type Things = {
  parameterGroups: Thing[]
  clusters: Thing[]
  snapshots: Thing[]
  left: string[]
}

/** The things of a shard. */
export function thingsOf(shard: Shard, takenAt: string): Things {
  const groups = listOf(shard, 'redshift:parameter-group')
  const clusters = listOf(shard, 'redshift:cluster')
  const names = new Set(clusters.map(({ name }) => name))
  const [snapshots, orphans] = divide(listOf(shard, 'redshift:snapshot'), (one) => canStand(one, names))
  return {
    parameterGroups: groups.filter(({ name }) => !name.startsWith('default.')).map(groupThing),
    clusters: clusters.map((cluster) => clusterThing(cluster, groups, takenAt)),
    snapshots: snapshots.map(({ facts }) => snapshotThing(facts, takenAt)),
    left: orphans.map(({ arn }) => `${arn}: an automated snapshot without its cluster`),
  }
}

function divide<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}

// Automated snapshots go with their cluster: one whose cluster was not listed cannot be made.
function canStand({ facts }: Resource<'redshift:snapshot'>, clusters: Set<string>): boolean {
  return (
    facts.SnapshotType !== 'automated' || !!facts.SourceRegion || clusters.has(facts.ClusterIdentifier ?? '')
  )
}

function groupThing({ facts, asked }: Resource<'redshift:parameter-group'>): Thing {
  const parameters = asked.parameters && !isGap(asked.parameters) ? asked.parameters.value : []
  const set = parameters.filter(({ Source }) => Source === 'user')
  const values = Object.fromEntries(
    set.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]),
  )
  return {
    // A group that could only be seen on a cluster does not tell its family.
    ParameterGroupFamily: 'redshift-1.0',
    ...facts,
    ...(set.length > 0 && { values }),
  }
}

// Worked out by AWS from the rest, or by the lab from its time.
const workedOut = ['NextMaintenanceWindowStartTime']

function clusterThing(
  { facts, asked }: Resource<'redshift:cluster'>,
  groups: readonly Resource<'redshift:parameter-group'>[],
  takenAt: string,
): Thing {
  const kept = without(facts, workedOut)
  const inForce = inForceOf(facts, groups)
  const logging = asked.logging && !isGap(asked.logging) ? asked.logging.value : undefined
  return {
    ...relative(kept, takenAt),
    ...(Object.keys(inForce).length > 0 && { inForce }),
    ...((logging?.LoggingEnabled || logging?.S3Tables) && {
      logging: loggingThing(relative(logging, takenAt)),
    }),
  }
}

// A log that is on and never came would otherwise come within the hour.
function loggingThing(logging: Logging): Thing {
  const { LastSuccessfulDeliveryTime: last, LastFailureTime: failed } = logging
  return { ...logging, ...(!last && !failed && { LastSuccessfulDeliveryTime: 'never' }) }
}

/** Values the database still runs although its group says otherwise, as far as AWS's answers tell them. */
function inForceOf(facts: ClusterFacts, groups: readonly Resource<'redshift:parameter-group'>[]): Thing {
  const inForce: Thing = {}
  for (const { ParameterGroupName, ClusterParameterStatusList = [] } of facts.ClusterParameterGroups ?? []) {
    const group = groups.find(({ name }) => name === ParameterGroupName)
    const answer = group?.asked.parameters
    if (!group || !answer || isGap(answer)) continue
    const inUse = [{ name: group.name, parameters: answer.value, clusters: null }]
    for (const { ParameterName = '' } of ClusterParameterStatusList) {
      const state = booleanState(ParameterName.toLowerCase(), facts, inUse)
      if (state?.inForce && state.inForce !== state.configured) inForce[ParameterName] = state.inForce
    }
  }
  return inForce
}

function snapshotThing(facts: Resource<'redshift:snapshot'>['facts'], takenAt: string): Thing {
  return relative(without(facts, ['ManualSnapshotRemainingDays']), takenAt)
}

function without(facts: object, members: readonly string[]): Thing {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !members.includes(name)))
}
