// Wildcards of policies: what `*` and `?` match in texts, resources and ARNs.
//
// A pattern comes "marked": its wildcards stand as two characters of the private use area, so that a star that came
// out of a variable stays a plain star.

/** Stands for a wildcard `*`. */
export const STAR = '\uE000'

/** Stands for a wildcard `?`. */
export const ONE = '\uE001'

/** Says whether a text is matched. */
export type Matcher = (text: string) => boolean

/** Marks the wildcards of a text as such. */
export function mark(text: string): string {
  return text.replaceAll('*', STAR).replaceAll('?', ONE)
}

/** Wildcards match any characters: actions, and the values of `StringLike`. */
export function textMatcher(marked: string): Matcher {
  const at = firstWildcard(marked)
  if (at === -1) return (text) => text === marked
  if (marked === STAR) return () => true
  if (at === marked.length - 1 && marked.endsWith(STAR)) {
    const start = marked.slice(0, -1)
    return (text) => text.startsWith(start)
  }
  return regexMatcher(open(marked))
}

/**
 * The Resource element: a wildcard stays in its segment of the ARN, but a star that ends a segment may run on past the
 * colon; after the fifth colon a colon is a character like any other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatcher(marked: string): Matcher {
  const { head, tail } = segments(marked)
  if (firstWildcard(head.join(':')) === -1) return textMatcher(marked)
  if (tail === undefined && head.length === 1) return textMatcher(marked)
  const start = head.map((part) => (part.endsWith(STAR) ? `${closed(part.slice(0, -1))}.*` : closed(part)))
  return regexMatcher([...start, ...(tail === undefined ? [] : [open(tail)])].join(':'))
}

/**
 * The Arn operators: each of the six parts is checked for itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatcher(marked: string): Matcher {
  if (marked === STAR) return () => true
  const { head, tail } = segments(marked)
  // Unverified: a pattern with fewer than six parts matches nothing, except a star alone.
  if (tail === undefined) return () => false
  return regexMatcher([...head.map(closed), open(tail)].join(':'))
}

function segments(marked: string): { head: string[]; tail: string | undefined } {
  const parts = marked.split(':')
  return { head: parts.slice(0, 5), tail: parts.length > 5 ? parts.slice(5).join(':') : undefined }
}

function firstWildcard(marked: string): number {
  return marked.search(/[\uE000\uE001]/)
}

function regexMatcher(source: string): Matcher {
  const regex = new RegExp(`^${source}$`, 's')
  return (text) => regex.test(text)
}

function open(marked: string): string {
  return escaped(marked).replaceAll(STAR, '.*').replaceAll(ONE, '.')
}

function closed(marked: string): string {
  return escaped(marked).replaceAll(STAR, '[^:]*').replaceAll(ONE, '[^:]')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
