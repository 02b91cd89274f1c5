// What an error of the SDK means: a refusal, a failure, or a connection that cannot work at all.

import { harmless } from '#kit/text.ts'
import { Problem } from '#model/problem.ts'
import type { Gap } from '#model/resource.ts'
import { hasProfile } from './profiles.ts'

/** The members of an SDK or network error that are read here. */
type AwsError = {
  name?: string
  Code?: string
  code?: string
  message?: string
  cause?: unknown
  errors?: unknown[]
  $metadata?: { httpStatusCode?: number; requestId?: string }
  $fault?: 'client' | 'server'
  $responseBodyText?: string
  $response?: { headers?: Record<string, string> }
}

const asError = (error: unknown): AwsError =>
  typeof error === 'object' && error !== null ? (error as AwsError) : {}

// Names that say nothing. The last two are the SDK's where an answer names no error.
const generic = ['', 'Error', 'AggregateError', 'Unknown', 'UnknownError']

/** AWS's error code, Node's for a connection that failed, or the status of an answer that names no error. */
export function codeOf(error: unknown): string {
  const { name, Code, code, errors, $metadata } = asError(error)
  const inner = errors?.[0]
  if (inner && (!name || name === 'AggregateError')) return codeOf(inner)
  const named = [name, Code, code].find((one) => typeof one === 'string' && !generic.includes(one))
  const status = $metadata?.httpStatusCode ?? 0
  return named ?? (status < 300 ? 'Error' : `HTTP ${status}`)
}

/** The error's own words, made harmless and kept short. */
export function messageOf(error: unknown): string {
  const { message, errors } = asError(error)
  // A parser quotes what it stumbles over, and an answer may hold what people typed. That of a proxy may hold two messages.
  const said = (typeof message === 'string' ? message : '')
    .replace(/^Unexpected token .*/s, 'the answer is not valid JSON')
    .replace(/^@aws-sdk XML parse error: .*/s, 'the answer is not valid XML')
    .replace(/^Unknown(Error)?(?=\n|$).*/s, 'the answer names no error')
  const text = said || (errors?.[0] ? messageOf(errors[0]) : '') || codeOf(error)
  const first = harmless(text.split('\n')[0] ?? '')
  return first.length > 500 ? `${first.slice(0, 500)}…` : first
}

// AccessDenied is what query services answer, AccessDeniedException the JSON ones, UnauthorizedOperation EC2:
// https://docs.aws.amazon.com/redshift/latest/APIReference/CommonErrors.html
const refusals = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'UnauthorizedException']
const expiries = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']
/** True for the code of credentials that have run out. */
export const isExpiry = (code: string): boolean => expiries.includes(code)

const rejections = [
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidAccessKeyId',
  'AuthFailure',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'IncompleteSignature',
]
const untimely = ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']
const throttles = [
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
]
// Something else is under way on the resource, or a service behind it is slow. The SDK's names for Redshift end in
// Fault, the wire's mostly do not. ConflictException: https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateWorkgroup.html
const busy = [
  'InvalidClusterStateFault',
  'InvalidClusterState',
  'InvalidClusterParameterGroupStateFault',
  'InvalidClusterParameterGroupState',
  'InvalidClusterSnapshotStateFault',
  'InvalidClusterSnapshotState',
  'DependentServiceUnavailableFault',
  'DependentServiceUnavailable',
  'DependentServiceUnavailableException',
  'DependentServiceRequestThrottlingFault',
  'DependentServiceRequestThrottling',
  'CopyToRegionDisabledFault',
  'SnapshotCopyDisabledFault',
  'ConflictException',
  'OperationAborted',
  'DependencyTimeoutException',
  'ServiceUnavailable',
]
const silences = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'TimeoutError',
  'NotFromAws',
]

export const isRefusal = (error: unknown): boolean => refusals.includes(codeOf(error))

/** True for what AWS may answer because the clock of this computer is wrong: a signature is good for some minutes. */
export const mayBeOfTheClock = (error: unknown): boolean =>
  [...untimely, 'AuthFailure', 'InvalidSignatureException', 'SignatureDoesNotMatch'].includes(codeOf(error))

/** AWS did nothing and asks to come back: too many requests, or another operation is under way. */
export const isBusy = (error: unknown): boolean =>
  [...throttles, ...busy].includes(codeOf(error)) && !isTaken(error)

/** Serverless has one code for what is under way and for a name that is taken, which does not pass. Unverified: the wording. */
const isTaken = (error: unknown): boolean => /already exists/i.test(messageOf(error))

/**
 * AWS refuses because of the state that something is in, which may pass or not: `running` where it says itself that an
 * operation is under way; `unsaid` where it may be anything, such as a share that keeps a snapshot from being deleted:
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteClusterSnapshot.html
 */
export function stateRefusal(error: unknown): 'running' | 'unsaid' | undefined {
  if (!/^InvalidCluster(Snapshot|ParameterGroup)?State(Fault)?$|^ConflictException$/.test(codeOf(error)))
    return undefined
  return /operation (is )?running/i.test(messageOf(error)) ? 'running' : 'unsaid'
}

/**
 * True for an answer that AWS does not know a thing, or that it is not ready. For some seconds after it was made that
 * means nothing: https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency
 */
export const isNotThereYet = (error: unknown): boolean =>
  /NotFound(Exception|Fault)?$|^KMSInvalidStateException$|^NoSuchBucket$/.test(codeOf(error))

/**
 * Nobody knows whether the call was carried out: the connection broke, AWS failed, or something in between answered in
 * its place. Only an error of AWS's own that blames the request says for certain that nothing happened.
 */
