// Who a Principal or NotPrincipal element names.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import type { Caller, Principals } from './types.ts'

/**
 * How a caller is named: `direct` (user, session, root, service, or everyone), `role` (the role of a session), or
 * `account`, which leaves the decision to that account's own policies.
 */
export type Named = 'direct' | 'role' | 'account'

type Members = { everyone: boolean; arns: Set<string>; accounts: Set<string>; services: Set<string> }

/** Says how a caller is named by a Principal element, if at all. */
export function compilePrincipal(principals: Principals): (caller: Caller) => Named | undefined {
  const members = membersOf(principals)
  return (caller) => {
    // `*` is not cut down by boundaries and session policies: reference_policies_elements_principal, "IAM role principals".
    if (members.everyone) return 'direct'
    if (caller.kind === 'service') return members.services.has(caller.service) ? 'direct' : undefined
    if (members.arns.has(caller.arn)) return 'direct'
    if (caller.kind === 'session' && members.arns.has(caller.roleArn)) return 'role'
    return members.accounts.has(caller.account) ? 'account' : undefined
  }
}

/**
 * Says whether a caller is one of those a NotPrincipal element excepts. AWS looks at the account first, then the role,
 * then the session, so each of them must be listed; and whoever has a permissions boundary is never excepted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function compileNotPrincipal(principals: Principals): (caller: Caller, bounded: boolean) => boolean {
  const members = membersOf(principals)
  const sessions = [...members.arns].filter((arn) => arn.includes(':assumed-role/'))
  return (caller, bounded) => {
    if (members.everyone) return true
    if (caller.kind === 'service') return members.services.has(caller.service)
    if (bounded || !members.accounts.has(caller.account)) return false
    if (caller.kind === 'root') return true
    if (caller.kind === 'user') return members.arns.has(caller.arn)
    if (!members.arns.has(caller.roleArn)) return false
    // Unverified: a listed role excepts all its sessions only as long as none of them is listed by itself.
    const ofRole = caller.arn.slice(0, caller.arn.lastIndexOf('/') + 1)
    return members.arns.has(caller.arn) || !sessions.some((arn) => arn.startsWith(ofRole))
  }
}

function membersOf(principals: Principals): Members {
  const listed = principals.AWS ?? []
  // Federated and CanonicalUser name nobody who calls the lab.
  return {
    everyone: listed.includes('*'),
    arns: new Set(listed.filter((name) => name.startsWith('arn:'))),
    accounts: new Set(listed.flatMap((name) => accountOf(name) ?? [])),
    services: new Set(principals.Service ?? []),
  }
}

/** "The account ARN and the shortened account ID behave the same way." */
function accountOf(name: string): string | undefined {
  return /^(?:arn:[a-z-]+:iam::)?(\d{12})(:root)?$/.exec(name)?.[1]
}
