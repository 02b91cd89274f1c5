// Little schemas written by hand in the SDK's form, for the protocol cases.
// The form: supplemental-docs/SCHEMAS.md of aws-sdk-js-v3. The first number is the kind of a shape.

import type {
  SchemaRef,
  StaticErrorSchema,
  StaticListSchema,
  StaticMapSchema,
  StaticOperationSchema,
  StaticStructureSchema,
} from '@smithy/types'
import type { Service } from './operations.ts'
import type { WireRequest } from './protocol.ts'

type Traits = Record<string, unknown>
type Member = SchemaRef | [ref: SchemaRef, traits: Traits]

export const [string, number, boolean, moment, dateTime, httpDate, epoch, blob] = [
  0, 1, 2, 4, 5, 6, 7, 21,
] as const

/** A member with traits of its own. */
export function member(ref: SchemaRef, traits: Traits): [SchemaRef, Traits] {
  return [ref, traits]
}

/** A structure; the first `required` members must be there. */
export function structure(
  name: string,
  members: Record<string, Member>,
  traits: Traits = {},
  required = 0,
): StaticStructureSchema {
  const refs = Object.values(members).map((given) => (isBare(given) ? given : [() => given[0], given[1]]))
  return [3, 'cases', name, traits, Object.keys(members), refs, required] as unknown as StaticStructureSchema
}

function isBare(given: Member): given is SchemaRef {
  return !(Array.isArray(given) && given.length === 2)
}

/** A list; traits are those of its members. */
export function list(ref: SchemaRef, traits: Traits = {}): StaticListSchema {
  return [1, 'cases', 'List', {}, [() => ref, traits]] as unknown as StaticListSchema
}

/** A map of strings; traits are those of its keys and of its values. */
export function map(ref: SchemaRef, key: Traits = {}, value: Traits = {}): StaticMapSchema {
  return [2, 'cases', 'Map', {}, [() => string, key], [() => ref, value]] as unknown as StaticMapSchema
}

/** An error that a service declares. */
export function error(name: string, traits: Traits, members: Record<string, Member> = {}): StaticErrorSchema {
  const [, , , , names, refs] = structure(name, { message: string, ...members })
  return [-3, 'cases', name, traits, names, refs, 0] as unknown as StaticErrorSchema
}

/** An operation; without output it answers nothing. */
export function operation(
  name: string,
  { input, output, http }: { input?: SchemaRef; output?: SchemaRef; http?: [string, string, number] },
): StaticOperationSchema {
  const unit = 'unit' as const
  const traits = http ? { http } : 0
  return [
    9,
    'cases',
    name,
    traits,
    () => input ?? unit,
    () => output ?? unit,
  ] as unknown as StaticOperationSchema
}

/** The operations of a service that has just these. */
export function service(...operations: StaticOperationSchema[]): Service['operations'] {
  return new Map(operations.map((schema) => [schema[2], { schema, run: () => ({}) }]))
}

/** A request of which only the interesting part is told. */
export function request(told: Partial<Omit<WireRequest, 'body'>> & { body?: string | Buffer }): WireRequest {
  return { method: 'POST', path: '/', query: '', headers: {}, ...told, body: Buffer.from(told.body ?? '') }
}
