// Facts as indented lines: what is nested stands further in, and a short record stays on one line.

import { harmless } from '#kit/text.ts'
import type { Json } from '#model/plain.ts'
import { spokenValue } from './words.ts'
import { padTo } from './wrap.ts'

type Facts = { readonly [name: string]: Json }

/** One line for each fact, its value beside its name; members and items below it. */
export function factLines(facts: Facts, indent = '  '): string[] {
  const entries = Object.entries(facts).filter(([, value]) => value !== null)
  const plain = entries.filter(([, value]) => isPlain(value))
  const width = Math.max(0, ...plain.map(([name]) => name.length)) + 2
  return entries.flatMap(([name, value]) => {
    if (isPlain(value)) return [`${indent}${padTo(harmless(name), width)}${spokenValue(value)}`]
    return [`${indent}${harmless(name)}`, ...nestedLines(value, `${indent}  `)]
  })
}

function nestedLines(value: Json, indent: string): string[] {
  if (!Array.isArray(value)) return factLines(value as Facts, indent)
  return value.flatMap((item) => itemLines(item, indent))
}

function itemLines(item: Json, indent: string): string[] {
  if (isPlain(item)) return [`${indent}- ${spokenValue(item)}`]
  const members = Object.entries(item as Facts)
  if (members.every(([, value]) => isPlain(value))) {
    return [
      `${indent}- ${members.map(([name, value]) => `${harmless(name)} ${spokenValue(value)}`).join(', ')}`,
    ]
  }
  const [first = '', ...rest] = factLines(item as Facts, `${indent}  `)
  return [`${indent}- ${first.trimStart()}`, ...rest]
}

/** True for what fits behind its name: scalars, and lists of them. */
function isPlain(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object' || item === null)
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
}
