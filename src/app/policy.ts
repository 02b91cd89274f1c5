// The least IAM policy for a verb, from the calls that the code makes.

import type { Connection } from '#aws/connection.ts'
import { openSession } from '#aws/session.ts'
import { collectors } from '#collectors/index.ts'
import { leading } from '#engine/collect.ts'
import { permissionOf, type ReadAction } from '#model/action.ts'
import { explanationOf } from '#model/explanation.ts'
import { kinds } from '#model/kinds.ts'
import { sourceOf } from '#model/needs.ts'
import type { AnyPractice } from '#model/practice.ts'
import type { ResourceType } from '#model/resource.ts'
import type { AccountSetting } from '#model/settings.ts'
import type { WishAction } from '#model/wish.ts'
import { exampleNow } from '#practices/examples.ts'
import { logReads } from './read-logs.ts'
import { allActions, type WishNeeds, wishNeeds } from './wishes.ts'

/** A verb that calls AWS; plan calls nothing, and needs what the scan before it needs. hunt reads logs and nothing else. */
type PolicyVerb = 'scan' | 'plan' | 'apply' | 'hunt'

type Statement = {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}
export type PolicyText = { Version: '2012-10-17'; Statement: Statement[] }

type PolicyWish = {
  /** Only what these need, and these actions of `redoubt do`; all of both when neither is there. */
  practices?: readonly AnyPractice[] | undefined
  actions?: readonly WishAction[] | undefined
  /** Those that can be fixed when nothing is named. */
  enabled: readonly AnyPractice[]
  partition: string
  /** The accounts of the settings: their roles must be assumed. */
  accounts: readonly AccountSetting[]
  /** Whether a scan reads the logs. */
  readsLogs?: boolean
}

/** The policy. It is pure: the same wish gives the same text. */
export function leastPolicy(verb: PolicyVerb, wish: PolicyWish): PolicyText {
  if (verb === 'hunt') return policyOf(['ec2:DescribeRegions'], logReads, wish)
  const isAll = !wish.practices && !wish.actions
  const practices = isAll ? wish.enabled : (wish.practices ?? [])
  const actions = isAll ? allActions() : (wish.actions ?? [])
  const fixes = practices.map((practice) => explanationOf(practice, exampleNow))
  const wishes = actions.map(wishNeeds)
  const needs: Needs[] = [...fixes.flatMap(({ remediation }) => remediation ?? []), ...wishes]
  const reads: ReadAction[] = isAll
    ? collectors.flatMap(({ reads: own }) => [...own])
    : [
        ...[...fixes, ...wishes].flatMap(({ reads: own }) => own),
        ...leadsOf(
          [...typesJudged(practices), ...typesRead(wishes)],
          [...practices.map(({ resource }) => resource as ResourceType), ...typesRead(wishes)],
        ),
      ]
  const proofs = verb === 'apply' ? needs.flatMap(({ proofs: own }) => own) : []
  const readsLogs = wish.readsLogs && verb !== 'apply' && (isAll || practices.some(judgesDataBuckets))
  const read = ['ec2:DescribeRegions' as const, ...reads, ...proofs]
  return policyOf(read, readsLogs ? logReads : [], wish, verb === 'apply' ? needs : [])
}

function policyOf(
  reads: readonly ReadAction[],
  logs: readonly ReadAction[],
  { accounts, partition }: PolicyWish,
  needs: readonly Needs[] = [],
): PolicyText {
  const open = logs.filter((action) => !(action in logResources))
  const narrow = logs.filter((action) => action in logResources)
  return {
    Version: '2012-10-17',
    Statement: [
      ...statement('RedoubtRead', [...reads, ...open].map(permissionOf)),
      ...narrow.flatMap((action) => readingLogs(action, partition)),
      ...assuming(accounts),
      ...changing(needs, partition),
    ],
  }
}

/** True for a practice that says something of buckets which logs show. */
const judgesDataBuckets = ({ resource, concerns }: AnyPractice) =>
  resource === 's3:bucket' && concerns?.({ Name: '', TakesAuditLogs: false, AskedBy: '' }, nowhere) !== false

const nowhere = { partition: 'aws', account: '', region: '' }

