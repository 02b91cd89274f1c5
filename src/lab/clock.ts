// The lab's virtual time: it starts where it is told, runs at a chosen speed and only ever moves forward.

import { parseDuration } from '#kit/time.ts'

/** What a clock can be told: move on by a duration, go to a moment, or run at another speed. */
export type ClockChange = { move?: string; set?: string; speed?: number }

/** The lab's only source of time. Everything that takes time in AWS is computed from `now()`. */
export type Clock = {
  now(): number
  speed(): number
  change(change: ClockChange): void
}

/** A clock that shows `start` and gains `speed` virtual seconds in each real second; `real` is the machine's own time. */
export function createClock(start: number, speed = 1, real: () => number = Date.now): Clock {
  let rate = checkedSpeed(speed)
  let origin = { virtual: start, real: real() }
  const now = () => Math.floor(origin.virtual + Math.max(0, real() - origin.real) * rate)
  const restart = (virtual: number) => {
    origin = { virtual, real: real() }
  }

  return {
    now,
    speed: () => rate,
    change({ move, set, speed }) {
      // Everything is checked before anything changes.
      const nextRate = speed === undefined ? rate : checkedSpeed(speed)
      const target = targetOf({ move, set }, now())
      restart(target)
      rate = nextRate
    },
  }
}

const latest = Date.parse('9999-12-31T00:00:00Z')

function targetOf({ move, set }: { move: string | undefined; set: string | undefined }, now: number): number {
  if (move !== undefined && set !== undefined) throw new RangeError('give either move or set, not both')
  if (move === undefined && set === undefined) return now
  const target = set === undefined ? now + durationOf(move ?? '') : momentOf(set)
  // Dates with more than four digits of a year have no place in AWS's answers.
  if (!(target < latest)) throw new RangeError('time in the lab ends with the year 9999')
  if (target < now) {
    const from = new Date(now).toISOString()
    throw new RangeError(
      `time cannot move backwards: it is ${from} in the lab, and ${new Date(target).toISOString()} is past`,
    )
  }
  return target
}

function durationOf(text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds === undefined) throw new RangeError(`"${text}" is not a duration such as +1d, 3h or 1d12h`)
  return milliseconds
}

function momentOf(text: string): number {
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) throw new RangeError(`"${text}" is not an ISO 8601 moment`)
  return moment
}

function checkedSpeed(speed: number): number {
  if (Number.isFinite(speed) && speed >= 0 && speed <= 1_000_000) return speed
  throw new RangeError(`the speed must be a number from 0 (time stands still) to 1000000, not ${speed}`)
}
