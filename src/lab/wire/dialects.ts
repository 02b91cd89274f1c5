// The common errors in the words of each protocol: the front throws one code, and JSON services, S3 and EC2 say another.

import { NormalizedSchema } from '@smithy/core/schema'
import type { AwsError, CommonCode } from './errors.ts'

/** Who has words of its own; the other query services say the common codes as they are. */
export type Dialect = 'query' | 'ec2' | 'json' | 's3'

type Words = Partial<Record<CommonCode, [code: string, status: number, message?: string]>>

// AccessDenied 400: KMS as recorded in elastic/cloudbeat#1749. UnrecognizedClient 400: Logs in maxbanton/cwh#119.
// ExpiredToken 400: KMS in getsops/sops#621. InvalidSignature 400: KMS in aws/aws-sdk-cpp#1681 and aws/aws-sdk-js#254.
// InternalFailure, RequestEntityTooLargeException, ValidationError's status: "Common Errors" of the JSON services.
// Unverified: the statuses of IncompleteSignature, MissingAuthenticationToken and UnknownOperation (documented as 404,
// seen as 400 from other services of the protocol).
const json: Words = {
  AccessDenied: ['AccessDeniedException', 400],
  ExpiredToken: ['ExpiredTokenException', 400],
  IncompleteSignature: ['IncompleteSignatureException', 400],
  InternalFailure: ['InternalFailure', 500],
  InvalidAction: ['UnknownOperationException', 400],
  InvalidClientTokenId: ['UnrecognizedClientException', 400],
  InvalidParameterCombination: ['ValidationException', 400],
  InvalidParameterValue: ['ValidationException', 400],
  MalformedQueryString: ['SerializationException', 400],
  MissingAction: ['UnknownOperationException', 400],
  MissingAuthenticationToken: ['MissingAuthenticationTokenException', 400],
  MissingParameter: ['ValidationException', 400],
  RequestEntityTooLarge: ['RequestEntityTooLargeException', 413],
  RequestExpired: ['InvalidSignatureException', 400],
  SignatureDoesNotMatch: ['InvalidSignatureException', 400],
  UnauthorizedOperation: ['AccessDeniedException', 400],
  ValidationError: ['ValidationException', 400],
}

// "List of error codes" of the S3 API Reference (ErrorResponses.html), with its messages. A request without a signature
// is an anonymous one there, and so is refused rather than asked for its token.
const s3: Words = {
  AccessDenied: ['AccessDenied', 403],
  ExpiredToken: ['ExpiredToken', 400, 'The provided token has expired.'],
  IncompleteSignature: ['AuthorizationHeaderMalformed', 400],
  InternalFailure: ['InternalError', 500],
  InvalidAction: ['NotImplemented', 501],
  InvalidClientTokenId: [
    'InvalidAccessKeyId',
    403,
    'The AWS Access Key Id you provided does not exist in our records.',
  ],
  InvalidParameterCombination: ['InvalidRequest', 400],
  InvalidParameterValue: ['InvalidArgument', 400],
  MalformedQueryString: ['InvalidURI', 400],
  MissingAction: ['MethodNotAllowed', 405, 'The specified method is not allowed against this resource.'],
  MissingAuthenticationToken: ['AccessDenied', 403, 'Access Denied'],
  MissingParameter: ['InvalidRequest', 400],
  RequestEntityTooLarge: [
    'EntityTooLarge',
    400,
    'Your proposed upload exceeds the maximum allowed object size.',
  ],
  RequestExpired: ['RequestTimeTooSkewed', 403],
  SignatureDoesNotMatch: ['SignatureDoesNotMatch', 403],
  UnauthorizedOperation: ['AccessDenied', 403],
  ValidationError: ['InvalidArgument', 400],
}

// "Error codes for the Amazon EC2 API": AuthFailure, RequestExpired, UnauthorizedOperation. Unverified: their statuses
// (401 for AuthFailure is what clients report).
const credentials = 'AWS was not able to validate the provided access credentials'
const ec2: Words = {
  AccessDenied: ['UnauthorizedOperation', 403],
  ExpiredToken: ['RequestExpired', 400, 'Request has expired.'],
  InvalidClientTokenId: ['AuthFailure', 401, credentials],
  SignatureDoesNotMatch: ['AuthFailure', 401, credentials],
}

const dialects: Record<Dialect, Words> = { query: {}, ec2, json, s3 }

/** What an error is called in a dialect, and the status and message that go with it. */
export function spoken(error: AwsError, dialect: Dialect): { code: string; status: number; message: string } {
  const { code, status, message, schema } = error
  if (dialect === 'json' && schema) return { code: schema[2], status: jsonStatus(error), message }
  const word = schema ? undefined : dialects[dialect][code as CommonCode]
  return word ? { code: word[0], status: word[1], message: word[2] ?? message } : { code, status, message }
}

// JSON services do not send the status of the model: a KMS NotFoundException (modelled 404) and a Redshift Serverless
// ResourceNotFoundException (404) come with 400 (pulumi/pulumi-aws-native#614: "Service: RedshiftServerless, Status
// Code: 400"). Unverified: that a server's fault keeps its own.
function jsonStatus({ schema, status }: AwsError): number {
  if (!schema) return status
  const { error, httpError } = NormalizedSchema.of(schema).getMergedTraits()
  return error === 'server' ? Number(httpError ?? 500) : 400
}
