// All wishes to restart a cluster as one restart of it.

import { madeOnce } from '#kit/made-once.ts'
import { type Call, call, permissionsOf } from '#model/action.ts'
import { pendingAtReboot } from '#model/fact.ts'
import type { Assumption, Step, Undo } from '#model/plan.ts'
import type { RebootDraft } from '#model/practice.ts'
import type { Resource } from '#model/resource.ts'
import { identityOf, type Site } from './site.ts'

/** Everything that wants one cluster restarted. */
type RebootWish = {
  cluster: Resource<'redshift:cluster'>
  brings: Set<string>
  alsoPending: Set<string>
  after: Set<string>
  closes: Set<string>
  assumes: Assumption[]
  undos: Set<RebootDraft['undo']>
}

export class Restarts {
  readonly #wishes = new Map<string, RebootWish>()

  /** Takes in that a proposal wants a cluster restarted, after the step before it. */
  add(draft: RebootDraft, closes: readonly string[], site: Site, previous: Step | undefined): void {
    const cluster = site.byArn.get(draft.reboot)
    if (cluster?.type !== 'redshift:cluster') throw new Error(`${draft.reboot} cannot be restarted`)
    const wish = madeOnce(
      this.#wishes,
      draft.reboot,
      (): RebootWish => ({
        cluster,
        brings: new Set<string>(),
        alsoPending: new Set<string>(),
        after: new Set<string>(),
        closes: new Set<string>(),
        assumes: identityOf(site, draft.reboot),
        undos: new Set<RebootDraft['undo']>(),
      }),
    )
    for (const name of draft.brings) wish.brings.add(name)
    for (const name of draft.alsoPending) wish.alsoPending.add(name)
    wish.undos.add(draft.undo)
    if (previous) wish.after.add(previous.id)
    for (const print of closes) wish.closes.add(print)
  }

  /** The restarts, named on from the last step of the plan. */
  steps(last: number): Step[] {
    return [...this.#wishes.values()].map((wish, index) => rebootStep(`s${last + index + 1}`, wish))
  }
}

function rebootStep(id: string, wish: RebootWish): Step {
  const { cluster, brings, alsoPending, after, closes, assumes, undos } = wish
  const { account, region, name, arn, facts } = cluster
  const restart = call('redshift:RebootCluster', { ClusterIdentifier: name })
  const console = `Amazon Redshift › Clusters › ${name} › Actions › Reboot cluster`
  const pending = pendingAtReboot(facts)
  const alsoApplies = pending.filter((item) => !brings.has(item))
  const groups = facts.ClusterParameterGroups ?? []
  return {
    id,
    title: `Reboot cluster ${name}`,
    account,
    region,
    call: restart,
    cli: '',
    console,
    permissions: permissionsOf(restart),
    impact: 'reboot',
    reboot: { brings: [...brings].sort(), alsoPending: [...alsoPending].sort(), alsoApplies },
    effects: [
      {
        resource: arn,
        fact: 'parameterApplyStatus',
        before: groups.map(() => 'pending-reboot'),
        after: groups.map(() => 'in-sync'),
      },
      {
        resource: arn,
        fact: 'pendingAtReboot',
        before: [...new Set([...pending, ...brings, ...alsoPending])].sort(),
        after: [],
      },
    ],
    notes: [],
    undo: rebootUndo({ call: restart, console }, undos, alsoApplies),
    assumes: [...assumes, { resource: arn, fact: 'pendingAtReboot', value: pending }],
    after: [...after],
    closes: [...closes],
  }
}

/** A restart again, when something in it is only taken back by one; what others left pending stays applied. */
function rebootUndo(
  again: { call: Call; console: string },
  undos: ReadonlySet<RebootDraft['undo']>,
  alsoApplies: readonly string[],
): Undo {
  const stays =
    alsoApplies.length > 0 ? `what others left pending stays applied: ${alsoApplies.join(', ')}` : ''
  if (undos.has('reboot')) {
    return { ...again, impact: 'reboot', ...(stays ? { warning: stays } : {}) }
  }
  const [undo] = [...undos].filter((candidate) => candidate !== 'reboot')
  return { none: [undo?.none, stays].filter(Boolean).join('; ') }
}
