// What CreateNamespace and UpdateNamespace may say of admin, roles and logs.

import type { LogExport } from '@aws-sdk/client-redshift-serverless'
import { parseArn } from '#kit/arn.ts'
import { demandPassRole } from '#lab/access.ts'
import { hexOf } from '#lab/ids.ts'
import { demandSecretMaking } from '#lab/services/secretsmanager/making.ts'
import type { Context } from '#lab/state.ts'
import { checkOneOf } from './checks.ts'
import { invalid } from './errors.ts'
import { secretArn } from './keys.ts'
import type { NamespaceFacts } from './model.ts'

/** The members about the admin's password. */
export type AdminWish = {
  adminUsername?: string | undefined
  adminUserPassword?: string | undefined
  manageAdminPassword?: boolean | undefined
  adminPasswordSecretKmsKeyId?: string | undefined
}

/** Throws unless the members fit together: API, CreateNamespace. Unverified: the wordings. */
export function checkAdmin(wish: AdminWish): void {
  const { adminUserPassword: password, manageAdminPassword: isManaged } = wish
  if (isManaged && password !== undefined)
    throw invalid("You can't use adminUserPassword if manageAdminPassword is true.")
  if (!isManaged && wish.adminPasswordSecretKmsKeyId !== undefined)
    throw invalid('You can only use adminPasswordSecretKmsKeyId if manageAdminPassword is true.')
  // The rules of a cluster's MasterUserPassword (Redshift API, CreateCluster).
  const isGood =
    password === undefined ||
    (/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[!-~]{8,64}$/.test(password) && !/['"\\/@]/.test(password))
  if (!isGood)
    throw invalid(
      'The admin password must have 8 to 64 characters, with an uppercase letter, a lowercase letter and a number.',
    )
  if (wish.adminUsername !== undefined && !/^[a-z_][a-z0-9_$+.@-]{0,127}$/i.test(wish.adminUsername))
    throw invalid(`The admin user name ${wish.adminUsername} isn't valid.`)
}

/** What a namespace says of its admin's secret. */
export function adminSecret(
  context: Context,
  name: string,
  user: string,
  wish: AdminWish,
): Pick<NamespaceFacts, 'adminPasswordSecretArn' | 'adminPasswordSecretKmsKeyId'> {
  if (!wish.manageAdminPassword)
    return { adminPasswordSecretArn: undefined, adminPasswordSecretKmsKeyId: undefined }
  const arn = secretArn(context.region, name, user, hexOf(`secret ${name} ${user}`, 6))
  demandSecretMaking(context, arn)
  return {
    adminPasswordSecretArn: arn,
    adminPasswordSecretKmsKeyId: wish.adminPasswordSecretKmsKeyId,
  }
}

/** Throws unless the roles are roles and the caller may pass them. */
export function checkRoles(context: Context, roles: string[]): void {
  for (const role of roles) {
    const parts = parseArn(role)
    // Unverified: wording.
    if (parts?.service !== 'iam' || !parts.resource.startsWith('role/'))
      throw invalid(`The IAM role ${role} isn't valid.`)
    demandPassRole(context, role, 'redshift-serverless.amazonaws.com')
  }
}

/** Throws unless the default role is one of the roles; an empty one takes the default away. Unverified: wording. */
export function checkDefaultRole(roles: string[], defaultRole: string | undefined): void {
  if (defaultRole && !roles.includes(defaultRole))
    throw invalid('The default IAM role must be one of the IAM roles of the namespace.')
}

const logs = ['useractivitylog', 'userlog', 'connectionlog']

/** The log types of a request, each once. */
export function readLogs(given: LogExport[]): LogExport[] {
  for (const log of given) checkOneOf(log, 'logExports', logs)
  return [...new Set(given)]
}
