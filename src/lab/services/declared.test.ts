// Holds the services to the SDK: the same protocol settings, and no error an operation does not declare.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as cloudtrail from '@aws-sdk/client-cloudtrail'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as iam from '@aws-sdk/client-iam'
import * as redshift from '@aws-sdk/client-redshift'
import * as sts from '@aws-sdk/client-sts'
import { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useLab } from '../testing/lab.ts'
import { home, partner, testWorld } from '../testing/world.ts'
import { commonCodes } from '../wire/errors.ts'
import { requiredMembers } from '../wire/query-input.ts'
import { findService } from './index.ts'

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region) {
    region.snapshots = [
      { SnapshotIdentifier: 'weekly', ClusterIdentifier: 'sales', SnapshotCreateTime: '-10d' },
      { SnapshotIdentifier: 'rs:sales-1', ClusterIdentifier: 'sales' },
    ]
  }
  return world
})

// Names that exist, values near the edges, and nonsense: enough to reach every refusal.
const words = fc.constantFrom(
  ...[
    'sales',
    'stock',
    'scratch',
    'strict',
    'lax',
    'default.redshift-1.0',
    'redshift-1.0',
    'weekly',
    'rs:sales-1',
  ],
  ...[
    'require_ssl',
    'wlm_json_configuration',
    'true',
    'false',
    'user',
    'manual',
    'automated',
    's3',
    'cloudwatch',
  ],
  ...[
    'connectionlog',
    'audit-bucket',
    'Bad Bucket',
    'CREATE_TIME',
    'DESC',
    home,
    partner,
    'amazon-redshift-support',
  ],
  ...[
    `arn:aws:redshift:eu-west-1:${home}:snapshot:sales/weekly`,
    `arn:aws:iam::${home}:role/operator`,
    'x',
    ' ',
  ],
)
const numbers = fc.constantFrom(-2, -1, 0, 1, 7, 20, 35, 36, 100, 900, 3_653, 3_654)

function memberValue(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) return structure(schema)
  if (schema.isListSchema())
    return fc.array(memberValue(schema.getValueSchema()), { minLength: 1, maxLength: 2 })
  if (schema.isMapSchema()) return fc.dictionary(words, memberValue(schema.getValueSchema()), { maxKeys: 2 })
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isTimestampSchema())
    return fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  return schema.isNumericSchema() ? numbers : words
}

function structure(schema: NormalizedSchema): fc.Arbitrary<object> {
  const members = [...schema.structIterator()].map(([name, member]) => [name, memberValue(member)] as const)
  const required = requiredMembers(schema)
  const optional = members.map(([name]) => name).filter((name) => !required.includes(name))
  // Few members at a time: a call with everything never gets past the first refusal.
  const chosen = fc.subarray(optional, { maxLength: Math.min(3, optional.length) })
  return fc.tuple(fc.record(Object.fromEntries(members)), chosen).map(([all, names]) => {
    const kept = Object.entries(all).filter(([name]) => required.includes(name) || names.includes(name))
    return Object.fromEntries(kept)
  })
}

/** The error classes a command's type declarations name after `@throws`. */
function declaredErrors(client: string, operation: string): string[] {
  const root = dirname(createRequire(import.meta.url).resolve(`${client}/package.json`))
  const text = readFileSync(join(root, 'dist-types', 'commands', `${operation}Command.d.ts`), 'utf8')
  return [...text.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name]) => name ?? '')
}

describe.each([
  ['redshift', '@aws-sdk/client-redshift', redshift, () => lab.redshift()],
  ['sts', '@aws-sdk/client-sts', sts, () => lab.sts()],
  ['iam', '@aws-sdk/client-iam', iam, () => lab.iam()],
  ['cloudtrail', '@aws-sdk/client-cloudtrail', cloudtrail, () => lab.cloudtrail()],
  ['logs', '@aws-sdk/client-cloudwatch-logs', logs, () => lab.logs()],
] as const)('%s', async (name, packageName, exports, client) => {
  const operations = [...((await findService(name))?.operations ?? [])]

  test.each(operations.map(([operation, { schema }]) => [operation, schema] as const))(
    '%s',
    async (operation, schema) => {
      const Command = (exports as unknown as Record<string, new (input: object) => never>)[
        `${operation}Command`
      ]
      if (!Command) throw new Error(`the SDK has no ${operation}Command`)
      const allowed = [...declaredErrors(packageName, operation), ...commonCodes()]
      const seen = new Set<string>()
      await fc.assert(
        fc.asyncProperty(structure(NormalizedSchema.of(schema[4])), async (input) => {
          const name = await errorOf(send(client(), new Command(input)))
          if (name !== undefined) seen.add(name)
          // Work under way would hide every other refusal.
          lab.move('+10m')
        }),
        { numRuns: 60, endOnFailure: true },
      )
      expect([...seen].filter((error) => !allowed.includes(error))).toEqual([])
      expect(seen).not.toContain('InternalFailure')
    },
  )
})

// The clients differ in the commands they take; here one of its own is always given.
function send(client: { send: unknown }, command: object): Promise<unknown> {
  return (client as { send(command: object): Promise<unknown> }).send(command)
}

async function errorOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    return (error as Error).name
  }
}

test.each([
  ['redshift', new redshift.RedshiftClient({ region: 'eu-west-1' }).config.protocol, 'awsQuery'],
  ['sts', new sts.STSClient({ region: 'eu-west-1' }).config.protocol, 'awsQuery'],
  ['iam', new iam.IAMClient({ region: 'eu-west-1' }).config.protocol, 'awsQuery'],
  ['ec2', new ec2.EC2Client({ region: 'eu-west-1' }).config.protocol, 'ec2Query'],
])('%s speaks the protocol of the SDK with its namespaces', async (name, sdk, protocol) => {
  const { options } = sdk as unknown as { options: Record<string, unknown> }
  expect((await findService(name))?.protocol.settings).toEqual({
    protocol,
    xmlNamespace: options.xmlNamespace,
    defaultNamespace: options.defaultNamespace,
  })
})
