// Changing a namespace: one family of members a request.

import type { UpdateNamespaceRequest } from '@aws-sdk/client-redshift-serverless'
import { schedule } from '#lab/agenda.ts'
import { isOneKey } from '#lab/services/kms/use.ts'
import { rekey } from '#lab/services/redshift/keys/vault.ts'
import type { Context } from '#lab/state.ts'
import { durations } from './durations.ts'
import { invalid } from './errors.ts'
import { demandIdle } from './find.ts'
import { demandServerlessKey, grantKey, keyOf, shownKey } from './keys.ts'
import { awsOwned, type NamespaceFacts, type NamespaceRecord, type Work } from './model.ts'
import { adminSecret, checkAdmin, checkDefaultRole, checkRoles, readLogs } from './namespace-input.ts'
import { publishedAfter, tableMembers } from './system-tables.ts'

type Input = UpdateNamespaceRequest

// "you can update both adminUsername and adminUserPassword in a single request, but you can't update both adminUsername
// and logExports in a single request" (API, UpdateNamespace).
const families: Record<string, (keyof Input)[]> = {
  admin: ['adminUsername', 'adminUserPassword', 'manageAdminPassword', 'adminPasswordSecretKmsKeyId'],
  key: ['kmsKeyId'],
  roles: ['defaultIamRoleArn', 'iamRoles'],
  logs: ['logExports'],
  tables: [...tableMembers],
}

/** Begins a change of a namespace, or throws AWS's refusal. */
export function updateNamespace(namespace: NamespaceRecord, input: Input, context: Context): void {
  const { state, region } = context
  const family = familyOf(namespace.name, input)
  demandIdle(region, namespace, 'namespace', 'updating')
  const wanted = changeOf(family, namespace, input, context)
  namespace.work = { status: 'MODIFYING', ...wanted }
  schedule(state, wanted.until, 'redshift-serverless:namespace', region, namespace.name)
}

function familyOf(name: string, input: Input): string {
  const named = Object.keys(families).filter((family) =>
    families[family]?.some((member) => input[member] !== undefined),
  )
  // The first is recorded for workgroups (hashicorp/terraform-provider-aws#28108). Unverified: both, for namespaces.
  if (named.length > 1)
    throw invalid(`Can't update multiple configurations at the same time for namespace ${name}.`)
  if (named[0] === undefined) throw invalid(`There is nothing to update for namespace ${name}.`)
  return named[0]
}

type Wanted = Omit<Work<NamespaceFacts>, 'status'>

function changeOf(family: string, namespace: NamespaceRecord, input: Input, context: Context): Wanted {
  if (family === 'key') return keyChange(namespace, input, context)
  const until = context.now + durations.updateNamespace
  if (family === 'admin') return { until, change: adminChange(namespace, input, context) }
  // Unverified: that the list replaces the former one, rather than adding to it.
  if (family === 'logs') return { until, change: { logExports: readLogs(input.logExports ?? []) } }
  if (family === 'tables')
    return { until, change: { s3TablePublishStatus: publishedAfter(namespace.facts, input, context) } }
  // "This parameter must be updated together with" the other (API): the roles may stay as they are.
  const iamRoles = input.iamRoles ?? namespace.facts.iamRoles
  const added = iamRoles.filter((role) => !namespace.facts.iamRoles.includes(role))
  checkRoles(context, added)
  const { defaultIamRoleArn } = input
  checkDefaultRole(iamRoles, defaultIamRoleArn)
  return { until, change: { iamRoles, defaultIamRoleArn: defaultIamRoleArn || undefined } }
}

function adminChange({ name, facts }: NamespaceRecord, input: Input, context: Context) {
  checkAdmin(input)
  const { adminUsername, adminUserPassword, manageAdminPassword } = input
  // API, UpdateNamespace: name and password "must be updated together". Unverified: wording.
  const isHalf = (adminUsername === undefined) !== (adminUserPassword === undefined)
  if (manageAdminPassword === undefined && isHalf)
    throw invalid('adminUsername and adminUserPassword must be updated together.')
  const user = adminUsername ?? facts.adminUsername
  return { adminUsername: user, ...adminSecret(context, name, user, input) }
}

// "You can't change from a customer managed KMS Key to an AWS KMS key" and "can't perform other actions while the key is
// being changed" (serverless-workgroups-and-namespaces-rotate-kms-key). Unverified: the wordings.
function keyChange(namespace: NamespaceRecord, { kmsKeyId }: Input, context: Context): Wanted {
  const { facts, vault, name } = namespace
  const key = keyOf(context, kmsKeyId)
  if (isOneKey(key.arn, vault.keyArn))
    throw invalid(`The namespace ${name} is encrypted with this KMS key already.`)
  const isToAws = key.manager !== 'CUSTOMER'
  if (isToAws && facts.kmsKeyId !== awsOwned)
    throw invalid("You can't change from a customer managed KMS key to an AWS KMS key.")
  demandServerlessKey(context, key, vault.encryptionContext)
  return {
    until: context.now + durations.changeKey,
    change: { kmsKeyId: shownKey(key) },
    vault: rekey(context, vault, key),
    grant: grantKey(context, key, name, facts.namespaceArn),
  }
}
