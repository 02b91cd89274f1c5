// New keys of its own for an encrypted cluster, under the same root key.

import { keysRotated } from '#model/cluster-encryption.ts'
import { defineAction } from '#model/wish.ts'
import { about, clusterOf, demandUsableKey, refuse } from './common.ts'

export default defineAction({
  name: 'keys rotate',
  summary: 'Rotate the keys that a cluster encrypts its data with',
  requires: ['cluster'],
  wishes(options, estate) {
    const cluster = clusterOf(options, estate)
    const { name, facts } = cluster
    if (!facts.Encrypted)
      refuse(`Cluster ${name} is not encrypted.`, `Encrypt it: "redoubt do cluster encrypt".`)
    demandUsableKey(facts.KmsKeyId, estate)
    return [about(cluster, [keysRotated(cluster)])]
  },

  examples: [{ cluster: 'sales' }],
})
