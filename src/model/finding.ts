// One judgement of one practice on one resource.

import { parseArn } from '#kit/arn.ts'
import type { ReadAction } from './action.ts'
import type { Json } from './plain.ts'
import type { Severity } from './severity.ts'
import type { Acceptance } from './suppression.ts'

/** `unknown`: a needed answer is missing. `manual`: a person must judge. A resource of no concern has no finding. */
export const statuses = ['pass', 'fail', 'unknown', 'manual'] as const

export type Status = (typeof statuses)[number]

/** A value with the action that told it and when. */
export type State = { value: Json; source: ReadAction; at: string }

/** An answer that the judgement rests on; the answer itself is in the inventory. */
export type Evidence = { source: ReadAction; at: string; requestId?: string }

export type Finding = {
  /** `suppression`: what is judged is not the resource but a suppression that names it. */
  kind: 'practice' | 'suppression'
  /** The id of the practice; of a suppression, what is wrong with it. */
  practice: string
  /** The ARN judged; it ends in `*` when the resources of that type could not be listed. */
  resource: string
  account: string
  region: string
  status: Status
  /** One word for the situation, stable over versions: `pending-reboot`. */
  reason: string
  severity: Severity
  /** Completes a sentence that begins with the resource: "requires TLS only after its next reboot". */
  message: string
  /** What is asked for, what the database does now, what the logs show. Null where nothing tells. */
  configured: State | null
  inForce: State | null
  observed: State | null
  /** The permission that an unknown finding lacks, or null. */
  permission: string | null
  evidence: Evidence[]
  /** There when the finding is accepted: it then counts for nothing, and keeps its status. */
  suppression?: Acceptance
}

/** What tells findings apart. */
export type Print = Pick<Finding, 'practice' | 'resource' | 'account' | 'region'>

/**
 * Findings are told apart by practice and resource, never by their text; and by where the resource was seen from, when
 * that is not where its ARN says: a bucket takes the logs of two accounts, and each sees whether its own may come.
 */
export function fingerprint({ practice, resource, account, region }: Print): string {
  return isAt(resource, { account, region })
    ? `${practice} ${resource}`
    : `${practice} ${resource} ${account} ${region}`
}

/** What a fingerprint says, or undefined when it is none. */
export function printOf(text: string): Print | undefined {
  const [practice, resource = '', ...seen] = text.split(' ')
  const named = parseArn(resource)
  if (!practice || !named || ![0, 2].includes(seen.length)) return undefined
  const [account = named.account, region = named.region] = seen
  return account && region ? { practice, resource, account, region } : undefined
}

function isAt(resource: string, { account, region }: { account: string; region: string }): boolean {
  const named = parseArn(resource)
  return named?.account === account && named.region === region
}
