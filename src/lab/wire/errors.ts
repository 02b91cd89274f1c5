// The errors AWS answers with: declared ones take code and status from the SDK's schema, common ones are listed here.

import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticErrorSchema } from '@smithy/types'

/** What an error carries besides its message. */
type Declared = {
  /** The error as the service's model declares it. */
  schema?: StaticErrorSchema
  /** Further members, e.g. the resourceName of a ResourceNotFoundException. */
  members?: Record<string, unknown>
  /** What REST says in headers beside the body, names in lower case. */
  headers?: Record<string, string>
}

/** An answer that is an error, with what goes on the wire. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  readonly schema: StaticErrorSchema | undefined
  readonly members: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(code: string, status: number, message: string, { schema, members, headers }: Declared = {}) {
    super(message)
    this.name = code
    this.code = code
    this.status = status
    this.schema = schema
    this.members = members ?? {}
    this.headers = headers ?? {}
  }
}

/** An error an operation declares, e.g. `fault(ClusterNotFoundFault$, 'Cluster sales not found.')`. */
export function fault(
  schema: StaticErrorSchema,
  message: string,
  members?: Record<string, unknown>,
): AwsError {
  const traits = NormalizedSchema.of(schema).getMergedTraits()
  const [code, status] = (traits.awsQueryError as [string, number] | undefined) ?? [
    schema[2],
    Number(traits.httpError ?? (traits.error === 'server' ? 500 : 400)),
  ]
  return new AwsError(code, status, message, { schema, ...(members && { members }) })
}

// Statuses: Redshift API Reference, "Common Errors" (CommonErrors.html). AccessDenied, InvalidClientTokenId,
// SignatureDoesNotMatch and ExpiredToken are what query services send in practice; see docs/lab.md for the sightings.
const commonStatus = {
  AccessDenied: 403,
  ExpiredToken: 403,
  IncompleteSignature: 400,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  InvalidParameterCombination: 400,
  InvalidParameterValue: 400,
  MalformedQueryString: 404,
  MissingAction: 400,
  MissingAuthenticationToken: 403,
  MissingParameter: 400,
  RequestEntityTooLarge: 413,
  RequestExpired: 400,
  SignatureDoesNotMatch: 403,
  UnauthorizedOperation: 403,
  ValidationError: 400,
} as const

/** The code of an error that any operation of a service may answer with. */
export type CommonCode = keyof typeof commonStatus

/** Every such code. */
export function commonCodes(): string[] {
  return Object.keys(commonStatus)
}

/** An error every service shares, e.g. `common('InvalidParameterValue', '…')`; each protocol has its own word for it. */
export function common(code: CommonCode, message: string): AwsError {
  return new AwsError(code, commonStatus[code], message)
}
