// Finds things by their names, and says whether something is under way on them.

import type { Region } from '#lab/state.ts'
import { busy, conflict, notFound } from './errors.ts'
import type { NamespaceRecord, SnapshotRecord, WorkgroupRecord } from './model.ts'

/** The namespace of that name, or ResourceNotFoundException. */
export function getNamespace({ serverless }: Region, name: string): NamespaceRecord {
  const found = serverless.namespaces.get(name)
  if (!found) throw notFound('namespace', name)
  return found
}

/** The workgroup of that name, or ResourceNotFoundException. */
export function getWorkgroup({ serverless }: Region, name: string): WorkgroupRecord {
  const found = serverless.workgroups.get(name)
  if (!found) throw notFound('workgroup', name)
  return found
}

/** The caller's own snapshot of that name, or ResourceNotFoundException. */
export function getSnapshot({ serverless }: Region, name: string): SnapshotRecord {
  const found = serverless.snapshots.get(name)
  if (!found) throw notFound('snapshot', name)
  return found
}

/** The workgroup of a namespace; there is one at most. */
export function workgroupOf({ serverless }: Region, namespace: string): WorkgroupRecord | undefined {
  return [...serverless.workgroups.values()].find(({ facts }) => facts.namespaceName === namespace)
}

/** Throws ConflictException while something is under way on a namespace or its workgroup. */
export function demandIdle(
  region: Region,
  namespace: NamespaceRecord,
  what: 'namespace' | 'workgroup',
  doing: string,
): void {
  if (namespace.work || workgroupOf(region, namespace.name)?.work) throw busy(what, doing)
  // Nothing but deleting is possible without the root key. Unverified: code and wording.
  if (namespace.lockedSince !== undefined && doing !== 'deleting')
    throw conflict(`The KMS key of the namespace ${namespace.name} is inaccessible.`)
}
