// Faults on demand: which calls AWS is to answer badly, how, how often. Each rule counts, so that a run can be repeated.

import { parseDuration } from '#kit/time.ts'
import { hexOf } from '../ids.ts'
import type { State } from '../state.ts'
import type { FaultSeed } from './seed-types.ts'

/** What goes wrong with one call. `by` and `seconds` are as the rule says or as usual. */
export type Fault =
  | { kind: 'error'; code: string; status: number; message: string; after: boolean }
  | { kind: 'timeout' | 'slow'; seconds: number; after: boolean }
  | { kind: 'reset'; after: boolean }
  | { kind: 'truncated' | 'malformed' | 'repeatMarker' }
  | { kind: 'stale' | 'skew'; by: number }

/** A rule, with the calls it has met and those it has spoilt. */
export type FaultRule = { seed: FaultSeed; fault: Fault; met: number; spoilt: number }

/** One call, as rules see it. */
type Call = { account: string | undefined; region: string; action: string }

/** The fault of a call, or undefined. The first rule that fits and is not used up has it. */
export function takeFault({ faults }: State, call: Call): Fault | undefined {
  for (const [index, rule] of faults.entries()) {
    if (!fits(rule.seed, call)) continue
    rule.met += 1
    if (!strikes(rule, index)) continue
    rule.spoilt += 1
    return rule.fault
  }
  return undefined
}

function fits({ account, region, action = '*' }: FaultSeed, call: Call): boolean {
  return (
    (account === undefined || account === call.account) &&
    (region === undefined || region === call.region) &&
    (action === '*' || matchesAction(action.toLowerCase(), call.action.toLowerCase()))
  )
}

function matchesAction(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}

function strikes({ seed, met, spoilt }: FaultRule, index: number): boolean {
  const { skip = 0, count = Number.POSITIVE_INFINITY, probability = 1 } = seed
  if (met <= skip || spoilt >= count) return false
  // The same calls in the same order meet the same luck.
  const luck = Number.parseInt(hexOf(`luck ${index} ${met}`, 8), 16) / 2 ** 32
  return luck < probability
}

const members = [
  ...['kind', 'account', 'region', 'action', 'count', 'skip', 'probability'],
  ...['code', 'status', 'message', 'seconds', 'by', 'after'],
]

/** A rule from its seed. Throws one clear sentence when the seed makes no sense. */
export function readFault(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a fault must be an object such as {"kind":"reset","action":"redshift:DescribeClusters"}')
  const unknown = Object.keys(value).find((name) => !members.includes(name))
  if (unknown !== undefined) throw new Error(`a fault has no member ${unknown}; it has ${members.join(', ')}`)
  const seed = value as FaultSeed
  checkMatch(seed)
  return { seed, fault: faultOf(seed), met: 0, spoilt: 0 }
}

function checkMatch({ action, account, region, count, skip, probability }: FaultSeed) {
  const texts = { action, account, region }
  const wrong = Object.entries(texts).find(([, text]) => text !== undefined && typeof text !== 'string')
  if (wrong) throw new Error(`${wrong[0]} of a fault must be text`)
  if (action !== undefined && !/^(\*|[a-z0-9-]+:[A-Za-z]*\*?)$/.test(action))
    throw new Error(
      `a fault's action is written as redshift:DescribeClusters, redshift:* or *, not ${action}`,
    )
  for (const [name, number] of Object.entries({ count, skip }))
    if (number !== undefined && !(Number.isInteger(number) && number >= 0))
      throw new Error(`${name} of a fault must be a whole number from 0`)
  if (probability !== undefined && !(probability >= 0 && probability <= 1))
    throw new Error('probability of a fault must be a number from 0 to 1')
}

function faultOf(seed: FaultSeed): Fault {
  const after = seed.after === true
  switch (seed.kind) {
    case 'error':
      return { kind: 'error', ...errorOf(seed), after }
    case 'timeout':
      return { kind: 'timeout', seconds: secondsOf(seed, 3_600), after }
    case 'slow':
      return { kind: 'slow', seconds: secondsOf(seed, 5), after: true }
    case 'reset':
      return { kind: 'reset', after }
    case 'truncated':
    case 'malformed':
    case 'repeatMarker':
      return { kind: seed.kind }
    case 'stale':
      return { kind: 'stale', by: durationOf(seed, '1m') }
    case 'skew':
      return { kind: 'skew', by: durationOf(seed, '1h') }
    default:
      throw new Error(
        `a fault's kind is error, timeout, reset, slow, truncated, malformed, stale, skew or repeatMarker, not ${String(seed.kind)}`,
      )
  }
}

function secondsOf({ seconds }: FaultSeed, usual: number): number {
  if (seconds === undefined) return usual
  if (seconds >= 0 && seconds <= 86_400) return seconds
  throw new Error('seconds of a fault must be a number from 0 to 86400')
}

function durationOf({ by }: FaultSeed, usual: string): number {
  const duration = parseDuration(by ?? usual)
  if (duration === undefined)
    throw new Error(`by of a fault must be a duration such as 2m, not ${String(by)}`)
  return duration
}

// The codes AWS throttles and fails with, by service generation; the SDK's list is in @smithy/core's retry constants.
// Statuses: Redshift API Reference, CommonErrors; "Error codes for the Amazon EC2 API"; S3 API Reference, ErrorResponses.
const known: Record<string, [status: number, message: string]> = {
  Throttling: [400, 'Rate exceeded'],
  ThrottlingException: [400, 'Rate exceeded'],
  ThrottledException: [400, 'Rate exceeded'],
  RequestThrottled: [400, 'Request throttled'],
  RequestThrottledException: [400, 'Request throttled'],
  RequestLimitExceeded: [503, 'Request limit exceeded.'],
  LimitExceededException: [400, 'Rate exceeded'],
  BandwidthLimitExceeded: [503, 'Bandwidth limit exceeded'],
  EC2ThrottledException: [503, 'Rate exceeded'],
  PriorRequestNotComplete: [400, 'The prior request is not complete'],
  ProvisionedThroughputExceededException: [400, 'Rate exceeded'],
  TooManyRequestsException: [429, 'Too Many Requests'],
  TransactionInProgressException: [400, 'A transaction is in progress'],
  SlowDown: [503, 'Please reduce your request rate.'],
  DependentServiceRequestThrottlingFault: [
    400,
    'The request cannot be completed because a dependent service is throttling requests made by Amazon Redshift on your behalf. Wait and retry the request.',
  ],
  DependentServiceUnavailableFault: [
    400,
    'Your request cannot be completed because a dependent internal service is temporarily unavailable. Wait 30 to 60 seconds and try again.',
  ],
  InternalFailure: [
    500,
    'The request processing has failed because of an unknown error, exception or failure.',
  ],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InternalServerException: [500, 'Internal server error'],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
  ServiceUnavailableException: [503, 'Service unavailable'],
  ExpiredToken: [403, 'The security token included in the request is expired'],
  ExpiredTokenException: [403, 'The security token included in the request is expired'],
  RequestExpired: [400, 'Request has expired.'],
}

function errorOf({ code = 'Throttling', status, message }: FaultSeed) {
  const [usualStatus, usualMessage] = known[code] ?? [400, 'The lab was told to refuse this call.']
  if (status !== undefined && !(status >= 400 && status <= 599))
    throw new Error('status of a fault must be a number from 400 to 599')
  return { code, status: status ?? usualStatus, message: message ?? usualMessage }
}
