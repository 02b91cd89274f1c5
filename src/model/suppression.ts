// A suppression: the recorded decision to accept findings of one practice, with its reason, its owner and its end.

/** Why a finding is accepted, who answers for it, and until which day. */
export type Acceptance = {
  reason: string
  owner: string
  /** The last day on which it holds, as `2027-03-31`, in UTC. */
  expires: string
}

export type Suppression = Acceptance & {
  /** The id of the practice. */
  practice: string
  /** The exact ARN of a resource, or a glob in which each `*` stands for any characters. */
  resource: string
}

/** What is reported of suppressions themselves, by ids that are no practices: an end that has come, and no use. */
export const expired = 'suppression-expired'
export const unused = 'suppression-unused'

/** True from the day after the last one. `now` is an ISO moment in UTC. */
export function isExpired({ expires }: Acceptance, now: string): boolean {
  return now.slice(0, 10) > expires
}

/** A test for what a scope covers: the ARN itself, or what the glob describes from its first to its last character. */
export function scopeOf(resource: string): (arn: string) => boolean {
  if (!resource.includes('*')) return (arn) => arn === resource
  const parts = resource.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('.*')}$`, 's')
  return (arn) => pattern.test(arn)
}

/** `suppressed until 2027-03-31 (owner: data team): the partner needs it`. */
export function suppressedWords({ reason, owner, expires }: Acceptance): string {
  return `suppressed until ${expires} (owner: ${owner}): ${reason}`
}
