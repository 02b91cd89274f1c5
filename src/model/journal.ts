// What happened to a plan: one line for each thing, appended and synced before and after every call.

import type { Json } from './plain.ts'

/** `calling` is written before a call leaves, `called` when AWS took it, `inForce` when a new read proved it. */
export type JournalEntry = { at: string; plan: string } & (
  | { event: 'began'; hash: string; verb: 'apply' | 'resume' | 'undo' }
  | { event: 'calling' | 'undoing'; step: string }
  /** `made`: the members of the answer that later steps, or the undo, need. `refused`: what AWS left out of a batch. */
  | {
      event: 'called' | 'undone-called'
      step: string
      requestId: string | null
      made?: Record<string, Json>
      refused?: { resource: string; why: string }[]
    }
  | { event: 'inForce' | 'undone'; step: string; facts: Record<string, Json> }
  /** `inDoubt`: the connection broke, and nobody knows whether AWS took the call. */
  | { event: 'failed' | 'undo-failed'; step: string; error: string; inDoubt?: boolean }
  | { event: 'skipped'; step: string; because: string }
  | { event: 'staged'; waiting: string[] }
  | { event: 'ended'; verb: 'apply' | 'resume' | 'undo'; complete: boolean }
)
