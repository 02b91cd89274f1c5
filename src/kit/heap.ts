// How V8 keeps its heap.

import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heap small where much is made and soon forgotten, for a few percent more processor time. From now on it
 * doubles at most before what is forgotten in it is collected, where V8 would let it grow up to four times. And V8 no
 * longer guesses from the first objects that some code makes how long all later ones live: where some are held before
 * they are written, the first all outlive a collection, and each of the millions that follow would be put into the old
 * generation at once (`node --trace-pretenuring-statistics`). Node 20, 22 and 24 know both flags; of one that it does not
 * know, V8 would complain on stderr.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100')
  setFlagsFromString('--no-allocation-site-pretenuring')
}
