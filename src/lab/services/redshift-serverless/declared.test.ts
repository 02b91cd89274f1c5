// Holds the service to the SDK: random calls meet no error that their operation does not declare.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as client from '@aws-sdk/client-redshift-serverless'
import { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, partner } from '#lab/testing/world.ts'
import { requiredMembers } from '#lab/wire/shapes.ts'
import { redshiftServerless } from './index.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(serverlessWorld)

// Names that exist, values near the edges, and nonsense: enough to reach every refusal.
const words = fc.constantFrom(
  ...['sales', 'sales-wg', 'secret', 'secret-wg', 'lonely', 'forever', 'shared-open', 'orphan', 'fresh'],
  ...['alias/mine', 'alias/nobody', 'AWS_OWNED_KMS_KEY', 'eu-central-1', 'eu-west-1', 'mars-1'],
  ...[
    'require_ssl',
    'false',
    'userlog',
    'serverless-compute',
    'daily',
    'current',
    'Passw0rd1',
    home,
    partner,
  ],
  ...['subnet-1', `arn:aws:iam::${home}:role/operator`, '{}', 'x', ' '],
)
const numbers = fc.constantFrom(-2, -1, 0, 1, 7, 8, 100, 101, 128, 900, 3_653, 3_654, 5_431)

function valueFor(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) return structure(schema)
  if (schema.isListSchema())
    return fc.array(valueFor(schema.getValueSchema()), { minLength: 1, maxLength: 2 })
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isTimestampSchema())
    return fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  return schema.isNumericSchema() ? numbers : words
}

function structure(schema: NormalizedSchema): fc.Arbitrary<object> {
  const members = [...schema.structIterator()].map(([name, member]) => [name, valueFor(member)] as const)
  const required = requiredMembers(schema)
  const optional = members.map(([name]) => name).filter((name) => !required.includes(name))
  // Few members at a time: a call with everything never gets past the first refusal.
  const chosen = fc.subarray(optional, { maxLength: Math.min(3, optional.length) })
  return fc.tuple(fc.record(Object.fromEntries(members)), chosen).map(([all, names]) => {
    const kept = Object.entries(all).filter(([name]) => required.includes(name) || names.includes(name))
    return Object.fromEntries(kept)
  })
}

function declaredErrors(operation: string): string[] {
  const root = dirname(
    createRequire(import.meta.url).resolve('@aws-sdk/client-redshift-serverless/package.json'),
  )
  const text = readFileSync(join(root, 'dist-types', 'commands', `${operation}Command.d.ts`), 'utf8')
  return [...text.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name]) => name ?? '')
}

type AnyCommand = new (input: object) => never
const commands = client as unknown as Record<string, AnyCommand>

test.each([...redshiftServerless.operations].map(([name, { schema }]) => [name, schema] as const))(
  '%s',
  async (name, schema) => {
    const Command = commands[`${name}Command`]
    if (!Command) throw new Error(`the SDK has no ${name}Command`)
    // A body that breaks the shape is refused before the operation runs.
    const allowed = [...declaredErrors(name), 'ValidationException', 'AccessDeniedException']
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(structure(NormalizedSchema.of(schema[4])), async (input) => {
        const error = await lab
          .serverless()
          .send(new Command(input))
          .then(
            () => undefined,
            (thrown: Error) => thrown.name,
          )
        if (error !== undefined) seen.add(error)
        // Work under way would hide every other refusal.
        lab.move('+10m')
      }),
      { numRuns: 40, endOnFailure: true, seed: 5 },
    )
    expect([...seen].filter((error) => !allowed.includes(error))).toEqual([])
  },
)
