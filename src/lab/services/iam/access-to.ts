// What IAM checks of a call to IAM itself.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html

import type { Context, Region } from '#lab/state.ts'
import type { Access } from '#lab/wire/operations.ts'
import type { Attachable } from './model.ts'
import { iamArn } from './names.ts'
import { findPolicy } from './policies-of.ts'

type Input = Record<string, unknown>

// Listings are about a path; that of ListPolicies is a phrase. As recorded in refusals.
const listings: Record<string, string> = { ListUsers: 'user/', ListGroups: 'group/', ListRoles: 'role/' }

/** The ARN of what the call is about. */
export function resourceOf(operation: string, input: Input, { account, principal }: Context): string {
  const { iam } = account
  const { GroupName, RoleName, UserName, PolicyArn, PolicySourceArn } = input
  if (listings[operation]) return iamArn(account, listings[operation], '', '')
  if (operation === 'ListPolicies') return 'policy path /'
  const path = typeof input.Path === 'string' ? input.Path : '/'
  if (typeof GroupName === 'string')
    return iam.groups.get(GroupName)?.arn ?? iamArn(account, 'group', path, GroupName)
  if (typeof RoleName === 'string')
    return iam.roles.get(RoleName)?.arn ?? iamArn(account, 'role', path, RoleName)
  if (typeof UserName === 'string')
    return iam.users.get(UserName)?.arn ?? iamArn(account, 'user', path, UserName)
  if (operation === 'CreatePolicy') return iamArn(account, 'policy', path, String(input.PolicyName))
  if (typeof PolicyArn === 'string') return PolicyArn
  if (typeof PolicySourceArn === 'string') return PolicySourceArn
  // What is left is about the caller, or about the account.
  const isOfCaller = /(AccessKeys?|GetUser)$/.test(operation)
  return isOfCaller && principal.identity?.kind === 'user' ? principal.identity.arn : '*'
}

/** The check of a call. */
export function accessTo(operation: string, input: Input, context: Context): Access[] {
  const resource = resourceOf(operation, input, context)
  return [{ action: `iam:${operation}`, resource, conditions: conditionsOf(input, resource, context) }]
}

function conditionsOf(input: Input, resource: string, { account: { iam }, region }: Context) {
  const { PolicyArn, PermissionsBoundary, Tags, TagKeys } = input
  const target = holderOf(input, iam)
  const boundary = typeof PermissionsBoundary === 'string' ? PermissionsBoundary : boundaryOf(target)
  const tags = target && 'tags' in target ? target.tags : findPolicy(iam, resource)?.tags
  const asked = (Array.isArray(Tags) ? Tags : []) as { Key: string; Value: string }[]
  const keys = [...asked.map(({ Key }) => Key), ...(Array.isArray(TagKeys) ? TagKeys.map(String) : [])]
  return {
    // IAM is one service for all regions, wherever it is called from.
    'aws:RequestedRegion': homeOf(region),
    ...(typeof PolicyArn === 'string' && { 'iam:PolicyARN': PolicyArn }),
    ...(boundary !== undefined && { 'iam:PermissionsBoundary': boundary }),
    ...Object.fromEntries([...(tags ?? [])].map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...Object.fromEntries(asked.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(keys.length > 0 && { 'aws:TagKeys': keys }),
  }
}

function holderOf(
  { UserName, RoleName, GroupName }: Input,
  iam: Context['account']['iam'],
): Attachable | undefined {
  if (typeof GroupName === 'string') return iam.groups.get(GroupName)
  if (typeof RoleName === 'string') return iam.roles.get(RoleName)
  return typeof UserName === 'string' ? iam.users.get(UserName) : undefined
}

function boundaryOf(target: Attachable | undefined): string | undefined {
  return target && 'boundary' in target ? target.boundary : undefined
}

// "AWS services endpoints": where the one IAM of a partition is.
function homeOf({ account: { partition } }: Region): string {
  return { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' }[partition]
}
