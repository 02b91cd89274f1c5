// The SDK's AWS Query protocol, with a quicker reader of answers. The SDK's puts each text together character by
// character, then a tree of the texts, then the answer out of the tree: half the time of a scan of many snapshots.

import { AwsQueryProtocol, XmlShapeDeserializer } from '@aws-sdk/core/protocols'
import type { Schema } from '@smithy/types'
import { shapeOf } from './query-shape.ts'
import { readXml } from './query-xml.ts'

/** For the `protocol` of a client that speaks AWS Query: gives the same answers as the SDK's, and its errors. */
export class QueryProtocol extends AwsQueryProtocol {
  constructor(options: ConstructorParameters<typeof AwsQueryProtocol>[0]) {
    super(options)
    this.deserializer = new Deserializer(this.deserializer.settings)
  }
}

class Deserializer extends XmlShapeDeserializer {
  /** An error has no element that holds a result: the SDK reads it, as it reads what is not XML in the strict sense. */
  override read(schema: Schema, bytes: Uint8Array | string, result?: string): unknown {
    const shape = result ? shapeOf(schema) : undefined
    const read = result && shape && readXml(textOf(bytes), result, shape)
    return read ? read.value : super.read(schema, bytes, result)
  }
}

function textOf(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return bytes
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
