// Writes outputs as the XML of the two Query protocols, with a writer made once from each of the SDK's schemas.
// The SDK has a serialiser too, but it builds a tree of nodes per answer, which took most of the time of a call.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'

type Write = (value: unknown) => string
type Member = { name: string; write: (value: unknown) => string }

/** Writes the members of an operation's output, without the element around them. */
export function writeMembers(schema: SchemaRef, output: unknown): string {
  const shape = NormalizedSchema.of(schema)
  return shape.isStructSchema() ? insideOf(shape)(output) : ''
}

// Keyed by the SDK's own schema, of which there is one per shape. Filled in before its members are looked at, because a
// shape may hold itself.
const structures = new Map<unknown, Member[]>()

function insideOf(shape: NormalizedSchema): Write {
  const members = membersOf(shape)
  return (value) => {
    const record = value as Record<string, unknown>
    let text = ''
    for (const { name, write } of members) {
      const member = record[name]
      if (member !== undefined && member !== null) text += write(member)
    }
    return text
  }
}

function membersOf(shape: NormalizedSchema): Member[] {
  const schema = shape.getSchema()
  const known = structures.get(schema)
  if (known) return known
  const members: Member[] = []
  structures.set(schema, members)
  for (const [name, member] of shape.structIterator()) {
    members.push({ name, write: elementOf(member, xmlNameOf(member, name)) })
  }
  return members
}

/** Writes a value with its element or, when it is flattened, one element for each of its items. */
function elementOf(shape: NormalizedSchema, name: string): Write {
  const isFlat = Boolean(shape.getMergedTraits().xmlFlattened)
  if (shape.isListSchema()) {
    const item = shape.getValueSchema()
    return isFlat
      ? eachOf(elementOf(item, name))
      : tagged(name, eachOf(elementOf(item, xmlNameOf(item, 'member'))))
  }
  if (shape.isMapSchema()) {
    const entry = tagged(isFlat ? name : 'entry', entryOf(shape))
    const entries: Write = (value) =>
      Object.entries(value as object)
        .map(entry)
        .join('')
    return isFlat ? entries : tagged(name, entries)
  }
  return tagged(name, shape.isStructSchema() ? insideOf(shape) : scalarOf(shape))
}

function entryOf(shape: NormalizedSchema): Write {
  const key = tagged(xmlNameOf(shape.getKeySchema(), 'key'), escapeXml as Write)
  const item = shape.getValueSchema()
  const value = elementOf(item, xmlNameOf(item, 'value'))
  return (pair) => {
    const [name, content] = pair as [string, unknown]
    return key(name) + value(content)
  }
}

function eachOf(write: Write): Write {
  return (value) => {
    let text = ''
    for (const item of value as unknown[]) if (item !== undefined && item !== null) text += write(item)
    return text
  }
}

function tagged(name: string, write: Write): Write {
  const start = `<${name}>`
  const end = `</${name}>`
  return (value) => start + write(value) + end
}

function xmlNameOf(shape: NormalizedSchema, fallback: string): string {
  return String(shape.getMergedTraits().xmlName ?? fallback)
}

function scalarOf(shape: NormalizedSchema): Write {
  if (shape.isTimestampSchema()) return (value) => momentText(value as Date)
  if (shape.isBlobSchema()) return (value) => Buffer.from(value as Uint8Array).toString('base64')
  return shape.isStringSchema() ? (value) => escapeXml(String(value)) : String
}

// Both protocols write timestamps as ISO 8601 (Smithy specification, awsQuery and ec2Query).
function momentText(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z')
}

const special = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

/** Text made safe between tags; characters XML 1.0 cannot hold are replaced. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text
  return text.replace(new RegExp(special, 'g'), (found) => entities[found] ?? '\ufffd')
}
