// Stale reads: a read is answered from the state before the latest writes.

import { deserialize, serialize } from 'node:v8'
import type { State } from '../state.ts'
import type { Fault } from './faults.ts'

/** The state as it was before each write of late, oldest first. */
export type Past = { at: number; bytes: Buffer }[]

type Remembering = { state: State; past: Past }

const most = 50
// Half a millisecond for the worlds there are.
const cheap = 1_000_000

/** Whether an action only reads. */
export function isRead(action: string | undefined): boolean {
  return /^(Describe|Get|List|Head|Lookup|Filter|Select|BatchGet)/.test(action ?? '')
}

/**
 * Keeps the state before a write. A rule may come after the write whose reads it makes stale, so that this is done before
 * there is one, as long as the state is small enough for it to cost next to nothing.
 */
export function keepPast({ state, past }: Remembering, now: number): void {
  const isWanted = state.faults.some(({ fault }) => fault.kind === 'stale')
  if (!isWanted && (past.at(-1)?.bytes.length ?? 0) > cheap) return
  past.push({ at: now, bytes: serialize(state) })
  if (past.length > most) past.shift()
}

/** The state as it was so long ago, or the present one when nothing was written since. */
export function pastState({ state, past }: Remembering, now: number, fault: Fault): State {
  if (fault.kind !== 'stale') return state
  const kept = past.find(({ at }) => at >= now - fault.by)
  return kept ? (deserialize(kept.bytes) as State) : state
}
