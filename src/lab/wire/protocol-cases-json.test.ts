// Wire bytes of awsJson1_1 as the official protocol tests have them (smithy-lang/smithy, smithy-aws-protocol-tests),
// each named by the case it stands for; schemas and values are our own.

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
import { common, fault } from './errors.ts'
import { awsJson } from './json.ts'

const json = awsJson({ serviceTarget: 'Cases', defaultNamespace: 'cases' })
const at = new Date('2015-01-25T08:00:00Z')
const greeting = structure('Greeting', { hi: string })

const shape = structure('Shape', {
  text: string,
  yes: boolean,
  count: number,
  bytes: blob,
  at: moment,
  iso: dateTime,
  web: httpDate,
  since: epoch,
  names: list(string),
  greetings: list(greeting),
  maps: list(map(string)),
  map: map(string),
  ofLists: map(list(number)),
  nested: greeting,
  renamed: member(string, { jsonName: 'other' }),
})

const cases: [id: string, value: object, text: string][] = [
  ['string_shapes', { text: 'abc' }, '{"text":"abc"}'],
  ['string_shapes_with_jsonvalue_trait', { text: '{"a":"é\n"}' }, '{"text":"{\\"a\\":\\"é\\n\\"}"}'],
  ['integer_shapes', { count: 1234 }, '{"count":1234}'],
  ['double_shapes', { count: 1234.5 }, '{"count":1234.5}'],
  ['blob_shapes', { bytes: new Uint8Array(Buffer.from('binary-value')) }, '{"bytes":"YmluYXJ5LXZhbHVl"}'],
  ['boolean_shapes_true', { yes: true }, '{"yes":true}'],
  ['boolean_shapes_false', { yes: false }, '{"yes":false}'],
  ['timestamp_shapes', { at }, '{"at":1422172800}'],
  ['timestamp_shapes_with_iso8601_timestampformat', { iso: at }, '{"iso":"2015-01-25T08:00:00Z"}'],
  ['timestamp_shapes_with_httpdate_timestampformat', { web: at }, '{"web":"Sun, 25 Jan 2015 08:00:00 GMT"}'],
  ['timestamp_shapes_with_unixtimestamp_timestampformat', { since: at }, '{"since":1422172800}'],
  ['AwsJson11DateTimeWithFractionalSeconds', { at: new Date(at.getTime() + 123) }, '{"at":1422172800.123}'],
  ['list_shapes', { names: ['abc', 'mno'] }, '{"names":["abc","mno"]}'],
  ['empty_list_shapes', { names: [] }, '{"names":[]}'],
  [
    'list_of_map_shapes',
    { maps: [{ foo: 'bar' }, { abc: 'xyz' }] },
    '{"maps":[{"foo":"bar"},{"abc":"xyz"}]}',
  ],
  ['list_of_structure_shapes', { greetings: [{ hi: 'a' }, {}] }, '{"greetings":[{"hi":"a"},{}]}'],
  ['map_shapes', { map: { abc: 'xyz' } }, '{"map":{"abc":"xyz"}}'],
  ['empty_map_shapes', { map: {} }, '{"map":{}}'],
  ['map_of_list_shapes', { ofLists: { abc: [1, 2] } }, '{"ofLists":{"abc":[1,2]}}'],
  ['structure_shapes', { nested: { hi: 'x' } }, '{"nested":{"hi":"x"}}'],
  ['empty_structure_shapes', { nested: {} }, '{"nested":{}}'],
  ['structure_members_with_locationname_traits', { renamed: 'x' }, '{"renamed":"x"}'],
  ['AwsJson11SupportsNaNFloatInputs', { count: Number.NaN }, '{"count":"NaN"}'],
  ['AwsJson11SupportsInfinityFloatInputs', { count: Number.POSITIVE_INFINITY }, '{"count":"Infinity"}'],
  [
    'AwsJson11SupportsNegativeInfinityFloatInputs',
    { count: Number.NEGATIVE_INFINITY },
    '{"count":"-Infinity"}',
  ],
]

const target = { 'x-amz-target': 'Cases.Call' }

test.each(cases)('awsJson1_1 reads and writes %s', (_id, value, text) => {
  const call = operation('Call', { input: shape, output: shape })
  const read = json.read(request({ headers: target, body: text }), service(call))
  expect(read.action).toBe('Call')
  expect(read.input(call)).toEqual(value)
  expect(json.write(call, value, 'id')).toEqual({ body: text })
})

