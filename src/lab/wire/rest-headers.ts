// How lists, moments and other values stand in HTTP headers.

import type { NormalizedSchema } from '@smithy/core/schema'
import { formatOf, momentText } from './moments.ts'

/** The items of a header's list: separated by commas, quoted where they hold one, and dates have one of their own. */
export function splitHeader(text: string, item: NormalizedSchema): string[] {
  if (text.trim() === '') return []
  if (item.isTimestampSchema() && formatOf(item, 'http-date') === 'http-date')
    return text.split(/(?<=GMT)\s*,\s*/)
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^,\s][^,]*/g) ?? []
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replace(/\\(.)/g, '$1') : part.trim()))
}

/** A value as a header says it. */
export function headerText(schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema()
    const texts = value.filter((entry) => entry !== undefined && entry !== null)
    return texts
      .map((entry) => (item.isStringSchema() ? quoted(String(entry)) : headerText(item, entry)))
      .join(', ')
  }
  if (value instanceof Date) return momentText(value, formatOf(schema, 'http-date'))
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return encoded(String(value))
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : encoded(text)
}

// "When using non US-ASCII characters in your metadata values, the provided Unicode string is … encoded in RFC 2047
// before issuing": S3 User Guide, "Working with object metadata". Node refuses to send them as they are, too.
function encoded(text: string): string {
  return /^[\x20-\x7e\t]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`
}
