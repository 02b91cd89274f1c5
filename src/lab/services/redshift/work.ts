// Changes that take time on a cluster: when one may start, and what it does when it ends.

import { InvalidClusterStateFault$ } from '@aws-sdk/client-redshift'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { end } from './endings.ts'
import type { ClusterRecord, Ending, Work } from './model.ts'

/**
 * Throws InvalidClusterState unless the cluster is available and at rest. That refuses `available, prep-for-resize` and
 * `available, resize-cleanup` too, in which "cluster operations … are not available" (working-with-clusters, 2023).
 */
export function demandRest(cluster: ClusterRecord, verb: string): void {
  if (!isAtRest(cluster)) throw busy(verb)
}

/** Whether nothing is under way on a cluster and it is available. */
export function isAtRest({ work, facts }: ClusterRecord): boolean {
  return !work && facts.ClusterStatus === 'available'
}

/** The refusal of a cluster that is not available. */
export function busy(verb: string) {
  // Wording: DeleteCluster's answer in ansible issue 52940; Terraform knows "enable". Unverified: the other verbs.
  return fault(
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
  const { region, now, state } = happening
  const cluster = region.redshift.clusters.get(id)
  if (cluster?.work?.until !== now) return
  const { ending, next: stages = [] } = cluster.work
  const [next, ...rest] = stages
  cluster.work = undefined
  end(cluster, ending, happening)
  if (next) startWork(state, region, cluster, { ...next, until: now + next.lasts, next: rest })
}

/** The work of a change that shows `modifying`. */
export function modifying(until: number, ending: Ending): Work {
  return { status: 'modifying', availability: 'Modifying', until, ending }
}

/** The work of a reboot, at whose end everything pending is applied. */
export function rebooting(until: number): Work {
  return { status: 'rebooting', availability: 'Unavailable', until, ending: { kind: 'rebooted' } }
}

/** The work of something that shows nowhere and lets nothing else begin. */
export function quietly(until: number): Work {
  return { status: 'available', availability: 'Available', until, ending: { kind: 'passed' } }
}
