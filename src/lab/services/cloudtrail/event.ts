// An event as CloudTrail writes it, made of what was kept of a call.
// Fields: CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events".

import { parseArn } from '#kit/arn.ts'
import { iso } from '#kit/time.ts'
import { uuidOf } from '#lab/ids.ts'
import { eventName, sourceOf } from './casing.ts'
import type { Recorded } from './model.ts'
import { shownInput } from './parameters.ts'
import { userIdentity } from './who.ts'

/** The id of an event. */
export function eventIdOf({ number, rare }: Recorded): string {
  return rare?.eventId ?? uuidOf(`event ${number}`)
}

/** An event as an object, its fields in CloudTrail's order. */
export function eventOf(event: Recorded): Record<string, unknown> {
  const { service, action, who, rare, error } = event
  const eventType = rare?.eventType ?? 'AwsApiCall'
  const isCall = eventType === 'AwsApiCall'
  const isByService = who.type === 'AWSService'
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(who),
    eventTime: iso(event.at),
    eventSource: sourceOf(service),
    eventName: eventName(service, action),
    awsRegion: event.region,
    sourceIPAddress: who.address,
    userAgent: who.agent,
    ...(error && { errorCode: error.code, errorMessage: error.message }),
    requestParameters: requestParameters(event),
    responseElements: error || event.output === undefined ? null : limited(event.output),
    ...(rare?.additionalEventData && { additionalEventData: rare.additionalEventData }),
    requestID: event.requestId || uuidOf(`request ${event.number}`),
    eventID: eventIdOf(event),
    readOnly: event.isRead,
    ...(rare?.resources && { resources: rare.resources }),
    eventType,
    managementEvent: !event.isData,
    recipientAccountId: event.account,
    ...(rare?.sharedEventId && { sharedEventID: uuidOf(rare.sharedEventId) }),
    ...(rare?.serviceEventDetails && { serviceEventDetails: rare.serviceEventDetails }),
    eventCategory: event.isData ? 'Data' : 'Management',
    ...(isCall && !isByService && { tlsDetails: tlsDetails(event) }),
  }
}

/** The parameters of a request as an event shows them, or null. */
export function requestParameters({ service, input }: Recorded): unknown {
  if (input === undefined) return null
  if (typeof input === 'string') return limited(input)
  const shown = shownInput(service, input)
  return shown ? limited(JSON.stringify(shown)) : null
}

const most = 100 * 1024

// "If the field size exceeds 100 KB, the content is omitted", by the same page. Unverified: what stands there instead.
function limited(text: string): unknown {
  const size = Buffer.byteLength(text)
  return size > most ? { omitted: true, originalSize: size } : JSON.parse(text)
}

// The lab is plain HTTP on a loopback port and stands for AWS's TLS endpoints.
function tlsDetails({ service, region, who }: Recorded): Record<string, string> {
  const suffix = parseArn(who.arn ?? '')?.partition === 'aws-cn' ? '.cn' : ''
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: `${service}.${region}.amazonaws.com${suffix}`,
  }
}
