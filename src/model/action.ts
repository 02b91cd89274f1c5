// The AWS operations that Redoubt uses, and a call of one as data. An action's name is at once the dispatch key,
// the IAM permission and, without its service, the CloudTrail event name.

import type * as ec2 from '@aws-sdk/client-ec2'
import type * as redshift from '@aws-sdk/client-redshift'
import type * as sts from '@aws-sdk/client-sts'
import type { Plain } from './plain.ts'

/** Operations that only read. */
export const readActions = [
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'ec2:DescribeRegions',
  'redshift:DescribeClusters',
  'redshift:DescribeClusterParameterGroups',
  'redshift:DescribeClusterParameters',
  'redshift:DescribeClusterSnapshots',
  'redshift:DescribeLoggingStatus',
] as const

/** Operations that change something; only `apply` and `undo` call them. */
export const writeActions = [
  'redshift:CreateClusterParameterGroup',
  'redshift:ModifyClusterParameterGroup',
  'redshift:DeleteClusterParameterGroup',
  'redshift:ModifyCluster',
  'redshift:RebootCluster',
  'redshift:ModifyClusterSnapshot',
  'redshift:AuthorizeSnapshotAccess',
  'redshift:RevokeSnapshotAccess',
  'redshift:EnableLogging',
  'redshift:DisableLogging',
] as const

export type ReadAction = (typeof readActions)[number]
export type WriteAction = (typeof writeActions)[number]
export type Action = ReadAction | WriteAction

type Clients = { ec2: typeof ec2; redshift: typeof redshift; sts: typeof sts }
type CommandOf<A extends Action> = A extends `${infer S extends keyof Clients & string}:${infer Operation}`
  ? `${Operation}Command` extends keyof Clients[S]
    ? Clients[S][`${Operation}Command`]
    : never
  : never

// biome-ignore lint/suspicious/noExplicitAny: only the instance matters here, whatever makes it
type Made<C> = C extends abstract new (...input: any[]) => infer I ? I : never

/** The SDK's own input type of an action. */
export type Input<A extends Action> = Made<CommandOf<A>> extends { readonly input: infer I } ? I : never

/** What the SDK answers to an action, as plain JSON. */
export type Output<A extends Action> =
  Made<CommandOf<A>> extends {
    resolveMiddleware(...rest: never[]): (input: never) => Promise<{ output: infer O }>
  }
    ? Plain<Omit<O, '$metadata'>>
    : never

/** One AWS call as data: it prints, saves and hashes as it is. */
export type Call = { [A in WriteAction]: { action: A; input: Plain<Input<A>> } }[WriteAction]

/** Writes a call down. A misspelt member of the input does not compile. */
export function call<A extends WriteAction>(action: A, input: Plain<Input<A>>): Call {
  return { action, input } as Call
}

/**
 * Why a call must never be made, whoever asks for it, or undefined. `Force` deletes a snapshot that is older than the
 * retention it is given: https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyClusterSnapshot.html
 */
export function whyNever({ action, input }: Call): string | undefined {
  return action === 'redshift:ModifyClusterSnapshot' && input.Force !== undefined
    ? 'Force deletes a snapshot at once'
    : undefined
}

/** `redshift` of `redshift:DescribeClusters`. */
export function serviceOf(action: Action): string {
  return action.slice(0, action.indexOf(':'))
}

/** `DescribeClusters` of `redshift:DescribeClusters`. */
export function operationOf(action: Action): string {
  return action.slice(action.indexOf(':') + 1)
}

/**
 * The IAM permissions a call takes besides the one that carries its own name. EnableLogging to S3 checks the bucket with
 * the caller's rights: https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
 */
export function permissionsOf({ action, input }: Call): string[] {
  if (action === 'redshift:EnableLogging' && input.BucketName !== undefined) return [action, 's3:PutObject']
  return [action]
}
