// Answers that are missing, and how a check goes on without them: what is known to be wrong is wrong whatever is not known
// besides.

import type { Verdict } from './practice.ts'
import type { Gap } from './resource.ts'

/** Thrown where a practice reads an answer that is missing. The engine makes it a finding that is unknown. */
export class GapRead extends Error {
  readonly gap: Gap

  constructor(gap: Gap) {
    super(gap.message)
    this.gap = gap
  }
}

/**
 * The verdict on what may be wrong in several ways: the first way that fails, whatever the others would need to be told.
 * Where none is known to, an answer that is missing decides, and then what cannot be told otherwise. Undefined where
 * nothing is wrong.
 */
export function worstOf<N extends string>(
  ...ways: readonly (() => Verdict<N> | undefined)[]
): Verdict<N> | undefined {
  let missing: GapRead | undefined
  let open: Verdict<N> | undefined
  for (const way of ways) {
    try {
      const verdict = way()
      if (verdict?.status === 'fail') return verdict
      open ??= verdict
    } catch (error) {
      if (!(error instanceof GapRead)) throw error
      missing ??= error
    }
  }
  if (missing) throw missing
  return open
}

/** What is read, or undefined where it is missing: for what a verdict tells besides, and does not rest on. */
export function ifTold<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof GapRead) return undefined
    throw error
  }
}
