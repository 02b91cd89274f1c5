// Random calls: names that exist in the lab, values near the edges, and nonsense, enough to reach every refusal.

import type { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import { home, partner } from '#lab/testing/world.ts'
import { requiredMembers } from '#lab/wire/shapes.ts'

/** What the lab shows, by the names of members in small letters: `keyid` → the ids of its keys. */
export type Shown = Map<string, string[]>

const common = [
  ...['sales', 'stock', 'strict', 'lax', 'default.redshift-1.0', 'redshift-1.0', 'weekly', 'rs:sales-1'],
  ...['require_ssl', 'true', 'false', 'user', 'manual', 'automated', 's3', 'cloudwatch', 'connectionlog'],
  ...['audit-bucket', 'Bad Bucket', 'first.txt', 'operator', 'auditor', 'alice', 'web', 'web-wg', 'forever'],
  ...['alias/mine', 'alias/nobody', 'daily', 'Passw0rd1', 'eu-central-1', 'mars-1', 'ra3.large', 'dc2.large'],
  ...['arn:aws:iam::aws:policy/ReadOnlyAccess', '{}', '{"Version":"2012-10-17","Statement":[]}', '[]'],
  ...['rate(12 hours)', 'select 1', 'tcp', '10.0.0.0/8', 'Enabled', 'DESC', 'a-new-name', 'x', ' '],
  ...[
    home,
    partner,
    `arn:aws:iam::${home}:role/operator`,
    `arn:aws:redshift:eu-west-1:${home}:cluster:sales`,
  ],
]
const numbers = fc.constantFrom(-2, -1, 0, 1, 2, 7, 20, 35, 36, 90, 100, 101, 365, 900, 3_653, 3_654, 5_439)

/** Inputs of an operation: what it requires and a few more, since a call with everything is refused at once. */
export function inputs(schema: NormalizedSchema, shown: Shown, depth = 0): fc.Arbitrary<object> {
  // Shapes that hold themselves end somewhere.
  if (depth > 4) return fc.constant({})
  // A length that is not that of the body would leave the lab waiting for the rest.
  const members = [...schema.structIterator()]
    .filter(([name]) => name !== 'ContentLength')
    .map(([name, member]) => [name, valueFor(name, member, shown, depth)] as const)
  const required = requiredMembers(schema)
  const optional = members.map(([name]) => name).filter((name) => !required.includes(name))
  const chosen = fc.subarray(optional, { maxLength: Math.min(3, optional.length) })
  return fc.tuple(fc.record(Object.fromEntries(members)), chosen).map(([all, names]) => {
    const kept = Object.entries(all).filter(([name]) => required.includes(name) || names.includes(name))
    return Object.fromEntries(kept)
  })
}

function valueFor(
  name: string,
  schema: NormalizedSchema,
  shown: Shown,
  depth: number,
): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) return inputs(schema, shown, depth + 1)
  if (schema.isListSchema())
    return fc.array(valueFor(name, schema.getValueSchema(), shown, depth + 1), { minLength: 1, maxLength: 2 })
  if (schema.isMapSchema())
    return fc.dictionary(wordsOf('', shown), valueFor(name, schema.getValueSchema(), shown, depth + 1), {
      maxKeys: 2,
    })
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isBlobSchema()) return fc.constantFrom(Buffer.from('hello'), Buffer.alloc(0))
  if (schema.isTimestampSchema())
    return fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  return schema.isNumericSchema() ? numbers : wordsOf(name, shown)
}

// A member most often has a value that the lab itself shows under the same name.
function wordsOf(name: string, shown: Shown): fc.Arbitrary<string> {
  const known = shown.get(name.toLowerCase()) ?? shown.get(name.toLowerCase().replace(/s$/, ''))
  const any = fc.constantFrom(...common)
  return known ? fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 3 }, any) : any
}

/** Adds every text below a value to what is shown, by the name of its member. */
export function gather(value: unknown, shown: Shown, name = ''): void {
  if (typeof value === 'string' && value.length > 0 && value.length < 300) {
    const key = name.toLowerCase()
    const values = shown.get(key) ?? []
    if (!values.includes(value) && values.length < 12) shown.set(key, [...values, value])
  } else if (Array.isArray(value)) {
    for (const item of value) gather(item, shown, name.replace(/s$/, ''))
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const [member, item] of Object.entries(value))
      if (member !== '$metadata') gather(item, shown, member)
  }
}
