// Writes outputs as XML, with a writer made once from each of the SDK's schemas.
// The SDK has a serialiser too, but it builds a tree of nodes per answer, which took most of the time of a call.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { formatOf, momentText } from './moments.ts'
import { isBound } from './shapes.ts'

type Write = (value: unknown) => string
type Member = { name: string; write: Write }
type Members = { attributes: Member[]; elements: Member[] }

/** Writes the members of a structure, without the element around them. */
export function writeMembers(schema: SchemaRef, output: unknown): string {
  const shape = NormalizedSchema.of(schema)
  return shape.isStructSchema() ? each(membersOf(shape).elements, output) : ''
}

/** Writes a structure as an element of that name; a namespace of its own stands before `xmlns`. */
export function writeElement(shape: NormalizedSchema, name: string, value: unknown, xmlns: string): string {
  const namespace = namespaceOf(shape) || (xmlns && ` xmlns="${xmlns}"`)
  return structureOf(shape, name, namespace)(value)
}

function each(members: Member[], value: unknown): string {
  const record = value as Record<string, unknown>
  let text = ''
  for (const { name, write } of members) {
    const member = record[name]
    if (member !== undefined && member !== null) text += write(member)
  }
  return text
}

// Keyed by the SDK's own schema, of which there is one per shape. Filled in before its members are looked at, because a
// shape may hold itself.
const structures = new Map<unknown, Members>()

function membersOf(shape: NormalizedSchema): Members {
  const schema = shape.getSchema()
  const known = structures.get(schema)
  if (known) return known
  const members: Members = { attributes: [], elements: [] }
  structures.set(schema, members)
  for (const [name, member] of shape.structIterator()) {
    const xmlName = xmlNameOf(member, name)
    if (isBound(member, 'response')) continue
    if (member.getMergedTraits().xmlAttribute)
      members.attributes.push({ name, write: attributeOf(member, xmlName) })
    else members.elements.push({ name, write: elementOf(member, xmlName) })
  }
  return members
}

/** Writes a value with its element or, when it is flattened, one element for each of its items. */
function elementOf(shape: NormalizedSchema, name: string): Write {
  const isFlat = Boolean(shape.getMergedTraits().xmlFlattened)
  const namespace = namespaceOf(shape)
  if (shape.isListSchema()) {
    const item = shape.getValueSchema()
    return isFlat
      ? eachOf(elementOf(item, name))
      : tagged(name, namespace, eachOf(elementOf(item, xmlNameOf(item, 'member'))))
  }
  if (shape.isMapSchema()) {
    const entry = tagged(isFlat ? name : 'entry', isFlat ? namespace : '', entryOf(shape))
    const entries: Write = (value) =>
      Object.entries(value as object)
        .map(entry)
        .join('')
    return isFlat ? entries : tagged(name, namespace, entries)
  }
  if (shape.isStructSchema()) return structureOf(shape, name, namespace)
  return tagged(name, namespace, scalarOf(shape))
}

function structureOf(shape: NormalizedSchema, name: string, namespace: string): Write {
  const members = membersOf(shape)
  const start = `<${name}${namespace}`
  const end = `</${name}>`
  const write: Write = (value) => {
    const attributes = members.attributes.length > 0 ? each(members.attributes, value) : ''
    return `${start}${attributes}>${each(members.elements, value)}${end}`
  }
  return kept(write)
}

/** Keeps the texts of frozen values: what cannot change is written once, however often it is listed. */
function kept(write: Write): Write {
  const texts = new WeakMap<object, string>()
  return (value) => {
    if (!Object.isFrozen(value)) return write(value)
    const known = texts.get(value as object)
    if (known !== undefined) return known
    const text = write(value)
    // Asking for a character makes V8 put the many pieces of the text together once, not for each answer it stands in.
    text.charCodeAt(0)
    texts.set(value as object, text)
    return text
  }
}

function entryOf(shape: NormalizedSchema): Write {
  const names = shape.getKeySchema()
  const key = tagged(xmlNameOf(names, 'key'), namespaceOf(names), escapeXml as Write)
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

function tagged(name: string, namespace: string, write: Write): Write {
  const start = `<${name}${namespace}>`
  const end = `</${name}>`
  return (value) => start + write(value) + end
}

function attributeOf(shape: NormalizedSchema, name: string): Write {
  const text = scalarOf(shape)
  return (value) => ` ${name}="${text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;')}"`
}

// A name that a structure itself has is only that of a root (Smithy specification, xmlName).
function xmlNameOf(shape: NormalizedSchema, fallback: string): string {
  return String(shape.getMemberTraits().xmlName ?? fallback)
}

// The trait is a URI, or a prefix and a URI.
function namespaceOf(shape: NormalizedSchema): string {
  const namespace: unknown = shape.getMergedTraits().xmlNamespace
  if (typeof namespace === 'string') return ` xmlns="${namespace}"`
  if (!Array.isArray(namespace)) return ''
  const [prefix, uri] = namespace
  return ` xmlns:${String(prefix)}="${String(uri)}"`
}

function scalarOf(shape: NormalizedSchema): Write {
  if (shape.isTimestampSchema()) {
    // Every XML protocol writes timestamps as ISO 8601 unless the shape says otherwise (Smithy specification).
    const format = formatOf(shape, 'date-time')
    return (value) => momentText(value as Date, format)
  }
  if (shape.isBlobSchema()) return (value) => Buffer.from(value as Uint8Array).toString('base64')
  return shape.isStringSchema() ? (value) => escapeXml(String(value)) : String
}

const special = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

/** Text made safe between tags; characters XML 1.0 cannot hold are replaced. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text
  return text.replace(new RegExp(special, 'g'), (found) => entities[found] ?? '\ufffd')
}
