// The SDK's own reader is the judge: what it makes of an answer, ours must make of it.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext, runInThisContext } from 'node:vm'
import * as iam from '@aws-sdk/client-iam'
import * as redshift from '@aws-sdk/client-redshift'
import { AwsQueryProtocol } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test, vi } from 'vitest'
import { structures } from '#lab/wire/arbitrary.ts'
import { awsQuery } from '#lab/wire/protocol.ts'
import { operationsOf, type SdkProtocol, sdkReads } from '#lab/wire/round-trip.ts'
import * as iamClient from './clients/iam.ts'
import { Client } from './clients/redshift.ts'
import { QueryProtocol } from './query-protocol.ts'
import { shapeOf } from './query-shape.ts'

const region = { region: 'eu-west-1' }
const theirs = readerOf(new redshift.RedshiftClient(region).config)
const ours = readerOf(new Client(region).config)
const theirsOfIam = readerOf(new iam.IAMClient(region).config)
const oursOfIam = readerOf(new iamClient.Client(region).config)
const lab = awsQuery({ xmlNamespace: 'urn:redshift', defaultNamespace: 'redshift' })
const all = operationsOf(redshift)
const named = (name: string) => all.find((operation) => operation[2] === name) as StaticOperationSchema
const snapshots = named('DescribeClusterSnapshots')

type Config = { protocol: unknown }
function readerOf(config: object) {
  const { protocol } = config as Config
  ;(protocol as SdkProtocol).setSerdeContext(config)
  return (operation: StaticOperationSchema, body: string) =>
    sdkReads(protocol as SdkProtocol, config, operation, { body }).catch((error: unknown) => String(error))
}

async function expectTheSame(operation: StaticOperationSchema, body: string) {
  expect(await ours(operation, body)).toEqual(await theirs(operation, body))
}

test('the Redshift client reads by it, and the SDK alone by its own', () => {
  expect((new Client(region).config as Config).protocol).toBeInstanceOf(QueryProtocol)
  const { protocol } = new Client({ ...region, protocol: AwsQueryProtocol }).config as Config
  expect(protocol).not.toBeInstanceOf(QueryProtocol)
})

test.each(all.map((operation) => [operation[2], operation] as const))('%s', async (_, operation) => {
  const answers = structures(operation[5], false, { emptyIsAbsent: false })
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      await expectTheSame(operation, lab.write(operation, answer, 'id').body as string)
    }),
    { numRuns: 20 },
  )
})

test.each(
  operationsOf(iam)
    .filter(([, , name]) => `${name}Command` in iamClient)
    .map((operation) => [operation[2], operation] as const),
)('%s of IAM', async (name, operation) => {
  const answers = structures(operation[5], false, { emptyIsAbsent: false })
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      const body = lab.write(operation, answer, 'id').body as string
      expect(await oursOfIam(operation, body)).toEqual(await theirsOfIam(operation, body))
    }),
    { numRuns: 20 },
  )
  expect(await oursOfIam(operation, '<ErrorResponse/>')).toContain(`the answer has no ${name}Result`)
})

test('answers that Redshift fills by the hundred do not take the SDK the long way', () => {
  const long = all.filter(({ 5: output }) => !NormalizedSchema.of(output).isUnitSchema() && !shapeOf(output))
  expect(long.map(({ 2: name }) => name)).toEqual([
    // They hold a union, and Redoubt calls none of them.
    'CreateRedshiftIdcApplication',
    'DescribeRedshiftIdcApplications',
    'ModifyRedshiftIdcApplication',
  ])
})

const page = (snapshot: string) =>
  `<DescribeClusterSnapshotsResponse xmlns="urn:redshift"><DescribeClusterSnapshotsResult><Marker>2</Marker><Snapshots><Snapshot>${snapshot}</Snapshot></Snapshots></DescribeClusterSnapshotsResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DescribeClusterSnapshotsResponse>`
const sales = '<ClusterIdentifier>sales</ClusterIdentifier>'

