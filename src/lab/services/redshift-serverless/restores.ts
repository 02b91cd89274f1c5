// Restoring a namespace from a snapshot or a recovery point, which replaces the data it has.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { parseArn } from '#kit/arn.ts'
import { schedule } from '#lab/agenda.ts'
import { snapshotVaultOf } from '#lab/services/redshift/keys/root.ts'
import { newVault, rekey, rootKey, type SnapshotVault } from '#lab/services/redshift/keys/vault.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { durations } from './durations.ts'
import { conflict, invalid, notFound } from './errors.ts'
import { demandIdle, getNamespace, getWorkgroup } from './find.ts'
import { demandServerlessKey, demandUsable, insufficient } from './keys.ts'
import type { NamespaceFacts, NamespaceRecord } from './model.ts'
import { adminSecret } from './namespace-input.ts'
import { viewNamespace } from './namespace-view.ts'
import { getRecoveryPoint, vaultOf } from './recovery.ts'
import { regionOfOwner } from './sharing.ts'
import { findSnapshot } from './snapshots.ts'

/** What data is restored from. An unencrypted cluster's snapshot has no vault. */
type Source = {
  name: string
  owner: string
  vault: SnapshotVault | undefined
  adminUsername: string | undefined
}

export const restoreOperations = {
  RestoreFromSnapshot(input, context) {
    const namespace = targetOf(input, context)
    const source = sourceOf(input, context)
    const user = source.adminUsername ?? namespace.facts.adminUsername
    restore(namespace, source, context, {
      adminUsername: user,
      ...adminSecret(context, namespace.name, user, input),
    })
    return {
      namespace: viewNamespace(namespace),
      ownerAccount: source.owner,
      snapshotName: source.name,
    }
  },

  RestoreFromRecoveryPoint(input, context) {
    const { state, region, now, account } = context
    const namespace = targetOf(input, context)
    const point = getRecoveryPoint(region, input.recoveryPointId, now)
    const { adminUsername } = point.namespace.facts
    const vault = vaultOf(state, region, point, now)
    const source = { name: point.id, owner: account.id, vault, adminUsername }
    restore(namespace, source, context, { adminUsername })
    return { namespace: viewNamespace(namespace), recoveryPointId: point.id }
  },
} satisfies Operations<typeof client>

// "You can only restore to namespaces whose statuses are Available" (serverless-snapshot-restore).
function targetOf(
  { namespaceName, workgroupName }: { namespaceName: string; workgroupName: string },
  { region }: Context,
): NamespaceRecord {
  const namespace = getNamespace(region, namespaceName)
  const workgroup = getWorkgroup(region, workgroupName)
  // Unverified: wording.
  if (workgroup.facts.namespaceName !== namespaceName)
    throw invalid(`The workgroup ${workgroupName} isn't associated with the namespace ${namespaceName}.`)
  demandIdle(region, namespace, 'namespace', 'restoring')
  return namespace
}

type RestoreInput = client.RestoreFromSnapshotCommandInput

function sourceOf(input: RestoreInput, context: Context): Source {
  if (parseArn(input.snapshotArn ?? '')?.service === 'redshift') return provisionedSource(input, context)
  const snapshot = findSnapshot(context, input)
  const { facts, vault, readyAt, name } = snapshot
  // Unverified: wording.
  if (readyAt > context.now) throw conflict(`The snapshot ${name} is still being created.`)
  return { name, owner: facts.ownerAccount, vault, adminUsername: facts.adminUsername }
}

// "Required if restoring from a provisioned cluster": arn:aws:redshift:<region>:<account>:snapshot:<cluster>/<snapshot>.
function provisionedSource({ snapshotArn = '' }: RestoreInput, context: Context): Source {
  const owner = parseArn(snapshotArn)?.account ?? ''
  const region = regionOfOwner(context, owner)
  const found = [...(region?.redshift.snapshots.values() ?? [])].find(
    ({ facts }) => facts.SnapshotArn === snapshotArn,
  )
  const isVisible =
    owner === context.account.id ||
    found?.facts.AccountsWithRestoreAccess?.some(({ AccountId }) => AccountId === context.account.id)
  if (!region || !found || !isVisible) throw notFound('snapshot', snapshotArn)
  const { id: name, facts, creating } = found
  // Unverified: wording.
  if (creating && creating.until > context.now) throw conflict(`The snapshot ${name} is still being created.`)
  const vault = facts.Encrypted ? snapshotVaultOf({ ...context, region }, found) : undefined
  return { name, owner, vault, adminUsername: facts.MasterUsername }
}

function restore(
  namespace: NamespaceRecord,
  source: Source,
  context: Context,
  change: Partial<NamespaceFacts>,
): void {
  const { state, region, now, account } = context
  const { encryptionContext } = namespace.vault
  // Unverified: that a namespace keeps its own key when data comes from under another.
  const target = rootKey(context, namespace.vault)
  demandServerlessKey(context, target, encryptionContext)
  if (source.vault) {
    const key = demandUsable(context, source.vault.keyArn)
    // Key policies of AWS's own keys let no other account in.
    if (key.manager === 'AWS_OWNED' && source.owner !== account.id) throw insufficient()
    demandServerlessKey(context, key, source.vault.encryptionContext)
  }
  const vault = source.vault
    ? rekey(context, source.vault, target, encryptionContext)
    : newVault(context, target, encryptionContext)
  namespace.work = { status: 'MODIFYING', until: now + durations.restore, change, vault }
  schedule(state, namespace.work.until, 'redshift-serverless:namespace', region, namespace.name)
}
