// Judges the wire for every Redshift, STS and EC2 DescribeRegions operation: the input the SDK sends is the input we
// read, and the output we write is the output the SDK reads.

import * as ec2 from '@aws-sdk/client-ec2'
import * as redshift from '@aws-sdk/client-redshift'
import * as sts from '@aws-sdk/client-sts'
import type { QueryShapeSerializer } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { awsQuery, ec2Query, type Protocol } from './protocol.ts'
import { requiredMembers } from './query-input.ts'

type AnyProtocol = {
  options: { xmlNamespace: string; defaultNamespace: string }
  serializer: QueryShapeSerializer
  deserializeResponse(operation: object, context: object, response: object): Promise<Record<string, unknown>>
}

const region = { region: 'eu-west-1' }
const clients = [
  {
    name: 'redshift',
    exports: redshift,
    settings: new redshift.RedshiftClient(region).config.protocol,
    make: awsQuery,
  },
  { name: 'sts', exports: sts, settings: new sts.STSClient(region).config.protocol, make: awsQuery },
  {
    name: 'ec2',
    exports: { DescribeRegions$: ec2.DescribeRegions$ },
    settings: new ec2.EC2Client(region).config.protocol,
    make: ec2Query,
  },
]

for (const { name, exports, settings, make } of clients) {
  const sdk = settings as unknown as AnyProtocol
  const ours = make(sdk.options)
  const operations = operationsOf(exports)

  describe(name, () => {
    test('has operations to judge', () => expect(operations.length).toBeGreaterThan(0))

    test.each(operations.map((operation) => [operation[2], operation] as const))(
      '%s',
      async (_name, operation) => {
        const input = NormalizedSchema.of(operation[4])
        await fc.assert(
          fc.property(structure(input, true), (value) => {
            expect(plain(readBack(ours, sdk, operation, value))).toEqual(plain(value))
          }),
          { numRuns: 15 },
        )
        const output = NormalizedSchema.of(operation[5])
        await fc.assert(
          fc.asyncProperty(structure(output, false), async (value) => {
            const { body } = ours.write(operation, value, 'id')
            expect(plain(await sdkReads(sdk, operation, String(body)))).toEqual(plain(value))
          }),
          { numRuns: 15 },
        )
      },
    )
  })
}

function operationsOf(exports: object): StaticOperationSchema[] {
  return Object.values(exports).filter(
    (value): value is StaticOperationSchema => Array.isArray(value) && value[0] === 9,
  )
}

function readBack(ours: Protocol, sdk: AnyProtocol, operation: StaticOperationSchema, value: object) {
  const schema = NormalizedSchema.of(operation[4])
  sdk.serializer.write(schema, value)
  const body = `Action=${operation[2]}&Version=1${sdk.serializer.flush()}`
  const call = ours.read(
    { method: 'POST', path: '/', query: '', headers: {}, body: Buffer.from(body) },
    new Map(),
  )
  expect(call.action).toBe(operation[2])
  return call.input(operation)
}

function sdkReads(sdk: AnyProtocol, operation: StaticOperationSchema, text: string) {
  const schema = {
    name: operation[2],
    input: operation[4],
    output: operation[5],
    traits: {},
    namespace: operation[1],
  }
  const response = { statusCode: 200, headers: {}, body: new TextEncoder().encode(text) }
  return sdk
    .deserializeResponse(schema, { streamCollector: undefined }, response)
    .then(({ $metadata, ...rest }) => rest)
}

// What neither wire can carry is left out: absent members, and for outputs empty lists the SDK reads as absent.
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((value) => !/[\p{Cc}\p{Cs}\p{Co}\ufffe\uffff]/u.test(value) && value === value.trim())

const deepest = 5

function structure(schema: NormalizedSchema, isInput: boolean): fc.Arbitrary<object> {
  if (!schema.isStructSchema()) return fc.constant({})
  const model = modelOf(schema, 0)
  const required = isInput ? requiredMembers(schema) : []
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) })
}

function modelOf(schema: NormalizedSchema, depth: number): Record<string, fc.Arbitrary<unknown>> {
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  for (const [name, member] of schema.structIterator()) {
    const made = value(member, depth + 1)
    if (made) model[name] = made
  }
  return model
}

// Neither wire tells an empty structure, list or map inside another value from an absent one, so each holds something.
function value(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> | undefined {
  if (!schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema()) return scalar(schema)
  if (depth >= deepest) return undefined
  if (schema.isStructSchema()) {
    const model = modelOf(schema, depth)
    const [first] = Object.keys(model)
    return first === undefined ? undefined : fc.record(model, { requiredKeys: [first] })
  }
  const item = value(schema.getValueSchema(), depth + 1)
  if (!item) return undefined
  const size = { minLength: 1, maxLength: 2 }
  return schema.isListSchema() ? fc.array(item, size) : fc.dictionary(text, item, { minKeys: 1, maxKeys: 2 })
}

function scalar(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isTimestampSchema()) {
    return fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  }
  if (schema.isNumericSchema()) return fc.integer()
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 8 })
  return text
}
