// Resource policies of clusters' namespaces in a world.

import { demandMembers } from '#lab/seed-members.ts'
import type { Region } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { checkPolicy } from './operations.ts'

/** Who may integrate into a cluster's namespace; the policy as an object or as text. */
export type NamespacePolicySeed = { ClusterIdentifier: string; Policy: object | string }

/** The ARN of the namespace and its policy. Throws one clear sentence when AWS would refuse it. */
export function seedNamespacePolicy(
  region: Region,
  seed: NamespacePolicySeed,
): [arn: string, policy: string] {
  const { ClusterIdentifier: id, Policy } = seed
  const where = `the resource policy of cluster ${id} in ${region.name}`
  demandMembers(seed, ['ClusterIdentifier', 'Policy'], where)
  const arn = region.redshift.clusters.get(id)?.facts.ClusterNamespaceArn
  if (arn === undefined) throw new Error(`${where} is for a cluster that is not there`)
  const text = typeof Policy === 'string' ? Policy : JSON.stringify(Policy)
  try {
    checkPolicy(text, arn)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new Error(`${where} is one that AWS refuses: ${error.message}`)
  }
  return [arn, text]
}
