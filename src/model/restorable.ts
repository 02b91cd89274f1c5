// Whether an account that a snapshot is shared with can really restore it: the share alone does not open the key.

import { accessOf, accountOf, providersLetIn, refusalOf } from './policy-reach.ts'
import type { PolicyDocument, RestoreKey, SnapshotFacts } from './resource.ts'
import { everybody, spokenAccount } from './sharing-policy.ts'

/** `usable`: it can. `blocked`: the key stops it. `unknown`: what is needed to tell was not told. */
export type Restorable = { verdict: 'usable' | 'blocked' | 'unknown'; why: string }

/** The operations on a key without which nothing is restored: https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html */
const needed = 'kms:Decrypt'

/** Whether a key decrypts in a state: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export const decryptsWhile = (state: string) => ['Enabled', 'Updating'].includes(state)

/**
 * The services through which a snapshot of either kind is restored, to a cluster or to a namespace, as `kms:ViaService`
 * names them: https://docs.aws.amazon.com/lake-formation/latest/dg/redshift-ns-prereqs.html shows both.
 */
const services = ['redshift', 'redshift-serverless']

/** How a snapshot is encrypted: with a key of KMS, with one in a hardware security module, or not. */
export type Encryption = 'kms' | 'hsm' | 'none' | 'untold'

/** How a snapshot of a cluster is encrypted. */
export function encryptionOf({ Encrypted, EncryptedWithHSM }: SnapshotFacts): Encryption {
  if (EncryptedWithHSM) return 'hsm'
  if (Encrypted === undefined) return 'untold'
  return Encrypted ? 'kms' : 'none'
}

/**
 * What a share with an account is worth. A snapshot without encryption needs no key; the keys of AWS can be shared with
 * nobody, since nobody edits their policy (Unverified: AWS says so of the policies, not of restoring).
 */
export function restorableBy(
  account: string,
  encryption: Encryption,
  key: RestoreKey,
  region: string,
): Restorable {
  if (encryption === 'none') return { verdict: 'usable', why: 'it is not encrypted' }
  if (encryption === 'untold') return unknown('AWS does not tell whether it is encrypted')
  if (encryption === 'hsm') return unknown('its key lies in a hardware security module')
  if (key === null) return blocked('it lies under a key that AWS owns')
  if ('unread' in key) return unanswered(key.unread)
  if (key.manager === 'AWS') return blocked('it lies under the key that AWS manages for Redshift')
  if (account === everybody) return unknown('who of all may use its key cannot be told from here')
  if (key.account === account) return { verdict: 'usable', why: 'its key belongs to that account' }
  if (!key.state) return unknown('AWS does not tell the state of its key')
  if (!decryptsWhile(key.state)) return blocked(`its key is ${key.state}`)
  if ('unread' in key.policy) return unanswered(key.policy.unread)
  return byPolicyOrGrant(account, key.policy.document, key.grants, region)
}

/** A refusal in the policy is stronger than any grant, and a grant as good as what the policy allows. */
function byPolicyOrGrant(
  account: string,
  policy: PolicyDocument,
  grants: Grants,
  region: string,
): Restorable {
  const questions = services.map((service) => ({
    account,
    action: needed,
    viaService: `${service}.${region}.amazonaws.com`,
  }))
  const open = questions.filter((question) => refusalOf(policy, question) !== 'yes')
  if (open.length === 0) return blocked('the policy of its key refuses it')
  const access = open.map((question) => accessOf(policy, question))
  if (access.includes('allowed')) return { verdict: 'usable', why: 'the policy of its key lets it decrypt' }
  if (access.includes('depends')) return unknown('the policy of its key lets it decrypt under a condition')
  if ('unread' in grants) return unanswered(grants.unread)
  const granted = grants.list.filter(
    ({ GranteePrincipal = '', Operations = [] }) =>
      accountOf(GranteePrincipal) === account && Operations.includes('Decrypt'),
  )
  if (granted.length === 0) {
    const ofItsOwn = (provider: string) => [account, undefined].includes(accountOf(provider))
    return providersLetIn(policy, [needed]).some(ofItsOwn)
      ? unknown('the policy of its key names users of an identity provider')
      : blocked('the policy of its key does not let it decrypt')
  }
  if (open.every((question) => refusalOf(policy, question) === 'maybe'))
    return unknown('a grant lets it use the key, which the policy refuses under a condition')
  return granted.some(({ Constraints }) => Object.keys(Constraints ?? {}).length === 0)
    ? { verdict: 'usable', why: 'a grant lets it use the key' }
    : unknown('a grant lets it use the key under a constraint')
}

type Grants = Extract<RestoreKey, { arn: string }>['grants']

const blocked = (why: string): Restorable => ({ verdict: 'blocked', why })
const unknown = (why: string): Restorable => ({ verdict: 'unknown', why })
const unanswered = (action: string): Restorable => unknown(`${action} did not answer`)

/** How a share with AWS Support is written: AuthorizeSnapshotAccess in the API reference. */
export const awsSupport = 'amazon-redshift-support'

/** What the shares with strangers are worth: the worst of them is the reason, and each is told. */
export function worthOf(
  strangers: readonly string[],
  encryption: Encryption,
  key: RestoreKey,
  region: string,
) {
  if (strangers.every((account) => account === awsSupport))
    return { reason: 'shared-with-support', words: `AWS Support (${awsSupport})` }
  const shares = strangers.map((account) =>
    account === awsSupport
      ? { account, verdict: 'unknown' as const, why: 'what AWS Support may do with the key is its own' }
      : { account, ...restorableBy(account, encryption, key, region) },
  )
  const verdicts = shares.flatMap(({ account, verdict }) => (account === awsSupport ? [] : verdict))
  const reason = verdicts.includes('usable')
    ? 'shared'
    : verdicts.includes('unknown')
      ? 'shared-key-unknown'
      : 'shared-key-blocks'
  const words = shares.map(
    ({ account, verdict, why }) => `${spokenAccount(account)}, ${spoken[verdict]}: ${why}`,
  )
  return { reason, words: words.join('; ') }
}

const spoken = {
  usable: 'which can restore it',
  blocked: 'which cannot restore it',
  unknown: 'and it is not known whether that can restore it',
}
