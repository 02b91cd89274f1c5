// What is under way on a namespace or workgroup when a world begins, and comes to its end like what is begun in the lab.

import { schedule } from '#lab/agenda.ts'
import type { Where } from '#lab/services/kms/use.ts'
import { durations } from './durations.ts'
import type { NamespaceRecord, Work, WorkgroupRecord } from './model.ts'

/** Goes on with what the status of a namespace says. That it has lost its key follows from the key. */
export function seedNamespaceWork(where: Where, namespace: NamespaceRecord, status = 'AVAILABLE'): void {
  if (status === 'AVAILABLE' || status === 'inaccessible-kms-key') return
  const what = `namespace ${namespace.name}`
  namespace.work = workOf(where, status, what, {
    MODIFYING: durations.updateNamespace,
    DELETING: durations.deleteNamespace,
  })
  schedule(where.state, namespace.work.until, 'redshift-serverless:namespace', where.region, namespace.name)
}

/** Goes on with what the status of a workgroup says. */
export function seedWorkgroupWork(where: Where, workgroup: WorkgroupRecord, status = 'AVAILABLE'): void {
  if (status === 'AVAILABLE' || status === 'inaccessible-kms-key') return
  const what = `workgroup ${workgroup.name}`
  workgroup.work = workOf(where, status, what, {
    CREATING: durations.createWorkgroup,
    MODIFYING: durations.updateWorkgroup,
    DELETING: durations.deleteWorkgroup,
  })
  schedule(where.state, workgroup.work.until, 'redshift-serverless:workgroup', where.region, workgroup.name)
}

type Statuses = Partial<Record<Work<object>['status'], number>>

// What is being changed is not said: what is shown is what there is.
function workOf({ now }: Where, said: string, what: string, lasting: Statuses) {
  const found = Object.entries(lasting).find(([status]) => status === said)
  if (!found)
    throw new Error(`${what} has the status ${said}; it can be AVAILABLE, ${Object.keys(lasting).join(', ')}`)
  const [status, lasts] = found
  return { status: status as Work<object>['status'], until: now + lasts, change: {} }
}
