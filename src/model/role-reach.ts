// What the roles of a warehouse may do with buckets and keys: where it is everything, and which buckets they name.

import { counted } from '#kit/text.ts'
import { fits, type Statement, statementsOf } from './policy-reach.ts'
import type { PolicyDocument, RoleInUse } from './resource.ts'

/** A role with the services of which it may do everything, on which resources if not on all, and the policy that says so. */
export type WideRole = { role: string; policy: string; services: { name: string; on: string[] }[] }

/**
 * The policies of roles that allow every action of S3 or of KMS, on any or on named resources, and that nothing refuses. A
 * role may do what its policies and its permissions boundary both allow:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function wideRoles(roles: readonly RoleInUse[]): WideRole[] {
  return roles.flatMap(({ name, policies, boundary }) => {
    const all = policies.map(({ name: policy, document }) => ({ policy, statements: statementsOf(document) }))
    const limits = boundary && statementsOf(boundary.document)
    const open = ['s3', 'kms'].filter(
      (service) =>
        ![...all, { statements: limits ?? [] }].some(({ statements }) => isBarred(statements, service)),
    )
    return all.flatMap(({ policy, statements }) => {
      const wide = open.flatMap((service) => {
        const within = limits ? widelyOn(limits, service) : []
        const on = common(widelyOn(statements, service), within)
        return on ? [{ name: service, on }] : []
      })
      return wide.length > 0 ? [{ role: name, policy, services: wide }] : []
    })
  })
}

/** The resources on which everything of a service is allowed, none for all; undefined where it is on nothing. */
function widelyOn(statements: readonly Statement[], service: string): string[] | undefined {
  const found = statements.filter((one) => one.allows && isWide(one, service))
  return found.length > 0 ? resourcesOf(found, service) : undefined
}

/** What two such lists both let in. Two patterns that begin alike are taken to meet. */
function common(some: string[] | undefined, others: string[] | undefined): string[] | undefined {
  if (!some || !others) return undefined
  if (some.length === 0 || others.length === 0) return [...some, ...others]
  const met = some.flatMap((one) =>
    others.flatMap((other) => {
      if (fits(one, other)) return other
      return fits(other, one) || mayMeet(one, other) ? one : []
    }),
  )
  return met.length > 0 ? [...new Set(met)].sort() : undefined
}

/** What stands before the first wildcard of one begins the other; a text without any is no pattern. */
function mayMeet(one: string, other: string): boolean {
  const [first, second] = [one, other].map((arn) => /^(.*?)[*?]/.exec(arn)?.[1])
  if (first === undefined || second === undefined) return false
  return first.startsWith(second) || second.startsWith(first)
}

/** `s3:*`, `*`, and everything but what a statement leaves out, on a resource of the service or on any. */
function isWide(statement: Statement, service: string): boolean {
  const { actions, notActions, resources } = statement
  // A name that no pattern for some of the actions is likely to fit.
  const isEvery = (pattern: string) => fits(pattern, `${service}:-`)
  const isMeant = actions ? actions.some(isEvery) : notActions !== undefined && !notActions.some(isEvery)
  return isMeant && (resources === undefined || resources.some((arn) => isOf(arn, service)))
}

/** A refusal of everything, whatever else is allowed. */
function isBarred(statements: readonly Statement[], service: string): boolean {
  return statements.some(
    (one) =>
      !one.allows &&
      one.conditions.length === 0 &&
      one.resources?.some((arn) => isAllOf(arn, service)) &&
      isWide(one, service),
  )
}

/** `*`, `arn:aws:s3:::*`, `arn:aws:kms:*:*:key/*`: what a name fits that no pattern for some of them is likely to fit. */
function isAllOf(arn: string, service: string): boolean {
  const [, partition] = arn.split(':')
  return fits(arn, `arn:${partition}:${service}:${service === 's3' ? '::-' : '-:-:key/-'}`)
}

/** `*` and `arn:*` are of every service. */
function isOf(arn: string, service: string): boolean {
  const [, , name = '*'] = arn.split(':')
  return fits(name, service)
}

/** The resources that statements name; none where one of them names no single ones. */
function resourcesOf(statements: readonly Statement[], service: string): string[] {
  if (statements.some(({ resources }) => !resources || resources.some((arn) => !arn.includes(':')))) return []
  const named = statements.flatMap(({ resources = [] }) => resources.filter((arn) => isOf(arn, service)))
  return [...new Set(named)].sort()
}

/** `role etl may do everything with S3 on arn:aws:s3:::landing and KMS (policy loads)`. */
export function spokenRole({ role, policy, services }: WideRole): string {
  const what = services.map(({ name, on: [first, ...more] }) => {
    const others = more.length > 0 ? ` and ${counted(more.length, 'other resource')}` : ''
    return `${name.toUpperCase()}${first ? ` on ${first}${others}` : ''}`
  })
  const said = policy.slice(policy.lastIndexOf('/') + 1)
  return `role ${role} may do everything with ${what.join(' and with ')} (policy ${said})`
}

/** The buckets that a policy allows something with by their whole names, each once and in one order. */
export function bucketsAllowedBy(document: PolicyDocument): string[] {
  const resources = statementsOf(document).flatMap(({ allows, resources = [] }) => (allows ? resources : []))
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  const names = resources.flatMap((arn) => /^arn:[\w-]+:s3:::([a-z0-9.-]{3,63})(?:\/|$)/.exec(arn)?.[1] ?? [])
  return [...new Set(names)].sort()
}
