// ModifyClusterIamRoles.

import type * as client from '@aws-sdk/client-redshift'
import { InvalidClusterStateFault$ } from '@aws-sdk/client-redshift'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import { demandRest, modifying, startWork } from '../work.ts'
import { durations } from './durations.ts'
import { newRoles } from './roles.ts'

export const iamRoleOperations = {
  ModifyClusterIamRoles(input, context) {
    const { state, region, now } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'modify')
    const present = cluster.facts.IamRoles ?? []
    const added = newRoles(input.AddIamRoles ?? [], context, present)
    const removed = new Set(input.RemoveIamRoles)
    const kept = present.map((role) =>
      removed.has(role.IamRoleArn ?? '') ? { ...role, ApplyStatus: 'removing' } : role,
    )
    const all = [...kept, ...added]
    const usual = input.DefaultIamRoleArn
    if (usual && all.every(({ IamRoleArn }) => IamRoleArn !== usual)) {
      // Unverified: code and wording.
      throw fault(
        InvalidClusterStateFault$,
        `The default IAM role ${usual} is not associated with the cluster.`,
      )
    }
    cluster.facts = {
      ...cluster.facts,
      IamRoles: all,
      ...(usual !== undefined && { DefaultIamRoleArn: usual }),
    }
    // ApplyStatus: "in-sync", "adding", "removing" (API, ClusterIamRole).
    startWork(state, region, cluster, modifying(now + durations.modifying, { kind: 'rolesChanged' }))
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>
