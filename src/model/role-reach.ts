// What the roles of a warehouse may do with buckets and keys: where it is everything, and which buckets they name.

import { type Statement, statementsOf } from './policy-reach.ts'
import type { PolicyDocument, RoleInUse } from './resource.ts'

/** A role with the services of which it may do everything, and the policy that says so. */
export type WideRole = { role: string; policy: string; services: string[] }

const services = ['s3', 'kms']

/** The policies of roles that allow every action of S3 or of KMS, on whatever resource. */
export function wideRoles(roles: readonly RoleInUse[]): WideRole[] {
  return roles.flatMap(({ name, policies }) =>
    policies.flatMap(({ name: policy, document }) => {
      const statements = statementsOf(document).filter(({ allows }) => allows)
      const wide = services.filter((service) => statements.some((statement) => isWide(statement, service)))
      return wide.length > 0 ? { role: name, policy, services: wide } : []
    }),
  )
}

/** `s3:*`, `*`, and everything but what a statement leaves out. */
function isWide({ actions, notActions }: Statement, service: string): boolean {
  const all = (pattern: string) => new RegExp(`^(\\*+|(\\*|${service}):\\*+)$`, 'i').test(pattern)
  if (actions) return actions.some(all)
  return notActions !== undefined && !notActions.some(all)
}

/** `role etl may do everything with S3 and KMS (policy loads)`. */
export function spokenRole({ role, policy, services: wide }: WideRole): string {
  const names = wide.map((service) => service.toUpperCase()).join(' and ')
  return `role ${role} may do everything with ${names} (policy ${policy.slice(policy.lastIndexOf('/') + 1)})`
}

/** The buckets that a policy allows something with by their whole names, each once and in one order. */
export function bucketsAllowedBy(document: PolicyDocument): string[] {
  const resources = statementsOf(document).flatMap(({ allows, resources = [] }) => (allows ? resources : []))
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  const names = resources.flatMap((arn) => /^arn:[\w-]+:s3:::([a-z0-9.-]{3,63})(?:\/|$)/.exec(arn)?.[1] ?? [])
  return [...new Set(names)].sort()
}