test.each([
  ['AwsJson11StructuresDontSerializeNullValues', '{"text":null}', {}],
  ['nulls in lists and maps', '{"names":["a",null],"map":{"a":null}}', { names: ['a'], map: {} }],
  ['AwsJson11DeserializeIgnoreType', '{"nested":{"__type":"Greeting","hi":"x"}}', { nested: { hi: 'x' } }],
  ['AwsJson11DateTimeWithNegativeOffset', '{"iso":"2015-01-25T07:00:00-01:00"}', { iso: at }],
  ['can_call_operation_with_optional_input', '{}', {}],
  ['an empty body', '', {}],
  [
    'a key that would touch the prototype',
    '{"map":{"__proto__":"x"}}',
    { map: Object.fromEntries([['__proto__', 'x']]) },
  ],
])('awsJson1_1 reads %s', (_id, body, value) => {
  const call = operation('Call', { input: shape })
  const read = json.read(request({ headers: target, body }), service(call)).input(call)
  expect(read).toEqual(value)
  expect(Object.hasOwn(Object(read.map), '__proto__')).toBe(body.includes('proto'))
})

test('awsJson1_1 writes json_1_1_service_responds_with_no_payload, and never what the schema does not know', () => {
  expect(json.write(operation('Call', {}), {}, 'id')).toEqual({ body: '' })
  expect(json.write(operation('Call', { output: shape }), { secret: 1, text: undefined }, 'id')).toEqual({
    body: '{}',
  })
})

test.each([
  ['Cases.Call', 'Call'],
  ['com.amazonaws.cases.v2020.Cases.Call', 'Call'],
  ['Other.Call', undefined],
  ['Call', undefined],
  ['Cases.', undefined],
  [undefined, undefined],
])('the target %s leads to %s (includes_x_amz_target_and_content_type)', (name, action) => {
  const headers = name === undefined ? {} : { 'x-amz-target': name }
  expect(json.read(request({ headers }), service()).action).toBe(action)
  expect(json.read(request({ headers, method: 'GET' }), service()).action).toBeUndefined()
})

const entry = structure('Entry', { Timestamp: moment, Message: string }, {}, 1)
const demanding = structure(
  'Demanding',
  { SecretId: string, KMSKeyArn: string, Entries: list(entry), Bytes: blob },
  {},
  2,
)

test.each([
  ['{"SecretId":1}', 'SerializationException', 'secretId is not a string'],
  ['{"SecretId":"x"', 'SerializationException', 'the body is not JSON'],
  ['[]', 'SerializationException', 'the body is not an object'],
  ['{"Bytes":"!"}', 'SerializationException', 'bytes is not base64'],
  ['{"Entries":{}}', 'SerializationException', 'entries is not a list'],
  [
    '{"Entries":[{"Timestamp":"soon"}]}',
    'SerializationException',
    'entries.1.member.timestamp is not a timestamp',
  ],
  [
    '{"SecretId":"x"}',
    'ValidationException',
    "1 validation error detected: Value null at 'kMSKeyArn' failed to satisfy constraint: Member must not be null",
  ],
  [
    '{"SecretId":"x","Entries":[{"Message":"y"}]}',
    'ValidationException',
    "2 validation errors detected: Value null at 'entries.1.member.timestamp' failed to satisfy constraint: Member must not be null; Value null at 'kMSKeyArn' failed to satisfy constraint: Member must not be null",
  ],
])('awsJson1_1 refuses %s', (body, code, message) => {
  const call = operation('Call', { input: demanding })
  const read = () => json.read(request({ headers: target, body }), service(call)).input(call)
  expect(read).toThrow(message)
  expect(read).toThrow(expect.objectContaining({ code, status: 400 }))
})

test('CloudWatch Logs has its own word for missing members', () => {
  const logs = awsJson({ serviceTarget: 'Cases', defaultNamespace: 'cases' }, 'InvalidParameterException')
  const call = operation('Call', { input: demanding })
  const read = () => logs.read(request({ headers: target, body: '{}' }), service(call)).input(call)
  expect(read).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
})

const complex = error(
  'ComplexError',
  { error: 'client', httpError: 404 },
  { TopLevel: string, Nested: greeting },
)
const broken = error('BrokenError', { error: 'server', httpError: 503 })

test('errors: AwsJson11ComplexError, AwsJson11FooErrorWithDunderType, AwsJson11InvalidGreetingError', () => {
  const members = { TopLevel: 'Top level', Nested: { hi: 'bar' } }
  expect(json.writeError(fault(complex, 'Hi', members), 'id')).toEqual({
    status: 400,
    body: '{"__type":"ComplexError","message":"Hi","TopLevel":"Top level","Nested":{"hi":"bar"}}',
  })
  expect(json.writeError(fault(broken, 'Down'), 'id')).toEqual({
    status: 503,
    body: '{"__type":"BrokenError","message":"Down"}',
  })
  expect(json.writeError(common('InvalidClientTokenId', 'Unknown.'), 'id')).toEqual({
    status: 400,
    body: '{"__type":"UnrecognizedClientException","message":"Unknown."}',
  })
})
