// Moments of an inventory as a world writes them: relative to the moment it was taken, so that the world never ages.

import { day, hour, minute, second } from '#kit/time.ts'
import type { Json } from '#model/plain.ts'

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** Facts with every moment relative: `-2d4h`. What people wrote themselves, tags, stays as it is. */
export function relative<Facts>(facts: Facts, takenAt: string): Facts {
  return relativeValue(facts as Json, Date.parse(takenAt), '') as Facts
}

function relativeValue(value: Json, taken: number, name: string): Json {
  if (Array.isArray(value)) return value.map((item) => relativeValue(item, taken, name))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [
        member,
        member === 'Tags' ? inner : relativeValue(inner, taken, member),
      ]),
    )
  }
  // By its name as well: a text that looks like a moment may be one that somebody typed.
  const isMoment = typeof value === 'string' && /(Time|Date)$/.test(name) && moment.test(value)
  return isMoment ? spell(Date.parse(value) - taken) : value
}

const units: [string, number][] = [
  ['d', day],
  ['h', hour],
  ['m', minute],
]

/** A duration in the largest units, exact to the millisecond: `-2d4h`, `-3h0.25s`. Plans compare moments. */
function spell(milliseconds: number): string {
  let rest = Math.abs(milliseconds)
  let text = ''
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length)
    if (count > 0) text += `${count}${unit}`
    rest -= count * length
  }
  if (rest > 0) text += `${rest / second}s`
  return `${milliseconds < 0 ? '-' : '+'}${text || '0s'}`
}
