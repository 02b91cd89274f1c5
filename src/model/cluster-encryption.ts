// The calls that encrypt a cluster, move it under another key (copying off first, on again when it is over), or rotate
// the keys of its own.
// https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html

import { call } from './action.ts'
import { newKeyArn } from './new-key.ts'
import type { Assumption } from './plan.ts'
import type { ChangeDraft } from './practice.ts'
import { type ClusterFacts, resourceOf } from './resource.ts'
import { allowsRegion, type Policy } from './settings.ts'

type Subject = { arn: string; name: string; region: string; facts: ClusterFacts }

/** Whether a change under way ends encrypted; undefined when none is. AWS names two types: KMS and None. */
export function encryptionWanted({ PendingModifiedValues }: ClusterFacts): boolean | undefined {
  const type = PendingModifiedValues?.EncryptionType
  return type === undefined ? undefined : type.toLowerCase() !== 'none'
}

/** Encrypts a cluster under a key, or the one that AWS chooses; one that is encrypted moves under the key. */
export function encryption(cluster: Subject, policy: Policy, key?: string): ChangeDraft[] {
  const { region, facts } = cluster
  const encrypt = encrypting(cluster, key)
  const { DestinationRegion: to } = facts.ClusterSnapshotCopyStatus ?? {}
  if (!to) return [encrypt]
  const isAllowed = policy.allowedRegions === undefined || allowsRegion(policy, to, region)
  return [copyingOff(cluster, to), encrypt, ...(isAllowed ? [copyingOn(cluster, to)] : [])]
}

function encrypting({ arn, name, facts }: Subject, key: string | undefined): ChangeDraft {
  const moved = key ? [{ resource: arn, fact: 'KmsKeyId', before: facts.KmsKeyId ?? null, after: key }] : []
  const begun = facts.Encrypted ? [] : [{ resource: arn, fact: 'Encrypted', before: false, after: true }]
  const under = key === newKeyArn ? 'the new key' : key ? `key ${key}` : 'a key that AWS chooses'
  return {
    title: facts.Encrypted ? `Move cluster ${name} under ${under}` : `Encrypt cluster ${name}`,
    call: call('redshift:ModifyCluster', {
      ClusterIdentifier: name,
      Encrypted: true,
      ...(key ? { KmsKeyId: key } : {}),
    }),
    effects: [...begun, ...moved],
    console: `Amazon Redshift › Clusters › ${name} › Properties › Database configurations › Edit › Edit encryption: ${under}`,
    impact: 'irreversible',
    notes: [
      'the data moves to new nodes: minutes without writes on RA3, read-only to the end on DC2, with no new snapshot meanwhile',
      facts.Encrypted
        ? 'snapshots taken before stay under the key they were taken under'
        : 'snapshots taken before stay unencrypted',
    ],
    undo: { none: 'going back means restoring an older snapshot' },
    assumes: key ? usableKey(key) : [],
  }
}

/**
 * What a key that is there already must be for a warehouse to move under it. With copying off already, it would be too
 * late to learn that AWS refuses the key.
 */
export const usableKey = (key: string): Assumption[] =>
  resourceOf(key)
    ? [
        { resource: key, fact: 'metadata.KeyState', value: 'Enabled' },
        { resource: key, fact: 'metadata.KeySpec', value: 'SYMMETRIC_DEFAULT' },
      ]
    : []

const placeOf = (name: string) =>
  `Amazon Redshift › Clusters › ${name} › Actions › Configure cross-region snapshot`
const fact = 'ClusterSnapshotCopyStatus.DestinationRegion'

function copyingOff({ arn, name }: Subject, to: string): ChangeDraft {
  return {
    title: `Stop copying snapshots of ${name} to ${to}`,
    call: call('redshift:DisableSnapshotCopy', { ClusterIdentifier: name }),
    effects: [{ resource: arn, fact, before: to, after: null }],
    console: `${placeOf(name)}: No`,
    impact: 'deletes data',
    notes: [`copied automated snapshots in ${to} are deleted, at the latest as they reach their retention`],
    undo: { none: 'copying is on again at the end of the plan, where it may be' },
  }
}

function copyingOn({ arn, name, facts }: Subject, to: string): ChangeDraft {
  const { DestinationRegion: _, ...rest } = facts.ClusterSnapshotCopyStatus ?? {}
  return {
    title: `Copy snapshots of ${name} to ${to} again`,
    call: call('redshift:EnableSnapshotCopy', { ClusterIdentifier: name, DestinationRegion: to, ...rest }),
    effects: [{ resource: arn, fact, before: null, after: to }],
    console: `${placeOf(name)}: Yes, ${to}`,
    impact: 'none',
    // https://docs.aws.amazon.com/redshift/latest/mgmt/xregioncopy-kms-encrypted-snapshot.html: without a grant AWS takes
    // a key of its own there, whatever the cluster lies under.
    ...(rest.SnapshotCopyGrantName
      ? {}
      : { notes: [`no grant names a key of yours in ${to}: copies there lie under a key that AWS owns`] }),
    undo: { none: 'it is as it was before the plan' },
  }
}

/** Rotates the keys that a cluster encrypts its data with, under the same root key. */
export function keysRotated({ arn, name }: Pick<Subject, 'arn' | 'name'>): ChangeDraft {
  return {
    title: `Rotate the keys of ${name}`,
    call: call('redshift:RotateEncryptionKey', { ClusterIdentifier: name }),
    // No fact of the cluster tells it: the cluster is available again when it is done.
    effects: [{ resource: arn, fact: 'ClusterStatus', before: 'available', after: 'available' }],
    console: `Amazon Redshift › Clusters › ${name} › Actions › Rotate encryption › Rotate encryption keys`,
    // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-key-rotation
    impact: 'read-only window',
    notes: [
      'the cluster is unavailable for a moment while its keys are rotated; the root key stays the same',
    ],
    undo: { none: 'a rotation needs no way back: the data stays readable' },
  }
}
