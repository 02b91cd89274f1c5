// Numbers on the command line.

import { Problem } from '#model/problem.ts'

/** The number that stands behind an option. */
export function numberOf(flag: string, text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number
  throw new Problem(
    'usage',
    `${flag} needs a number, not ${JSON.stringify(text)}.`,
    `Write ${flag} 0 or more.`,
  )
}

/** The whole number, 1 or more, that stands behind an option. */
export function countOf(flag: string, text: string): number {
  const number = numberOf(flag, text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Problem('usage', `${flag} needs a whole number, not ${text}.`, `Write ${flag} 1 or more.`)
}
