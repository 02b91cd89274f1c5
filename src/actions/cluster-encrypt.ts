// An unencrypted cluster, encrypted: copying off first, on again when it is over.

import { encryption } from '#model/cluster-encryption.ts'
import { resourceOf } from '#model/resource.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, refuse } from './common.ts'
import { exampleKey } from './examples.ts'

export default defineAction({
  name: 'cluster encrypt',
  summary: 'Encrypt a cluster, under a key that is given or the one that AWS chooses',
  requires: ['cluster'],
  takes: ['key'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    const { name, region, facts } = cluster
    if (facts.Encrypted) refuse(`Cluster ${name} is encrypted already.`, 'There is nothing to do.')
    const key = options.key ?? estate.policy.keys[region]
    // The cluster will say the ARN of its key, whatever it was told.
    if (key !== undefined && resourceOf(key)?.type !== 'kms:key')
      refuse(`"${key}" is no ARN of a key.`, `Write the ARN of a key in ${region}.`)
    if (key !== undefined && resourceOf(key)?.region !== region)
      refuse(`Key ${key} does not lie in ${region}.`, 'A cluster lies under a key of its own region.')
    return [about(cluster, encryption(cluster, estate.policy, key))]
  },

  examples: [{ cluster: 'open', key: exampleKey }],
})
