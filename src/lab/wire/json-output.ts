// Writes outputs as JSON, with a writer made once from each of the SDK's schemas, as xml.ts does.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { formatOf, momentText } from './moments.ts'

type Write = (value: unknown) => string
type Member = { name: string; key: string; write: Write }

/** A value of a schema as JSON; members the schema does not know are left out. */
export function writeJson(schema: SchemaRef, value: unknown): string {
  const shape = NormalizedSchema.of(schema)
  return shape.isStructSchema() ? writeOf(shape)(value) : '{}'
}

// Keyed by the SDK's own schema, and filled in before its members are looked at: a shape may hold itself.
const structures = new Map<unknown, Member[]>()

function writeOf(shape: NormalizedSchema): Write {
  if (shape.isDocumentSchema()) return (value) => JSON.stringify(value)
  if (shape.isStructSchema()) return structureOf(membersOf(shape))
  if (shape.isListSchema()) return listOf(writeOf(shape.getValueSchema()), isSparse(shape))
  if (shape.isMapSchema()) return mapOf(writeOf(shape.getValueSchema()), isSparse(shape))
  return scalarOf(shape)
}

function membersOf(shape: NormalizedSchema): Member[] {
  const schema = shape.getSchema()
  const known = structures.get(schema)
  if (known) return known
  const members: Member[] = []
  structures.set(schema, members)
  for (const [name, member] of shape.structIterator()) {
    members.push({ name, key: `${JSON.stringify(name)}:`, write: writeOf(member) })
  }
  return members
}

function structureOf(members: Member[]): Write {
  return (value) => {
    const record = value as Record<string, unknown>
    let text = ''
    for (const { name, key, write } of members) {
      const member = record[name]
      if (member !== undefined && member !== null) text += (text === '' ? key : `,${key}`) + write(member)
    }
    return `{${text}}`
  }
}

function listOf(write: Write, sparse: boolean): Write {
  return (value) => {
    let text = ''
    for (const item of value as unknown[]) {
      const isThere = item !== undefined && item !== null
      if (isThere || sparse) text += (text === '' ? '' : ',') + (isThere ? write(item) : 'null')
    }
    return `[${text}]`
  }
}

function mapOf(write: Write, sparse: boolean): Write {
  return (value) => {
    const entries = Object.entries(value as object).filter(([, item]) => sparse || item != null)
    return `{${entries.map(([key, item]) => `${stringText(key)}:${item == null ? 'null' : write(item)}`).join(',')}}`
  }
}

function scalarOf(shape: NormalizedSchema): Write {
  if (shape.isTimestampSchema()) {
    const format = formatOf(shape, 'epoch-seconds')
    const quote = format === 'epoch-seconds' ? '' : '"'
    return (value) => quote + momentText(value as Date, format) + quote
  }
  if (shape.isBlobSchema()) return (value) => `"${Buffer.from(value as Uint8Array).toString('base64')}"`
  if (shape.isStringSchema()) return (value) => stringText(String(value))
  // The three numbers JSON has no word for are sent as texts.
  return (value) => (typeof value === 'number' && !Number.isFinite(value) ? `"${value}"` : String(value))
}

const special = /[\u0000-\u001f"\\\ud800-\udfff]/

function stringText(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`
}

function isSparse(shape: NormalizedSchema): boolean {
  return Boolean(shape.getMergedTraits().sparse)
}
