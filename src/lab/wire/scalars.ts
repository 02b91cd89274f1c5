// Reads a text that came in a form, a header, a query or an XML element as the scalar its schema asks for.

import type { NormalizedSchema } from '@smithy/core/schema'
import { common } from './errors.ts'
import { parseMoment } from './moments.ts'

/** The value of a text, or AWS's refusal; `path` names it there. */
export function readScalar(schema: NormalizedSchema, text: string, path: string): unknown {
  if (schema.isBooleanSchema()) return readBoolean(text, path)
  if (schema.isTimestampSchema()) return parseMoment(text) ?? refuse(text, path, 'a timestamp')
  if (schema.isBigIntegerSchema())
    return /^-?\d{1,40}$/.test(text) ? BigInt(text) : refuse(text, path, 'a whole number')
  if (schema.isNumericSchema()) return readNumber(text, path)
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'))
  return text
}

function readBoolean(text: string, path: string): boolean {
  if (/^true$/i.test(text)) return true
  if (/^false$/i.test(text)) return false
  return refuse(text, path, 'a boolean')
}

function readNumber(text: string, path: string): number {
  const value = Number(text)
  if (text.trim() === '' || (Number.isNaN(value) && text !== 'NaN')) return refuse(text, path, 'a number')
  return value
}

// Unverified: query services answer a value of the wrong type with MalformedInput, ValidationError or this one.
function refuse(text: string, path: string, wanted: string): never {
  throw common('InvalidParameterValue', `Value ${text.slice(0, 100)} at ${path} is not ${wanted}.`)
}
