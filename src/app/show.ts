// Show: everything that the newest inventory and assessment know of one resource.

import { counted, harmless } from '#kit/text.ts'
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

/**
 * Finds a resource by its ARN, or by its name where only one has it. Throws a Problem when the newest inventory does not
 * have it, or has several of that name.
 */
export async function show(workspace: Workspace, arnOrName: string): Promise<Shown> {
  const isArn = resourceOf(arnOrName) !== undefined
  if (!isArn && arnOrName.startsWith('arn:')) {
    const what = `"${harmless(arnOrName)}" is not the ARN of a Redshift resource.`
    throw new Problem('usage', what, 'Write it as arn:aws:redshift:REGION:ACCOUNT:cluster:NAME.')
  }
  const { assessment, inventory } = await newest(workspace)
  const found: Shown[] = []
  for await (const shard of inventory.shards()) {
    for (const resource of shard.resources.filter((candidate) => isMeant(candidate, arnOrName))) {
      found.push({
        resource,
        findings: [],
        related: shard.resources.filter((other) => isRelated(resource, other)),
        madeAt: inventory.manifest.madeAt,
      })
    }
  }
  const [first] = found
  if (first && found.length === 1) {
    const { arn, account, region } = first.resource
    const near = assessment.findings((kin) => kin.account === account && kin.region === region)
    for await (const finding of near) if (finding.resource === arn) first.findings.push(finding)
    return first
  }
  throw isArn ? absent(arnOrName) : ambiguous(arnOrName, found)
}

/** The name of a snapshot is also good without its cluster. */
function isMeant({ type, arn, name }: Resource, word: string): boolean {
  if (arn === word || name === word) return true
  return type === 'redshift:snapshot' && name.slice(name.indexOf('/') + 1) === word
}

function absent(arn: string): Problem {
  return new Problem('usage', `The newest inventory has no ${arn}.`, 'Scan its account and region first.')
}

function ambiguous(name: string, found: readonly Shown[]): Problem {
  const word = harmless(name)
  if (found.length === 0) {
    const todo = 'Name it by its ARN, arn:aws:redshift:REGION:ACCOUNT:cluster:NAME, or scan its region first.'
    return new Problem('usage', `Nothing in the newest inventory is called ${word}.`, todo)
  }
  const arns = found
    .map(({ resource }) => resource.arn)
    .sort()
    .join(', ')
  const what = `${counted(found.length, 'resource')} of the newest inventory are called ${word}.`
  return new Problem('usage', what, `Name one of them: ${arns}.`)
}

function isRelated(resource: Resource, other: Resource): boolean {
  if (resource.type !== 'redshift:cluster') return false
  if (other.type === 'redshift:snapshot') return other.facts.ClusterIdentifier === resource.name
  const groups = resource.facts.ClusterParameterGroups ?? []
  return other.type === 'redshift:parameter-group' && groups.some((g) => g.ParameterGroupName === other.name)
}
