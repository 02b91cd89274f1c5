// Policy evaluation: what all policies together say about a request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html

import { contextOf } from './context.ts'
import { type Ask, rulesFor } from './document.ts'
import type { Named } from './principals.ts'
import type { AccessRequest, Policies, PolicyDocument, ResourcePolicy, Verdict } from './types.ts'

/** What the policies of one kind say: who denies, who allows. */
type Finding = { deny?: string; allow?: string }

/** What the policy of the resource says, and how the statement that allows names the caller. */
type ResourceFinding = Finding & { named?: Named }

const kinds = {
  scp: 'service control policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based policy',
  trust: 'role trust policy',
} as const
type Kind = keyof typeof kinds

/** Says whether a request is allowed, and why. */
export function evaluate(policies: Policies, request: AccessRequest): Verdict {
  const ask: Ask = { request, context: contextOf(request), bounded: policies.boundary !== undefined }
  const resource = findInResource(policies.resource, ask)
  const { caller } = request
  if (caller.kind === 'service') return verdictForService(policies, resource, request)
  const findings = {
    scp: findInScps(policies.scps, ask),
    identity: findInIdentity(policies, ask),
    boundary: findIn(policies.boundary && [policies.boundary], kinds.boundary, ask),
    session: findIn(policies.session, kinds.session, ask),
  }
  // Of several kinds that deny AWS names one. That identity comes before resource was observed (Secrets Manager,
  // dev.classmethod.jp, 2021). Unverified: the rest of the order.
  for (const kind of ['scp', 'identity', 'boundary', 'session'] as const) {
    const { deny } = findings[kind]
    if (deny !== undefined) return denied(kind, deny)
  }
  if (resource.deny !== undefined) return denied(resourceKind(policies), resource.deny)
  return weigh(policies, request, caller.account === request.resourceAccount, findings, resource)
}

function weigh(
  policies: Policies,
  { action }: AccessRequest,
  isOwn: boolean,
  findings: Record<'scp' | 'identity' | 'boundary' | 'session', Finding>,
  resource: ResourceFinding,
): Verdict {
  if (findings.scp.allow === undefined) return missing('scp', action)
  if (isOwn && resource.named === 'direct') return allowed(resource.allow, action)
  const lacking = lackingGrant(policies, isOwn, findings.identity, resource)
  if (lacking) return missing(lacking, action)
  if (findings.boundary.allow === undefined) return missing('boundary', action)
  if (findings.session.allow === undefined) return missing('session', action)
  return allowed(findings.identity.allow ?? resource.allow, action)
}

/** Which kind of policy fails to grant the request, before anything limits it. */
function lackingGrant(
  policies: Policies,
  isOwn: boolean,
  identity: Finding,
  resource: ResourceFinding,
): Kind | undefined {
  const { named } = resource
  // Without a word of the key policy or trust policy nothing is allowed, and across accounts both sides must agree.
  const isResourceNeeded = !isOwn || (policies.resource !== undefined && policies.resource.kind !== 'usual')
  if (isResourceNeeded && !named) return resourceKind(policies)
  if (identity.allow !== undefined || (isOwn && named === 'role')) return undefined
  // Observed across accounts (as above): where the resource names only the account, AWS blames the resource's policy.
  return !isOwn && named === 'account' ? resourceKind(policies) : 'identity'
}

function verdictForService(
  policies: Policies,
  resource: ResourceFinding,
  { action }: AccessRequest,
): Verdict {
  const kind = resourceKind(policies)
  if (resource.deny !== undefined) return denied(kind, resource.deny)
  return resource.allow === undefined ? missing(kind, action) : allowed(resource.allow, action)
}

function findInIdentity({ identity }: Policies, ask: Ask): Finding {
  // The root user has every permission in its account, without a policy.
  const finding: Finding = ask.request.caller.kind === 'root' ? { allow: 'root user' } : {}
  for (const { name, document } of identity) {
    search(document, name, ask, finding)
    if (finding.deny !== undefined) break
  }
  return finding
}

/** Policies of which one is enough. Where there are none, nothing is limited; the root user has neither kind. */
function findIn(documents: PolicyDocument[] | undefined, name: string, ask: Ask): Finding {
  if (!documents || documents.length === 0 || ask.request.caller.kind === 'root') return { allow: name }
  const finding: Finding = {}
  for (const document of documents) search(document, name, ask, finding)
  return finding
}

/** Every level of the organization must allow. Service-linked roles are outside of it. */
function findInScps(levels: PolicyDocument[][] | undefined, ask: Ask): Finding {
  const { caller } = ask.request
  const isFree = caller.kind === 'session' && caller.roleArn.includes(':role/aws-service-role/')
  if (!levels || isFree) return { allow: kinds.scp }
  let all: Finding = { allow: kinds.scp }
  for (const level of levels) {
    const finding: Finding = {}
    for (const document of level) search(document, kinds.scp, ask, finding)
    if (finding.deny !== undefined) return finding
    if (finding.allow === undefined) all = {}
  }
  return all
}

function search(document: PolicyDocument, name: string, ask: Ask, finding: Finding): void {
  for (const rule of rulesFor(document, ask.request.action)) {
    if (!rule.isDeny && finding.allow !== undefined) continue
    if (!rule.applies(ask)) continue
    const by = rule.sid ? `${name}#${rule.sid}` : name
    if (rule.isDeny) {
      finding.deny = by
      return
    }
    finding.allow = by
  }
}

const weight = { direct: 3, role: 2, account: 1 }

function findInResource(policy: ResourcePolicy | undefined, ask: Ask): ResourceFinding {
  const finding: ResourceFinding = {}
  if (!policy) return finding
  const name = kinds[policy.kind === 'trust' ? 'trust' : 'resource']
  for (const rule of rulesFor(policy.document, ask.request.action)) {
    const named = rule.names(ask.request.caller, ask.bounded)
    if (!named || !rule.applies(ask)) continue
    const by = rule.sid ? `${name}#${rule.sid}` : name
    if (rule.isDeny) return { deny: by }
    if (finding.named && weight[finding.named] >= weight[named]) continue
    finding.named = named
    finding.allow = by
  }
  return finding
}

function resourceKind({ resource }: Policies): 'resource' | 'trust' {
  return resource?.kind === 'trust' ? 'trust' : 'resource'
}

function allowed(by: string | undefined, action: string): Verdict {
  const reason = `because a policy allows the ${action} action`
  return { allowed: true, explicit: false, reason, ...(by === undefined ? {} : { by }) }
}

function missing(kind: Kind, action: string): Verdict {
  const reason = `because no ${kinds[kind]} allows the ${action} action`
  return { allowed: false, explicit: false, reason }
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html. Since 2026 some services add the
// policy's ARN to it; here it stands in `by`.
function denied(kind: Kind, by: string): Verdict {
  const article = kind === 'identity' ? 'an' : kind === 'trust' ? 'the' : 'a'
  return {
    allowed: false,
    explicit: true,
    reason: `with an explicit deny in ${article} ${kinds[kind]}`,
    by,
  }
}
