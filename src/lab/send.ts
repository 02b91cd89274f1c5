// Sends an answer, as well or as badly as it is to be sent.

import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { Manner } from './faults/misbehave.ts'
import type { Reply } from './wire/protocol.ts'

/** Sends an answer; a `manner` delays, cuts or withholds it. */
export function send(response: ServerResponse, { reply, manner }: Answer): void {
  if (manner) sendBadly(response, reply, manner)
  else sendWhole(response, reply)
}

function sendBadly(response: ServerResponse, reply: Reply, manner: Manner): void {
  const { status, headers } = reply
  const bytes = Buffer.from(reply.body)
  const half = Math.ceil(bytes.length / 2)
  const begin = () => response.writeHead(status, { ...headers, 'content-length': bytes.length })
  switch (manner.kind) {
    case 'reset':
      // With a reset rather than an end, so that the client cannot take it for an empty answer.
      response.socket?.resetAndDestroy()
      break
    case 'timeout':
      later(response, manner.seconds, () => response.destroy())
      break
    case 'slow':
      begin().write(bytes.subarray(0, half))
      later(response, manner.seconds, () => response.end(bytes.subarray(half)))
      break
    case 'truncated':
      begin().write(bytes.subarray(0, half), () => response.destroy())
      break
    case 'malformed':
      sendWhole(response, { ...reply, body: new Uint8Array(bytes.subarray(0, half)) })
  }
}

function sendWhole(response: ServerResponse, { status, headers, body: written }: Reply): void {
  // A text is made into bytes once; it would be gone through for its length, and then again. Files are sent as they are.
  const body = typeof written === 'string' ? Buffer.from(written) : written
  // The answer to HEAD says the length of what GET would send.
  const said = response.req.method === 'HEAD' ? headers['content-length'] : undefined
  response.writeHead(status, { ...headers, 'content-length': said ?? body.length }).end(body)
}

function later(response: ServerResponse, seconds: number, act: () => void): void {
  const timer = setTimeout(act, seconds * 1_000)
  response.on('close', () => clearTimeout(timer))
}
