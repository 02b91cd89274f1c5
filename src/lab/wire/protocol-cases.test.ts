// Wire bytes of awsQuery and ec2Query as the official protocol tests have them (smithy-lang/smithy,
// smithy-aws-protocol-tests), each named by the case it stands for; schemas and values are our own.

import { expect, test } from 'vitest'
import {
  blob,
  boolean,
  dateTime,
  epoch,
  error,
  httpDate,
  list,
  map,
  member,
  moment,
  number,
  operation,
  request,
  service,
  string,
  structure,
} from './cases.ts'
import { fault } from './errors.ts'
import { awsQuery, ec2Query } from './protocol.ts'

const settings = { xmlNamespace: 'urn:cases', defaultNamespace: 'cases' }
const query = awsQuery(settings)
const ec2 = ec2Query(settings)
const at = new Date('2015-01-25T08:00:00Z')
const greeting = structure('Greeting', { hi: string })
const strings = list(string)

const input = structure('Input', {
  Foo: string,
  Baz: boolean,
  Bam: number,
  Qux: blob,
  At: moment,
  Epoch: epoch,
  Names: strings,
  Greetings: list(greeting),
  Flat: member(strings, { xmlFlattened: 1 }),
  Items: list(string, { xmlName: 'item' }),
  Renamed: member(list(string, { xmlName: 'Hi' }), { xmlFlattened: 1, xmlName: 'Hi' }),
  Nested: structure('Nested', { Names: strings, Inner: greeting }),
  Map: map(string),
  NamedMap: member(map(string), { xmlName: 'Named' }),
  Complex: map(greeting),
  Keyed: map(string, { xmlName: 'K' }, { xmlName: 'V' }),
  FlatMap: member(map(string), { xmlFlattened: 1 }),
  FlatKeyed: member(map(string, { xmlName: 'K' }, { xmlName: 'V' }), { xmlFlattened: 1, xmlName: 'Hello' }),
  OfLists: map(strings),
})

test.each([
  ['QuerySimpleInputParamsStrings', 'Foo=val1', { Foo: 'val1' }],
  ['QuerySimpleInputParamsStringAndBooleanTrue', 'Foo=a&Baz=true', { Foo: 'a', Baz: true }],
  ['QuerySimpleInputParamsStringsAndBooleanFalse', 'Foo=a&Baz=false', { Foo: 'a', Baz: false }],
  ['QuerySimpleInputParamsInteger', 'Bam=10', { Bam: 10 }],
  ['QuerySimpleInputParamsFloat', 'Bam=10.8', { Bam: 10.8 }],
  ['QuerySimpleInputParamsBlob', 'Qux=dmFsdWU%3D', { Qux: new Uint8Array(Buffer.from('value')) }],
  ['AwsQuerySupportsNaNFloatInputs', 'Bam=NaN', { Bam: Number.NaN }],
  ['AwsQuerySupportsInfinityFloatInputs', 'Bam=Infinity', { Bam: Number.POSITIVE_INFINITY }],
  ['AwsQuerySupportsNegativeInfinityFloatInputs', 'Bam=-Infinity', { Bam: Number.NEGATIVE_INFINITY }],
  ['QueryTimestampsInput', 'At=2015-01-25T08%3A00%3A00Z&Epoch=1422172800', { At: at, Epoch: at }],
  [
    'QueryLists',
    'Names.member.1=foo&Names.member.2=bar&Greetings.member.1.hi=hello',
    { Names: ['foo', 'bar'], Greetings: [{ hi: 'hello' }] },
  ],
  ['EmptyQueryLists', 'Names=', { Names: [] }],
  ['FlattenedQueryLists', 'Flat.1=A&Flat.2=B', { Flat: ['A', 'B'] }],
  ['QueryListArgWithXmlNameMember', 'Items.item.1=A&Items.item.2=B', { Items: ['A', 'B'] }],
  ['QueryFlattenedListArgWithXmlName', 'Hi.1=A&Hi.2=B', { Renamed: ['A', 'B'] }],
  ['QueryNestedStructWithList', 'Nested.Names.member.1=A', { Nested: { Names: ['A'] } }],
  ['NestedStructures', 'Nested.Inner.hi=there', { Nested: { Inner: { hi: 'there' } } }],
  [
    'QuerySimpleQueryMaps',
    'Map.entry.1.key=bar&Map.entry.1.value=Bar&Map.entry.2.key=foo&Map.entry.2.value=Foo',
    { Map: { bar: 'Bar', foo: 'Foo' } },
  ],
  [
    'QuerySimpleQueryMapsWithXmlName',
    'Named.entry.1.key=foo&Named.entry.1.value=Foo',
    { NamedMap: { foo: 'Foo' } },
  ],
  [
    'QueryComplexQueryMaps',
    'Complex.entry.1.key=bar&Complex.entry.1.value.hi=Bar',
    { Complex: { bar: { hi: 'Bar' } } },
  ],
  ['QueryQueryMapWithMemberXmlName', 'Keyed.entry.1.K=bar&Keyed.entry.1.V=Bar', { Keyed: { bar: 'Bar' } }],
  ['QueryFlattenedQueryMaps', 'FlatMap.1.key=bar&FlatMap.1.value=Bar', { FlatMap: { bar: 'Bar' } }],
  ['QueryFlattenedQueryMapsWithXmlName', 'Hello.1.K=bar&Hello.1.V=Bar', { FlatKeyed: { bar: 'Bar' } }],
  [
    'QueryQueryMapOfLists',
    'OfLists.entry.1.key=bar&OfLists.entry.1.value.member.1=C',
    { OfLists: { bar: ['C'] } },
  ],
])('awsQuery reads %s', (_id, body, value) => {
  const call = operation('Call', { input })
  const read = query.read(request({ body: `Action=Call&Version=2020-01-08&${body}` }), service(call))
  expect(read.action).toBe('Call')
  expect(read.input(call)).toEqual(value)
})

