// New keys of its own for an encrypted cluster, under the same root key.

import { call } from '#model/action.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, refuse } from './common.ts'

export default defineAction({
  name: 'keys rotate',
  summary: 'Rotate the keys that a cluster encrypts its data with',
  requires: ['cluster'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    const { arn, name, facts } = cluster
    if (!facts.Encrypted)
      refuse(`Cluster ${name} is not encrypted.`, `Encrypt it: "redoubt do cluster encrypt".`)
    return [
      about(cluster, [
        {
          title: `Rotate the keys of ${name}`,
          call: call('redshift:RotateEncryptionKey', { ClusterIdentifier: name }),
          // No fact of the cluster tells it: the cluster is available again when it is done.
          effects: [{ resource: arn, fact: 'ClusterStatus', before: 'available', after: 'available' }],
          console: `Amazon Redshift › Clusters › ${name} › Actions › Rotate encryption`,
          // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-key-rotation
          impact: 'read-only window',
          notes: [
            'the cluster is unavailable for a moment while its keys are rotated; the root key stays the same',
          ],
          undo: { none: 'a rotation needs no way back: the data stays readable' },
        },
      ]),
    ]
  },
})
