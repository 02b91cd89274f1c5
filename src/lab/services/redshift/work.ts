// Changes that take time on a cluster: when one may start, and what it does when it ends.

import { InvalidClusterStateFault$ } from '@aws-sdk/client-redshift'
import { minute } from '#kit/time.ts'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { end } from './endings.ts'
import type { ClusterRecord, Ending, Work } from './model.ts'

// Unverified: AWS publishes no durations; a reboot of a few minutes is what users report.
export const rebootTime = 3 * minute
export const modifyTime = 2 * minute
export const applyTime = minute

/** Throws InvalidClusterState unless the cluster is available and at rest. */
export function demandRest({ work, facts }: ClusterRecord, verb: string): void {
  if (!work && facts.ClusterStatus === 'available') return
  // Wording: DeleteCluster's answer in ansible issue 52940; Terraform knows "enable". Unverified: the other verbs.
  throw fault(
    InvalidClusterStateFault$,
    `There is an operation running on the Cluster. Please try to ${verb} it at a later time.`,
  )
}

/** Starts work on a cluster; it ends on the agenda. */
export function startWork(state: State, region: Region, cluster: ClusterRecord, work: Work): void {
  cluster.work = work
  schedule(state, work.until, 'redshift:work', region, cluster.id)
}

/** `redshift:work`: the work on a cluster is over, unless other work has replaced it. */
export const finishWork: TaskHandler = (id, happening) => {
  const cluster = happening.region.redshift.clusters.get(id)
  if (cluster?.work?.until !== happening.now) return
  const { ending } = cluster.work
  cluster.work = undefined
  end(cluster, ending, happening)
}

/** The work of a change that shows `modifying`. */
export function modifying(until: number, ending: Ending): Work {
  return { status: 'modifying', availability: 'Modifying', until, ending }
}

/** The work of a reboot, at whose end everything pending is applied. */
export function rebooting(until: number): Work {
  return { status: 'rebooting', availability: 'Unavailable', until, ending: { kind: 'rebooted' } }
}
