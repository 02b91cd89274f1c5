// Whom a snapshot is shared with: what its resource policy says, and which of another account's snapshots may be seen.

import { parseArn } from '#kit/arn.ts'
import { evaluate } from '#lab/iam/evaluate.ts'
import type { Principals } from '#lab/iam/types.ts'
import { type Context, type Region, regionIn } from '#lab/state.ts'
import type { SnapshotRecord } from './model.ts'

/** The action that shares a snapshot: API, PutResourcePolicy. */
export const restoreAction = 'redshift-serverless:RestoreFromSnapshot'

// Unverified: that the list of accounts follows from the policy, which is the only way to share for namespaces.
/** The accounts that a snapshot's policy lets restore it to a namespace. */
export function sharedAccounts({ policy, facts }: SnapshotRecord): string[] {
  if (!policy) return []
  const named = policy.document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
    ({ Principal }) => accountsOf(Principal),
  )
  return [...new Set(named)].sort().filter((account) => mayRestore({ policy, facts }, account))
}

/** The accounts that principals belong to, however they are written. */
export function accountsOf(principals: Principals | undefined): string[] {
  return (principals?.AWS ?? []).map((who) => parseArn(who)?.account ?? who)
}

function mayRestore({ policy, facts }: Pick<SnapshotRecord, 'policy' | 'facts'>, account: string): boolean {
  if (!policy) return false
  const partition = parseArn(facts.snapshotArn)?.partition ?? 'aws'
  const named = policy.document.Statement.flatMap(({ Principal }) => Principal?.AWS ?? [])
  const callers = [
    `arn:${partition}:iam::${account}:root`,
    ...named.filter((who) => parseArn(who)?.account === account),
  ]
  return callers.some(
    (arn) =>
      evaluate(
        { identity: [], resource: { document: policy.document, kind: 'usual' } },
        {
          caller: { kind: 'root', account, arn },
          action: restoreAction,
          resource: facts.snapshotArn,
          resourceAccount: facts.ownerAccount,
          conditions: {},
        },
      ).allowed,
  )
}

/** The region of another account in which the caller calls. An account of another partition has none. */
export function regionOfOwner({ state, account, region }: Context, owner: string): Region | undefined {
  const found = state.accounts.get(owner)
  return found?.partition === account.partition ? regionIn(found, region.name) : undefined
}

/** The snapshots of an owner that the caller may see: its own, or those shared with it. */
export function visibleSnapshots(context: Context, owner: string): SnapshotRecord[] {
  const { account, region } = context
  if (owner === account.id) return [...region.serverless.snapshots.values()]
  const all = [...(regionOfOwner(context, owner)?.serverless.snapshots.values() ?? [])]
  return all.filter((snapshot) => sharedAccounts(snapshot).includes(account.id))
}
