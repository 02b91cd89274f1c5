// Reads an XML element as a value of one of the SDK's shapes: the reverse of xml.ts.

import type { NormalizedSchema } from '@smithy/core/schema'
import { readScalar } from './scalars.ts'
import { isBound, requiredMembers } from './shapes.ts'
import { malformed, type XmlElement } from './xml-tree.ts'

/** The members of a structure that stand in an element. */
export function readXmlStructure(schema: NormalizedSchema, element: XmlElement): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    if (isBound(member, 'request')) continue
    const read = readMember(member, xmlNameOf(member, name), element)
    if (read !== undefined) value[name] = read
    else if (requiredMembers(schema).includes(name)) throw malformed()
  }
  return value
}

function readMember(member: NormalizedSchema, name: string, element: XmlElement): unknown {
  const traits = member.getMergedTraits()
  if (traits.xmlAttribute) {
    const text = element.attributes.get(name)
    return text === undefined ? undefined : readScalar(member, text, name)
  }
  const found = element.elements.filter((below) => below.name === name)
  const [first] = found
  if (!first) return undefined
  if (!traits.xmlFlattened) return readValue(member, first)
  return member.isMapSchema() ? readEntries(member, found) : readItems(member, found)
}

function readValue(schema: NormalizedSchema, element: XmlElement): unknown {
  if (schema.isStructSchema()) return readXmlStructure(schema, element)
  if (schema.isMapSchema()) return readEntries(schema, named(element, 'entry'))
  if (!schema.isListSchema()) return readScalar(schema, element.text, element.name)
  return readItems(schema, named(element, xmlNameOf(schema.getValueSchema(), 'member')))
}

function readItems(schema: NormalizedSchema, elements: XmlElement[]): unknown[] {
  const item = schema.getValueSchema()
  return elements.map((element) => readValue(item, element))
}

function readEntries(schema: NormalizedSchema, elements: XmlElement[]): Record<string, unknown> {
  const keyName = xmlNameOf(schema.getKeySchema(), 'key')
  const item = schema.getValueSchema()
  const valueName = xmlNameOf(item, 'value')
  const entries = elements.map((element): [string, unknown] => {
    const [key] = named(element, keyName)
    const values = named(element, valueName)
    const [value] = values
    if (!key || !value) throw malformed()
    const isFlat = item.isListSchema() && item.getMergedTraits().xmlFlattened
    return [key.text, isFlat ? readItems(item, values) : readValue(item, value)]
  })
  return Object.fromEntries(entries)
}

function named({ elements }: XmlElement, name: string): XmlElement[] {
  return elements.filter((element) => element.name === name)
}

function xmlNameOf(schema: NormalizedSchema, fallback: string): string {
  return String(schema.getMemberTraits().xmlName ?? fallback)
}