/**
 * What is read of logs, where it can be named: files and groups of user activity (db-auditing), and nothing else of what lies
 * in their buckets. `s3:prefix`: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
const logResources: Partial<Record<ReadAction, { sid: string; resource: string; prefixes?: string[] }>> = {
  's3:ListObjectsV2': {
    sid: 'RedoubtListLogs',
    resource: 's3:::*',
    prefixes: ['', '*/'].map((front) => `${front}AWSLogs/*/redshift/*_useractivitylog_`),
  },
  's3:GetObject': { sid: 'RedoubtReadLogs', resource: 's3:::*/AWSLogs/*/redshift/*_useractivitylog_*' },
  'logs:FilterLogEvents': {
    sid: 'RedoubtReadLogGroups',
    resource: 'logs:*:*:log-group:/aws/redshift/*/useractivitylog*',
  },
}

function readingLogs(action: ReadAction, partition: string): Statement[] {
  const { sid = '', resource = '', prefixes } = logResources[action] ?? {}
  return statement(sid, [permissionOf(action)], [`arn:${partition}:${resource}`]).map((one) => ({
    ...one,
    ...(prefixes && { Condition: { StringLike: { 's3:prefix': prefixes } } }),
  }))
}

type Needs = Omit<WishNeeds, 'reads'>

/** What is found by following others is only complete where all lists were read that may point at it. */
function leadsOf(wanted: readonly ResourceType[], judged: readonly ResourceType[]): ReadAction[] {
  const following = collectors.filter(
    ({ follows, types }) => follows && types.some((type) => wanted.includes(type)),
  )
  return following.flatMap((collector) => {
    // What is judged leads there itself, where one lead is enough and nothing is judged of what lies there.
    if (collector.oneLeadIsEnough && !collector.types.some((type) => judged.includes(type))) return []
    return [...leading(collector).map((type) => kinds[type].source), ...(collector.ledBy ?? [])]
  })
}

const typesJudged = (practices: readonly AnyPractice[]): ResourceType[] =>
  practices.flatMap(({ resource, needs }) => [
    resource as ResourceType,
    ...(needs as string[]).flatMap((need) => sourceOf(resource as ResourceType, need)?.from ?? []),
  ])

const typesRead = (wishes: readonly WishNeeds[]): ResourceType[] =>
  collectors
    .flatMap(({ types }) => types)
    .filter((type) => wishes.some(({ reads }) => reads.includes(kinds[type].source)))

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
  // The name that Redshift gives the secrets of administrators: redshift-secrets-manager-integration.
  secretsmanager: ['secretsmanager:*:*:secret:redshift!*'],
}

function changing(needs: readonly Needs[], partition: string): Statement[] {
  const all = needs.flatMap(({ permissions, undoPermissions }) => [...permissions, ...undoPermissions])
  const services = [...new Set(all.map((permission) => permission.split(':')[0] ?? ''))].sort()
  const open = ['kms:CreateKey']
  const apart = [grant, ...keyUse, ...open]
  return [
    ...services.flatMap((service) => {
      const own = all.filter(
        (permission) => permission.startsWith(`${service}:`) && !apart.includes(permission),
      )
      const named = resources[service]?.map((resource) => `arn:${partition}:${resource}`)
      return statement(`RedoubtChange${sidOf(service)}`, own, named)
    }),
    ...statement(
      'RedoubtChangeMore',
      all.filter((permission) => open.includes(permission)),
    ),
    ...(all.includes(grant) ? granting(partition) : []),
    ...throughRedshift(
      all.filter((permission) => keyUse.includes(permission)),
      partition,
    ),
  ]
}

/** What is done with a key by Redshift alone, in the caller's name. */
const keyUse = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']

/**
 * The use of keys through Redshift: nobody can decrypt anything with it by himself. Both services carry `kms:ViaService`
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service), and AWS's own
 * policy for keys of clusters and namespaces asks for it in just these calls
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/redshift-ns-prereqs.html). Unverified: how it ends in China.
 */
function throughRedshift(permissions: readonly string[], partition: string): Statement[] {
  const ends = partition === 'aws-cn' ? ['amazonaws.com', 'amazonaws.com.cn'] : ['amazonaws.com']
  const services = ['redshift', 'redshift-serverless'].flatMap((service) =>
    ends.map((end) => `${service}.*.${end}`),
  )
  return statement('RedoubtUseKeys', permissions, [`arn:${partition}:kms:*:*:key/*`]).map((one) => ({
    ...one,
    Condition: { StringLike: { 'kms:ViaService': services } },
  }))
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
