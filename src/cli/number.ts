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
