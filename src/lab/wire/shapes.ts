// What the SDK's schemas say of a shape and NormalizedSchema does not tell.

import type { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types'

/** The names of a structure's required members: the schema lists them first and counts them in its seventh slot. */
export function requiredMembers(schema: NormalizedSchema): string[] {
  const shape: unknown = schema.getSchema()
  // The unit type, which has no members, is a string.
  if (!Array.isArray(shape)) return []
  const [, , , , members, , count] = shape as unknown as StaticStructureSchema & { 6?: number }
  return members.slice(0, count ?? 0)
}

/** Whether an operation answers nothing at all: its output is then the unit type, which the SDK writes as a string. */
export function hasNoOutput(operation: StaticOperationSchema): boolean {
  const output: unknown = operation[5]
  const schema = typeof output === 'function' ? output() : output
  return !Array.isArray(schema)
}

const request = [
  'httpHeader',
  'httpPrefixHeaders',
  'httpPayload',
  'httpLabel',
  'httpQuery',
  'httpQueryParams',
]
const response = ['httpHeader', 'httpPrefixHeaders', 'httpPayload', 'httpResponseCode']

/** Whether a member of an input or an output travels outside of the body, or as the whole of it. */
export function isBound(member: NormalizedSchema, where: 'request' | 'response'): boolean {
  const traits: Record<string, unknown> = member.getMergedTraits()
  return (where === 'request' ? request : response).some((name) => traits[name] !== undefined)
}
