// Answers when no service of the lab is concerned, in the wire format the client seems to speak.

import { spoken } from './dialects.ts'
import { type AwsError, common } from './errors.ts'
import type { Reply, WireRequest } from './protocol.ts'
import { escapeXml } from './xml.ts'

/** An error as JSON for a client of a JSON protocol, as Query XML for any other. */
export function writeUnknown(error: AwsError, requestId: string, request?: WireRequest): Reply {
  const headers = { 'x-amzn-requestid': requestId, date: new Date().toUTCString() }
  if (request?.headers['x-amz-target']) {
    const { code, status, message } = spoken(error, 'json')
    const body = JSON.stringify({ __type: code, message })
    return {
      status,
      headers: { ...headers, 'content-type': 'application/x-amz-json-1.1' },
      body,
    }
  }
  const inside = `<Type>Sender</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>`
  const body = `<ErrorResponse><Error>${inside}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  return { status: error.status, headers: { ...headers, 'content-type': 'text/xml' }, body }
}

/** The error for an action nobody here knows: never an empty success. */
export function unknownAction(action: unknown): AwsError {
  return common('InvalidAction', `The action ${String(action)} is not valid for this web service.`)
}
