// An unencrypted cluster, encrypted: copying off first, on again when it is over.

import { encryption } from '#model/cluster-encryption.ts'
import { type Resource, resourceOf } from '#model/resource.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import { about, clusterOf, demandUsableKey, refuse } from './common.ts'
import { exampleKey } from './examples.ts'

export default defineAction({
  name: 'cluster encrypt',
  summary: 'Encrypt a cluster, under a key that is given or the one that AWS chooses',
  requires: ['cluster'],
  takes: ['key'],
  wishes(options, estate) {
    const cluster = clusterOf(options, estate)
    const { name, region, facts } = cluster
    if (facts.Encrypted) refuse(`Cluster ${name} is encrypted already.`, 'There is nothing to do.')
    const key = options.key ?? estate.policy.keys[region]
    if (key !== undefined) demandKeyFor(cluster, key, estate)
    return [about(cluster, encryption(cluster, estate.policy, key))]
  },

  examples: [{ cluster: 'open', key: exampleKey }],
})

/** The cluster will say the ARN of its key, whatever it was told. */
function demandKeyFor({ arn, region }: Resource, key: string, estate: Estate): void {
  const lies = resourceOf(key)
  if (lies?.type !== 'kms:key') refuse(`"${key}" is no ARN of a key.`, `Write the ARN of a key in ${region}.`)
  if (lies?.region !== region || lies.partition !== resourceOf(arn)?.partition)
    refuse(`Key ${key} does not lie in ${region}.`, 'A cluster lies under a key of its own region.')
  demandUsableKey(key, estate)
}
