// RotateEncryptionKey.

import type * as client from '@aws-sdk/client-redshift'
import { UnsupportedOperationFault$ } from '@aws-sdk/client-redshift'
import { minute } from '#kit/time.ts'
import type { Happening } from '#lab/agenda.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import { note } from '../lifecycle/events.ts'
import type { ClusterRecord } from '../model.ts'
import { busy, demandRest, startWork } from '../work.ts'
import { isOpenable, keepSnapshotVaults, rootOf, vaultOf } from './root.ts'
import { rotate } from './vault.ts'

// Unverified: "momentarily unavailable" is all that AWS says.
const rotating = 5 * minute

export const keyRotationOperations = {
  RotateEncryptionKey(input, context) {
    const { state, region, now } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    const root = rootOf(context, cluster)
    // "The cluster … must have encryption enabled" (API). Unverified: code and wording.
    if (!root) throw fault(UnsupportedOperationFault$, `Cluster ${cluster.id} is not encrypted.`)
    demandRest(cluster, 'rotate the keys of')
    // Unverified: a root key that is not usable and that Redshift has not noticed yet.
    if (!isOpenable(context, root)) throw busy('rotate the keys of')
    const ending = { kind: 'keysRotated' as const }
    startWork(state, region, cluster, {
      status: 'rotating-keys',
      availability: 'Modifying',
      until: now + rotating,
      ending,
    })
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>

/** The end of `rotating-keys`: a new CEK for the cluster and its snapshots, a new DEK for the cluster. */
export function rotateKeys(cluster: ClusterRecord, happening: Happening): void {
  const vault = vaultOf(happening, cluster)
  if (vault && cluster.root && isOpenable(happening, cluster.root))
    rotate(happening, vault, keepSnapshotVaults(happening, cluster))
  else note(happening.region, { number: '3688', at: happening.now, source: cluster.id })
}
