// Reading one fact of a resource by its path, so that a plan can say "before" and "after" as data.
//
//   AutomatedSnapshotRetentionPeriod   a fact, by AWS's name
//   logging.LoggingEnabled             a member of an answer that was asked for
//   parameters.require_ssl             the value of a parameter of a cluster
//   parameterApplyStatus.require_ssl   how far a parameter of a cluster is applied
//   configParameters.require_ssl       the value of a parameter of a workgroup
//   exists, restoreAccounts, …         derived: the few below, where AWS promises no order or gives no one member

import { consumersOf } from './datashare.ts'
import { auditLogsOf, auditLogType, type Logging } from './logging.ts'
import { applyStatusOf } from './parameter.ts'
import type { Json } from './plain.ts'
import {
  type Answer,
  type BucketAnswers,
  type ClusterFacts,
  type Gap,
  isGap,
  type Resource,
  type ResourceType,
  type SnapshotFacts,
} from './resource.ts'
import { awsSupport } from './restorable.ts'
import { logExportsOf, parameterIn, portOf } from './serverless.ts'
import { publishedByCluster, publishedByNamespace } from './system-tables.ts'

/** A fact cannot be read because AWS did not give the answer it lies in. */
export class FactMissing extends Error {
  readonly gap: Gap | undefined

  constructor(message: string, gap?: Gap) {
    super(message)
    this.gap = gap
  }
}

const derived: Record<string, (resource: Resource) => Json> = {
  /** Names of the parameter groups a cluster is attached to, and how far each is applied. */
  parameterGroup: (resource) => groupsOf(resource).map((group) => group.ParameterGroupName ?? ''),
  parameterApplyStatus: (resource) => groupsOf(resource).map((group) => group.ParameterApplyStatus ?? ''),
  /** Everything that the next restart of a cluster brings in force. */
  pendingAtReboot: (resource) =>
    resource.type === 'redshift:cluster' ? pendingAtReboot(resource.facts) : [],
  /** Accounts that may restore a snapshot; AWS Support stands there by its alias. */
  restoreAccounts: (resource) =>
    resource.type === 'redshift:snapshot' ? restoreAccountsOf(resource.facts) : [],
  /** Whether Secrets Manager keeps the password of the administrator of a cluster. */
  masterPasswordManaged: (resource) =>
    resource.type === 'redshift:cluster' && resource.facts.MasterPasswordSecretArn !== undefined,
  /** Who may read a datashare. */
  consumers: (resource) => (resource.type === 'redshift:datashare' ? consumersOf(resource.facts) : []),
  /** Accounts that may restore a serverless snapshot to a namespace, and to a cluster. */
  serverlessRestoreAccounts: (resource) =>
    resource.type === 'redshift-serverless:snapshot'
      ? sortedOnce(resource.facts.accountsWithRestoreAccess)
      : [],
  provisionedRestoreAccounts: (resource) =>
    resource.type === 'redshift-serverless:snapshot'
      ? sortedOnce(resource.facts.accountsWithProvisionedRestoreAccess)
      : [],
  /** The port that a workgroup listens on. */
  port: (resource) =>
    resource.type === 'redshift-serverless:workgroup' ? (portOf(resource.facts) ?? null) : null,
  /** The audit logs that a namespace exports, in one order. */
  logExports: (resource) =>
    resource.type === 'redshift-serverless:namespace' ? logExportsOf(resource.facts) : [],
  /** The regions that a namespace is copied to, told by its copy configurations, which are made anew under other ids. */
  copyRegions: (resource) => {
    const copies = (resource.asked as Record<string, Answer<{ destinationRegion?: string }[]> | undefined>)
      .copyConfigurations
    if (!copies) throw new FactMissing('the copy configurations were not asked')
    return toldBy(copies)
      .map(({ destinationRegion }) => destinationRegion ?? '')
      .sort()
  },
  /** Whether Secrets Manager keeps the password of the administrator of a namespace. */
  adminPasswordManaged: (resource) =>
    resource.type === 'redshift-serverless:namespace' && resource.facts.adminPasswordSecretArn !== undefined,
  /** Where the audit log of a cluster goes and which logs, and which system tables are published besides. */
  auditLogType: (resource) => auditLogType(loggingOf(resource)) ?? null,
  logTypes: (resource) => auditLogsOf(loggingOf(resource)),
  publishedTables: (resource) =>
    resource.type === 'redshift-serverless:namespace'
      ? publishedByNamespace(resource.facts).tables
      : publishedByCluster(loggingOf(resource)).tables,
  /** What a bucket encrypts new objects with; the rest of its rules AWS may fill in. */
  bucketEncryption: (resource) => {
    const encryption = resource.type === 's3:bucket' ? resource.asked.encryption : undefined
    if (!encryption) throw new FactMissing('the encryption was not asked')
    return algorithmsOf(toldBy(encryption))
  },
}

