// The resource policy of a serverless snapshot or workgroup, written again without some accounts.

import { call } from './action.ts'
import type { ChangeDraft } from './practice.ts'
import type { PolicyDocument } from './resource.ts'
import { spokenAccount, without } from './sharing-policy.ts'

type Holder = { arn: string; policy: PolicyDocument }
type Words = { title: (who: string) => string; place: string; remove: string; add: string; notes: string[] }

/** Takes strangers out. AWS replaces the whole document: the former one is what the undo writes. */
export function narrowedPolicy(
  { arn, policy }: Holder,
  strangers: readonly string[],
  { title, place, remove, add, notes }: Words,
): ChangeDraft {
  const after = without(policy, (account) => strangers.includes(account))
  const put = (document: object) =>
    call('redshift-serverless:PutResourcePolicy', { resourceArn: arn, policy: JSON.stringify(document) })
  const who = strangers.map(spokenAccount).join(', ')
  return {
    title: title(who),
    call: after ? put(after) : call('redshift-serverless:DeleteResourcePolicy', { resourceArn: arn }),
    effects: [{ resource: arn, fact: 'policy', before: policy as never, after: after as never }],
    console: `${place}: ${remove} ${who}`,
    impact: 'none',
    notes,
    undo: { call: put(policy ?? {}), console: `${place}: ${add} ${who}` },
  }
}
