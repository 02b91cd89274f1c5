// Filter patterns over plain text: terms and quoted phrases that must all be there, `?term` of which one must, `-term`
// that must not; upper and lower case differ. CloudWatch Logs User Guide, "Filter pattern syntax". Patterns over JSON
// (`{ $.x = 1 }`), over fields (`[a, b]`) and regular expressions (`%x%`) are refused.

import { invalid } from './errors.ts'

/** Whether a message has what a pattern asks for. */
export type Matcher = (message: string) => boolean

/** A pattern made ready, or CloudWatch Logs' refusal. */
export function readPattern(pattern: string | undefined): Matcher {
  const text = pattern?.trim() ?? ''
  if (text === '') return () => true
  if (/^[[{]/.test(text) || text.includes('%'))
    throw invalid(`The lab reads terms and quoted phrases only, not the filter pattern ${text}`)
  const terms = termsOf(text)
  const some = terms.filter(({ sign }) => sign === '?').map(({ word }) => word)
  const all = terms.filter(({ sign }) => sign === '').map(({ word }) => word)
  const none = terms.filter(({ sign }) => sign === '-').map(({ word }) => word)
  return (message) =>
    all.every((word) => message.includes(word)) &&
    none.every((word) => !message.includes(word)) &&
    (some.length === 0 || some.some((word) => message.includes(word)))
}

function termsOf(text: string): { sign: string; word: string }[] {
  const terms: { sign: string; word: string }[] = []
  const token = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    // Unverified: the wording.
    if (!found) throw invalid(`Invalid filter pattern: ${text}`)
    const [, sign = '', phrase, word = ''] = found
    // A term of anything but letters, digits and underscores has to be quoted: same page.
    if (phrase === undefined && !/^\w+$/.test(word)) throw invalid(`Invalid filter pattern: ${text}`)
    terms.push({ sign, word: phrase?.replaceAll(/\\(.)/g, '$1') ?? word })
  }
  return terms
}
