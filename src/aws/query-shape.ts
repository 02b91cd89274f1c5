// How the elements of an AWS Query answer are read, from the SDK's schemas.

import { FromStringShapeDeserializer } from '@smithy/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'

/** A value made of an element's text, a structure of members named by their elements, or a list or map of elements. */
export type Shape =
  | { kind: 'value'; of(text: string): unknown }
  | { kind: 'structure'; members: Map<string, Member> }
  | { kind: 'list' | 'map'; element: string; shape: Shape }

type Member = { name: string; shape: Shape }

/** Timestamps are ISO 8601 where a schema does not say otherwise, as AWS Query has them. */
const values = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: false,
})
const known = new Map<unknown, Shape | undefined>()

/**
 * The shape of an operation's output. Undefined when something in it is none of these: a union, a document, a list or map
 * without an element around it. No structure that is asked for holds itself; the shape of one that did would never end.
 */
export function shapeOf(output: SchemaRef): Shape | undefined {
  const schema = NormalizedSchema.of(output)
  const itself = schema.getSchema()
  if (!schema.isStructSchema()) return made(schema)
  if (!known.has(itself)) known.set(itself, made(schema))
  return known.get(itself)
}

function made(schema: NormalizedSchema): Shape | undefined {
  if (schema.isUnionSchema() || schema.isDocumentSchema() || schema.isUnitSchema()) return undefined
  if (schema.getMergedTraits().xmlFlattened) return undefined
  if (schema.isStructSchema()) return structure(schema.structIterator())
  if (schema.isListSchema()) {
    const item = schema.getValueSchema()
    return around('list', item.getMergedTraits().xmlName ?? 'member', shapeOf(item))
  }
  if (schema.isMapSchema()) {
    const entry = { key: schema.getKeySchema(), value: schema.getValueSchema() }
    return around('map', 'entry', structure(Object.entries(entry)))
  }
  if (schema.isNumericSchema()) return { kind: 'value', of: numberOf }
  if (schema.isBooleanSchema()) return { kind: 'value', of: booleanOf }
  if (schema.isTimestampSchema()) return { kind: 'value', of: (text) => values.read(schema, withZone(text)) }
  return { kind: 'value', of: (text) => values.read(schema, text) }
}

/**
 * Times of datashares have no zone in the sample responses of AuthorizeDataShare and DescribeDataShares (API), and to the
 * SDK they are none. Unverified: that AWS answers so, too, and that they are UTC, as all others.
 */
function withZone(text: string): string {
  return text.replace(/T[\d:.]+$/, '$&Z')
}

/** What is no number is none, as what is no time: the SDK makes it NaN, which is more and less than nothing. */
function numberOf(text: string): number {
  const number = Number(text)
  if (Number.isNaN(number) && text !== 'NaN') throw new TypeError(`Invalid number ${text}`)
  return number
}

/** What is neither true nor false is neither: the SDK makes it false. */
function booleanOf(text: string): boolean {
  if (!/^(true|false)?$/i.test(text)) throw new TypeError(`Invalid boolean ${text}`)
  return text.toLowerCase() === 'true'
}

function structure(all: Iterable<[string, NormalizedSchema]>): Shape | undefined {
  const members = new Map<string, Member>()
  for (const [name, member] of all) {
    const shape = shapeOf(member)
    if (!shape) return undefined
    members.set(member.getMemberTraits().xmlName ?? name, { name, shape })
  }
  return { kind: 'structure', members }
}

function around(kind: 'list' | 'map', element: string, shape: Shape | undefined): Shape | undefined {
  return shape && { kind, element, shape }
}
