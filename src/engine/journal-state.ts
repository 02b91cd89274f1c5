// What a journal says is done, begun, or taken back.

import type { JournalEntry } from '#model/journal.ts'
import type { Json } from '#model/plain.ts'
import type { Refused } from './batches.ts'

export type JournalState = {
  /** Steps that were called and neither proved nor failed: `calling` when not even an answer of AWS is written down. */
  begun: Map<string, 'calling' | 'called'>
  inForce: Set<string>
  /** Steps whose undo was called and not proved. */
  undoing: Map<string, 'calling' | 'called'>
  undone: Set<string>
  /** What the calls of steps made for later ones, by step. */
  made: Map<string, Record<string, Json>>
  /** What AWS refused of a batch that it took, by step. */
  refused: Map<string, Refused[]>
}

/** Reads a journal from its beginning. A step that was undone and applied again is in force again. */
export function stateOf(entries: readonly JournalEntry[]): JournalState {
  const state: JournalState = {
    begun: new Map(),
    inForce: new Set(),
    undoing: new Map(),
    undone: new Set(),
    made: new Map(),
    refused: new Map(),
  }
  for (const entry of entries) {
    if (!('step' in entry)) continue
    const { step } = entry
    switch (entry.event) {
      case 'calling':
        state.begun.set(step, 'calling')
        state.undone.delete(step)
        break
      case 'called':
        state.begun.set(step, 'called')
        if (entry.made) state.made.set(step, entry.made)
        if (entry.refused) state.refused.set(step, entry.refused)
        break
      case 'inForce':
        state.begun.delete(step)
        state.inForce.add(step)
        break
      case 'failed':
        // AWS refused it: nothing happened. A step that AWS took, or may have taken, stays begun.
        if (state.begun.get(step) === 'calling' && !entry.inDoubt) state.begun.delete(step)
        break
      case 'undoing':
        state.undoing.set(step, 'calling')
        break
      case 'undone-called':
        state.undoing.set(step, 'called')
        break
      case 'undo-failed':
        if (state.undoing.get(step) === 'calling' && !entry.inDoubt) state.undoing.delete(step)
        break
      case 'undone':
        state.undoing.delete(step)
        state.inForce.delete(step)
        state.begun.delete(step)
        state.undone.add(step)
        break
    }
  }
  return state
}
