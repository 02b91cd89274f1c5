// Puts together the input of a REST operation from the labels, query, headers and body of a request.

import { NormalizedSchema } from '@smithy/core/schema'
import { common } from './errors.ts'
import type { WireRequest } from './protocol.ts'
import { bodyOf, demandChecksum } from './rest-body.ts'
import { splitHeader } from './rest-headers.ts'
import type { Query, Routed } from './rest-routes.ts'
import { readScalar } from './scalars.ts'
import { isBound, requiredMembers } from './shapes.ts'
import { readXmlStructure } from './xml-input.ts'
import { readXml } from './xml-tree.ts'

type Headers = WireRequest['headers']

/** The input of the operation that was found. */
export function readRestInput({ operation, labels, query }: Routed, request: WireRequest) {
  const input = NormalizedSchema.of(operation[4])
  if (!input.isStructSchema()) return {}
  const body = bodyOf(request)
  const value: Record<string, unknown> = {}
  if (hasBodyMembers(input) && body.length > 0)
    Object.assign(value, readXmlStructure(input, readXml(body.toString('utf8'))))
  for (const [name, member] of input.structIterator()) {
    const read = readBound(member, name, { labels, query, headers: request.headers, body })
    if (read !== undefined) value[name] = read
  }
  for (const name of requiredMembers(input)) {
    // Unverified: the wording.
    if (value[name] === undefined) throw common('MissingParameter', `The request must contain ${name}.`)
  }
  return value
}

type Sources = { labels: Record<string, string>; query: Query; headers: Headers; body: Buffer }

function readBound(member: NormalizedSchema, name: string, from: Sources): unknown {
  const traits = member.getMergedTraits()
  if (traits.httpLabel) {
    const label = from.labels[name]
    return label === undefined ? undefined : readScalar(member, label, name)
  }
  if (traits.httpQuery) return readQuery(member, from.query.get(traits.httpQuery), traits.httpQuery)
  if (traits.httpQueryParams) return readRest(member, from.query)
  if (traits.httpHeader) return readHeader(member, from.headers[traits.httpHeader.toLowerCase()], name)
  if (traits.httpPrefixHeaders !== undefined) return readPrefixed(from.headers, traits.httpPrefixHeaders)
  return traits.httpPayload ? readPayload(member, from) : undefined
}

function readQuery(member: NormalizedSchema, values: string[] | undefined, name: string): unknown {
  if (!values) return undefined
  if (!member.isListSchema()) return readScalar(member, values[0] ?? '', name)
  return values.map((value) => readScalar(member.getValueSchema(), value, name))
}

function readRest(member: NormalizedSchema, query: Query): Record<string, unknown> {
  const isList = member.getValueSchema().isListSchema()
  return Object.fromEntries([...query].map(([name, values]) => [name, isList ? values : (values[0] ?? '')]))
}

function readHeader(member: NormalizedSchema, header: string | string[] | undefined, name: string): unknown {
  if (header === undefined) return undefined
  const text = Array.isArray(header) ? header.join(', ') : header
  if (!member.isListSchema()) return text === '' ? undefined : readScalar(member, text, name)
  const item = member.getValueSchema()
  return splitHeader(text, item).map((part) => readScalar(item, part, name))
}

function readPrefixed(headers: Headers, prefix: string): Record<string, string> | undefined {
  const start = prefix.toLowerCase()
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(start))
  if (entries.length === 0) return undefined
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(start.length), String(value ?? '')]))
}

function readPayload(member: NormalizedSchema, { body, headers }: Sources): unknown {
  if (member.isBlobSchema()) {
    // Elsewhere the header tells the checksum of an object, not of what is sent.
    demandChecksum(headers['x-amz-checksum-crc32'], body)
    return new Uint8Array(body)
  }
  if (body.length === 0) return undefined
  const text = body.toString('utf8')
  return member.isStructSchema() ? readXmlStructure(member, readXml(text)) : text
}

function hasBodyMembers(input: NormalizedSchema): boolean {
  return [...input.structIterator()].some(([, member]) => !isBound(member, 'request'))
}
