// Policy variables: `${aws:username}`, defaults, and the three characters that have a variable of their own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

import type { Context } from './context.ts'
import { type Matcher, mark } from './pattern.ts'

/** Makes the text for a request, wildcards marked; undefined when a variable has no value. */
export type Template = { fixed: string } | { fill: (context: Context) => string | undefined }

type Part = string | { key: string; otherwise: string | undefined }

const variable = /\$\{([^}]*)\}/g
const special = new Set(['*', '?', '$'])

/** Reads the variables of a text. Policies older than 2012-10-17 have none: there they are plain text. */
export function template(text: string, version: string | undefined): Template {
  if (version !== '2012-10-17' || !text.includes('${')) return { fixed: mark(text) }
  const parts = partsOf(text)
  if (parts.every((part) => typeof part === 'string')) return { fixed: parts.join('') }
  return { fill: (context) => fill(parts, context) }
}

/** As `template`, for the Resource element: variables stand after the fifth colon only. */
export function resourceTemplate(text: string, version: string | undefined): Template {
  const made = template(text, version)
  if ('fixed' in made) return made
  const at = text.search(/\$\{[^*?$]/)
  // Unverified: that a variable further left makes the statement void rather than the policy malformed.
  return text.slice(0, at).split(':').length > 5 ? made : { fill: () => undefined }
}

/** A matcher that follows the request where the template does; undefined when a variable has no value. */
export function matcherOf(made: Template, compile: (marked: string) => Matcher) {
  if ('fixed' in made) {
    const match = compile(made.fixed)
    return () => match
  }
  const known = new Map<string, Matcher>()
  return (context: Context): Matcher | undefined => {
    const marked = made.fill(context)
    if (marked === undefined) return undefined
    let match = known.get(marked)
    if (!match) {
      // Callers come and go; what they leave must not grow for ever.
      if (known.size >= 1000) known.clear()
      match = compile(marked)
      known.set(marked, match)
    }
    return match
  }
}

function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const found of text.matchAll(variable)) {
    parts.push(mark(text.slice(end, found.index)), partOf(found[1] ?? ''))
    end = found.index + found[0].length
  }
  parts.push(mark(text.slice(end)))
  return parts
}

function partOf(inside: string): Part {
  if (special.has(inside)) return inside
  const [, key, otherwise] = /^(.*?)\s*,\s*'(.*)'\s*$/s.exec(inside) ?? [undefined, inside, undefined]
  return { key: (key ?? '').trim().toLowerCase(), otherwise }
}

function fill(parts: Part[], context: Context): string | undefined {
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const values = context(part.key)
    // A key with several values cannot be a variable.
    const value = values?.length === 1 ? values[0] : part.otherwise
    if (value === undefined) return undefined
    text += value
  }
  return text
}
