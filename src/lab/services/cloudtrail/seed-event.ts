// Makes one past event from a world.

import { hexOf } from '#lab/ids.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { isReadOnly } from './casing.ts'
import type { Rare, Who } from './model.ts'
import { momentOf } from './moment.ts'
import { keep } from './record.ts'
import type { EventSeed } from './seed-types.ts'
import { serviceWho } from './who.ts'

const members = [
  ...['eventTime', 'eventSource', 'eventName', 'user', 'role', 'session', 'service', 'account'],
  ...['accessKeyId', 'mfaAuthenticated', 'sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage'],
  ...['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails', 'readOnly'],
  ...['eventID', 'requestID', 'eventType', 'eventCategory', 'resources'],
]

/** Keeps a past event. */
export function seedEvent(region: Region, seed: EventSeed, { state, now }: Seeding): void {
  const where = `event ${seed.eventName}`
  demandMembers(seed, members, where)
  const { eventSource, eventName: action, requestParameters, responseElements, errorCode } = seed
  const service = eventSource.replace(/\.amazonaws\.com$/, '')
  const at = momentOf(seed.eventTime, now, where)
  if (at > now) throw new Error(`${where} would happen only after the lab begins`)
  const who =
    seed.service === undefined ? callerOf(region, seed, at) : serviceWho(state, seed.service, region, at)
  keep(state, {
    number: 0,
    at,
    account: region.account.id,
    region: region.name,
    service,
    action,
    who,
    requestId: seed.requestID ?? '',
    isRead: seed.readOnly ?? isReadOnly(service, action),
    isData: seed.eventCategory === 'Data',
    input: requestParameters && JSON.stringify(requestParameters),
    output: responseElements && JSON.stringify(responseElements),
    error: errorCode === undefined ? undefined : { code: errorCode, message: seed.errorMessage ?? '' },
    rare: rareOf(seed),
  })
}

function rareOf(seed: EventSeed): Rare | undefined {
  const { resources, eventType, eventID, additionalEventData, serviceEventDetails } = seed
  const rare: Rare = {
    ...(resources && { resources }),
    ...(eventType && { eventType }),
    ...(eventID !== undefined && { eventId: eventID }),
    ...(additionalEventData && { additionalEventData }),
    ...(serviceEventDetails && { serviceEventDetails }),
  }
  return Object.keys(rare).length > 0 ? rare : undefined
}

function callerOf(region: Region, seed: EventSeed, at: number): Who {
  const { partition, id } = region.account
  const { user, role, session = 'session', account = id } = seed
  if ((user === undefined) === (role === undefined))
    throw new Error(`event ${seed.eventName} needs either a user, a role or a service`)
  const roleId = `AROA${hexOf(`${account}/${role}`, 17).toUpperCase()}`
  const arn =
    role === undefined
      ? user === 'root'
        ? `arn:${partition}:iam::${account}:root`
        : `arn:${partition}:iam::${account}:user/${user}`
      : `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`
  const key = hexOf(`key ${arn}`, 16).toUpperCase()
  return {
    account,
    type: role !== undefined ? 'AssumedRole' : user === 'root' ? 'Root' : 'IAMUser',
    principalId:
      role !== undefined
        ? `${roleId}:${session}`
        : user === 'root'
          ? account
          : `AIDA${hexOf(`${account}/${user}`, 17).toUpperCase()}`,
    arn,
    accessKeyId: seed.accessKeyId ?? `${role === undefined ? 'AKIA' : 'ASIA'}${key}`,
    userName: user === 'root' ? undefined : user,
    sessionSince: role === undefined ? undefined : at,
    issuer:
      role === undefined
        ? undefined
        : { id: roleId, name: role, arn: `arn:${partition}:iam::${account}:role/${role}` },
    mfa: seed.mfaAuthenticated ?? false,
    invokedBy: undefined,
    // RFC 5737: an address for documentation.
    address: seed.sourceIPAddress ?? '192.0.2.1',
    agent: seed.userAgent ?? 'aws-cli/2.31.0',
  }
}