const output = structure('Output', {
  text: string,
  yes: boolean,
  count: number,
  bytes: blob,
  at: moment,
  iso: dateTime,
  web: httpDate,
  since: epoch,
  names: strings,
  items: list(string, { xmlName: 'item' }),
  flat: member(strings, { xmlFlattened: 1, xmlName: 'one' }),
  lists: list(strings),
  map: map(greeting),
  flatMap: member(map(string, { xmlName: 'K' }, { xmlName: 'V' }), { xmlFlattened: 1, xmlName: 'kv' }),
  wrapped: member(structure('Wrapped', { hi: string }, { xmlName: 'Ignored' }), {}),
  spaced: member(structure('Spaced', { hi: string }), { xmlNamespace: 'http://foo.com' }),
})

const outputs: [id: string, value: object, xml: string][] = [
  [
    'SimpleScalarProperties',
    { text: 'a', yes: true, count: 1.5 },
    '<text>a</text><yes>true</yes><count>1.5</count>',
  ],
  ['SupportsNaNFloatOutputs', { count: Number.NaN }, '<count>NaN</count>'],
  ['SupportsNegativeInfinityFloatOutputs', { count: Number.NEGATIVE_INFINITY }, '<count>-Infinity</count>'],
  ['XmlBlobs', { bytes: Buffer.from('value') }, '<bytes>dmFsdWU=</bytes>'],
  ['XmlEmptyBlobs', { bytes: Buffer.alloc(0) }, '<bytes></bytes>'],
  ['XmlTimestamps', { at }, '<at>2015-01-25T08:00:00Z</at>'],
  [
    'DateTimeWithFractionalSeconds',
    { at: new Date(at.getTime() + 123) },
    '<at>2015-01-25T08:00:00.123Z</at>',
  ],
  ['XmlTimestampsWithDateTimeFormat', { iso: at }, '<iso>2015-01-25T08:00:00Z</iso>'],
  ['XmlTimestampsWithEpochSecondsFormat', { since: at }, '<since>1422172800</since>'],
  ['XmlTimestampsWithHttpDateFormat', { web: at }, '<web>Sun, 25 Jan 2015 08:00:00 GMT</web>'],
  [
    'XmlLists',
    { names: ['a', 'b'], items: ['c'], flat: ['d', 'e'], lists: [['f']] },
    '<names><member>a</member><member>b</member></names><items><item>c</item></items><one>d</one><one>e</one><lists><member><member>f</member></member></lists>',
  ],
  ['XmlEmptyLists', { names: [] }, '<names></names>'],
  [
    'XmlMaps',
    { map: { foo: { hi: 'there' } } },
    '<map><entry><key>foo</key><value><hi>there</hi></value></entry></map>',
  ],
  [
    'QueryFlattenedXmlMapWithXmlName',
    { flatMap: { a: 'A', b: 'B' } },
    '<kv><K>a</K><V>A</V></kv><kv><K>b</K><V>B</V></kv>',
  ],
  ['IgnoresWrappingXmlName', { wrapped: { hi: 'x' } }, '<wrapped><hi>x</hi></wrapped>'],
  ['XmlNamespaces', { spaced: { hi: 'x' } }, '<spaced xmlns="http://foo.com"><hi>x</hi></spaced>'],
]

