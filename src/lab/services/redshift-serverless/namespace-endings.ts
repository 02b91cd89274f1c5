// What happens to namespaces and workgroups when the moment has come: the end of work, and of a root key.

import { day } from '#kit/time.ts'
import type { TaskHandler } from '#lab/agenda.ts'
import { schedule } from '#lab/agenda.ts'
import type { Where } from '#lab/services/kms/use.ts'
import { noteLogs } from './audit-logs.ts'
import { workgroupOf } from './find.ts'
import { isOpenable, releaseKey } from './keys.ts'
import type { NamespaceRecord, WorkgroupRecord } from './model.ts'
import { closeSpan, openSpan } from './recovery.ts'

/** Ends what is under way on a namespace. */
export const finishNamespace: TaskHandler = (name, where) => {
  const namespace = where.region.serverless.namespaces.get(name)
  const work = namespace?.work
  if (!namespace || !work || work.until !== where.now) return
  if (work.status === 'DELETING') {
    removeNamespace(where, namespace)
    return
  }
  namespace.work = undefined
  Object.assign(namespace.facts, work.change)
  if (work.vault) {
    const before = namespace.vault.keyArn
    namespace.vault = work.vault
    if (before !== work.vault.keyArn) namespace.grant = work.grant
    releaseKey(where, before, namespace.facts.namespaceArn)
    watchKey(name, where)
  }
  resume(where, namespace)
}

/** Ends what is under way on a workgroup. */
export const finishWorkgroup: TaskHandler = (name, where) => {
  const { serverless } = where.region
  const workgroup = serverless.workgroups.get(name)
  const work = workgroup?.work
  if (!workgroup || !work || work.until !== where.now) return
  workgroup.work = undefined
  Object.assign(workgroup.facts, work.change)
  const namespace = serverless.namespaces.get(workgroup.facts.namespaceName)
  if (work.status === 'DELETING') removeWorkgroup(where, workgroup)
  else if (namespace) resume(where, namespace)
}

// Logs and recovery points go on, these under the keys of now. A stretch that is still right goes on as it is.
function resume(where: Where, namespace: NamespaceRecord): void {
  const workgroup = workgroupOf(where.region, namespace.name)
  const isRunning = workgroup && workgroup.work?.status !== 'CREATING' && namespace.lockedSince === undefined
  const last = namespace.spans.at(-1)
  if (!isRunning) closeSpan(namespace, where.now)
  else if (last?.to !== undefined || last?.vault !== namespace.vault)
    openSpan(namespace, workgroup.name, where.now)
  noteLogs(where, namespace)
}

function removeWorkgroup(where: Where, workgroup: WorkgroupRecord): void {
  const { region, now } = where
  const { serverless } = region
  serverless.workgroups.delete(workgroup.name)
  serverless.tags.delete(workgroup.facts.workgroupArn)
  for (const endpoint of serverless.endpoints.values()) {
    if (endpoint.facts.workgroupName === workgroup.name) endpoint.goneAt ??= now
  }
  const namespace = serverless.namespaces.get(workgroup.facts.namespaceName)
  if (!namespace) return
  closeSpan(namespace, now)
  noteLogs(where, namespace)
}

function removeNamespace(where: Where, namespace: NamespaceRecord): void {
  const { serverless } = where.region
  const { namespaceArn } = namespace.facts
  serverless.namespaces.delete(namespace.name)
  noteLogs(where, namespace)
  serverless.tags.delete(namespaceArn)
  for (const [id, { namespaceName }] of serverless.copies)
    if (namespaceName === namespace.name) serverless.copies.delete(id)
  releaseKey(where, namespace.vault.keyArn, namespaceArn)
}

const grace = 14 * day

/**
 * A root key has become usable or unusable. "If the key isn't restored within 14 days" the warehouse is deleted; meanwhile
 * it is inaccessible (Management Guide, working-with-db-encryption; for namespaces as well). The backup that Redshift takes
 * first is not modelled: nothing can be encrypted without the key.
 */
export const watchKey: TaskHandler = (name, where) => {
  const { state, region, now } = where
  const namespace = region.serverless.namespaces.get(name)
  if (!namespace) return
  const isLocked = !isOpenable(where, namespace)
  if (isLocked === (namespace.lockedSince !== undefined)) return
  namespace.lockedSince = isLocked ? now : undefined
  resume(where, namespace)
  if (isLocked) schedule(state, now + grace, 'redshift-serverless:loss', region, name)
}

/** The days of grace are over. */
export const loseNamespace: TaskHandler = (name, where) => {
  const namespace = where.region.serverless.namespaces.get(name)
  if (namespace?.lockedSince === undefined || where.now - namespace.lockedSince < grace) return
  const workgroup = workgroupOf(where.region, name)
  if (workgroup) removeWorkgroup(where, workgroup)
  removeNamespace(where, namespace)
}
