// Records calls: a few references each, in order of time, the oldest dropped when there are too many.

import type { Principal, Region, State } from '#lab/state.ts'
import { type Dialect, spoken } from '#lab/wire/dialects.ts'
import type { AwsError } from '#lab/wire/errors.ts'
import { tellBucketWatchers } from '../s3/watchers.ts'
import { globalRegion, isAnswerShown, isReadOnly, styleOf } from './casing.ts'
import { bucketsChanged } from './delivery.ts'
import './files.ts'
import type { Rare, Recorded } from './model.ts'
import { shownInput, shownOutput } from './parameters.ts'
import { subjectOf } from './subjects.ts'
import { asStranger, serviceWho, throughService, whoCalls } from './who.ts'

/** A call as the front has answered it. */
export type AnsweredCall = {
  service: string
  action: string
  principal: Principal
  region: string
  now: number
  requestId: string
  /** The User-Agent header. */
  agent: string
  /** Undefined when it could not be read. */
  input: object | undefined
  output?: object
  error?: AwsError
  dialect: Dialect
}

/** Records a call in the account that made it, and in the one whose key, bucket or role it used. */
export function recordCall(state: State, call: AnsweredCall): void {
  const { service, action, principal, input, output, error } = call
  const isData = styleOf(service).data?.includes(action) ?? false
  if (isData && state.cloudtrail.dataTrails === 0) return
  const { account } = principal
  const subject = subjectOf(state, call)
  const owner = subject?.owner !== account.id ? subject?.owner : undefined
  const isRead = isReadOnly(service, action)
  const rare: Rare | undefined = subject && { ...(subject.resources && { resources: subject.resources }) }
  if (owner !== undefined && rare) rare.sharedEventId = `shared ${state.cloudtrail.made}`
  const event: Recorded = {
    number: 0,
    at: call.now,
    account: account.id,
    region: regionOf(call),
    service,
    action,
    who: whoCalls(state, principal, call.agent),
    requestId: call.requestId,
    isRead,
    isData,
    // What was written may be kept by the lab and change; what was read stays as it is.
    input: input && (isRead && !isData ? input : textOf(shownInput(service, input))),
    output: output && isAnswerShown(service, action) ? textOf(shownOutput(service, output)) : undefined,
    error: error && { code: errorName(error, call), message: error.message },
    rare,
  }
  keep(state, event)
  if (service === 's3' && !isRead && !isData && !error) {
    bucketsChanged(state, call.now)
    tellBucketWatchers(state, call.now)
  }
  if (owner === undefined || !state.accounts.has(owner)) return
  keep(state, { ...event, account: owner, who: asStranger(state, event.who) })
}

/** What a service of AWS did by itself with something in an account. */
export type ServiceCall = {
  /** Whose operation it called: `kms`. */
  service: string
  action: string
  /** Who did it: `redshift.amazonaws.com`. Redshift has an account of its own in each region. */
  by: string
  /** In whose name it did so; left out where it acted for itself. */
  caller?: Principal | undefined
  /** The input, by AWS's own member names. */
  input?: object
  output?: object | undefined
  error?: { code: string; message: string }
  /** How often the same thing happens is not told: one event a call. */
  resources?: Rare['resources']
  /** `AwsServiceEvent` for what no call led to, such as the rotation of a key. */
  eventType?: Rare['eventType']
  serviceEventDetails?: Record<string, unknown>
}

/** Records what a service of AWS did by itself, in the account whose things it used. */
export function recordServiceCall(
  { state, region, now }: { state: State; region: Region; now: number },
  call: ServiceCall,
): void {
  const { service, action, caller, input, output, eventType, resources, serviceEventDetails } = call
  const isEvent = eventType === 'AwsServiceEvent'
  const rare: Rare = {
    ...(resources && { resources }),
    ...(eventType && { eventType }),
    ...(serviceEventDetails && { serviceEventDetails }),
    ...(!isEvent && { sharedEventId: `shared ${state.cloudtrail.made}` }),
  }
  const event: Recorded = {
    number: 0,
    at: now,
    account: region.account.id,
    region: region.name,
    service,
    action,
    who: caller ? throughService(state, caller, call.by) : serviceWho(state, call.by, region, now),
    requestId: '',
    isRead: isReadOnly(service, action),
    isData: false,
    input: input && textOf(shownInput(service, input)),
    output: output && isAnswerShown(service, action) ? textOf(shownOutput(service, output)) : undefined,
    error: call.error,
    rare,
  }
  keep(state, event)
  // A caller sees what was done in its name, with its own things and with others'.
  if (caller && caller.account !== region.account) keep(state, { ...event, account: caller.account.id })
}

/** How many events the lab keeps, of all accounts together; up to a tenth more before it drops the oldest. */
const kept = 200_000

/** Keeps an event, in order of time. */
export function keep({ cloudtrail }: State, event: Recorded): void {
  const { events } = cloudtrail
  event.number = cloudtrail.made
  cloudtrail.made += 1
  let index = events.length
  while (index > 0 && isLater(events[index - 1], event.at)) index -= 1
  if (index === events.length) events.push(event)
  else events.splice(index, 0, event)
  if (events.length >= kept * 1.1) dropOldest(cloudtrail, kept)
}

/** Drops all but the latest events. */
export function dropOldest(cloudtrail: State['cloudtrail'], most: number): void {
  cloudtrail.events = cloudtrail.events.slice(-most)
  cloudtrail.whole = cloudtrail.events[0]?.at ?? cloudtrail.whole
}

function isLater(event: Recorded | undefined, at: number): boolean {
  return event !== undefined && event.at > at
}

// S3's list of all buckets belongs to no region either.
function regionOf({ service, action, region, principal }: AnsweredCall): string {
  const isGlobal = styleOf(service).isGlobal || action === 'ListBuckets'
  return isGlobal ? globalRegion(principal.account.partition) : region
}

// Declared errors go by the names of their shapes: IAM shows NoSuchEntityException, whose code is NoSuchEntity. JSON
// services show AccessDenied (KMS Developer Guide, "Decrypt"). Unverified: that all of them do.
function errorName(error: AwsError, { service, dialect }: AnsweredCall): string {
  const { errorPrefix = '' } = styleOf(service)
  const code = error.schema?.[2] ?? spoken(error, dialect === 'json' ? 'query' : dialect).code
  return errorPrefix + code
}

function textOf(shown: Record<string, unknown> | undefined): string | undefined {
  return shown && JSON.stringify(shown)
}
