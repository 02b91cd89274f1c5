// The resource policy of a namespace, of a cluster or serverless: whom it lets in, and writing it again without some.

import { call } from './action.ts'
import { type ChangeDraft, fail, manual, pass, said, unknown, type Verdict } from './practice.ts'
import type { PolicyDocument } from './resource.ts'
import { type Audience, audienceOf, spokenAccount, without, wordsOnProviders } from './sharing-policy.ts'

type Subject = { policy: PolicyDocument; account: string }

/** Judges whom a policy lets in besides the own account, and whose sources it takes data from. */
export function judgeAudience({ policy, account }: Subject, trusted: readonly string[]): Verdict<'policy'> {
  const { accounts, providers, sources, depends } = foreignIn(policy, account)
  const told = [...new Set([...accounts, ...sources])].sort()
  const states = { configured: said(told, 'policy'), inForce: said(told, 'policy') } as const
  const strangers = strangersIn({ policy, account }, trusted)
  if (strangers.accounts.length > 0 || strangers.sources.length > 0)
    return fail('foreign', wordsOf(strangers), states)
  if (providers.length > 0) return unknown('federated', wordsOnProviders(providers, 'Redshift'), states)
  if (depends) {
    const opening =
      'lets in by its resource policy anybody who meets a condition that cannot be judged from here'
    return manual('depends', opening, states)
  }
  return told.length === 0
    ? pass('none', 'lets in no other account by its resource policy', states)
    : pass('trusted-only', `lets in trusted accounts only: ${told.join(', ')}`, states)
}

type Foreign = Pick<Audience, 'accounts' | 'sources'>

function foreignIn(policy: PolicyDocument, account: string): Audience {
  const { accounts, sources, ...others } = audienceOf(policy)
  const isForeign = (one: string) => one !== account
  return { accounts: accounts.filter(isForeign), sources: sources.filter(isForeign), ...others }
}

function strangersIn({ policy, account }: Subject, trusted: readonly string[]): Foreign {
  const { accounts, sources } = foreignIn(policy, account)
  const isStranger = (one: string) => !trusted.includes(one)
  return { accounts: accounts.filter(isStranger), sources: sources.filter(isStranger) }
}

function wordsOf({ accounts, sources }: Foreign): string {
  const lets = accounts.length > 0 ? [`lets in by its resource policy ${spoken(accounts)}`] : []
  const takes =
    sources.length > 0 ? [`takes data from sources of ${spoken(sources)} by its resource policy`] : []
  return [...lets, ...takes].join(', and ')
}

/** Accounts as a person reads them. */
const spoken = (accounts: readonly string[]): string => accounts.map(spokenAccount).join(', ')

type Holder = Subject & {
  /** What has the policy among its answers, and the namespace that AWS keeps it for. */
  arn: string
  namespace: string
  /** `namespace planning`, and where its policy is edited in the console. */
  spokenName: string
  place: string
}

/** Takes strangers out of a policy. AWS replaces the whole document, so that it is read, changed and written. */
export function shutOut(holder: Holder, trusted: readonly string[]): ChangeDraft {
  const { arn, namespace, policy, spokenName, place } = holder
  const { accounts, sources } = strangersIn(holder, trusted)
  const strangers = [...new Set([...accounts, ...sources])].sort()
  const after = without(policy, (account) => strangers.includes(account))
  const put = (document: object) =>
    call('redshift:PutResourcePolicy', { ResourceArn: namespace, Policy: JSON.stringify(document) })
  const who = spoken(strangers)
  return {
    title: `Let ${who} in to ${spokenName} no more`,
    call: after ? put(after) : call('redshift:DeleteResourcePolicy', { ResourceArn: namespace }),
    effects: [{ resource: arn, fact: 'policy', before: policy as never, after: after as never }],
    console: `${place}, remove ${who}`,
    impact: 'none',
    notes: [
      // https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html
      sources.length > 0
        ? `AWS deactivates the integrations from sources of ${spoken(sources)}: their data stops flowing in`
        : 'integrations that exist go on until they are deleted',
    ],
    undo: { call: put(policy ?? {}), console: `${place}, add ${who}` },
  }
}
