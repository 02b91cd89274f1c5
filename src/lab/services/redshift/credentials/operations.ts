// Temporary credentials of a cluster's database. The passwords open nothing.

import type * as client from '@aws-sdk/client-redshift'
import { ClusterNotFoundFault$ } from '@aws-sdk/client-redshift'
import { second } from '#kit/time.ts'
import { newHex } from '#lab/ids.ts'
import type { Context, State } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import { isReserved } from '../reserved-words.ts'
import { databaseUser } from './user.ts'

type Wish = {
  ClusterIdentifier?: string | undefined
  CustomDomainName?: string | undefined
  DbName?: string | undefined
  DurationSeconds?: number | undefined
}

export const credentialOperations = {
  GetClusterCredentials(input, context) {
    const { DbUser: user, DbGroups: groups = [], AutoCreate } = input
    const expiration = checkedExpiration(input, context)
    // "The user name can't be PUBLIC" (API).
    if (!isName(user) || user.toLowerCase() === 'public') throw invalid('DbUser', user)
    const wrong = groups.find((group) => !isName(group) || group !== group.toLowerCase())
    if (wrong !== undefined) throw invalid('DbGroups', wrong)
    return {
      // "The username is prefixed with IAM: … if AutoCreate is False or IAMA: if AutoCreate is True" (API).
      DbUser: `${AutoCreate ? 'IAMA' : 'IAM'}:${user}`,
      DbPassword: password(context.state),
      Expiration: expiration,
    }
  },

  GetClusterCredentialsWithIAM(input, context) {
    const expiration = checkedExpiration(input, context)
    return {
      DbUser: databaseUser(context.principal.arn),
      DbPassword: password(context.state),
      Expiration: expiration,
      // Unverified: that it is refreshed no sooner.
      NextRefreshTime: expiration,
    }
  },
} satisfies Operations<typeof client>

// Unverified: codes and wordings of all refusals here, and that a paused cluster still gives credentials.
function checkedExpiration(wish: Wish, { region, now }: Context): Date {
  const {
    ClusterIdentifier: id,
    CustomDomainName: domain,
    DbName: name,
    DurationSeconds: seconds = 900,
  } = wish
  // The lab has no custom domains: none of them leads to a cluster.
  if (domain !== undefined) throw fault(ClusterNotFoundFault$, `Cluster ${domain} not found.`)
  if (id === undefined) throw common('MissingParameter', 'The parameter ClusterIdentifier is missing.')
  getCluster(region, id)
  if (name !== undefined && !isName(name)) throw invalid('DbName', name)
  // "Constraint: minimum 900, maximum 3600" (API).
  if (seconds < 900 || seconds > 3_600)
    throw common(
      'InvalidParameterValue',
      `Invalid value ${seconds} for DurationSeconds. Must be between 900 and 3600`,
    )
  return new Date(now + seconds * second)
}

// API, GetClusterCredentials: the constraints of DbUser, DbName and DbGroups.
function isName(name: string): boolean {
  return /^[A-Za-z][\w+.@-]{0,63}$/.test(name) && !isReserved(name)
}

function invalid(member: string, value: string) {
  return common('InvalidParameterValue', `The parameter ${member} is not a valid name: ${value}`)
}

// Unverified: what a password looks like.
function password(state: State): string {
  return Buffer.from(newHex(state, 64), 'hex').toString('base64')
}
