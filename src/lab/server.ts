// The front of the lab as HTTP: requests are read whole, answered by AWS's rules or the control endpoint, and sent.

import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type Answer, answerAws, asAwsError, type Lab } from './answer.ts'
import { answerControl } from './control.ts'
import { send } from './send.ts'
import { common } from './wire/errors.ts'
import type { WireRequest } from './wire/protocol.ts'
import { writeUnknown } from './wire/unknown.ts'

const largestBody = 1_000_000
// For S3 alone: objects in one piece, and what their chunks are framed with.
const largestUpload = 65_000_000

/** A server, not yet listening, that answers for the lab. */
export function createLabServer(lab: Lab): Server {
  return createServer((request, response) => {
    lab.requests += 1
    receive(request)
      .then((wire) => (wire.path.startsWith('/_lab/') ? control(lab, wire) : answerAws(lab, wire)))
      // What was answered has happened, also for the lab that goes on after this one was killed.
      .then(async (answer: Answer) => {
        if (answer.isWrite) await lab.kept()
        return answer
      })
      .catch((error: unknown) => ({ reply: writeUnknown(asAwsError(error), randomUUID()) }))
      .then((answer) => send(response, answer))
      // A client that has gone away must not take the lab with it.
      .catch(() => response.destroy())
  })
}

async function control(lab: Lab, wire: WireRequest): Promise<Answer> {
  return { reply: await answerControl(lab, wire), isWrite: wire.method !== 'GET' }
}

function receive(request: IncomingMessage): Promise<WireRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const largest = isForS3(request) ? largestUpload : largestBody
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largest) chunks.push(chunk)
    })
    request.on('error', reject)
    request.on('end', () => {
      if (size > largest)
        reject(common('RequestEntityTooLarge', `The request is larger than ${largest} bytes.`))
      else resolve(wireRequest(request, Buffer.concat(chunks)))
    })
  })
}

// By its signature, which a presigned address carries in the query.
function isForS3({ headers, url = '' }: IncomingMessage): boolean {
  return (
    headers.authorization?.includes('/s3/aws4_request') ??
    /X-Amz-Credential=[^&]*(%2F|\/)s3(%2F|\/)/i.test(url)
  )
}

function wireRequest({ method, url, headers }: IncomingMessage, body: Buffer): WireRequest {
  const target = url ?? '/'
  const at = target.indexOf('?')
  const path = at < 0 ? target : target.slice(0, at)
  return { method: method ?? 'GET', path, query: at < 0 ? '' : target.slice(at + 1), headers, body }
}
