// Reads an operation's input out of a form tree by the SDK's schema: the reverse of the SDK's Query serialiser.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { common } from './errors.ts'
import type { FormNode } from './form.ts'
import { readScalar } from './scalars.ts'
import { requiredMembers } from './shapes.ts'

export { requiredMembers }

/** How the two Query protocols differ: EC2's capitalises names and never wraps list items. */
export type QueryFlavour = 'query' | 'ec2'

/** The input of an operation, with the SDK's own member names and types. */
export function readInput(schema: SchemaRef, form: FormNode, flavour: QueryFlavour): Record<string, unknown> {
  const input = NormalizedSchema.of(schema)
  if (!input.isStructSchema()) return {}
  const value = readStructure(input, form, flavour, '')
  demandRequired(input, value)
  return value
}

function readStructure(schema: NormalizedSchema, node: FormNode, flavour: QueryFlavour, path: string) {
  const value: Record<string, unknown> = {}
  for (const [member, memberSchema] of schema.structIterator()) {
    const name = nameOf(memberSchema, member, flavour, true)
    const below = node.below.get(name)
    if (below) value[member] = readValue(memberSchema, below, flavour, path ? `${path}.${name}` : name)
  }
  return value
}

function readValue(schema: NormalizedSchema, node: FormNode, flavour: QueryFlavour, path: string): unknown {
  if (schema.isStructSchema()) return readStructure(schema, node, flavour, path)
  if (schema.isListSchema()) return readList(schema, node, flavour, path)
  if (schema.isMapSchema()) return readMap(schema, node, flavour, path)
  return readScalar(schema, node.text ?? '', path)
}

function readList(schema: NormalizedSchema, node: FormNode, flavour: QueryFlavour, path: string): unknown[] {
  const item = schema.getValueSchema()
  const flat = flavour === 'ec2' || schema.getMergedTraits().xmlFlattened
  const items = flat ? node : node.below.get(nameOf(item, 'member', flavour, false))
  return numbered(items).map(([index, below]) => readValue(item, below, flavour, `${path}.${index}`))
}

function readMap(schema: NormalizedSchema, node: FormNode, flavour: QueryFlavour, path: string) {
  const key = schema.getKeySchema()
  const value = schema.getValueSchema()
  const entries = numbered(schema.getMergedTraits().xmlFlattened ? node : node.below.get('entry'))
  const pairs = entries.map(([index, entry]): [string, unknown] => {
    const valueNode = entry.below.get(nameOf(value, 'value', flavour, false)) ?? {
      text: '',
      below: new Map(),
    }
    return [
      entry.below.get(nameOf(key, 'key', flavour, false))?.text ?? '',
      readValue(value, valueNode, flavour, `${path}.entry.${index}`),
    ]
  })
  return Object.fromEntries(pairs)
}

/** Items in the order of their numbers, whatever order they were sent in; gaps close up. */
function numbered(node: FormNode | undefined): [string, FormNode][] {
  return [...(node?.below ?? [])]
    .filter(([index]) => /^\d{1,6}$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
}

function nameOf(
  schema: NormalizedSchema,
  fallback: string,
  flavour: QueryFlavour,
  isMember: boolean,
): string {
  const traits = schema.getMergedTraits()
  if (flavour === 'ec2' && traits.ec2QueryName) return String(traits.ec2QueryName)
  const name = String(traits.xmlName ?? fallback)
  return flavour === 'ec2' && isMember ? name.charAt(0).toUpperCase() + name.slice(1) : name
}

function demandRequired(schema: NormalizedSchema, value: Record<string, unknown>) {
  for (const member of requiredMembers(schema)) {
    if (value[member] !== undefined) continue
    // Code: Redshift API Reference, CommonErrors. Unverified: the wording.
    throw common('MissingParameter', `The request must contain the parameter ${member}.`)
  }
}
