// What a wire protocol is, and the two Query protocols: how a request names its action and input, and how answers and
// errors are wrapped. JSON and REST have files of their own.

import type { StaticOperationSchema } from '@smithy/types'
import { type Dialect, spoken } from './dialects.ts'
import type { AwsError } from './errors.ts'
import { type FormNode, readForm } from './form.ts'
import type { Service } from './operations.ts'
import { type QueryFlavour, readInput } from './query-input.ts'
import { hasNoOutput } from './shapes.ts'
import { escapeXml, writeMembers } from './xml.ts'

/** A request as it came in, its body whole. */
export type WireRequest = {
  method: string
  /** The path as sent, before any question mark. */
  path: string
  query: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** What goes back to the client. */
export type Reply = { status: number; headers: Record<string, string>; body: string | Uint8Array }

/** What a protocol has to say of an answer; what it leaves out is as the server makes it. Header names in lower case. */
export type Written = { status?: number; headers?: Record<string, string>; body: string | Uint8Array }

/** A request whose action is known and whose input can be read once the operation's schema is. */
export type WireCall = {
  action: string | undefined
  input(schema: StaticOperationSchema): Record<string, unknown>
}

/** One wire protocol as a service speaks it. */
export type Protocol = {
  /** What the SDK's client says of the protocol, too. */
  settings: { protocol: string } & (ProtocolSettings | JsonSettings)
  /** Whose words the common errors take: `spoken(error, dialect)` tells code and status as they go out. */
  dialect: Dialect
  /** The type of a body whose headers do not say another. */
  contentType: string
  /** Finds out which operation is called; REST routes by method, path and query, so it is told which ones there are. */
  read(request: WireRequest, operations: Service['operations']): WireCall
  write(operation: StaticOperationSchema, output: unknown, requestId: string): Written
  writeError(error: AwsError, requestId: string): Written
}

/** What a service of a JSON protocol says of itself: the target is what stands before the dot in X-Amz-Target. */
export type JsonSettings = { serviceTarget: string; defaultNamespace: string }

/** What a service of an XML protocol says of itself on the wire. */
export type ProtocolSettings = { xmlNamespace: string; defaultNamespace: string }

/** awsQuery: Redshift, STS. Envelope: Redshift API Reference, the sample response of ModifyClusterParameterGroup. */
export function awsQuery(settings: ProtocolSettings): Protocol {
  return {
    settings: { protocol: 'awsQuery', ...settings },
    dialect: 'query',
    contentType: 'text/xml',
    read: (request) => readQuery(request, 'query'),
    write(operation, output, requestId) {
      const name = operation[2]
      const members = writeMembers(operation[5], output)
      const result = hasNoOutput(operation) ? '' : `<${name}Result>${members}</${name}Result>`
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
      const body = `<${name}Response xmlns="${settings.xmlNamespace}">${result}${metadata}</${name}Response>`
      return { body }
    },
    writeError(error, requestId) {
      const type = error.status >= 500 ? 'Receiver' : 'Sender'
      const inside = `<Type>${type}</Type>${errorXml(error, 'query')}`
      const body = `<ErrorResponse xmlns="${settings.xmlNamespace}"><Error>${inside}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
      return { body }
    },
  }
}

/** ec2Query. Envelopes: the protocol's specification, smithy.io "AWS EC2 query protocol". */
export function ec2Query(settings: ProtocolSettings): Protocol {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  return {
    settings: { protocol: 'ec2Query', ...settings },
    dialect: 'ec2',
    contentType: 'text/xml;charset=UTF-8',
    read: (request) => readQuery(request, 'ec2'),
    write(operation, output, requestId) {
      const name = `${operation[2]}Response`
      const members = writeMembers(operation[5], output)
      const inside = `<requestId>${requestId}</requestId>${members}`
      return { body: `${declaration}<${name} xmlns="${settings.xmlNamespace}">${inside}</${name}>` }
    },
    writeError(error, requestId) {
      const errors = `<Errors><Error>${errorXml(error, 'ec2')}</Error></Errors>`
      const body = `${declaration}<Response>${errors}<RequestID>${requestId}</RequestID></Response>`
      return { status: spoken(error, 'ec2').status, body }
    },
  }
}

function readQuery(request: WireRequest, flavour: QueryFlavour): WireCall {
  const form = readForm(request.method === 'GET' ? request.query : request.body.toString('utf8'))
  return { action: textAt(form, 'Action'), input: (operation) => readInput(operation[4], form, flavour) }
}

function textAt(form: FormNode, name: string): string | undefined {
  return form.below.get(name)?.text || undefined
}

// Members of its own stand beside code and message (Smithy specification, "Operation error serialization").
function errorXml(error: AwsError, dialect: 'query' | 'ec2'): string {
  const { code, message } = spoken(error, dialect)
  const members = error.schema ? writeMembers(error.schema, error.members) : ''
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${members}`
}
