// What V8 may guess of how long objects live.

import { setFlagsFromString } from 'node:v8'

/**
 * Lets V8 not guess from the first objects that some code makes how long all later ones live. Where some are held before
 * they are written, the first all outlive a collection; V8 then puts each of the millions that follow into the old
 * generation at once, which grows until it is collected as a whole (`node --trace-pretenuring-statistics`).
 */
export function guessNoLifetimes(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
