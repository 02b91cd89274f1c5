// Answers one AWS request: route, authenticate, authorise, run, write, in that order, and misbehaves where it was told to.

import { randomUUID } from 'node:crypto'
import { authenticate, authorize } from './access.ts'
import { settle } from './agenda.ts'
import type { Calls } from './calls.ts'
import type { Clock } from './clock.ts'
import { type Fault, takeFault } from './faults/faults.ts'
import { faultError, isAfter, type Manner, mannerOf, repeatMarker } from './faults/misbehave.ts'
import { isRead, keepPast, type Past, pastState } from './faults/stale.ts'
import { recordCall } from './services/cloudtrail/record.ts'
import { findService } from './services/index.ts'
import { type Context, type Principal, regionIn, type State } from './state.ts'
import { spoken } from './wire/dialects.ts'
import { AwsError, common } from './wire/errors.ts'
import type { Service } from './wire/operations.ts'
import type { Reply, WireCall, WireRequest, Written } from './wire/protocol.ts'
import { readSignature, type Signed } from './wire/sigv4.ts'
import { unknownAction, writeUnknown } from './wire/unknown.ts'
import type { World } from './world.ts'

/** What the front needs: the world it began with, what the lab remembers, its time, and where calls are noted. */
export type Lab = {
  world: Pick<World, 'name' | 'about'>
  state: State
  clock: Clock
  calls: Calls
  /** Copies of the state before each of the latest writes, for faults that make reads stale. */
  past: Past
  /** How many requests came, those to the control endpoint included. */
  requests: number
  /** Resolves when what has happened is kept; at once where nothing is kept. */
  kept(): Promise<void>
}

/** What goes back, and how badly. */
export type Answer = { reply: Reply; manner?: Manner | undefined; isWrite?: boolean }

/** Answers one AWS request. */
export async function answerAws(lab: Lab, request: WireRequest): Promise<Answer> {
  const now = lab.clock.now()
  const requestId = randomUUID()
  const note = lab.calls.note(now)
  let service: Service | undefined
  let fault: Fault | undefined
  let isWrite = false
  try {
    const signed = readSignature(request)
    note.region = signed.region
    service = await findService(signed.service)
    const call = service && readCall(service, request)
    note.action = `${signed.service}:${call?.action ?? ''}`
    const known = lab.state.principals.get(signed.accessKeyId)
    fault = takeFault(lab.state, { account: known?.account.id, region: signed.region, action: note.action })
    const principal = authenticate(lab.state, request, signed, {
      now,
      speed: lab.clock.speed(),
      skew: skewOf(fault),
    })
    note.account = principal.account.id
    isWrite = !isRead(call?.action)
    if (!service || !call) throw unknownAction(request.headers['x-amz-target'])
    const output = runRecorded(lab, service, call, {
      principal,
      signed,
      now,
      requestId,
      fault,
      input: undefined,
      agent: String(request.headers['user-agent'] ?? ''),
    })
    if (fault && isAfter(fault)) failAtOnce(fault)
    note.status = 200
    const written = service.protocol.write(operationOf(service, call).schema, output, requestId)
    const reply = asReply(service, 200, written, requestId, now + skewOf(fault))
    return { reply, manner: fault && mannerOf(fault), isWrite }
  } catch (thrown) {
    const error = asAwsError(thrown)
    note.status = error.status
    note.errorCode = service ? spoken(error, service.protocol.dialect).code : error.code
    if (!service) return { reply: writeUnknown(error, requestId, request) }
    const written = service.protocol.writeError(error, requestId)
    const reply = asReply(service, error.status, written, requestId, now + skewOf(fault))
    return { reply, manner: fault && mannerOf(fault), isWrite }
  }
}

type Caller = {
  principal: Principal
  signed: Signed
  now: number
  requestId: string
  fault: Fault | undefined
  agent: string
  /** Filled in once it is read. */
  input: Record<string, unknown> | undefined
}

// What cannot be told from noise, a request without a known operation, leaves no event in CloudTrail.
function runRecorded(lab: Lab, service: Service, call: Read, caller: Caller): object {
  const record = (outcome: { output: object } | { error: AwsError }) => {
    const { principal, signed, now, requestId, agent, input } = caller
    const action = call.action ?? ''
    if (!service.operations.has(action)) return
    const { dialect } = service.protocol
    const facts = { service: service.name, action, dialect, region: signed.region, now, requestId, agent }
    recordCall(lab.state, { ...facts, principal, input, ...outcome })
  }
  let output: object
  try {
    if (caller.fault && !isAfter(caller.fault)) failAtOnce(caller.fault)
    output = run(lab, service, call, caller)
  } catch (error) {
    record({ error: asAwsError(error) })
    throw error
  }
  record({ output })
  return output
}

function run(lab: Lab, service: Service, call: Read, caller: Caller): object {
  const { now, requestId, fault, signed } = caller
  const operation = operationOf(service, call)
  settle(lab.state, now)
  const isStale = fault?.kind === 'stale' && isRead(call.action)
  const state = isStale ? pastState(lab, now, fault) : lab.state
  const principal = state.principals.get(caller.principal.accessKeyId) ?? caller.principal
  const { account } = principal
  const context: Context = {
    state,
    principal,
    account,
    region: regionIn(account, signed.region),
    now,
    speed: lab.clock.speed(),
    requestId,
  }
  const input = call.input(operation.schema)
  caller.input = input
  authorize(service, call.action ?? '', input, context)
  if (!isRead(call.action)) keepPast(lab, now)
  const output = operation.run(input, context)
  return fault?.kind === 'repeatMarker' ? repeatMarker(input, output) : output
}

function operationOf(service: Service, { action, error }: Read) {
  if (error !== undefined) throw error
  if (!action) throw common('MissingAction', 'The request is missing an action or a required parameter.')
  const operation = service.operations.get(action)
  if (!operation) throw unknownAction(action)
  return operation
}

/** A request as its protocol reads it, or why that cannot be done. */
type Read = WireCall & { error?: unknown }

// The error is kept for later: a request that cannot be read is refused after its signature was checked.
function readCall(service: Service, request: WireRequest): Read {
  try {
    return service.protocol.read(request, service.operations)
  } catch (error) {
    return { action: undefined, input: () => ({}), error }
  }
}

function failAtOnce(fault: Fault) {
  const error = faultError(fault)
  if (error) throw error
}

function skewOf(fault: Fault | undefined): number {
  return fault?.kind === 'skew' ? fault.by : 0
}

function asReply(service: Service, status: number, written: Written, requestId: string, now: number): Reply {
  const headers = {
    'x-amzn-requestid': requestId,
    // Clients correct their clock by this header, so it tells the lab's time.
    date: new Date(now).toUTCString(),
    ...(written.body.length > 0 && { 'content-type': service.protocol.contentType }),
    ...written.headers,
  }
  return { status: written.status ?? status, headers, body: written.body }
}

/** What was thrown, as an error that AWS could answer with. */
export function asAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown
  const why = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return common('InternalFailure', `The lab failed on this request, which is a mistake in the lab: ${why}`)
}
