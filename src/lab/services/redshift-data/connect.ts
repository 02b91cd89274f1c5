// Which database a call means, who it is there, and what IAM asks before.

import { ValidationException$ } from '@aws-sdk/client-redshift-data'
import { arnIn, type Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Access } from '#lab/wire/operations.ts'
import { databaseOf } from '../redshift/logging/database.ts'
import type { Database } from '../redshift/logging/model.ts'
import { findSecret } from '../secretsmanager/secrets.ts'

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
export type Connection = { database: Database; cluster: string; dbUser: string }

/** The database that a call means. Unverified: the wordings, but for the endpoint's, which is often reported. */
export function connect(target: Target, context: Context): Connection {
  const { ClusterIdentifier, WorkgroupName, SecretArn, DbUser } = target
  const { region, now, principal } = context
  if (WorkgroupName !== undefined)
    throw invalid('The lab answers the Data API for clusters, not for workgroups.')
  if (ClusterIdentifier === undefined) throw invalid('Either ClusterIdentifier or WorkgroupName is required.')
  if (SecretArn !== undefined && DbUser !== undefined)
    throw invalid('Use either SecretArn or DbUser, not both.')
  if (!target.Database && SecretArn === undefined) throw invalid('Database is required.')
  const cluster = region.redshift.clusters.get(ClusterIdentifier.toLowerCase())
  if (!cluster) throw invalid("Redshift endpoint doesn't exist in this region.")
  if (cluster.facts.ClusterStatus !== 'available')
    throw invalid(`Redshift cluster ${cluster.id} is not available.`)
  const user = DbUser ?? (SecretArn === undefined ? iamUser(principal.arn) : userOfSecret(SecretArn, context))
  return { database: databaseOf(region, cluster, now), cluster: cluster.id, dbUser: user }
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

/**
 * What IAM checks: the operation on the cluster, and what it does there in the caller's name. Service Authorization
 * Reference, "Amazon Redshift Data API"; Management Guide, "Authorizing access to the Amazon Redshift Data API".
 */
export function accessTo(operation: string, input: Record<string, unknown>, context: Context): Access[] {
  const { region } = context
  const { ClusterIdentifier: id, DbUser, SecretArn, Database } = input as Target
  const resource = id === undefined ? '*' : arnIn(region, 'redshift', `cluster:${id}`)
  const own = { action: `redshift-data:${operation}`, resource }
  if (id === undefined || operation === 'ListStatements' || operation === 'ListSessions') return [own]
  if (SecretArn !== undefined) {
    const found = findSecret(SecretArn, context)
    return [own, { action: 'secretsmanager:GetSecretValue', resource: found?.secret.facts.ARN ?? SecretArn }]
  }
  const action =
    DbUser === undefined ? 'redshift:GetClusterCredentialsWithIAM' : 'redshift:GetClusterCredentials'
  const name = DbUser === undefined ? `dbname:${id}/${Database ?? ''}` : `dbuser:${id}/${DbUser}`
  return [own, { action, resource: arnIn(region, 'redshift', name) }]
}
