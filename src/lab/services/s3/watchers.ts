// Tells services of what a call may have changed of buckets, so that they know since when deliveries fail.

import type { State } from '#lab/state.ts'

/** Hears that something about buckets may have changed. */
export type BucketWatcher = (state: State, now: number) => void

const watchers = new Set<BucketWatcher>()

/** Makes a watcher known, when its service is loaded. */
export function watchBuckets(watcher: BucketWatcher): void {
  watchers.add(watcher)
}

/** Tells all watchers. */
export function tellBucketWatchers(state: State, now: number): void {
  for (const watcher of watchers) watcher(state, now)
}
