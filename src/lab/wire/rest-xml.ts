// restXml: Amazon S3, called with the bucket in the path.

import { spoken } from './dialects.ts'
import { AwsError } from './errors.ts'
import type { Service } from './operations.ts'
import type { Protocol, ProtocolSettings, WireCall, WireRequest, Written } from './protocol.ts'
import { readRestInput } from './rest-input.ts'
import { writeRestOutput } from './rest-output.ts'
import { findRoute, type Unrouted } from './rest-routes.ts'
import { escapeXml, writeMembers } from './xml.ts'

/** The protocol of S3. A request that leads to none of the operations is refused when it is read. */
export function restXml(settings: ProtocolSettings): Protocol {
  return {
    settings: { protocol: 'restXml', ...settings },
    dialect: 's3',
    contentType: 'application/xml',
    read: readCall,
    write(operation, output, requestId) {
      const written = writeRestOutput(operation, output, settings.xmlNamespace)
      return { ...written, headers: { ...requestHeaders(requestId), ...written.headers } }
    },
    writeError,
  }
}

function readCall(request: WireRequest, operations: Service['operations']): WireCall {
  const route = findRoute(request, operations)
  if ('unknown' in route) throw unroutedError(route)
  return { action: route.operation[2], input: () => readRestInput(route, request) }
}

// Codes: S3 API Reference, "List of error codes". The lab says what it does not know rather than answer less.
function unroutedError({ unknown, name }: Unrouted): AwsError {
  if (unknown === 'method') {
    const message = 'The specified method is not allowed against this resource.'
    return new AwsError('MethodNotAllowed', 405, message, { members: { Method: name } })
  }
  return new AwsError('NotImplemented', 501, `The lab has no S3 operation that takes ${name} here.`)
}

// "<Error><Code>…</Code><Message>…</Message>…": S3 API Reference, "REST error responses". Members that no schema
// declares (BucketName, Key) are texts.
function writeError(error: AwsError, requestId: string): Written {
  // HEAD of what is not there: the model gives NotFound no status, S3 answers 404 (API Reference, HeadObject).
  const { code, status, message } =
    error.code === 'NotFound' ? { ...error, status: 404, message: error.message } : spoken(error, 's3')
  const further = Object.entries(error.members)
    .filter(([name]) => !declares(error, name))
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
  const said = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`
  const members = (error.schema ? writeMembers(error.schema, error.members) : '') + further.join('')
  const end = `<RequestId>${requestId}</RequestId><HostId>${hostId(requestId)}</HostId>`
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${said}${members}${end}</Error>`
  return { status, headers: { ...requestHeaders(requestId), ...error.headers }, body }
}

function declares({ schema }: AwsError, name: string): boolean {
  return schema?.[4].includes(name) ?? false
}

function requestHeaders(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) }
}

// S3 tells a second id of its own; what matters is that it is there.
function hostId(requestId: string): string {
  return Buffer.from(requestId).toString('base64')
}
