// Recovery points: worked out when they are looked at, from the stretches of time in which they were taken.
// "automatically creates recovery points every 30 minutes …. All recovery points are kept for 24 hours"
// (serverless-snapshots-recovery-points). More often for large changes of data: not modelled.

import { day, minute } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import { copyTo, type SnapshotVault, snapshotOf } from '#lab/services/redshift/keys/vault.ts'
import { type Region, regionIn, type State } from '#lab/state.ts'
import { durations } from './durations.ts'
import { notFound } from './errors.ts'
import { demandUsable } from './keys.ts'
import type { Copying, NamespaceRecord, Span } from './model.ts'

/** A recovery point, here or copied from another region. */
export type RecoveryPointRecord = {
  id: string
  at: number
  namespace: NamespaceRecord
  workgroup: string
  /** The key it is under here, where it is a copy. */
  copy: { from: Region; keyArn: string } | undefined
  span: Span
}

const interval = 30 * minute

/** From now on recovery points are taken. Stretches whose last points are gone are forgotten. */
export function openSpan(namespace: NamespaceRecord, workgroup: string, now: number): void {
  closeSpan(namespace, now)
  const recent = namespace.spans.filter(({ to }) => to === undefined || to > now - day)
  namespace.spans = [...recent, { from: now, to: undefined, workgroup, vault: namespace.vault }]
}

/** From now on no recovery points are taken. */
export function closeSpan(namespace: NamespaceRecord, now: number): void {
  for (const span of namespace.spans) span.to ??= now
}

/** The recovery points that a region has now: of its own namespaces, and copied from those of other regions. */
export function recoveryPoints({ name, account, serverless }: Region, now: number): RecoveryPointRecord[] {
  const own = [...serverless.namespaces.values()].flatMap((one) => pointsOf(one, now, undefined))
  const copied = [...account.regions.values()]
    .filter((other) => other.name !== name)
    .flatMap((from) =>
      [...from.serverless.namespaces.values()].flatMap((one) =>
        one.copying
          .filter(({ region }) => region === name)
          .flatMap((copying) => pointsOf(one, now, { from, copying })),
      ),
    )
  return [...own, ...copied]
}

/** The recovery point of that id, or ResourceNotFoundException. */
export function getRecoveryPoint(region: Region, id: string, now: number): RecoveryPointRecord {
  const found = recoveryPoints(region, now).find((point) => point.id === id)
  if (!found) throw notFound('recovery point', id)
  return found
}

function pointsOf(
  namespace: NamespaceRecord,
  now: number,
  copy: { from: Region; copying: Copying } | undefined,
): RecoveryPointRecord[] {
  const points: RecoveryPointRecord[] = []
  const place = copy ? `${namespace.facts.namespaceId} ${copy.copying.region}` : namespace.facts.namespaceId
  for (const span of namespace.spans) {
    const first = span.from + durations.firstRecoveryPoint
    const skipped = Math.max(0, Math.floor((now - day - first) / interval) + 1)
    for (let at = first + skipped * interval; at <= Math.min(now, span.to ?? now); at += interval) {
      if (copy && !isWithin(copy.copying, at)) continue
      points.push({
        id: uuidOf(`${place} ${at}`),
        at,
        namespace,
        workgroup: span.workgroup,
        copy: copy && { from: copy.from, keyArn: copy.copying.keyArn },
        span,
      })
    }
  }
  return points
}

function isWithin({ from, to }: Copying, at: number): boolean {
  return at >= from && (to === undefined || at <= to)
}

function uuidOf(name: string): string {
  const hex = hexOf(`recovery point ${name}`, 32)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

/** What a recovery point is encrypted under; a copy is under the key of its region. Throws unless the keys can be used. */
export function vaultOf(
  state: State,
  { name, account }: Region,
  { span, copy }: RecoveryPointRecord,
  now: number,
): SnapshotVault {
  const here = { state, region: regionIn(account, name), now }
  const source = copy ? { ...here, region: copy.from } : here
  demandUsable(source, span.vault.keyArn)
  const vault = snapshotOf(span.vault)
  return copy ? copyTo(source, vault, here, demandUsable(here, copy.keyArn)) : vault
}
