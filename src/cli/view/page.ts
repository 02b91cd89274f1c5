// What views are composed of: titled sections of wrapped lines. Whatever comes in here is made harmless.

import { harmless } from '#kit/text.ts'
import type { CommandLine } from '../command-line.ts'
import type { Paint } from './paint.ts'
import { wrap } from './wrap.ts'

/** How wide a view may be, and its colours. */
export type Sheet = { width: number; paint: Paint }

/** A sheet, and how to write a line on it that a person is to type. */
export type Look = Sheet & { line: CommandLine }

/** A title and indented lines. Text goes on below where it is too long; what follows `1. ` or `- ` is aligned. */
export function section(title: string, items: readonly string[], look: Sheet): string {
  return ['', look.paint('strong', title), ...items.flatMap((item) => indented(item, look))].join('\n')
}

/** A title and indented lines that stay whole, so that they can be copied: command lines, ARNs, links. */
export function verbatim(title: string, items: readonly string[], look: Sheet): string {
  return ['', look.paint('strong', title), ...items.map((item) => `  ${harmless(item)}`)].join('\n')
}

/** A text as indented lines. */
export function indented(text: string, { width }: Sheet, indent = '  '): string[] {
  const hang = ' '.repeat(/^(?:\d+\.|-) /.exec(text)?.[0].length ?? 0)
  return wrap(harmless(text), width - indent.length - hang.length).map(
    (line, at) => indent + (at === 0 ? '' : hang) + line,
  )
}

/** The parts of a view, one below the other. */
export function lines(parts: readonly string[]): string {
  return parts.join('\n')
}
