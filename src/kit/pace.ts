// How time passes for whoever waits for something: by itself, or at once where a clock can be moved on instead.

import { setImmediate, setTimeout } from 'node:timers/promises'

export type Pace = {
  /** Milliseconds, counted from whatever moment. */
  elapsed(): number
  /** Rejects as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const realTime: Pace = {
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
}

type Movable = { now(): number; change(change: { set: string }): void }

/**
 * Moves a clock on instead of waiting, by `speed` of its seconds for each that was to be waited. Those who wait at the
 * same time wait side by side, as they would before a clock on the wall.
 */
export function paceBy(clock: Movable, speed: number): Pace {
  return {
    elapsed: () => clock.now() / speed,
    async sleep(milliseconds, signal) {
      const until = Math.ceil(clock.now() + milliseconds * speed)
      await setImmediate(undefined, { signal })
      if (clock.now() < until) clock.change({ set: new Date(until).toISOString() })
    },
  }
}
