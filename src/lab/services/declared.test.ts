// Holds the services to the SDK: the same protocol settings, and no error an operation does not declare.

import { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnyClient, declaredErrors, loadClient } from '../fidelity/clients.ts'
import { gather, inputs, type Shown } from '../fidelity/testing/calls.ts'
import { fullWorld } from '../fidelity/testing/world.ts'
import { undeclared } from '../fidelity/undeclared.ts'
import { type Lab, startLab } from '../index.ts'
import { alice } from '../testing/world.ts'
import { spoken } from '../wire/dialects.ts'
import { type CommonCode, common, commonCodes } from '../wire/errors.ts'
import { requiredMembers } from '../wire/shapes.ts'
import { findService, serviceNames } from './index.ts'

const now = '2026-06-01T12:00:00Z'

describe.each(serviceNames)('%s', async (name) => {
  const service = await findService(name)
  if (!service) throw new Error(`there is no ${name}`)
  const operations = [...service.operations].map(([operation, { schema }]) => [operation, schema] as const)
  const { Client, commands } = await loadClient(name)
  const shown: Shown = new Map()
  let lab: Lab

  function client(): AnyClient {
    const credentials = { accessKeyId: alice.accessKeyId, secretAccessKey: alice.secretAccessKey }
    return new Client({
      endpoint: lab.url,
      region: 'eu-west-1',
      credentials,
      maxAttempts: 1,
      forcePathStyle: true,
    })
  }

  function commandOf(operation: string, input: object): object {
    const Command = commands.get(operation)
    if (!Command) throw new Error(`the SDK has no ${operation}Command`)
    return new Command(input)
  }

  beforeAll(async () => {
    lab = await startLab({ world: fullWorld(), speed: 0, now })
    for (const [operation, schema] of operations) {
      const isPlain = requiredMembers(NormalizedSchema.of(schema[4])).length === 0
      if (!isPlain || !/^(Describe|List)/.test(operation)) continue
      gather(
        await client()
          .send(commandOf(operation, {}))
          .catch(() => undefined),
        shown,
      )
    }
  })
  afterAll(() => lab.stop())

  const word = (code: CommonCode) => spoken(common(code, ''), service.protocol.dialect).code
  const shared = commonCodes().map((code) => word(code as CommonCode))
  const failure = word('InternalFailure')

  test.each(operations)('%s', async (operation, schema) => {
    const allowed = [...declaredErrors(name, operation), ...shared, ...(undeclared[name] ?? [])]
    const seen = new Map<string, string>()
    await fc.assert(
      fc.asyncProperty(inputs(NormalizedSchema.of(schema[4]), shown), async (input) => {
        const error = await errorOf(client(), commandOf(operation, input))
        // That the lab does not model something is said with a word that the operation need not declare; the answer to
        // HEAD has no body to say a code in.
        const isPlain = error?.message.startsWith('The lab does not') || /^Head/.test(operation)
        if (error && !isPlain) seen.set(error.name, `${error.message} ${JSON.stringify(input)}`)
        // Work under way would hide every other refusal.
        lab.clock.change({ move: '+10m' })
      }),
      { numRuns: 30, endOnFailure: true, seed: 5 },
    )
    const wrong = [...seen].filter(([error]) => !allowed.includes(error) || error === failure)
    expect(
      wrong.map((words) => words.join(': ')),
      JSON.stringify(wrong),
    ).toEqual([])
  })

  test('speaks the protocol of the SDK with its settings', () => {
    const { protocolSettings } = (client() as unknown as { config: { protocolSettings: object } }).config
    const { protocol: _, ...settings } = service.protocol.settings
    expect(protocolSettings).toMatchObject(settings)
  })
})

// What the lab answered; that the SDK itself refuses to send a call says nothing of the lab.
async function errorOf(client: AnyClient, command: object): Promise<Error | undefined> {
  try {
    const output = (await client.send(command)) as { Body?: { destroy?(): void } }
    output.Body?.destroy?.()
    return undefined
  } catch (error) {
    return error instanceof Error && ('$metadata' in error || '$response' in error) ? error : undefined
  } finally {
    client.destroy()
  }
}
