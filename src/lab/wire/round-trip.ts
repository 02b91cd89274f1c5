// Sends random inputs through the SDK's serialiser to our reader, and random outputs through our writer to the SDK's
// deserialiser: what goes in must come out. The SDK is driven below its middleware, so that thousands take seconds.

import { Readable } from 'node:stream'
import type { StaticOperationSchema } from '@smithy/types'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Limits, structures } from './arbitrary.ts'
import type { Protocol, WireRequest, Written } from './protocol.ts'

/** What the SDK's client of a service has to offer here. */
export type Subject = {
  name: string
  /** The exports of the client, or those operations that are to be judged. */
  exports: object
  /** `new Client({ region }).config`. */
  config: object
  make(options: { xmlNamespace: string; defaultNamespace: string; serviceTarget: string }): Protocol
  /** Operations that no request and answer can carry. */
  except?: string[]
  /** How often each operation goes each way. */
  runs?: number
}

type SdkRequest = {
  method: string
  path: string
  query: Record<string, string | string[] | null>
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}
export type SdkProtocol = {
  options: { xmlNamespace: string; defaultNamespace: string; serviceTarget: string }
  serviceTarget?: string
  setSerdeContext(context: object): void
  serializeRequest(operation: object, input: object, context: object): Promise<SdkRequest>
  deserializeResponse(operation: object, context: object, response: object): Promise<Record<string, unknown>>
}

/** Describes the round trips of every operation of a client. */
export function judge({ name, exports, config, make, except = [], runs = 20 }: Subject, limits: Limits) {
  const sdk = (config as { protocol: SdkProtocol }).protocol
  sdk.setSerdeContext({ ...config, disableHostPrefix: true })
  const ours = make({ ...sdk.options, serviceTarget: sdk.serviceTarget ?? sdk.options.serviceTarget })
  const all = operationsOf(exports)
  const judged = all.filter((operation) => !except.includes(operation[2]))
  const operations = new Map(all.map((schema) => [schema[2], { schema, run: () => ({}) }] as const))
  describe(name, () => {
    test('has operations to judge, and the exceptions exist', () => {
      expect(judged.length).toBeGreaterThan(0)
      expect(all.length - judged.length).toBe(except.length)
    })
    test.each(judged.map((operation) => [operation[2], operation] as const))(
      '%s',
      async (_name, operation) => {
        const inputs = fc.asyncProperty(structures(operation[4], true, limits), async (value) => {
          const request = await sdkWrites(sdk, config, operation, value)
          const call = ours.read(request, operations)
          expect(call.action).toBe(operation[2])
          expect(plain(call.input(operation))).toEqual(plain(value))
        })
        const outputs = fc.asyncProperty(structures(operation[5], false, limits), async (value) => {
          const read = await sdkReads(sdk, config, operation, ours.write(operation, value, 'id'))
          expect(plain(read)).toEqual(plain(value))
        })
        await fc.assert(inputs, { numRuns: runs })
        await fc.assert(outputs, { numRuns: runs })
      },
    )
  })
}

/** The operations that a client exports. */
export function operationsOf(exports: object): StaticOperationSchema[] {
  return Object.values(exports).filter(
    (value): value is StaticOperationSchema => Array.isArray(value) && value[0] === 9,
  )
}

async function sdkWrites(
  sdk: SdkProtocol,
  config: object,
  operation: StaticOperationSchema,
  value: object,
): Promise<WireRequest> {
  const bucket = 'Bucket' in value ? String(value.Bucket) : ''
  const endpoint = async () => ({
    protocol: 'http:',
    hostname: 'lab',
    path: bucket ? `/${bucket}` : '/',
    query: {},
  })
  const request = await sdk.serializeRequest(asSdk(operation), value, {
    ...config,
    endpoint,
  })
  const pairs = Object.entries(request.query).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).map((item) => `${encode(name)}=${encode(item ?? '')}`),
  )
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, header]) => [name.toLowerCase(), header]),
  )
  // The SDK warns when its bytes are treated as text, so they are copied as bytes.
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : bytesOf(request.body)
  return { method: request.method, path: request.path, query: pairs.join('&'), headers, body }
}

function bytesOf(body: Uint8Array | undefined): Buffer {
  return body ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : Buffer.alloc(0)
}

export async function sdkReads(
  sdk: SdkProtocol,
  config: object,
  operation: StaticOperationSchema,
  written: Written,
): Promise<object> {
  const body = Readable.from([Buffer.from(written.body)])
  const response = { statusCode: written.status ?? 200, headers: written.headers ?? {}, body }
  const { $metadata, ...read } = await sdk.deserializeResponse(asSdk(operation), config, response)
  for (const [name, value] of Object.entries(read))
    if (isStream(value)) read[name] = await value.transformToByteArray()
  return read
}

function isStream(value: unknown): value is { transformToByteArray(): Promise<Uint8Array> } {
  return typeof value === 'object' && value !== null && 'transformToByteArray' in value
}

function asSdk([, namespace, name, traits, input, output]: StaticOperationSchema) {
  return { namespace, name, traits, input, output }
}

function encode(text: string): string {
  return encodeURIComponent(text)
}

// Moments as text, bytes as numbers, absent members away.
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_name, part: unknown) => (part instanceof Uint8Array ? [...part] : part)),
  )
}
