// awsJson1_1: KMS, CloudTrail, CloudWatch Logs, Redshift Serverless and Data API, Secrets Manager, Organizations.

import { NormalizedSchema } from '@smithy/core/schema'
import { spoken } from './dialects.ts'
import type { AwsError } from './errors.ts'
import { readJsonInput } from './json-input.ts'
import { writeJson } from './json-output.ts'
import type { JsonSettings, Protocol, WireRequest } from './protocol.ts'
import { hasNoOutput } from './shapes.ts'

/**
 * The protocol of a JSON service. `refusal` is the code of an input that breaks its shape: CloudWatch Logs says
 * InvalidParameterException (amazon-archives/cloudwatch-logs-centralize-logs#5), the others ValidationException.
 */
export function awsJson(settings: JsonSettings, refusal = 'ValidationException'): Protocol {
  return {
    settings: { protocol: 'awsJson1_1', ...settings },
    dialect: 'json',
    contentType: 'application/x-amz-json-1.1',
    read: (request) => ({
      action: actionOf(request, settings.serviceTarget),
      input: (operation) => readJsonInput(operation[4], request.body, refusal),
    }),
    // "sends back an HTTP 200 response with an empty HTTP body": KMS API Reference, DisableKey.
    write: (operation, output) => ({ body: hasNoOutput(operation) ? '' : writeJson(operation[5], output) }),
    writeError,
  }
}

// SDKs differ in what stands before the target: `CloudTrail_20131101.LookupEvents` is also sent as
// `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents`.
function actionOf({ method, headers }: WireRequest, serviceTarget: string): string | undefined {
  const target = String(headers['x-amz-target'] ?? '')
  const [service, action] = target.split('.').slice(-2)
  return method === 'POST' && service === serviceTarget ? action || undefined : undefined
}

// The type without a namespace, as recorded from Logs and KMS (maxbanton/cwh#119, aws/aws-sdk-cpp#1681); neither sends
// x-amzn-errortype, which clients read only after the body.
function writeError(error: AwsError) {
  const { code, status, message } = spoken(error, 'json')
  const { schema, members } = error
  const said = schema ? JSON.parse(writeJson(schema, members)) : members
  const body = JSON.stringify({ __type: code, [messageName(error)]: message, ...said })
  return { status, body }
}

// Secrets Manager, Redshift Data and Organizations spell it with a capital: their schemas tell.
function messageName({ schema }: AwsError): string {
  if (!schema) return 'message'
  const names = [...NormalizedSchema.of(schema).structIterator()].map(([name]) => name)
  return names.find((name) => name.toLowerCase() === 'message') ?? 'message'
}
