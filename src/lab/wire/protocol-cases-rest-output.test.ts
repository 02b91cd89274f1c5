// Wire bytes of restXml's answers as the official protocol tests have them (smithy-lang/smithy, smithy-aws-protocol-tests), each
// named by the case it stands for; schemas and values are our own.

import type { SchemaRef } from '@smithy/types'
import { expect, test } from 'vitest'
import { blob, epoch, list, map, member, moment, number, operation, string, structure } from './cases.ts'
import { restXml } from './rest-xml.ts'

const rest = restXml({ xmlNamespace: '', defaultNamespace: 'cases' })
const at = new Date('2015-01-25T08:00:00Z')
const greeting = structure('Greeting', { hi: string })
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const header = (name: string) => ({ httpHeader: name })
const query = (name: string) => ({ httpQuery: name })
const payload = { httpPayload: 1 }

type Expected = { status?: number; headers?: Record<string, string>; body: string | Buffer }
const outputs: [id: string, output: SchemaRef, value: object, expected: Expected][] = [
  [
    'SimpleScalarProperties',
    structure('Output', { a: string, b: number }),
    { a: 'x<y', b: 1 },
    { body: `${declaration}<Output><a>x&lt;y</a><b>1</b></Output>` },
  ],
  [
    'BodyWithXmlName',
    structure('Output', { a: string }, { xmlName: 'Ahoy' }),
    { a: 'x' },
    { body: `${declaration}<Ahoy><a>x</a></Ahoy>` },
  ],
  [
    'RestXmlHttpResponseCode',
    structure('Output', { code: member(number, { httpResponseCode: 1 }) }),
    { code: 201 },
    { status: 201, body: '' },
  ],
  [
    'InputAndOutputWithStringHeaders',
    structure('Output', {
      a: member(string, header('X-String')),
      names: member(list(string), header('X-Names')),
    }),
    { a: 'Hello', names: ['a', 'b,c', 'd"e'] },
    { headers: { 'x-string': 'Hello', 'x-names': 'a, "b,c", "d\\"e"' }, body: '' },
  ],
  [
    'InputAndOutputWithTimestampHeaders',
    structure('Output', { a: member(moment, header('X-T')), since: member(epoch, header('X-E')) }),
    { a: at, since: at },
    { headers: { 'x-t': 'Sun, 25 Jan 2015 08:00:00 GMT', 'x-e': '1422172800' }, body: '' },
  ],
  [
    'HttpPrefixHeadersArePresent',
    structure('Output', { all: member(map(string), { httpPrefixHeaders: 'X-Foo-' }) }),
    { all: { Abc: 'Def' } },
    { headers: { 'x-foo-abc': 'Def' }, body: '' },
  ],
  [
    'HttpPayloadTraitsWithBlob',
    structure('Output', { b: member(blob, payload) }),
    { b: Buffer.from('blobby') },
    { headers: { 'content-type': 'binary/octet-stream' }, body: Buffer.from('blobby') },
  ],
  [
    'RestXmlStringPayloadResponse',
    structure('Output', { b: member(string, payload) }),
    { b: 'raw' },
    { headers: { 'content-type': 'text/plain' }, body: 'raw' },
  ],
  [
    'HttpPayloadWithStructure',
    structure('Output', { b: member(greeting, payload) }),
    { b: { hi: 'x' } },
    { body: `${declaration}<Greeting><hi>x</hi></Greeting>` },
  ],
  [
    'HttpPayloadWithMemberXmlName',
    structure('Output', { b: member(greeting, { ...payload, xmlName: 'Hello' }) }),
    { b: { hi: 'x' } },
    { body: `${declaration}<Hello><hi>x</hi></Hello>` },
  ],
  [
    'HttpPayloadWithXmlNamespaceAndPrefix',
    structure('Output', {
      b: member(structure('P', { hi: string }), { ...payload, xmlNamespace: ['baz', 'http://foo.com'] }),
    }),
    { b: { hi: 'x' } },
    { body: `${declaration}<P xmlns:baz="http://foo.com"><hi>x</hi></P>` },
  ],
  [
    'XmlAttributesWithEscaping',
    structure('Output', { foo: string, attr: member(string, { xmlAttribute: 1, xmlName: 'test' }) }),
    { foo: 'hi', attr: 'a"<b>&' },
    { body: `${declaration}<Output test="a&quot;&lt;b&gt;&amp;"><foo>hi</foo></Output>` },
  ],
  [
    'IgnoreQueryParamsInResponse',
    structure('Output', { baz: member(string, query('baz')) }),
    { baz: 'bam' },
    { body: `${declaration}<Output><baz>bam</baz></Output>` },
  ],
]

test.each(outputs)('restXml writes %s', (_id, output, value, expected) => {
  const call = operation('Call', { http: ['GET', '/', 200], output })
  const { headers, ...rest_ } = rest.write(call, value, 'id')
  const { 'x-amz-request-id': id, 'x-amz-id-2': _host, ...own } = headers ?? {}
  expect(id).toBe('id')
  expect({ headers: own, ...rest_ }).toEqual({ status: 200, headers: {}, ...expected })
})

test('restXml writes NoInputAndNoOutput: its status, and nothing', () => {
  const call = operation('Call', { http: ['DELETE', '/', 204] })
  expect(rest.write(call, {}, 'id')).toMatchObject({ status: 204, body: '' })
})

test('restXml says in the body only what no header says', () => {
  const output = structure('Output', { a: member(string, header('X-A')), b: string })
  const { headers, body } = rest.write(
    operation('Call', { http: ['GET', '/', 200], output }),
    { a: 'x', b: 'y' },
    'id',
  )
  expect(headers?.['x-a']).toBe('x')
  expect(body).toBe(`${declaration}<Output><b>y</b></Output>`)
})

test('headers beyond ASCII are encoded as RFC 2047 tells, as S3 does with metadata', () => {
  const output = structure('Output', { all: member(map(string), { httpPrefixHeaders: 'x-amz-meta-' }) })
  const call = operation('Call', { http: ['GET', '/', 200], output })
  expect(rest.write(call, { all: { owner: 'Zoë' } }, 'id').headers).toMatchObject({
    'x-amz-meta-owner': '=?UTF-8?B?Wm/Dqw==?=',
  })
})
