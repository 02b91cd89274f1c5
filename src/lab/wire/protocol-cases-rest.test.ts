// Wire bytes of restXml as the official protocol tests have them (smithy-lang/smithy, smithy-aws-protocol-tests), each
// named by the case it stands for; schemas and values are our own.

import { expect, test } from 'vitest'
import {
  blob,
  boolean,
  epoch,
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
import type { WireRequest } from './protocol.ts'
import { restXml } from './rest-xml.ts'

const rest = restXml({ xmlNamespace: '', defaultNamespace: 'cases' })
const at = new Date('2015-01-25T08:00:00Z')
const greeting = structure('Greeting', { hi: string })
const header = (name: string) => ({ httpHeader: name })
const query = (name: string) => ({ httpQuery: name })
const label = { httpLabel: 1 }
const payload = { httpPayload: 1 }

type Sent = Partial<Omit<WireRequest, 'body'>> & { body?: string }

const inputs: [id: string, http: [string, string, number], members: object, sent: Sent, value: object][] = [
  [
    'HttpRequestWithGreedyLabelInPath',
    ['GET', '/greedy/foo/{a}/baz/{b+}', 200],
    { a: member(string, label), b: member(string, label) },
    { path: '/greedy/foo/hello/baz/there/guy' },
    { a: 'hello', b: 'there/guy' },
  ],
  [
    'HttpRequestLabelEscaping',
    ['GET', '/{a}', 200],
    { a: member(string, label) },
    { path: '/%20%25%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%F0%9F%98%B9' },
    { a: " %:/?#[]@!$&'()*+,;=😹" },
  ],
  [
    'InputWithHeadersAndAllParams',
    ['GET', '/{a}/{b}/{at}', 200],
    { a: member(number, label), b: member(boolean, label), at: member(moment, label) },
    { path: '/1/true/2015-01-25T08%3A00%3A00Z' },
    { a: 1, b: true, at },
  ],
  [
    'HttpRequestWithLabelsAndTimestampFormat',
    ['GET', '/{at}', 200],
    { at: member(epoch, label) },
    { path: '/1422172800' },
    { at },
  ],
  [
    'ConstantAndVariableQueryStringAllValues',
    ['GET', '/?foo=bar', 200],
    { a: member(string, query('a')), b: member(string, query('b')) },
    { query: 'foo=bar&a=x&b=y%20z' },
    { a: 'x', b: 'y z' },
  ],
  [
    'ConstantQueryString',
    ['GET', '/{a}?foo=bar&hello', 200],
    { a: member(string, label) },
    { path: '/hi', query: 'foo=bar&hello' },
    { a: 'hi' },
  ],
  [
    'AllQueryStringTypes',
    ['GET', '/', 200],
    {
      names: member(list(string), query('n')),
      counts: member(list(number), query('c')),
      yes: member(boolean, query('y')),
      at: member(moment, query('t')),
    },
    { query: 'n=a&n=b&c=1&c=2&y=true&t=2015-01-25T08%3A00%3A00Z' },
    { names: ['a', 'b'], counts: [1, 2], yes: true, at },
  ],
  [
    'RestXmlQueryStringMap',
    ['GET', '/', 200],
    { all: member(map(string), { httpQueryParams: 1 }) },
    { query: 'a=x&b=y' },
    { all: { a: 'x', b: 'y' } },
  ],
  [
    'RestXmlQueryStringEscaping',
    ['GET', '/', 200],
    { a: member(string, query('a')) },
    { query: 'a=%20%25%3A%2F%3F%23%26%F0%9F%98%B9' },
    { a: ' %:/?#&😹' },
  ],
  [
    'InputAndOutputWithStringHeaders',
    ['GET', '/', 200],
    { a: member(string, header('X-String')), names: member(list(string), header('X-Names')) },
    { headers: { 'x-string': 'Hello', 'x-names': 'a, "b,c", "d\\"e"' } },
    { a: 'Hello', names: ['a', 'b,c', 'd"e'] },
  ],
  [
    'InputAndOutputWithNumericHeaders',
    ['GET', '/', 200],
    { a: member(number, header('X-N')), all: member(list(number), header('X-L')) },
    { headers: { 'x-n': '1.5', 'x-l': '1, 2, 3' } },
    { a: 1.5, all: [1, 2, 3] },
  ],
  [
    'InputAndOutputWithBooleanHeaders',
    ['GET', '/', 200],
    { a: member(boolean, header('X-B')), all: member(list(boolean), header('X-L')) },
    { headers: { 'x-b': 'false', 'x-l': 'true, false' } },
    { a: false, all: [true, false] },
  ],
  [
    'InputAndOutputWithTimestampHeaders',
    ['GET', '/', 200],
    {
      a: member(moment, header('X-T')),
      all: member(list(moment), header('X-L')),
      since: member(epoch, header('X-E')),
    },
    {
      headers: {
        'x-t': 'Sun, 25 Jan 2015 08:00:00 GMT',
        'x-l': 'Sun, 25 Jan 2015 08:00:00 GMT, Sun, 25 Jan 2015 08:00:00 GMT',
        'x-e': '1422172800',
      },
    },
    { a: at, all: [at, at], since: at },
  ],
  [
    'HttpPrefixHeadersArePresent',
    ['GET', '/', 200],
    { a: member(string, header('X-Foo')), all: member(map(string), { httpPrefixHeaders: 'X-Foo-' }) },
    { headers: { 'x-foo': 'Foo', 'x-foo-abc': 'Abc', 'x-foo-def': 'Def' } },
    { a: 'Foo', all: { abc: 'Abc', def: 'Def' } },
  ],
  [
    'HttpPayloadTraitsWithBlob',
    ['PUT', '/', 200],
    { b: member(blob, payload) },
    { body: 'blobby' },
    { b: new Uint8Array(Buffer.from('blobby')) },
  ],
  [
    'RestXmlStringPayloadRequest',
    ['PUT', '/', 200],
    { b: member(string, payload) },
    { body: 'rawstring' },
    { b: 'rawstring' },
  ],
  [
    'HttpPayloadWithStructure',
    ['PUT', '/', 200],
    { b: member(greeting, payload) },
    { body: '<Greeting xmlns="urn:x"><hi>Phreddy</hi></Greeting>' },
    { b: { hi: 'Phreddy' } },
  ],
  [
    'BodyWithXmlName',
    ['PUT', '/', 200],
    { nested: member(greeting, {}) },
    { body: '<Ahoy><nested><hi>x</hi></nested></Ahoy>' },
    { nested: { hi: 'x' } },
  ],
  [
    'SimpleScalarPropertiesWithEscapedCharacter',
    ['PUT', '/', 200],
    { a: string },
    { body: '<Input><a>&lt;foo&gt; &#x26;&#38; <![CDATA[<&>]]></a></Input>' },
    { a: '<foo> && <&>' },
  ],
  [
    'SimpleScalarPropertiesPureWhiteSpace',
    ['PUT', '/', 200],
    { a: string },
    { body: '<?xml version="1.0"?><!-- note --><Input><a>  </a></Input>' },
    { a: '  ' },
  ],
  [
    'XmlAttributes',
    ['PUT', '/', 200],
    { foo: string, attr: member(string, { xmlAttribute: 1, xmlName: 'test' }) },
    { body: '<Input test="a&amp;b"><foo>hi</foo></Input>' },
    { foo: 'hi', attr: 'a&b' },
  ],
  [
    'XmlLists',
    ['PUT', '/', 200],
    {
      names: list(string),
      items: list(string, { xmlName: 'item' }),
      flat: member(list(greeting), { xmlFlattened: 1, xmlName: 'one' }),
    },
    {
      body: '<Input><names><member>a</member><member>b</member></names><items><item>c</item></items><one><hi>d</hi></one><one><hi>e</hi></one></Input>',
    },
    { names: ['a', 'b'], items: ['c'], flat: [{ hi: 'd' }, { hi: 'e' }] },
  ],
  [
    'XmlEmptyLists',
    ['PUT', '/', 200],
    { names: list(string) },
    { body: '<Input><names/></Input>' },
    { names: [] },
  ],
  [
    'XmlMaps',
    ['PUT', '/', 200],
    { m: map(greeting), n: map(string, { xmlName: 'Attribute' }, { xmlName: 'Setting' }) },
    {
      body: '<Input><m><entry><key>foo</key><value><hi>there</hi></value></entry></m><n><entry><Attribute>a</Attribute><Setting>b</Setting></entry></n></Input>',
    },
    { m: { foo: { hi: 'there' } }, n: { a: 'b' } },
  ],
  [
    'FlattenedXmlMapWithXmlName',
    ['PUT', '/', 200],
    { m: member(map(string, { xmlName: 'K' }, { xmlName: 'V' }), { xmlFlattened: 1, xmlName: 'KVP' }) },
    { body: '<Input><KVP><K>a</K><V>A</V></KVP><KVP><K>b</K><V>B</V></KVP></Input>' },
    { m: { a: 'A', b: 'B' } },
  ],
  [
    'XmlTimestamps',
    ['PUT', '/', 200],
    { at: moment, since: epoch },
    { body: '<Input><at>2015-01-25T09:00:00+01:00</at><since>1422172800</since></Input>' },
    { at, since: at },
  ],
]

test.each(inputs)('restXml reads %s', (_id, http, members, sent, value) => {
  const call = operation('Call', { http, input: structure('Input', { ...members }) })
  const read = rest.read(request({ method: http[0], ...sent }), service(call))
  expect(read.action).toBe('Call')
  expect(read.input(call)).toEqual(value)
})

const demanding = structure('Demanding', { must: string, may: string }, {}, 1)

test.each([
  ['<Input><m><entry><key>a</key></entry></m></Input>'],
  ['<Input><m><entry><value>a</value></entry></m></Input>'],
  ['<Input><d><may>x</may></d></Input>'],
])('restXml refuses %s', (body) => {
  const call = operation('Call', {
    http: ['PUT', '/', 200],
    input: structure('Input', { m: map(string), d: demanding }),
  })
  const read = () => rest.read(request({ method: 'PUT', body }), service(call)).input(call)
  expect(read).toThrow(expect.objectContaining({ code: 'MalformedXML', status: 400 }))
})
