// Show: everything that the newest inventory and assessment know of one resource.

import type { Finding } from '#model/finding.ts'
import type { Manifest } from '#model/inventory.ts'
import type { Resource } from '#model/resource.ts'
import type { ReadLogs } from '#model/settings.ts'
import { namedIn, refuseStrayArn } from './named.ts'
import { newest } from './plans.ts'
import type { Workspace } from './workspace.ts'

export type Shown = {
  resource: Resource
  findings: Finding[]
  /** Snapshots taken of a cluster, or the parameter groups it uses: what lies around the resource. */
  related: Resource[]
  madeAt: Manifest['madeAt']
  /** Over how many days logs were read. */
  readLogs?: ReadLogs
}

/** Finds a resource by a word for it, as `namedIn` takes it. */
export async function show(workspace: Workspace, word: string): Promise<Shown> {
  refuseStrayArn(word)
  const { assessment, inventory } = await newest(workspace)
  const sightings = await namedIn(inventory, word)
  const [{ resource, shard }] = sightings
  const findings: Finding[] = []
  const near = assessment.findings(({ account, region }) =>
    sightings.some(({ resource: seen }) => seen.account === account && seen.region === region),
  )
  for await (const finding of near) if (finding.resource === resource.arn) findings.push(finding)
  const related = shard.resources.filter((other) => isRelated(resource, other))
  const { madeAt, readLogs } = inventory.manifest
  return { resource, findings, related, madeAt, ...(readLogs && { readLogs }) }
}

function isRelated(resource: Resource, other: Resource): boolean {
  if (resource.type !== 'redshift:cluster') return false
  if (other.type === 'redshift:snapshot') return other.facts.ClusterIdentifier === resource.name
  const groups = resource.facts.ClusterParameterGroups ?? []
  return other.type === 'redshift:parameter-group' && groups.some((g) => g.ParameterGroupName === other.name)
}
