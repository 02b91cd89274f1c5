// The least IAM policy for a verb, from the calls that the code makes.

import type { Connection } from '#aws/connection.ts'
import { openSession } from '#aws/session.ts'
import { collectors } from '#collectors/index.ts'
import { leading } from '#engine/collect.ts'
import { permissionOf, type ReadAction } from '#model/action.ts'
import { type Explanation, explanationOf } from '#model/explanation.ts'
import { kinds } from '#model/kinds.ts'
import { sourceOf } from '#model/needs.ts'
import type { AnyPractice } from '#model/practice.ts'
import type { ResourceType } from '#model/resource.ts'
import type { AccountSetting } from '#model/settings.ts'
import { exampleNow } from '#practices/examples.ts'

/** A verb that calls AWS; plan calls nothing, and needs what the scan before it needs. */
type PolicyVerb = 'scan' | 'plan' | 'apply'

type Statement = {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string | string[]
  Condition?: Record<string, Record<string, string>>
}
export type PolicyText = { Version: '2012-10-17'; Statement: Statement[] }

type PolicyWish = {
  /** Only what these need; all when absent. */
  practices?: readonly AnyPractice[] | undefined
  /** Those that can be fixed when none are named. */
  enabled: readonly AnyPractice[]
  partition: string
  /** The accounts of the settings: their roles must be assumed. */
  accounts: readonly AccountSetting[]
}

/** The policy. It is pure: the same wish gives the same text. */
export function leastPolicy(verb: PolicyVerb, wish: PolicyWish): PolicyText {
  const fixes = (wish.practices ?? wish.enabled).map((practice) => explanationOf(practice, exampleNow))
  return {
    Version: '2012-10-17',
    Statement: [
      ...statement('RedoubtRead', readsFor(verb, wish, fixes)),
      ...assuming(wish.accounts),
      ...(verb === 'apply' ? changing(fixes, wish.partition) : []),
    ],
  }
}

function readsFor(verb: PolicyVerb, { practices }: PolicyWish, fixes: readonly Explanation[]): string[] {
  const judged = practices
    ? [...fixes.flatMap(({ reads }) => reads), ...leadsOf(practices)]
    : collectors.flatMap(({ reads }) => [...reads])
  const proofs = verb === 'apply' ? fixes.flatMap(({ remediation }) => remediation?.proofs ?? []) : []
  return ['ec2:DescribeRegions' as const, ...judged, ...proofs].map(permissionOf)
}

/** What is found by following others is only complete where all lists were read that may point at it. */
function leadsOf(practices: readonly AnyPractice[]): ReadAction[] {
  const wanted = new Set(
    practices.flatMap(({ resource, needs }) => [
      resource as ResourceType,
      ...(needs as string[]).flatMap((need) => sourceOf(resource as ResourceType, need)?.from ?? []),
    ]),
  )
  const following = collectors.filter(
    ({ follows, types }) => follows && types.some((type) => wanted.has(type)),
  )
  return following.flatMap(leading).map((type) => kinds[type].source)
}

function assuming(accounts: readonly AccountSetting[]): Statement[] {
  return accounts.length > 0
    ? statement(
        'RedoubtAssume',
        ['sts:AssumeRole'],
        accounts.map(({ role }) => role),
      )
    : []
}

/**
 * What may be named as the resource of an action: kinds of AWS, in any account and region. Redshift's own actions are
 * left open, since some of them take no resource, and so are those that make something without a name yet.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const resources: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: ['cloudtrail:*:*:trail/*'],
  ec2: ['ec2:*:*:security-group/*'],
  kms: ['kms:*:*:key/*', 'kms:*:*:alias/*'],
  logs: ['logs:*:*:log-group:*'],
  s3: ['s3:::*'],
}

function changing(fixes: readonly Explanation[], partition: string): Statement[] {
  const all = fixes.flatMap(({ remediation }) => [
    ...(remediation?.permissions ?? []),
    ...(remediation?.undoPermissions ?? []),
  ])
  const services = [...new Set(all.map((permission) => permission.split(':')[0] ?? ''))].sort()
  const open = ['kms:CreateKey']
  return [
    ...services.flatMap((service) => {
      const own = all.filter(
        (permission) =>
          permission.startsWith(`${service}:`) && permission !== grant && !open.includes(permission),
      )
      const named = resources[service]?.map((resource) => `arn:${partition}:${resource}`)
      return statement(`RedoubtChange${sidOf(service)}`, own, named)
    }),
    ...statement(
      'RedoubtChangeMore',
      all.filter((permission) => open.includes(permission)),
    ),
    ...(all.includes(grant) ? granting(partition) : []),
  ]
}

const grant = 'kms:CreateGrant'

/** Grants for AWS services alone: nobody can be let in by it. */
function granting(partition: string): Statement[] {
  const keys = [`arn:${partition}:kms:*:*:key/*`]
  return statement('RedoubtGrant', [grant], keys).map((one) => ({
    ...one,
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  }))
}

function statement(Sid: string, actions: readonly string[], named?: readonly string[]): Statement[] {
  const Action = [...new Set(actions)].sort()
  const Resource = named ? [...named] : '*'
  return Action.length > 0 ? [{ Sid, Effect: 'Allow', Action, Resource }] : []
}

/** `redshift-serverless` → `RedshiftServerless`: a statement's id has letters and digits only. */
function sidOf(service: string): string {
  return service
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** The partition of whoever calls. Throws a Problem when nobody can be asked. */
export async function callerPartition(connection: Connection): Promise<string> {
  const session = await openSession(connection)
  session.close()
  return session.accounts[0]?.partition ?? 'aws'
}
