// Writes the output of a REST operation: status, headers and body as its http traits tell.

import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import type { Written } from './protocol.ts'
import { headerText } from './rest-headers.ts'
import { httpOf } from './rest-routes.ts'
import { isBound } from './shapes.ts'
import { escapeXml, writeElement } from './xml.ts'

/** An answer as the operation's traits bind it; `xmlns` is the namespace of a body. */
export function writeRestOutput(operation: StaticOperationSchema, output: unknown, xmlns: string): Written {
  const shape = NormalizedSchema.of(operation[5])
  const [, , status] = httpOf(operation)
  if (!shape.isStructSchema()) return { status, body: '' }
  const record = output as Record<string, unknown>
  const written = { status, headers: {} as Record<string, string>, body: '' as string | Uint8Array }
  let hasBody = false
  for (const [name, member] of shape.structIterator()) {
    if (!isBound(member, 'response')) hasBody = true
    else if (record[name] !== undefined && record[name] !== null) bind(written, member, record[name], xmlns)
  }
  if (hasBody) written.body = declared(writeRoot(operation, shape, record, xmlns))
  // A part of an object is 206 Partial Content: S3 API Reference, GetObject. The traits do not say so.
  if (written.headers['content-range'] !== undefined) written.status = 206
  return written
}

function bind(written: Required<Written>, member: NormalizedSchema, value: unknown, xmlns: string) {
  const { httpHeader, httpPrefixHeaders, httpResponseCode, httpPayload } = member.getMergedTraits()
  if (httpHeader) written.headers[httpHeader.toLowerCase()] = headerText(member, value)
  if (httpPrefixHeaders !== undefined) {
    for (const [name, text] of Object.entries(value as object))
      written.headers[`${httpPrefixHeaders}${name}`.toLowerCase()] = headerText(member.getValueSchema(), text)
  }
  if (httpResponseCode) written.status = Number(value)
  if (httpPayload) writePayload(written, member, value, xmlns)
}

// The type of a blob is S3's own default (S3 API Reference, PutObject, Content-Type); members bound to the header win.
function writePayload(written: Required<Written>, member: NormalizedSchema, value: unknown, xmlns: string) {
  if (member.isStructSchema()) {
    const name = String(member.getMergedTraits().xmlName ?? member.getName())
    written.body = declared(writeElement(member, name, value, xmlns))
    return
  }
  written.body = value as string | Uint8Array
  const { mediaType } = member.getMergedTraits()
  written.headers['content-type'] ??=
    mediaType ?? (member.isBlobSchema() ? 'binary/octet-stream' : 'text/plain')
}

function writeRoot(
  operation: StaticOperationSchema,
  shape: NormalizedSchema,
  output: Record<string, unknown>,
  xmlns: string,
): string {
  const name = String(shape.getMergedTraits().xmlName ?? shape.getName())
  // The one answer whose element has text rather than members: S3 API Reference, GetBucketLocation.
  if (operation[2] === 'GetBucketLocation')
    return `<${name} xmlns="${xmlns}">${escapeXml(String(output.LocationConstraint ?? ''))}</${name}>`
  return writeElement(shape, name, output, xmlns)
}

function declared(xml: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
}
