// Which database a call means, who it is there, and what IAM asks before.

import { ValidationException$ } from '@aws-sdk/client-redshift-data'
import { arnIn, type Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Access } from '#lab/wire/operations.ts'
import { conditionAt, databaseOf } from '../redshift/logging/database.ts'
import type { Database } from '../redshift/logging/model.ts'
import { findSecret } from '../secretsmanager/secrets.ts'
import type { Place } from './model.ts'

/** What a call says of where it goes. */
export type Target = {
  ClusterIdentifier?: string | undefined
  WorkgroupName?: string | undefined
  Database?: string | undefined
  DbUser?: string | undefined
  SecretArn?: string | undefined
}

/** A refusal of the input. */
export function invalid(message: string) {
  return fault(ValidationException$, message, { Message: message })
}

/** A database as somebody is connected to it. */
export type Connection = { database: Database; place: Place; dbUser: string }

/** The database that a call means. Unverified: the wordings, but for the endpoint's, which is often reported. */
export function connect(target: Target, context: Context): Connection {
  const { ClusterIdentifier, WorkgroupName, SecretArn, DbUser } = target
  if ((ClusterIdentifier === undefined) === (WorkgroupName === undefined))
    throw invalid('Either ClusterIdentifier or WorkgroupName is required.')
  if (SecretArn !== undefined && DbUser !== undefined)
    throw invalid('Use either SecretArn or DbUser, not both.')
  if (!target.Database && SecretArn === undefined) throw invalid('Database is required.')
  // "DbUser: … when connecting to a cluster and authenticating using temporary credentials" (API, ExecuteStatement).
  if (WorkgroupName !== undefined && DbUser !== undefined)
    throw invalid('DbUser cannot be used with WorkgroupName.')
  const user =
    DbUser ?? (SecretArn === undefined ? iamUser(context.principal.arn) : userOfSecret(SecretArn, context))
  const place =
    WorkgroupName === undefined
      ? ofCluster(ClusterIdentifier ?? '', context)
      : ofWorkgroup(WorkgroupName, context)
  return { ...place, dbUser: user }
}

function ofCluster(name: string, { region, now }: Context): Omit<Connection, 'dbUser'> {
  const cluster = region.redshift.clusters.get(name.toLowerCase())
  if (!cluster) throw invalid("Redshift endpoint doesn't exist in this region.")
  if (cluster.facts.ClusterStatus !== 'available')
    throw invalid(`Redshift cluster ${cluster.id} is not available.`)
  return { database: databaseOf(region, cluster, now), place: { ClusterIdentifier: cluster.id } }
}

function ofWorkgroup(name: string, { region: { serverless }, now }: Context): Omit<Connection, 'dbUser'> {
  const workgroup = serverless.workgroups.get(name)
  if (!workgroup) throw invalid("Redshift endpoint doesn't exist in this region.")
  const database = serverless.namespaces.get(workgroup.facts.namespaceName)?.database
  if (!database || conditionAt(database, now)?.isUp !== true)
    throw invalid(`Redshift workgroup ${name} is not available.`)
  return { database, place: { WorkgroupName: name } }
}

// GetClusterCredentialsWithIAM: "IAM:" for users, "IAMR:" for roles (Redshift API; the second unverified).
function iamUser(arn: string): string {
  const [, kind, name] = /:(user|assumed-role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  return kind === 'assumed-role' ? `IAMR:${arn.split('/')[1] ?? name}` : `IAM:${name ?? 'root'}`
}

function userOfSecret(arn: string, context: Context): string {
  const found = findSecret(arn, context)
  if (!found) throw invalid('The secret was not found.')
  try {
    const { username } = JSON.parse(found.secret.value) as { username?: unknown }
    if (typeof username === 'string') return username
  } catch {
    // Falls through: a value that is no JSON has no user name.
  }
  throw invalid('The secret has no username.')
}

/** The ARN of the cluster or workgroup that a call names. */
export function resourceOf(input: Record<string, unknown>, { region }: Context): string {
  const { ClusterIdentifier: id, WorkgroupName: name } = input as Target
  if (id !== undefined) return arnIn(region, 'redshift', `cluster:${id}`)
  if (name === undefined) return '*'
  const arn = region.serverless.workgroups.get(name)?.facts.workgroupArn
  return arn ?? arnIn(region, 'redshift-serverless', 'workgroup/*')
}

/**
 * What IAM checks: the operation on the cluster, and what it does there in the caller's name. Service Authorization
 * Reference, "Amazon Redshift Data API"; Management Guide, "Authorizing access to the Amazon Redshift Data API".
 */
export function accessTo(operation: string, input: Record<string, unknown>, context: Context): Access[] {
  const { region } = context
  const { ClusterIdentifier: id, WorkgroupName: workgroup, DbUser, SecretArn, Database } = input as Target
  const resource = resourceOf(input, context)
  const own = { action: `redshift-data:${operation}`, resource }
  if ((id ?? workgroup) === undefined || operation === 'ListStatements' || operation === 'ListSessions')
    return [own]
  if (SecretArn !== undefined) {
    const found = findSecret(SecretArn, context)
    return [own, { action: 'secretsmanager:GetSecretValue', resource: found?.secret.facts.ARN ?? SecretArn }]
  }
  if (id === undefined) return [own, { action: 'redshift-serverless:GetCredentials', resource }]
  const action =
    DbUser === undefined ? 'redshift:GetClusterCredentialsWithIAM' : 'redshift:GetClusterCredentials'
  const name = DbUser === undefined ? `dbname:${id}/${Database ?? ''}` : `dbuser:${id}/${DbUser}`
  return [own, { action, resource: arnIn(region, 'redshift', name) }]
}
