// Whether an account that a snapshot is shared with can really restore it: the share alone does not open the key.

import { accessOf, accountOf } from './policy-reach.ts'
import type { RestoreKey } from './resource.ts'

/** `usable`: it can. `blocked`: the key stops it. `unknown`: what is needed to tell was not told. */
export type Restorable = { verdict: 'usable' | 'blocked' | 'unknown'; why: string }

/** The operations on a key without which nothing is restored: https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html */
const needed = 'kms:Decrypt'

/**
 * What a share with an account is worth. A snapshot without encryption needs no key; the keys of AWS can be shared with
 * nobody, since nobody edits their policy (Unverified: AWS says so of the policies, not of restoring).
 */
export function restorableBy(
  account: string,
  encrypted: boolean,
  key: RestoreKey,
  region: string,
): Restorable {
  if (!encrypted) return { verdict: 'usable', why: 'it is not encrypted' }
  if (key === null) return blocked('it lies under a key that AWS owns')
  if ('unread' in key) return unknown(key.unread)
  if (key.manager === 'AWS') return blocked('it lies under the key that AWS manages for Redshift')
  if (key.account === account) return { verdict: 'usable', why: 'its key belongs to that account' }
  if (key.state !== 'Enabled') return blocked(`its key is ${key.state}`)
  if (isGranted(account, key)) return { verdict: 'usable', why: 'a grant lets it use the key' }
  if ('unread' in key.policy) return unknown(key.policy.unread)
  const viaService = `redshift.${region}.amazonaws.com`
  const access = accessOf(key.policy.document, { account, action: needed, viaService })
  if (access === 'allowed') return { verdict: 'usable', why: 'the policy of its key lets it decrypt' }
  if (access === 'depends') {
    return { verdict: 'unknown', why: 'the policy of its key lets it decrypt under a condition' }
  }
  return 'unread' in key.grants
    ? unknown(key.grants.unread)
    : blocked('the policy of its key does not let it decrypt')
}

const blocked = (why: string): Restorable => ({ verdict: 'blocked', why })
const unknown = (action: string): Restorable => ({ verdict: 'unknown', why: `${action} did not answer` })

function isGranted(account: string, { grants }: Exclude<RestoreKey, null | { unread: string }>): boolean {
  if ('unread' in grants) return false
  return grants.list.some(
    ({ GranteePrincipal = '', Operations = [] }) =>
      accountOf(GranteePrincipal) === account && Operations.includes('Decrypt'),
  )
}

/** How a share with AWS Support is written: AuthorizeSnapshotAccess in the API reference. */
export const awsSupport = 'amazon-redshift-support'

/** What the shares with strangers are worth: the worst of them is the reason, and each is told. */
export function worthOf(strangers: readonly string[], encrypted: boolean, key: RestoreKey, region: string) {
  const shares = strangers.map((account) =>
    account === awsSupport
      ? { account, verdict: 'unknown' as const, why: 'what AWS Support may do with the key is its own' }
      : { account, ...restorableBy(account, encrypted, key, region) },
  )
  const verdicts = shares.flatMap(({ account, verdict }) => (account === awsSupport ? [] : verdict))
  const reason = verdicts.includes('usable')
    ? 'shared'
    : verdicts.includes('unknown')
      ? 'shared-key-unknown'
      : 'shared-key-blocks'
  const words = shares.map(({ account, verdict, why }) => `${account}, ${spoken[verdict]}: ${why}`).join('; ')
  return { reason, words }
}

const spoken = {
  usable: 'which can restore it',
  blocked: 'which cannot restore it',
  unknown: 'and it is not known whether that can restore it',
}
