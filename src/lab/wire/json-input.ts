// Reads a JSON body as the input of an operation, by the SDK's schema.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { AwsError } from './errors.ts'
import { fromSeconds } from './moments.ts'
import { requiredMembers } from './shapes.ts'

/** The paths of required members that are not there, collected while reading. */
type Missing = string[]

/** The input of an operation; `refusal` is the code of one whose required members are missing. */
export function readJsonInput(schema: SchemaRef, body: Buffer, refusal: string): Record<string, unknown> {
  const input = NormalizedSchema.of(schema)
  const parsed = body.length === 0 ? {} : parse(body)
  if (!input.isStructSchema()) return {}
  const missing: Missing = []
  const value = readStructure(input, parsed, '', missing)
  if (missing.length > 0) throw new AwsError(refusal, 400, missingSentence(missing))
  return value
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw unreadable('the body is not JSON')
  }
}

function readStructure(schema: NormalizedSchema, value: unknown, path: string, missing: Missing) {
  const record = asRecord(value, path)
  const read: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const given = record[name]
    if (given !== undefined && given !== null) read[name] = readValue(member, given, at(path, name), missing)
  }
  // A shape may be required to hold what it does not: AWS reports all of it at once.
  for (const name of requiredMembers(schema)) if (read[name] === undefined) missing.push(at(path, name))
  return read
}

function readValue(schema: NormalizedSchema, value: unknown, path: string, missing: Missing): unknown {
  if (schema.isDocumentSchema()) return value
  if (schema.isStructSchema()) return readStructure(schema, value, path, missing)
  if (schema.isListSchema()) return readList(schema, value, path, missing)
  if (schema.isMapSchema()) return readMap(schema, value, path, missing)
  return readScalar(schema, value, path)
}

function readList(schema: NormalizedSchema, value: unknown, path: string, missing: Missing): unknown[] {
  if (!Array.isArray(value)) throw unreadable(`${path} is not a list`)
  const item = schema.getValueSchema()
  const isSparse = Boolean(schema.getMergedTraits().sparse)
  return value
    .filter((entry) => isSparse || entry !== null)
    .map((entry, index) =>
      entry === null ? null : readValue(item, entry, `${path}.${index + 1}.member`, missing),
    )
}

function readMap(schema: NormalizedSchema, value: unknown, path: string, missing: Missing) {
  const item = schema.getValueSchema()
  const isSparse = Boolean(schema.getMergedTraits().sparse)
  const entries = Object.entries(asRecord(value, path)).filter(([, entry]) => isSparse || entry !== null)
  return Object.fromEntries(
    entries.map(([key, entry]) => [
      key,
      entry === null ? null : readValue(item, entry, `${path}.${key}.member`, missing),
    ]),
  )
}

function readScalar(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (schema.isTimestampSchema()) return readMoment(value, path)
  if (schema.isBooleanSchema()) return demand(typeof value === 'boolean', value, path, 'a boolean')
  if (schema.isBigIntegerSchema()) return BigInt(readNumber(value, path))
  if (schema.isNumericSchema()) return readNumber(value, path)
  const text = String(demand(typeof value === 'string', value, path, 'a string'))
  return schema.isBlobSchema() ? readBlob(text, path) : text
}

function readNumber(value: unknown, path: string): number {
  // The three numbers JSON has no word for are sent as texts (Smithy specification, AWS JSON 1.1).
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  return Number(demand(typeof value === 'number', value, path, 'a number'))
}

function readMoment(value: unknown, path: string): Date {
  const moment =
    typeof value === 'number' ? fromSeconds(value) : new Date(typeof value === 'string' ? value : '')
  if (Number.isNaN(moment.getTime())) throw unreadable(`${path} is not a timestamp`)
  return moment
}

function readBlob(text: string, path: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw unreadable(`${path} is not base64`)
  return new Uint8Array(Buffer.from(text, 'base64'))
}

function asRecord(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(`${path || 'the body'} is not an object`)
  return value as Record<string, unknown>
}

function demand(isRight: boolean, value: unknown, path: string, wanted: string): unknown {
  if (isRight) return value
  throw unreadable(`${path} is not ${wanted}`)
}

// Paths are told as AWS tells them: `logEvents.1.member.timestamp` (amazon-archives/cloudwatch-logs-centralize-logs#5).
function at(path: string, name: string): string {
  return path ? `${path}.${lowered(name)}` : lowered(name)
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function missingSentence(missing: Missing): string {
  const parts = missing.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  )
  return `${parts.length} validation error${parts.length > 1 ? 's' : ''} detected: ${parts.join('; ')}`
}

// Code: "Check that your JSON payload is well-formed", Storage Gateway User Guide, Exceptions. Unverified: the wording.
function unreadable(why: string): AwsError {
  return new AwsError('SerializationException', 400, `The request cannot be read: ${why}.`)
}
