// What is under way on a cluster when a world begins, and comes to its end like what is begun in the lab.

import { day } from '#kit/time.ts'
import { awsOwnedKey, findKey } from '#lab/services/kms/use.ts'
import type { Region, State } from '#lab/state.ts'
import { durations } from './lifecycle/durations.ts'
import type { ClusterRecord, Ending, Reencryption, ResizeRecord } from './model.ts'
import { startWork } from './work.ts'

type Where = { state: State; region: Region; now: number }

// A world does not say how far it is. "It can take … 1 to 3 days" to encrypt much data (working-with-db-encryption).
const stillEncrypting = 2 * day

/** Goes on with what a seeded cluster's status says is under way. A status that does not pass by itself stays. */
export function seedWork(state: State, region: Region, cluster: ClusterRecord, now: number): void {
  const { ClusterStatus: status = '', ClusterAvailabilityStatus: availability = 'Modifying' } = cluster.facts
  const course = courseOf(status, cluster, { state, region, now })
  if (!course) return
  const { ResizeInfo: _, KmsKeyId, ...facts } = cluster.facts
  const key = facts.Encrypted && KmsKeyId !== undefined ? { KmsKeyId } : {}
  cluster.facts = { ...facts, ...key, ClusterStatus: 'available', ClusterAvailabilityStatus: 'Available' }
  startWork(state, region, cluster, {
    ...{ status, availability, ending: course.ending },
    until: now + course.lasts,
  })
}

type Course = { ending: Ending; lasts: number }

function courseOf(status: string, cluster: ClusterRecord, where: Where): Course | undefined {
  switch (status) {
    case 'creating':
      return { ending: { kind: 'created' }, lasts: durations.creating }
    case 'modifying':
      return { ending: modified(cluster), lasts: durations.modifying }
    case 'renaming':
      return { ending: modified(cluster), lasts: durations.renaming }
    case 'resizing':
      return resizing(cluster, where)
    case 'rebooting':
      return { ending: { kind: 'rebooted' }, lasts: durations.rebooting }
    case 'rotating-keys':
      return { ending: { kind: 'keysRotated' }, lasts: durations.rebooting }
    case 'pausing':
      return { ending: { kind: 'paused' }, lasts: durations.pausing }
    case 'resuming':
      return { ending: { kind: 'resumed' }, lasts: durations.resuming }
    case 'final-snapshot':
      return { ending: { kind: 'deleted', saved: true }, lasts: durations.deleting }
    case 'deleting':
      return { ending: { kind: 'deleted', saved: false }, lasts: durations.deleting }
    default:
      return undefined
  }
}

// A new track waits for the maintenance, whatever else is changed.
function modified({ facts }: ClusterRecord, encryption?: Reencryption): Ending {
  const { MaintenanceTrackName: _, ...values } = facts.PendingModifiedValues ?? {}
  return { kind: 'modified', values, ...(encryption && { encryption }) }
}

function resizing(cluster: ClusterRecord, where: Where): Course {
  const { facts } = cluster
  const { EncryptionType, NodeType, NumberOfNodes } = facts.PendingModifiedValues ?? {}
  if (EncryptionType !== undefined) {
    const encryption = EncryptionType === 'KMS' ? underKey(facts.KmsKeyId, where) : unencrypted
    return { ending: modified(cluster, encryption), lasts: stillEncrypting }
  }
  if (NodeType === undefined && NumberOfNodes === undefined)
    return { ending: modified(cluster), lasts: durations.elasticResize }
  const resize: ResizeRecord = {
    ...{ type: 'ClassicResize', status: 'IN_PROGRESS', startedAt: where.now },
    nodeType: NodeType ?? facts.NodeType ?? '',
    nodes: NumberOfNodes ?? facts.NumberOfNodes ?? 1,
    endsAt: where.now + durations.classicResize,
  }
  cluster.resize = resize
  return { ending: { kind: 'resized', resize }, lasts: durations.classicResize }
}

const unencrypted: Reencryption = { type: 'None', keyArn: undefined, shown: undefined }

// The key that a world names is shown when the cluster is under it.
function underKey(ref: string | undefined, where: Where): Reencryption {
  if (ref === undefined) return { type: 'KMS', keyArn: awsOwnedKey(where, 'redshift').arn, shown: undefined }
  const arn = findKey(where, where.region.account, ref)?.arn ?? ref
  return { type: 'KMS', keyArn: arn, shown: arn }
}