/** The answers that tell whether a thing exists that others name, and that no list of its own has. */
const signsOfLife: Partial<Record<ResourceType, string>> = {
  's3:bucket': 'location',
  'kms:key': 'metadata',
  'iam:role': 'policies',
}

/** The answer that must be asked for, besides the facts, before a fact of a resource of a type can be read. */
export function needOf(path: string, type?: ResourceType): string {
  if (path === 'exists' && type) return signsOfLife[type] ?? path
  if (path === 'copyRegions') return 'copyConfigurations'
  if (path === 'bucketEncryption') return 'encryption'
  if (['auditLogType', 'logTypes', 'publishedTables'].includes(path)) return 'logging'
  return path.split('.')[0] ?? path
}

/**
 * The accounts that may restore a snapshot, each once and in one order. AWS Support stands there by its alias, which is
 * also what takes its right away (API, AuthorizeSnapshotAccess); every other account by its id, whatever it calls itself.
 */
export function restoreAccountsOf({ AccountsWithRestoreAccess }: SnapshotFacts): string[] {
  const names = (AccountsWithRestoreAccess ?? []).map(({ AccountAlias, AccountId }) =>
    AccountAlias === awsSupport ? awsSupport : AccountId || AccountAlias || 'unnamed',
  )
  return [...new Set(names)].sort()
}

function loggingOf(resource: Resource): Logging {
  const logging = resource.type === 'redshift:cluster' ? resource.asked.logging : undefined
  if (!logging) throw new FactMissing('the logging status was not asked')
  return toldBy(logging)
}

/** What the rules of a bucket encrypt new objects with. */
export function algorithmsOf(rules: BucketAnswers['encryption']): string[] {
  return sortedOnce(rules.flatMap(({ ApplyServerSideEncryptionByDefault: by }) => by?.SSEAlgorithm ?? []))
}

function sortedOnce(words: readonly string[] = []): string[] {
  return [...new Set(words)].sort()
}

/** The fact at a path; null where AWS says nothing. Throws FactMissing when the answer it lies in is a gap. */
export function readFact(resource: Resource | undefined, path: string): Json {
  if (path === 'exists') return isThere(resource)
  if (!resource) return null
  if (derived[path]) return derived[path](resource)
  const [head = '', ...rest] = path.split('.')
  if (head === 'configParameters' && resource.type === 'redshift-serverless:workgroup')
    return parameterIn(resource.facts, rest[0] ?? '') ?? null
  if (head === 'parameterApplyStatus' && resource.type === 'redshift:cluster')
    return applyStatusOf(resource.facts, rest[0] ?? '')
  const answer = (resource.asked as Record<string, Answer<unknown> | undefined>)[head]
  if (answer === undefined) return memberOf(resource.facts, [head, ...rest])
  const value = toldBy(answer)
  if (rest.length === 0) return value as Json
  return Array.isArray(value) ? parameterOf(value, rest[0] ?? '') : memberOf(value, rest)
}

/** False for a resource that nothing was found of, and for one that others name and AWS does not know. */
function isThere(resource: Resource | undefined): boolean {
  if (!resource) return false
  const sign = (resource.asked as Record<string, Answer<unknown> | undefined>)[
    signsOfLife[resource.type] ?? ''
  ]
  if (!sign) return true
  if (isGap(sign) && /^(NotFoundException|NoSuchEntity(Exception)?)$/.test(sign.code)) return false
  return toldBy(sign) !== null
}

function toldBy<T>(answer: Answer<T>): T {
  if (isGap(answer))
    throw new FactMissing(`${answer.source} answered ${answer.code}: ${answer.message}`, answer)
  return answer.value
}

function groupsOf(resource: Resource) {
  return resource.type === 'redshift:cluster' ? (resource.facts.ClusterParameterGroups ?? []) : []
}

/**
 * The name of each parameter, and `name=value` of each modification, that waits for a restart of the cluster. A new
 * maintenance track waits for the next maintenance window, which no restart stands in for (API, ModifyCluster).
 */
export function pendingAtReboot(facts: ClusterFacts): string[] {
  const parameters = (facts.ClusterParameterGroups ?? []).flatMap((group) =>
    (group.ClusterParameterStatusList ?? [])
      .filter((parameter) => parameter.ParameterApplyStatus === 'pending-reboot')
      .map((parameter) => parameter.ParameterName ?? ''),
  )
  const { MaintenanceTrackName: _, ...values } = facts.PendingModifiedValues ?? {}
  const modifications = Object.entries(values).map(([name, value]) =>
    name === 'MasterUserPassword' ? name : `${name}=${value}`,
  )
  return [...parameters, ...modifications].sort()
}

function parameterOf(parameters: { ParameterName?: string; ParameterValue?: string }[], name: string): Json {
  return parameters.find((parameter) => parameter.ParameterName === name)?.ParameterValue ?? null
}

function memberOf(value: unknown, path: string[]): Json {
  let at = value
  for (const name of path) at = (at as Record<string, unknown> | undefined)?.[name]
  return (at ?? null) as Json
}
