// Writes answers and errors as the XML the two Query protocols use; the SDK's own serialiser writes the inside.

import { XmlShapeSerializer } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { Schema, SchemaRef } from '@smithy/types'

/** Writes the members of an operation's output, without the element around them. */
export type BodyWriter = (schema: SchemaRef, output: unknown) => string

/** A body writer for a service's XML namespace. */
export function createBodyWriter(serviceNamespace: string): BodyWriter {
  const serializer = new XmlShapeSerializer({
    xmlNamespace: '',
    serviceNamespace,
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: false,
  })
  return (schema, output) => {
    if (!NormalizedSchema.of(schema).isStructSchema()) return ''
    serializer.write(schema as Schema, output)
    return inside(String(serializer.flush()))
  }
}

// The serialiser names the outermost element after the shape; AWS names it after the operation.
function inside(element: string): string {
  const start = element.indexOf('>') + 1
  return element.slice(start, Math.max(start, element.lastIndexOf('</')))
}

/** Text made safe between tags; characters XML 1.0 cannot hold are replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>]/g, (found) => (found === '&' ? '&amp;' : found === '<' ? '&lt;' : '&gt;'))
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
}
