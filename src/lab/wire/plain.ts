// Reads plain data (a seed) as an SDK shape: texts at timestamps become moments, unknown members are refused.

import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { parseDuration } from '#kit/time.ts'

/** The shape a plain value stands for; `where` names the value in the sentence that refuses it. */
export function readPlain<Shape>(schema: SchemaRef, value: unknown, now: number, where: string): Shape {
  return readValue(schema, value, now, where) as Shape
}

function readValue(schema: SchemaRef, value: unknown, now: number, where: string): unknown {
  const shape = NormalizedSchema.of(schema)
  if (shape.isStructSchema()) return readStructure(shape, value, now, where)
  if (shape.isListSchema()) return readList(shape, value, now, where)
  if (shape.isTimestampSchema()) return readMoment(value, now, where)
  const wanted = shape.isBooleanSchema() ? 'boolean' : shape.isNumericSchema() ? 'number' : 'string'
  if (typeof value !== wanted) throw new Error(`${where} must be a ${wanted}, not ${JSON.stringify(value)}`)
  return value
}

function readStructure(shape: NormalizedSchema, value: unknown, now: number, where: string) {
  if (typeof value !== 'object' || value === null) throw new Error(`${where} must be an object`)
  const members = new Map(shape.structIterator())
  const read: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue
    const schema = members.get(name)
    if (!schema) throw new Error(`${where} has no member ${name} in AWS's ${shape.getName()}`)
    read[name] = readValue(schema, member, now, `${where}.${name}`)
  }
  return read
}

function readList(shape: NormalizedSchema, value: unknown, now: number, where: string) {
  if (!Array.isArray(value)) throw new Error(`${where} must be a list`)
  return value.map((item, index) => readValue(shape.getValueSchema(), item, now, `${where}[${index}]`))
}

function readMoment(value: unknown, now: number, where: string): Date {
  const duration = typeof value === 'string' ? parseDuration(value) : undefined
  const moment = duration !== undefined ? new Date(now + duration) : new Date(value as string | Date)
  if (!Number.isNaN(moment.getTime())) return moment
  throw new Error(
    `${where} must be a moment such as 2026-11-22T14:00:00Z or -26h, not ${JSON.stringify(value)}`,
  )
}
