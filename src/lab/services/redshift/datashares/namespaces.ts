// Finds the warehouse behind a namespace's ARN.

import { parseArn } from '#kit/arn.ts'
import type { Context } from '#lab/state.ts'

/** What sharing asks of a warehouse. */
type Namespace = { isPublic: boolean; isEncrypted: boolean }

/** The caller's warehouse, of clusters or serverless, with that namespace ARN. */
export function findNamespace({ account }: Context, arn: string): Namespace | undefined {
  const region = account.regions.get(parseArn(arn)?.region ?? '')
  if (!region) return undefined
  const cluster = [...region.redshift.clusters.values()].find(
    ({ facts }) => facts.ClusterNamespaceArn === arn,
  )
  if (cluster) {
    const { PubliclyAccessible = false, Encrypted = false } = cluster.facts
    return { isPublic: PubliclyAccessible, isEncrypted: Encrypted }
  }
  const namespace = [...region.serverless.namespaces.values()].find(({ facts }) => facts.namespaceArn === arn)
  if (!namespace) return undefined
  const workgroups = [...region.serverless.workgroups.values()]
  const isPublic = workgroups.some(
    ({ facts }) => facts.namespaceName === namespace.facts.namespaceName && facts.publiclyAccessible === true,
  )
  // It "uses AWS KMS key encryption automatically" (serverless-workgroups-and-namespaces-rotate-kms-key).
  return { isPublic, isEncrypted: true }
}
