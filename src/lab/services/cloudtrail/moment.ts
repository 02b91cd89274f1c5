// Moments in a seed.

import { parseDuration } from '#kit/time.ts'

/** A moment of a seed: relative to the world's now (`-26h`), or ISO 8601. */
export function momentOf(text: string, now: number, where: string): number {
  const duration = parseDuration(text)
  const moment = duration === undefined ? Date.parse(text) : now + duration
  if (Number.isNaN(moment)) throw new Error(`${where} has the moment ${text}, which is none`)
  return moment
}
