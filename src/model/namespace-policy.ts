// The resource policy of a namespace, of a cluster or serverless: whom it lets in, and writing it again without some.

import { call } from './action.ts'
import type { ChangeDraft } from './practice.ts'
import type { PolicyDocument } from './resource.ts'
import { everybody, sharedWith, without } from './sharing-policy.ts'

/** Whom a policy lets in besides the own account. */
export function foreignIn({ policy, account }: { policy: PolicyDocument; account: string }): string[] {
  return sharedWith(policy).filter((one) => one !== account)
}

/** An account as a person reads it. */
export const spokenAccount = (account: string): string => (account === everybody ? 'everybody' : account)

type Holder = {
  /** What has the policy among its answers, and the namespace that AWS keeps it for. */
  arn: string
  namespace: string
  policy: PolicyDocument
  /** `namespace planning`, and where its policy is edited in the console. */
  spoken: string
  place: string
}

/** Takes accounts out of a policy. AWS replaces the whole document, so that it is read, changed and written. */
export function shutOut(
  { arn, namespace, policy, spoken, place }: Holder,
  strangers: readonly string[],
): ChangeDraft {
  const after = without(policy, (account) => strangers.includes(account))
  const put = (document: object) =>
    call('redshift:PutResourcePolicy', { ResourceArn: namespace, Policy: JSON.stringify(document) })
  const who = strangers.map(spokenAccount).join(', ')
  return {
    title: `Let ${who} in to ${spoken} no more`,
    call: after ? put(after) : call('redshift:DeleteResourcePolicy', { ResourceArn: namespace }),
    effects: [{ resource: arn, fact: 'policy', before: policy as never, after: after as never }],
    console: `${place}, remove ${who}`,
    impact: 'none',
    notes: ['integrations that exist go on until they are deleted'],
    undo: { call: put(policy ?? {}), console: `${place}, add ${who}` },
  }
}
