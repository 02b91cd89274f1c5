// Reads plain data (a seed) as an SDK shape: texts at timestamps become moments, unknown members are refused.
// A reader is made once from each schema, as xml.ts makes its writers: a world may have ten thousand snapshots.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { parseDuration } from '#kit/time.ts'

/** The shape a plain value stands for; `where` names the value in the sentence that refuses it. */
export function readPlain<Shape>(schema: SchemaRef, value: unknown, now: number, where: string): Shape {
  try {
    return rootReader(schema)(value, now) as Shape
  } catch (error) {
    throw error instanceof Misfit ? new Error(`${where}${error.path} ${error.message}`) : error
  }
}

type Read = (value: unknown, now: number) => unknown

/** What is wrong with a value, and where below the whole it stands; the path grows on the way up. */
class Misfit extends Error {
  path = ''
}

function at(step: string, error: unknown): unknown {
  if (error instanceof Misfit) error.path = step + error.path
  return error
}

const roots = new Map<SchemaRef, Read>()

function rootReader(schema: SchemaRef): Read {
  const known = roots.get(schema)
  if (known) return known
  const read = readerOf(NormalizedSchema.of(schema))
  roots.set(schema, read)
  return read
}

function readerOf(shape: NormalizedSchema): Read {
  if (shape.isStructSchema()) return structureReader(shape)
  if (shape.isListSchema()) return listReader(shape)
  if (shape.isMapSchema()) return mapReader(shape)
  if (shape.isTimestampSchema()) return readMoment
  const wanted = shape.isBooleanSchema() ? 'boolean' : shape.isNumericSchema() ? 'number' : 'string'
  return (value) => {
    if (typeof value === wanted) return value
    throw new Misfit(`must be a ${wanted}, not ${JSON.stringify(value)}`)
  }
}

// Keyed by the SDK's own schema, of which there is one per shape; members are looked at when a value first has them,
// because a shape may hold itself.
const structures = new Map<unknown, Read>()

function structureReader(shape: NormalizedSchema): Read {
  const schema = shape.getSchema()
  const known = structures.get(schema)
  if (known) return known
  const members = new Map(shape.structIterator())
  const readers = new Map<string, Read>()
  const readerFor = (name: string): Read => {
    const member = members.get(name)
    if (!member) throw new Misfit(`has no member ${name} in AWS's ${shape.getName()}`)
    const reader = readerOf(member)
    readers.set(name, reader)
    return reader
  }
  const read: Read = (value, now) => {
    if (typeof value !== 'object' || value === null) throw new Misfit('must be an object')
    const result: Record<string, unknown> = {}
    for (const name of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[name]
      if (member === undefined) continue
      const reader = readers.get(name) ?? readerFor(name)
      try {
        result[name] = reader(member, now)
      } catch (error) {
        throw at(`.${name}`, error)
      }
    }
    return result
  }
  structures.set(schema, read)
  return read
}

function listReader(shape: NormalizedSchema): Read {
  let read: Read | undefined
  return (value, now) => {
    if (!Array.isArray(value)) throw new Misfit('must be a list')
    read ??= readerOf(shape.getValueSchema())
    const reader = read
    return value.map((item, index) => {
      try {
        return reader(item, now)
      } catch (error) {
        throw at(`[${index}]`, error)
      }
    })
  }
}

function mapReader(shape: NormalizedSchema): Read {
  const read = readerOf(shape.getValueSchema())
  return (value, now) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Misfit('must be an object')
    const entries = Object.entries(value).map(([key, item]) => {
      try {
        return [key, read(item, now)]
      } catch (error) {
        throw at(`.${key}`, error)
      }
    })
    return Object.fromEntries(entries)
  }
}

function readMoment(value: unknown, now: number): Date {
  const duration = typeof value === 'string' ? parseDuration(value) : undefined
  const moment = duration !== undefined ? new Date(now + duration) : new Date(value as string | Date)
  if (!Number.isNaN(moment.getTime())) return moment
  throw new Misfit(`must be a moment such as 2026-11-22T14:00:00Z or -26h, not ${JSON.stringify(value)}`)
}
