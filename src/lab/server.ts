// The front of the lab: every AWS request is routed, authenticated, authorised, run and written here, in that order.

import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { authenticate, authorize } from './access.ts'
import { settle } from './agenda.ts'
import type { Calls } from './calls.ts'
import type { Clock } from './clock.ts'
import { answerControl } from './control.ts'
import { findService } from './services/index.ts'
import { regionIn, type State } from './state.ts'
import { AwsError, common } from './wire/errors.ts'
import type { Service } from './wire/operations.ts'
import type { Reply, WireRequest, Written } from './wire/protocol.ts'
import { readSignature } from './wire/sigv4.ts'
import { unknownAction, writeUnknown } from './wire/unknown.ts'
import type { World } from './world.ts'

/** What the front needs: what the lab remembers, and where calls are noted. */
export type Lab = { world: World; state: State; clock: Clock; calls: Calls }

const largestBody = 1_000_000

/** A server, not yet listening, that answers for the lab. */
export function createLabServer(lab: Lab): Server {
  return createServer((request, response) => {
    receive(request)
      .then((wire) => (wire.path.startsWith('/_lab/') ? answerControl(lab, wire) : answerAws(lab, wire)))
      .catch((error: unknown) => writeUnknown(asAwsError(error), randomUUID()))
      .then((reply) => send(response, reply))
      // A client that has gone away must not take the lab with it.
      .catch(() => response.destroy())
  })
}

/** Answers one AWS request: route, authenticate, authorise, run, write. */
async function answerAws({ state, clock, calls }: Lab, request: WireRequest): Promise<Reply> {
  const now = clock.now()
  const requestId = randomUUID()
  const note = calls.note(now)
  let service: Service | undefined
  try {
    const signed = readSignature(request)
    note.region = signed.region
    service = await findService(signed.service)
    const principal = authenticate(state, request, signed, now)
    note.account = principal.account.id
    if (!service) throw unknownAction(request.headers['x-amz-target'])

    const { action, input: readInput } = service.protocol.read(request, service.operations)
    note.action = `${service.name}:${action ?? ''}`
    if (!action) throw common('MissingAction', 'The request is missing an action or a required parameter.')
    const operation = service.operations.get(action)
    if (!operation) throw unknownAction(action)
    settle(state, now)
    const region = regionIn(principal.account, signed.region)
    const context = { state, principal, account: principal.account, region, now, requestId }
    const input = readInput(operation.schema)
    authorize(service, action, input, context)

    const output = operation.run(input, context)
    note.status = 200
    return reply(service, 200, service.protocol.write(operation.schema, output, requestId), requestId, now)
  } catch (thrown) {
    const error = asAwsError(thrown)
    note.status = error.status
    note.errorCode = error.code
    if (!service) return writeUnknown(error, requestId, request)
    return reply(service, error.status, service.protocol.writeError(error, requestId), requestId, now)
  }
}

function reply(service: Service, status: number, written: Written, requestId: string, now: number): Reply {
  const headers = {
    'x-amzn-requestid': requestId,
    // Clients correct their clock by this header, so it tells the lab's time.
    date: new Date(now).toUTCString(),
    ...(written.body.length > 0 && { 'content-type': service.protocol.contentType }),
    ...written.headers,
  }
  return { status: written.status ?? status, headers, body: written.body }
}

function asAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown
  const why = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return common('InternalFailure', `The lab failed on this request, which is a mistake in the lab: ${why}`)
}

function receive(request: IncomingMessage): Promise<WireRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largestBody) chunks.push(chunk)
    })
    request.on('error', reject)
    request.on('end', () => {
      if (size > largestBody)
        reject(common('RequestEntityTooLarge', `The request is larger than ${largestBody} bytes.`))
      else resolve(wireRequest(request, Buffer.concat(chunks)))
    })
  })
}

function wireRequest({ method, url, headers }: IncomingMessage, body: Buffer): WireRequest {
  const target = url ?? '/'
  const at = target.indexOf('?')
  const path = at < 0 ? target : target.slice(0, at)
  return { method: method ?? 'GET', path, query: at < 0 ? '' : target.slice(at + 1), headers, body }
}

function send(response: ServerResponse, { status, headers, body }: Reply) {
  // The answer to HEAD says the length of what GET would send.
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body)
}
