// Random values of the SDK's shapes, as far as a protocol can carry them: what the round trips are made with.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import fc from 'fast-check'
import { requiredMembers } from './shapes.ts'

/** What a protocol cannot carry. XML and forms do not tell an empty structure, list or map from an absent one. */
export type Limits = { emptyIsAbsent: boolean }

const deepest = 5

/** Random structures of a schema; an input has its required members. */
export function structures(ref: SchemaRef, isInput: boolean, limits: Limits): fc.Arbitrary<object> {
  const schema = NormalizedSchema.of(ref)
  if (!schema.isStructSchema()) return fc.constant({})
  return recordOf(schema, 0, isInput, limits)
}

function recordOf(schema: NormalizedSchema, depth: number, isInput: boolean, limits: Limits) {
  const model = modelOf(schema, depth, isInput, limits)
  const names = Object.keys(model)
  if (schema.isUnionSchema()) return unionOf(model)
  const [first] = names
  const holds = depth > 0 && limits.emptyIsAbsent && first !== undefined ? [first] : []
  const required = [...(isInput ? requiredMembers(schema) : []), ...alwaysSaid(schema)]
  const requiredKeys = [...new Set([...required, ...holds])].filter((name) => name in model)
  return fc.record(model, { requiredKeys })
}

// What is read as something even where nothing was said: a client makes up tokens and, for bytes, their type; a body of
// bytes may be empty but is always there; and so are headers that share a prefix.
function alwaysSaid(schema: NormalizedSchema): string[] {
  const members = [...schema.structIterator()].map(([name, member]) => ({ name, member }))
  const hasBytes = members.some(({ member }) => isBytes(member))
  return members
    .filter(({ name, member }) => {
      const { idempotencyToken, httpPrefixHeaders, httpHeader } = member.getMergedTraits()
      const isType = hasBytes && httpHeader === 'Content-Type' && name === 'ContentType'
      return Boolean(idempotencyToken) || httpPrefixHeaders !== undefined || isType || isBytes(member)
    })
    .map(({ name }) => name)
}

function isBytes(member: NormalizedSchema): boolean {
  return Boolean(member.getMergedTraits().httpPayload) && member.isBlobSchema()
}

function unionOf(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  const one = Object.entries(model).map(([name, made]) => made.map((value) => ({ [name]: value })))
  return fc.oneof(...one)
}

function modelOf(schema: NormalizedSchema, depth: number, isInput: boolean, limits: Limits) {
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  const required = isInput ? requiredMembers(schema) : []
  for (const [name, member] of schema.structIterator()) {
    // The checksum of a body cannot be random.
    const isChecksum = isInput && member.getMergedTraits().httpHeader === 'x-amz-checksum-crc32'
    const made = anyOf(member, depth + 1, isInput, limits, required.includes(name))
    if (made && !isChecksum) model[name] = made
  }
  return model
}

function anyOf(
  schema: NormalizedSchema,
  depth: number,
  isInput: boolean,
  limits: Limits,
  isRequired: boolean,
): fc.Arbitrary<unknown> | undefined {
  const isScalar = !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema()
  if (isScalar) return scalarOf(schema)
  // Deeper than that only what must be there: shapes that hold themselves would never end.
  if (depth >= deepest && !isRequired) return undefined
  if (schema.isStructSchema()) {
    const isEmpty = Object.keys(modelOf(schema, depth, isInput, limits)).length === 0
    const cannotBe = isEmpty && (limits.emptyIsAbsent || schema.isUnionSchema())
    return cannotBe ? undefined : recordOf(schema, depth, isInput, limits)
  }
  const isHeaders = schema.getMergedTraits().httpPrefixHeaders !== undefined
  const item = isHeaders ? headerText : anyOf(schema.getValueSchema(), depth + 1, isInput, limits, isRequired)
  if (!item) return undefined
  const least = limits.emptyIsAbsent ? 1 : 0
  return schema.isListSchema()
    ? fc.array(item, { minLength: least, maxLength: 2 })
    : fc.dictionary(keyOf(schema), item, { minKeys: least, maxKeys: 2 })
}

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((value) => !/[\p{Cc}\p{Cs}\p{Co}\ufffe\uffff]/u.test(value) && value === value.trim())

// A header carries visible ASCII, here without what separates lists.
const headerText = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 ./:_=-]{0,10}[a-zA-Z0-9]$/)
const headerName = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{3,20}[a-z0-9]$/)

function keyOf(schema: NormalizedSchema): fc.Arbitrary<string> {
  return schema.getMergedTraits().httpPrefixHeaders === undefined
    ? text.filter((key) => key !== '__proto__')
    : headerName
}

function scalarOf(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  const { httpHeader, httpLabel, idempotencyToken } = schema.getMergedTraits()
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isTimestampSchema()) return moments(Boolean(httpHeader) || schema.getSchema() === 6)
  if (schema.isNumericSchema()) return fc.integer()
  if (schema.isDocumentSchema()) return fc.jsonValue({ maxDepth: 2 })
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 8 })
  if (httpLabel && schema.getMemberName() === 'Bucket') return bucket
  if (idempotencyToken) return fc.uuid()
  return httpHeader ? headerText : text
}

function moments(wholeSeconds: boolean): fc.Arbitrary<Date> {
  const range = { min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }
  const step = wholeSeconds ? 1_000 : 1
  return fc.date(range).map((moment) => new Date(Math.floor(moment.getTime() / step) * step))
}