test.each([
  [
    'as it comes',
    page(`${sales}<Port>5439</Port><Encrypted>true</Encrypted><Tags></Tags>`),
    { Port: 5439, Encrypted: true, Tags: [] },
  ],
  [
    'with a declaration and an empty element',
    `<?xml version="1.0" encoding="UTF-8"?>\n${page(`${sales}<Tags/><DBName/>`)}`,
    { Tags: [], DBName: '' },
  ],
  [
    'on lines of their own',
    page(`\r\n  ${sales}\n  <Tags>\n    <Tag>\n      <Key>a b</Key>\n    </Tag>\n  </Tags>\n`),
    { Tags: [{ Key: 'a b' }] },
  ],
  [
    'with entities and all the ways to write a text',
    page(`${sales}<DBName>&lt;d&#233;v&#x20AC;&amp;<!-- not this --><![CDATA[<&amp;>]]> </DBName>`),
    { DBName: '<dév€&<&amp;> ' },
  ],
  [
    'with elements that are new',
    page(
      `<New a="1"><ClusterIdentifier>other</ClusterIdentifier></New>${sales}<Tags><Other/><Tag><Key>k</Key><Value>v</Value></Tag></Tags>`,
    ),
    { Tags: [{ Key: 'k', Value: 'v' }] },
  ],
])('%s', async (_, body, facts) => {
  const read = { Marker: '2', Snapshots: [{ ClusterIdentifier: 'sales', ...facts }] }
  expect(await ours(snapshots, body)).toEqual(read)
  await expectTheSame(snapshots, body)
})

test.each([
  ['that ends early', page(sales).slice(0, 250)],
  ['whose elements do not nest', page('<A><B></A></B>')],
  ['of a proxy', '<!doctype html><html><head><meta charset="utf-8"><body>Sign in<br></html>'],
  ['with a character that XML does not know', page('<DBName>d\u001bev</DBName>')],
  ['with an entity that nobody defined', page('<DBName>&nbsp;</DBName>')],
  [
    'with entities of entities',
    `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${page('<DBName>&b;</DBName>')}`,
  ],
  ['with a time that is none', page('<SnapshotCreateTime>yesterday</SnapshotCreateTime>')],
  ['of nothing but blanks', '  '],
])('an answer %s is what the SDK makes of it', (_, body) => expectTheSame(snapshots, body))

test('elements by names that objects have mean nothing', async () => {
  const body = page(`<__proto__><Port>1</Port></__proto__><constructor>1</constructor>${sales}`)
  expect(await ours(snapshots, body)).toEqual({ Marker: '2', Snapshots: [{ ClusterIdentifier: 'sales' }] })
})

test.each([
  ['member', page(`<ClusterIdentifier>other</ClusterIdentifier>${sales}`)],
  ['list', page(sales).replace('</Snapshots>', '$&<Snapshots/>')],
  ['result', page(sales).replace('</DescribeClusterSnapshotsResult>', '$&<DescribeClusterSnapshotsResult/>')],
])('an answer that says a %s twice is none', async (_, body) => {
  expect(await ours(snapshots, body)).toContain('SyntaxError: the answer says one thing twice')
})

test.each([
  ['of a proxy', '<html><body>Sign in</body></html>'],
  ['that is an error', '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>'],
  ['of names with a prefix', page(sales).replace(/<(\/?)(?=\w)/g, '<$1aws:')],
  ['of another operation', page(sales).replaceAll('Snapshots', 'Versions')],
])('an answer %s is none', async (_, body) => {
  const lacks = 'the answer has no DescribeClusterSnapshotsResult, so it does not come from AWS'
  expect(await ours(snapshots, body)).toBe(`NotFromAws: ${lacks}`)
})

test.each([
  ['an element that is nil', page('<Encrypted xsi:nil="true"/>')],
  ['an element in a value', page('<DBName><b>dev</b></DBName>')],
  ['an element in a value', page(sales).replace('2</Marker>', '2<b/></Marker>')],
])('an answer that has %s is none', async (has, body) => {
  expect(await ours(snapshots, body)).toBe(`SyntaxError: the answer has ${has}`)
})

