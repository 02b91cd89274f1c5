// What an earlier call of a plan will have answered, before it has: a placeholder inside a text, and what takes its place.

import type { Json } from './plain.ts'

/** A member of what a step's call answered: `KeyMetadata.Arn` of `s1`. In drafts a label stands for the step. */
export type Reference = { step: string; path: string }

/** What the calls of some steps answered: by step, and then by the path of the member. */
export type Made = ReadonlyMap<string, Readonly<Record<string, Json>>>

// Not ${…}: that is how policies write their own variables, such as ${s3:prefix}.
const placeholder = /\{\{([\w-]+):([A-Za-z][\w.]*)\}\}/g

/** A placeholder for what the draft with a label will have made: `madeBy('key', 'KeyMetadata.Arn')`. @public */
export function madeBy(label: string, path: string): string {
  return `{{${label}:${path}}}`
}

/** Every placeholder in a value, each once. */
export function referencesIn(value: unknown): Reference[] {
  const found = new Map<string, Reference>()
  const text = JSON.stringify(value) ?? ''
  for (const [whole, step = '', path = ''] of text.matchAll(placeholder)) found.set(whole, { step, path })
  return [...found.values()]
}

/** A copy with each placeholder replaced; one that `resolve` does not know stays. */
export function replaced<T>(value: T, resolve: (reference: Reference) => Json | undefined): T {
  if (typeof value === 'string') return replacedText(value, resolve) as T
  if (Array.isArray(value)) return value.map((item) => replaced(item, resolve)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, replaced(member, resolve)]),
  ) as T
}

function replacedText(text: string, resolve: (reference: Reference) => Json | undefined): Json {
  const [only] = [...text.matchAll(placeholder)]
  // A text that is nothing but a placeholder becomes the value itself, whatever its type.
  if (only?.[0] === text) return resolve({ step: only[1] ?? '', path: only[2] ?? '' }) ?? text
  return text.replace(placeholder, (whole, step: string, path: string) =>
    String(resolve({ step, path }) ?? whole),
  )
}

/** A copy with what was made in place of its placeholders. */
export function bound<T>(value: T, made: Made): T {
  return made.size === 0 ? value : replaced(value, ({ step, path }) => made.get(step)?.[path])
}

/** A text cut into its literal parts and its placeholders, in order. */
export function partsOf(text: string): (string | Reference)[] {
  const parts: (string | Reference)[] = []
  let from = 0
  for (const match of text.matchAll(placeholder)) {
    if (match.index > from) parts.push(text.slice(from, match.index))
    parts.push({ step: match[1] ?? '', path: match[2] ?? '' })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

/** The member of an answer at a path, or undefined. */
export function memberAt(answer: unknown, path: string): Json | undefined {
  let at = answer
  for (const name of path.split('.')) at = (at as Record<string, unknown> | null | undefined)?.[name]
  return at as Json | undefined
}