test.each(outputs)('awsQuery writes %s', (_id, value, xml) => {
  const { body } = query.write(operation('Call', { output }), value, 'id')
  expect(body).toBe(
    `<CallResponse xmlns="urn:cases"><CallResult>${xml}</CallResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></CallResponse>`,
  )
})

test.each(outputs)('ec2Query writes Ec2%s', (_id, value, xml) => {
  const { body } = ec2.write(operation('Call', { output }), value, 'id')
  expect(body).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<CallResponse xmlns="urn:cases"><requestId>id</requestId>${xml}</CallResponse>`,
  )
})

test('awsQuery writes QueryNoInputAndNoOutput without a result', () => {
  expect(query.write(operation('Call', {}), {}, 'id').body).toBe(
    '<CallResponse xmlns="urn:cases"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></CallResponse>',
  )
})

const ec2Input = structure('Input', {
  foo: string,
  renamed: member(string, { xmlName: 'a' }),
  asQuery: member(string, { ec2QueryName: 'A', xmlName: 'ignored' }),
  names: list(string, { xmlName: 'item' }),
  greetings: list(greeting),
  nested: structure('Nested', { names: strings }),
})

const ec2Inputs: [id: string, body: string, value: object, only?: string][] = [
  ['Ec2SimpleInputParamsStrings', 'Foo=val1', { foo: 'val1' }],
  ['Ec2XmlNameIsUppercased', 'A=x', { renamed: 'x' }, 'renamed'],
  ['Ec2QueryIsPreferred', 'A=x', { asQuery: 'x' }, 'asQuery'],
  [
    'Ec2Lists',
    'Names.1=foo&Names.2=bar&Greetings.1.Hi=hello',
    { names: ['foo', 'bar'], greetings: [{ hi: 'hello' }] },
  ],
  ['Ec2ListMemberWithXmlName', 'Names.1=A', { names: ['A'] }],
  ['Ec2ListNestedStructWithList', 'Nested.Names.1=A', { nested: { names: ['A'] } }],
]

test.each(ec2Inputs)('ec2Query reads %s', (_id, body, value, only) => {
  const call = operation('Call', { input: ec2Input })
  const read = ec2
    .read(request({ body: `Action=Call&Version=2020-01-08&${body}` }), service(call))
    .input(call)
  expect(only ? { [only]: read[only] } : read).toEqual(value)
})

const complex = error('ComplexError', { error: 'client' }, { TopLevel: string, Nested: greeting })
const custom = error('CustomizedError', { error: 'client', awsQueryError: ['Customized', 402] })
const members = { TopLevel: 'Top level', Nested: { hi: 'bar' } }

test('errors: QueryComplexError, QueryCustomizedError, Ec2ComplexError', () => {
  const inside = '<TopLevel>Top level</TopLevel><Nested><hi>bar</hi></Nested>'
  expect(query.writeError(fault(complex, 'Hi', members), 'foo-id').body).toBe(
    `<ErrorResponse xmlns="urn:cases"><Error><Type>Sender</Type><Code>ComplexError</Code><Message>Hi</Message>${inside}</Error><RequestId>foo-id</RequestId></ErrorResponse>`,
  )
  expect(fault(custom, 'Hi')).toMatchObject({ code: 'Customized', status: 402 })
  expect(query.writeError(fault(custom, 'Hi'), 'foo-id').body).toContain('<Code>Customized</Code>')
  expect(ec2.writeError(fault(complex, 'Hi', members), 'foo-id').body).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>ComplexError</Code><Message>Hi</Message>${inside}</Error></Errors><RequestID>foo-id</RequestID></Response>`,
  )
})