export function isInDoubt(error: unknown): boolean {
  const { $metadata, $fault } = asError(error)
  const wasSent = $metadata !== undefined || silences.includes(codeOf(error))
  const blamesRequest = $fault === 'client' && ($metadata?.httpStatusCode ?? 0) < 500
  return wasSent && !blamesRequest && !/Credentials|TokenProvider/.test(codeOf(error))
}

/** The permission that a refusal names: what a service does for a call may need others than the call's own. */
export function refusedAction(error: unknown): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(messageOf(error))?.[1]
}

/**
 * Where S3 says a bucket lies that was asked for in another region:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function bucketRegionOf(error: unknown): string | undefined {
  const { $metadata, $response } = asError(error)
  return $metadata?.httpStatusCode === 301 ? $response?.headers?.['x-amz-bucket-region'] : undefined
}

/** What kind of gap an error leaves. */
export function gapKind(error: unknown): Gap['gap'] {
  if (isRefusal(error)) return 'refused'
  // Disabled regions do not know the caller's keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
  return ['OptInRequired', 'InvalidClientTokenId', 'UnrecognizedClientException'].includes(codeOf(error))
    ? 'unsupported'
    : 'failed'
}

/** Where a connection was tried, for the sentences below. */
export type Target = {
  profile?: string | undefined
  region?: string | undefined
  endpointUrl?: string | undefined
}

const noRegion = /region is missing|region not accepted: region=""/i

/** Says why nothing can be asked at all: credentials, region, endpoint or clock. */
export function connectionProblem(
  error: unknown,
  target: Target,
  env: NodeJS.ProcessEnv = process.env,
): Problem {
  const code = codeOf(error)
  const message = messageOf(error)
  const environment = (what: string, todo: string) => new Problem('environment', what, todo, { cause: error })
  const profile = target.profile ? ` --profile ${target.profile}` : ''
  const named = target.profile ?? env.AWS_PROFILE
  const isUnsettled = code === 'CredentialsProviderError' || noRegion.test(message)
  if (named && isUnsettled && !hasProfile(named, env)) {
    return environment(
      `There is no AWS profile ${harmless(named)}.`,
      'Choose one of "aws configure list-profiles", or add it with "aws configure".',
    )
  }
  if (expiries.includes(code) || /expired|aws sso login/i.test(message)) {
    const whose = target.profile ? `The AWS credentials of profile ${target.profile}` : 'The AWS credentials'
    return environment(
      `${whose} have expired.`,
      `Run "aws sso login${profile}" or renew them your usual way, then try again.`,
    )
  }
  if (code === 'CredentialsProviderError' || /Could not load credentials/i.test(message)) {
    return /profile/i.test(message) && target.profile
      ? environment(
          `There are no AWS credentials for profile ${target.profile}.`,
          'Choose one of "aws configure list-profiles".',
        )
      : environment(
          'No AWS credentials were found.',
          'Set AWS_PROFILE or AWS_ACCESS_KEY_ID, pass --profile, or run "redoubt demo", which needs no account.',
        )
  }
  if (noRegion.test(message)) {
    return environment('No AWS region is given.', 'Pass --region or --all-regions, or set AWS_REGION.')
  }
  if (untimely.includes(code)) {
    return environment(
      'AWS refuses requests because the clock of this computer is wrong.',
      'Set the clock, then try again.',
    )
  }
  if (rejections.includes(code)) {
    return environment(
      `AWS does not accept these credentials: ${code}.`,
      `Check them with "aws sts get-caller-identity${profile}".`,
    )
  }
  return endpointProblem(error, target, env)
}

/** What a connection is told to talk to instead of AWS, and by what. Who we are is asked of STS. */
function endpointOf(
  { endpointUrl }: Target,
  env: NodeJS.ProcessEnv,
): { url: string; source: string } | undefined {
  if (endpointUrl) return { url: endpointUrl, source: '--endpoint-url or AWS_ENDPOINT_URL' }
  const source = ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'].find((name) => env[name])
  return source ? { url: env[source] ?? '', source } : undefined
}

function endpointProblem(error: unknown, target: Target, env: NodeJS.ProcessEnv): Problem {
  const code = codeOf(error)
  const endpoint = endpointOf(target, env)
  const region = target.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'its region'
  const where = endpoint ? harmless(endpoint.url) : `AWS in ${harmless(region)}`
  const environment = (what: string, todo: string) => new Problem('environment', what, todo, { cause: error })
  const check = endpoint
    ? `Check ${endpoint.source}, and that the server is running.`
    : 'Check the network, and that the region exists.'
  if (['TimeoutError', 'ETIMEDOUT'].includes(code))
    return environment(`${where} does not answer in time.`, check)
  if (silences.includes(code)) return environment(`Nothing answers at ${where} (${code}).`, check)
  const { $metadata, $responseBodyText = '' } = asError(error)
  const html = /^\s*<(!doctype|html)/i.test($responseBodyText)
  // Every answer of AWS has a request id, in its head or in its body; a web server's error page has none.
  const anonymous = $metadata?.httpStatusCode !== undefined && !$metadata.requestId
  if (
    html ||
    anonymous ||
    code === 'SyntaxError' ||
    /^the answer is not valid|parse|deserializ|reading/i.test(messageOf(error))
  ) {
    const sent = html ? 'an HTML page' : 'something else'
    return environment(
      `${where} answers, but not as AWS does: it sent ${sent} (HTTP ${$metadata?.httpStatusCode ?? '?'}).`,
      check,
    )
  }
  const passes = throttles.includes(code) || ($metadata?.httpStatusCode ?? 0) >= 500
  return new Problem(
    'refused',
    `${where} answered ${code}: ${messageOf(error).replace(/\.$/, '')}.`,
    passes ? 'Try again in a moment.' : 'Check the endpoint and the permissions.',
    { cause: error },
  )
}
