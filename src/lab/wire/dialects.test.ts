// The words each protocol has for the errors that every service shares, as the official clients hear them.

import * as kms from '@aws-sdk/client-kms'
import * as serverless from '@aws-sdk/client-redshift-serverless'
import * as secrets from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { type Dialect, spoken } from './dialects.ts'
import { AwsError, type CommonCode, common, commonCodes, fault } from './errors.ts'
import { awsJson } from './json.ts'
import { ec2Query } from './protocol.ts'

const rows: [CommonCode, json: string, s3: string, ec2: string][] = [
  ['AccessDenied', 'AccessDeniedException 400', 'AccessDenied 403', 'UnauthorizedOperation 403'],
  ['ExpiredToken', 'ExpiredTokenException 400', 'ExpiredToken 400', 'RequestExpired 400'],
  [
    'IncompleteSignature',
    'IncompleteSignatureException 400',
    'AuthorizationHeaderMalformed 400',
    'IncompleteSignature 400',
  ],
  ['InternalFailure', 'InternalFailure 500', 'InternalError 500', 'InternalFailure 500'],
  ['InvalidAction', 'UnknownOperationException 400', 'NotImplemented 501', 'InvalidAction 400'],
  ['InvalidClientTokenId', 'UnrecognizedClientException 400', 'InvalidAccessKeyId 403', 'AuthFailure 401'],
  [
    'InvalidParameterCombination',
    'ValidationException 400',
    'InvalidRequest 400',
    'InvalidParameterCombination 400',
  ],
  ['InvalidParameterValue', 'ValidationException 400', 'InvalidArgument 400', 'InvalidParameterValue 400'],
  ['MalformedQueryString', 'SerializationException 400', 'InvalidURI 400', 'MalformedQueryString 404'],
  ['MissingAction', 'UnknownOperationException 400', 'MethodNotAllowed 405', 'MissingAction 400'],
  [
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException 400',
    'AccessDenied 403',
    'MissingAuthenticationToken 403',
  ],
  ['MissingParameter', 'ValidationException 400', 'InvalidRequest 400', 'MissingParameter 400'],
  [
    'RequestEntityTooLarge',
    'RequestEntityTooLargeException 413',
    'EntityTooLarge 400',
    'RequestEntityTooLarge 413',
  ],
  ['RequestExpired', 'InvalidSignatureException 400', 'RequestTimeTooSkewed 403', 'RequestExpired 400'],
  ['SignatureDoesNotMatch', 'InvalidSignatureException 400', 'SignatureDoesNotMatch 403', 'AuthFailure 401'],
  ['UnauthorizedOperation', 'AccessDeniedException 400', 'AccessDenied 403', 'UnauthorizedOperation 403'],
  ['ValidationError', 'ValidationException 400', 'InvalidArgument 400', 'ValidationError 400'],
]

test.each(rows)('%s', (code, json, s3, ec2) => {
  const said = (dialect: Dialect) => {
    const { code: name, status } = spoken(common(code, 'Why.'), dialect)
    return `${name} ${status}`
  }
  expect([said('json'), said('s3'), said('ec2')]).toEqual([json, s3, ec2])
  const { status } = common(code, 'Why.')
  expect(spoken(common(code, 'Why.'), 'query')).toEqual({ code, status, message: 'Why.' })
})

test('the table is whole', () => {
  expect(rows.map(([code]) => code)).toEqual(commonCodes())
})

test.each<[string, number]>([
  ['Throttling', 400],
  ['ThrottlingException', 400],
  ['RequestLimitExceeded', 503],
  ['SlowDown', 503],
  ['ServiceUnavailable', 503],
])('any other error, such as %s, is said as it is in every protocol', (code, status) => {
  const error = new AwsError(code, status, 'Rate exceeded')
  for (const dialect of ['query', 'ec2', 'json', 's3'] as const)
    expect(spoken(error, dialect)).toEqual({ code, status, message: 'Rate exceeded' })
})

type Reader = {
  deserializeResponse(operation: object, context: object, response: object): Promise<unknown>
}

// What the client throws when it is answered with the error.
async function heard(config: object, error: AwsError): Promise<unknown> {
  const sdk = (config as { protocol: Reader }).protocol
  const { status, body } = awsJson({ serviceTarget: 'x', defaultNamespace: 'x' }).writeError(error, 'id')
  const response = { statusCode: status, headers: {}, body: new TextEncoder().encode(String(body)) }
  const operation = { name: 'Any', namespace: 'x', traits: {}, input: 'unit', output: 'unit' }
  return sdk.deserializeResponse(operation, {}, response).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
}

test('EC2 sends the status of its own word', () => {
  const ec2 = ec2Query({ xmlNamespace: 'x', defaultNamespace: 'x' })
  expect(ec2.writeError(common('InvalidClientTokenId', 'x'), 'id')).toMatchObject({
    status: 401,
    body: expect.stringContaining('<Code>AuthFailure</Code>'),
  })
})

test('a fault of the server that names no status is 500', () => {
  expect(fault(secrets.InternalServiceError$, 'Down.')).toMatchObject({
    code: 'InternalServiceError',
    status: 500,
  })
})

test('declared errors arrive as their classes, with their own members and the status JSON services send', async () => {
  const region = { region: 'eu-west-1' }
  const none = fault(serverless.ResourceNotFoundException$, 'Not found.', { resourceName: 'sales' })
  const notFound = await heard(new serverless.RedshiftServerlessClient(region).config, none)
  expect(notFound).toBeInstanceOf(serverless.ResourceNotFoundException)
  expect(notFound).toMatchObject({
    message: 'Not found.',
    resourceName: 'sales',
    $metadata: { httpStatusCode: 400 },
  })

  const key = await heard(new kms.KMSClient(region).config, fault(kms.NotFoundException$, 'No key.'))
  expect(key).toBeInstanceOf(kms.NotFoundException)
  expect(key).toMatchObject({ message: 'No key.', $metadata: { httpStatusCode: 400 } })

  const down = await heard(new kms.KMSClient(region).config, fault(kms.DependencyTimeoutException$, 'Later.'))
  expect(down).toMatchObject({ name: 'DependencyTimeoutException', $metadata: { httpStatusCode: 503 } })

  const secret = await heard(
    new secrets.SecretsManagerClient(region).config,
    fault(secrets.ResourceNotFoundException$, 'No secret.'),
  )
  expect(secret).toMatchObject({ name: 'ResourceNotFoundException', message: 'No secret.' })

  const denied = await heard(new kms.KMSClient(region).config, common('AccessDenied', 'Not you.'))
  expect(denied).toMatchObject({ name: 'AccessDeniedException', message: 'Not you.' })
})
