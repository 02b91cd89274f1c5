// Show: everything that the newest inventory and assessment know of one resource.

import { harmless } from '#kit/text.ts'
import type { Finding } from '#model/finding.ts'
import type { Manifest } from '#model/inventory.ts'
import { Problem } from '#model/problem.ts'
import { type Resource, resourceOf } from '#model/resource.ts'
import { newest } from './plans.ts'
import type { Workspace } from './workspace.ts'

export type Shown = {
  resource: Resource
  findings: Finding[]
  /** Snapshots taken of a cluster, or the parameter groups it uses: what lies around the resource. */
  related: Resource[]
  madeAt: Manifest['madeAt']
}

/** Finds a resource by its ARN. Throws a Problem when the newest inventory does not have it. */
export async function show(workspace: Workspace, arn: string): Promise<Shown> {
  const place = resourceOf(arn)
  if (!place) {
    const what = `"${harmless(arn)}" is not the ARN of a Redshift resource.`
    throw new Problem('usage', what, 'Write it as arn:aws:redshift:REGION:ACCOUNT:cluster:NAME.')
  }
  const { assessment, inventory } = await newest(workspace)
  for await (const shard of inventory.shards()) {
    const resource = shard.resources.find((candidate) => candidate.arn === arn)
    if (!resource) continue
    return {
      resource,
      findings: assessment.findings.filter((finding) => finding.resource === arn),
      related: shard.resources.filter((other) => isRelated(resource, other)),
      madeAt: inventory.manifest.madeAt,
    }
  }
  throw new Problem('usage', `The newest inventory has no ${arn}.`, 'Scan its account and region first.')
}

function isRelated(resource: Resource, other: Resource): boolean {
  if (resource.type !== 'redshift:cluster') return false
  if (other.type === 'redshift:snapshot') return other.facts.ClusterIdentifier === resource.name
  const groups = resource.facts.ClusterParameterGroups ?? []
  return other.type === 'redshift:parameter-group' && groups.some((g) => g.ParameterGroupName === other.name)
}
