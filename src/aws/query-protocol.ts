// The SDK's AWS Query protocol, with a quicker reader of answers. The SDK's puts each text together character by
// character, then a tree of the texts, then the answer out of the tree: a third of the time of a scan of many snapshots.

import { AwsQueryProtocol, XmlShapeDeserializer } from '@aws-sdk/core/protocols'
import { collectBody } from '@smithy/core/protocols'
import { toUtf8 } from '@smithy/core/serde'
import type {
  HandlerExecutionContext,
  HttpResponse,
  MetadataBearer,
  OperationSchema,
  Schema,
  SerdeFunctions,
} from '@smithy/types'
import { NotFromAws } from './not-from-aws.ts'
import { shapeOf } from './query-shape.ts'
import { readXml } from './query-xml.ts'

/**
 * For the `protocol` of a client that speaks AWS Query: gives the same answers as the SDK's, and its errors. What holds no
 * result of the operation is an error too, such as another error with the status 200: to the SDK it is an empty answer.
 */
export class QueryProtocol extends AwsQueryProtocol {
  constructor(options: ConstructorParameters<typeof AwsQueryProtocol>[0]) {
    super(options)
    this.deserializer = new Deserializer(this.deserializer.settings)
  }

  override async deserializeResponse<Output extends MetadataBearer>(
    operation: OperationSchema,
    context: HandlerExecutionContext & SerdeFunctions,
    response: HttpResponse,
  ): Promise<Output> {
    response.body = await collectBody(response.body, context)
    if (response.statusCode < 300 && response.body.byteLength === 0) throw new NotFromAws('body')
    return super.deserializeResponse(operation, context, response)
  }
}

class Deserializer extends XmlShapeDeserializer {
  /** An error has no element that holds a result: the SDK reads it, as it reads what is not XML in the strict sense. */
  override read(schema: Schema, bytes: Uint8Array | string, result?: string): unknown {
    if (!result) return super.read(schema, bytes)
    const shape = shapeOf(schema)
    const value = (shape && readXml(toUtf8(bytes), result, shape)) ?? super.read(schema, bytes, result)
    if (value === undefined) throw new NotFromAws(result)
    return value
  }
}
