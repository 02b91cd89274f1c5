// Namespaces: creating, showing, changing and deleting them.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { schedule } from '#lab/agenda.ts'
import { newUuid } from '#lab/ids.ts'
import { newVault } from '#lab/services/redshift/keys/vault.ts'
import { isReserved } from '#lab/services/redshift/reserved-words.ts'
import { arnIn, type Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkName, checkRetention, checkTags } from './checks.ts'
import { durations } from './durations.ts'
import { conflict, invalid } from './errors.ts'
import { demandIdle, getNamespace, workgroupOf } from './find.ts'
import { demandServerlessKey, encryptionContext, grantKey, keyOf, shownKey } from './keys.ts'
import type { NamespaceRecord } from './model.ts'
import { adminSecret, checkAdmin, checkDefaultRole, checkRoles, readLogs } from './namespace-input.ts'
import { updateNamespace } from './namespace-update.ts'
import { viewNamespace } from './namespace-view.ts'
import { pageOf } from './page.ts'
import { demandFreeName, makeSnapshot } from './snapshot-store.ts'
import { putTags } from './tags.ts'

type CreateInput = client.CreateNamespaceCommandInput & { namespaceName: string }

// "Quotas for Amazon Redshift Serverless objects" (amazon-redshift-limits).
const mostNamespaces = 25

export const namespaceOperations = {
  CreateNamespace(input, context) {
    const { region } = context
    checkName(input.namespaceName, 'namespaceName')
    // "it cannot be a reserved word" (API, CreateNamespace). Unverified: wording.
    if (isReserved(input.namespaceName)) throw invalid(`${input.namespaceName} is a reserved word.`)
    checkAdmin(input)
    checkTags(input.tags ?? [])
    // Unverified: the wording of this and the next.
    if (region.serverless.namespaces.has(input.namespaceName))
      throw conflict(`The namespace ${input.namespaceName} already exists.`)
    if (region.serverless.namespaces.size >= mostNamespaces)
      throw invalid(`You have reached the limit of ${mostNamespaces} namespaces.`)
    const namespace = makeNamespace(input, context)
    region.serverless.namespaces.set(namespace.name, namespace)
    putTags(region, namespace.facts.namespaceArn, input.tags)
    return { namespace: viewNamespace(namespace) }
  },

  GetNamespace({ namespaceName }, { region }) {
    return { namespace: viewNamespace(getNamespace(region, namespaceName)) }
  },

  ListNamespaces(input, { region }) {
    const { items, ...next } = pageOf(region.serverless.namespaces.values(), ({ name }) => name, input)
    return { namespaces: items.map(viewNamespace), ...next }
  },

  UpdateNamespace(input, context) {
    const namespace = getNamespace(context.region, input.namespaceName)
    updateNamespace(namespace, input, context)
    return { namespace: viewNamespace(namespace) }
  },

  DeleteNamespace(input, context) {
    const { state, region, now } = context
    const namespace = getNamespace(region, input.namespaceName)
    demandIdle(region, namespace, 'namespace', 'deleting')
    // Unverified: wording.
    if (workgroupOf(region, namespace.name))
      throw conflict(`The namespace ${namespace.name} has a workgroup. Delete the workgroup first.`)
    takeFinalSnapshot(namespace, input, context)
    namespace.work = { status: 'DELETING', until: now + durations.deleteNamespace, change: {} }
    schedule(state, namespace.work.until, 'redshift-serverless:namespace', region, namespace.name)
    return { namespace: viewNamespace(namespace) }
  },
} satisfies Operations<typeof client>

function makeNamespace(input: CreateInput, context: Context): NamespaceRecord {
  const { state, region, now } = context
  const key = keyOf(context, input.kmsKeyId)
  const namespaceId = newUuid(state)
  const namespaceArn = arnIn(region, 'redshift-serverless', `namespace/${namespaceId}`)
  // Unverified: which operations on the key are asked of the caller before there is a workgroup.
  demandServerlessKey(context, key, encryptionContext(namespaceArn), ['DescribeKey', 'CreateGrant'])
  const iamRoles = input.iamRoles ?? []
  checkRoles(context, iamRoles)
  checkDefaultRole(iamRoles, input.defaultIamRoleArn)
  const grant = grantKey(context, key, input.namespaceName, namespaceArn)
  // "admin" and "dev" are what a namespace gets that says nothing (Security Hub RedshiftServerless.5; the console).
  const adminUsername = input.adminUsername ?? 'admin'
  return {
    name: input.namespaceName,
    facts: {
      namespaceArn,
      namespaceId,
      namespaceName: input.namespaceName,
      adminUsername,
      dbName: input.dbName ?? 'dev',
      kmsKeyId: shownKey(key),
      defaultIamRoleArn: input.defaultIamRoleArn,
      iamRoles,
      logExports: readLogs(input.logExports ?? []),
      creationDate: new Date(now),
      ...adminSecret(context, input.namespaceName, adminUsername, input),
    },
    work: undefined,
    vault: newVault(context, key, encryptionContext(namespaceArn)),
    grant,
    lockedSince: undefined,
    spans: [],
    copying: [],
    database: undefined,
    stretch: undefined,
  }
}

// "The name of the snapshot to be created before the namespace is deleted" (API, DeleteNamespace).
function takeFinalSnapshot(
  namespace: NamespaceRecord,
  input: client.DeleteNamespaceCommandInput,
  context: Context,
): void {
  const { finalSnapshotName: name, finalSnapshotRetentionPeriod: days } = input
  if (name === undefined) {
    // Unverified: wording.
    if (days !== undefined) throw invalid('A retention period needs a final snapshot.')
    return
  }
  checkRetention(days ?? -1)
  demandFreeName(context.region, name)
  makeSnapshot(context, namespace, { name, days: days ?? -1, tags: [], vault: namespace.vault })
}
