// Temporary credentials: making them, and forgetting the ones nobody remembers.

import { randomBytes } from 'node:crypto'
import { formatArn } from '#kit/arn.ts'
import { day, second } from '#kit/time.ts'
import type { Account, Context, Principal } from '#lab/state.ts'
import type { Session } from '../iam/model.ts'

/** Who temporary credentials are for, and for how long. */
type Wish = Pick<Principal, 'account' | 'arn' | 'userId' | 'denied' | 'identity'> & {
  seconds: number
  session: Omit<Session, 'issuedAt'>
}

/** Temporary credentials, as the principal they open, and as they are given to the caller. */
export function openSession({ state, now }: Context, { seconds, session, ...who }: Wish) {
  forgetExpired({ state, now })
  const expiresAt = now + seconds * second
  const principal = {
    ...who,
    // Credentials are secrets even here, so they alone come from dice.
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secret: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(120).toString('base64'),
    expiresAt,
    session: { ...session, issuedAt: now },
    isActive: true,
    created: now,
  }
  state.principals.set(principal.accessKeyId, principal)
  return {
    AccessKeyId: principal.accessKeyId,
    SecretAccessKey: principal.secret,
    SessionToken: principal.sessionToken,
    Expiration: new Date(expiresAt),
  }
}

/** An ARN of STS: `assumed-role/auditor/visit`. */
export function stsArn({ partition, id }: Account, resource: string): string {
  return formatArn({ partition, service: 'sts', region: '', account: id, resource })
}

// A day later nobody expects "expired" rather than "unknown", and the lab would otherwise keep every session there was.
function forgetExpired({ state: { principals }, now }: Pick<Context, 'state' | 'now'>) {
  const aDayAgo = now - day
  for (const [id, { session, expiresAt }] of principals) {
    if (session && expiresAt < aDayAgo) principals.delete(id)
  }
}