test('an answer of nothing is none', async () => {
  expect(await ours(snapshots, '')).toBe('NotFromAws: the answer has no body, so it does not come from AWS')
})

test.each([
  ['<Port>many</Port>', 'Invalid number many'],
  ['<Port>5439 TCP</Port>', 'Invalid number 5439 TCP'],
  ['<Encrypted>1</Encrypted>', 'Invalid boolean 1'],
  ['<Encrypted>yes</Encrypted>', 'Invalid boolean yes'],
])('%s is no value', async (member, message) => {
  expect(await ours(snapshots, page(member))).toBe(`TypeError: ${message}`)
})

test.each(['5439', ' 5439 ', '5.4e3', '-1', 'NaN', 'Infinity', ''])('the number "%s"', async (text) => {
  await expectTheSame(snapshots, page(`<Port>${text}</Port>`))
})

test.each(['true', 'TRUE', 'False', ''])('the boolean "%s"', async (text) => {
  await expectTheSame(snapshots, page(`<Encrypted>${text}</Encrypted>`))
})

test.each([
  ['2026-10-29T22:54:34.187829', '2026-10-29T22:54:34.188Z'],
  ['2026-10-29T22:54:34', '2026-10-29T22:54:34.000Z'],
  ['2026-10-29T22:54:34.5Z', '2026-10-29T22:54:34.500Z'],
  ['2026-10-29T22:54:34-01:00', '2026-10-29T23:54:34.000Z'],
])('the time %s', async (text, moment) => {
  const read = await ours(snapshots, page(`<SnapshotCreateTime>${text}</SnapshotCreateTime>`))
  expect(read).toMatchObject({ Snapshots: [{ SnapshotCreateTime: new Date(moment) }] })
})

test('elements may nest as deep as they like where nothing is known of them', async () => {
  const deep = '<New>'.repeat(100_000) + '</New>'.repeat(100_000)
  expect(await ours(snapshots, page(sales + deep))).toMatchObject({
    Snapshots: [{ ClusterIdentifier: 'sales' }],
  })
})

test.each([
  ['of a proxy', '<!doctype html><html>'],
  ['of bytes', '\0\0\0\0'],
])('an answer %s is left at the first thing that is wrong with it', async (_, body) => {
  const fail = vi.spyOn(SaxesParser.prototype, 'fail')
  try {
    expect(await ours(snapshots, body)).toContain('XML parse error')
    expect(fail).toHaveBeenCalledOnce()
  } finally {
    fail.mockRestore()
  }
})

test('a name that is kept does not keep the page that it came with', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const filler = `<Description>${'x'.repeat(1_000_000)}</Description>`
  const kept: unknown[] = []
  const keep = async () => {
    const answer = (await ours(
      snapshots,
      page(`${filler}${sales.replace('sales', 'a-cluster-of-a-long-name')}`),
    )) as {
      Snapshots: { ClusterIdentifier: string }[]
    }
    kept.push(answer.Snapshots[0]?.ClusterIdentifier)
  }
  await keep()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let index = 0; index < 40; index++) await keep()
  collect()
  expect(kept).toEqual(Array(41).fill('a-cluster-of-a-long-name'))
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000)
})

test('objects are no hash tables to V8', async () => {
  setFlagsFromString('--allow-natives-syntax')
  const isQuick = runInThisContext('(object) => %HasFastProperties(object)') as (object: unknown) => boolean
  const members = [...NormalizedSchema.of(redshift.Snapshot$).structIterator()]
    .filter(([, member]) => !member.isTimestampSchema() && !member.isListSchema())
    .map(([name, member]) => [name, member.isBooleanSchema() ? 'true' : '1'] as const)
  const body = page(members.map(([name, text]) => `<${name}>${text}</${name}>`).join(''))
  const { Snapshots } = (await ours(snapshots, body)) as { Snapshots: unknown[] }
  expect(Object.keys(Snapshots[0] as object)).toEqual(members.map(([name]) => name))
  expect(isQuick(Snapshots[0])).toBe(true)
})
