// Gathers the drafts of practices into the steps of a plan: equal calls become one step, all wishes to restart a
// cluster become one restart at the end.

import { hashOf } from '#kit/hash.ts'
import { type Call, call, permissionsOf } from '#model/action.ts'
import { cliLine } from '#model/aws-cli.ts'
import { pendingAtReboot, readFact } from '#model/fact.ts'
import { type Finding, fingerprint } from '#model/finding.ts'
import type { Shard } from '#model/inventory.ts'
import type { Answers } from '#model/joined.ts'
import type { Assumption, LeftOut, Plan, Step, Undo } from '#model/plan.ts'
import type { ChangeDraft, Draft, RebootDraft } from '#model/practice.ts'
import { madeBy, referencesIn, replaced } from '#model/reference.ts'
import { isGap, type Resource, type ResourceType } from '#model/resource.ts'

/** One account and region of the inventory, ready to be looked things up in. */
export type Site = { shard: Shard; byArn: ReadonlyMap<string, Resource>; answers: Answers }

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

export class PlanBuilder {
  readonly #changes = new Map<string, Step>()
  readonly #reboots = new Map<string, RebootWish>()
  readonly #leftOut: LeftOut[] = []

  /** Takes in what a practice proposes for a finding. */
  add(finding: Finding, proposal: { drafts: Draft[] } | { why: string }, site: Site): void {
    if ('why' in proposal) {
      this.#leftOut.push({ practice: finding.practice, resource: finding.resource, why: proposal.why })
      return
    }
    let previous: Step | undefined
    const labels = new Map<string, string>()
    for (const draft of proposal.drafts) {
      if ('reboot' in draft) this.#wishReboot(draft, finding, site, previous)
      else previous = this.#addChange(draft, finding, site, previous, labels)
    }
  }

  #addChange(
    drafted: ChangeDraft,
    finding: Finding,
    site: Site,
    previous: Step | undefined,
    labels: Map<string, string>,
  ): Step {
    const { account } = finding
    const { region = finding.region, label, ...named } = drafted
    const key = hashOf([account, region, withSteps(named.call, labels)])
    const same = this.#changes.get(key)
    const id = same?.id ?? `s${this.#changes.size + 1}`
    // The undo of a draft may name what the draft itself makes.
    if (label !== undefined) labels.set(label, id)
    const draft = withSteps(named, labels)
    if (same) {
      // What another cluster sees of the same change, such as that it waits for a restart, is an effect as well.
      const seen = new Set(same.effects.map((effect) => hashOf(effect)))
      same.effects.push(...draft.effects.filter((effect) => !seen.has(hashOf(effect))))
      same.closes.push(fingerprint(finding))
      if (previous && !same.after.includes(previous.id)) same.after.push(previous.id)
      return same
    }
    const { notes = [], assumes = [], undo, ...rest } = draft
    const touched = new Set(draft.effects.map(({ resource }) => resource))
    const step: Step = {
      id,
      account,
      region,
      ...rest,
      notes,
      undo: { ...undo },
      cli: '',
      permissions: permissionsOf(draft.call),
      assumes: [...[...touched].flatMap((arn) => identityOf(site, arn)), ...assumes],
      after: [...new Set([...(previous ? [previous.id] : []), ...makersOf(draft.call)])],
      closes: [fingerprint(finding)],
    }
    this.#changes.set(key, step)
    return step
  }

  #wishReboot(draft: RebootDraft, finding: Finding, site: Site, previous: Step | undefined): void {
    const cluster = site.byArn.get(draft.reboot)
    if (cluster?.type !== 'redshift:cluster') throw new Error(`${draft.reboot} cannot be restarted`)
    const wish = this.#reboots.get(draft.reboot) ?? {
      cluster,
      brings: new Set<string>(),
      alsoPending: new Set<string>(),
      after: new Set<string>(),
      closes: new Set<string>(),
      assumes: identityOf(site, draft.reboot),
      undos: new Set<RebootDraft['undo']>(),
    }
    for (const name of draft.brings) wish.brings.add(name)
    for (const name of draft.alsoPending) wish.alsoPending.add(name)
    wish.undos.add(draft.undo)
    if (previous) wish.after.add(previous.id)
    wish.closes.add(fingerprint(finding))
    this.#reboots.set(draft.reboot, wish)
  }

  finish(): Pick<Plan, 'steps' | 'leftOut'> {
    const steps = [...this.#changes.values()]
    for (const wish of this.#reboots.values()) steps.push(rebootStep(`s${steps.length + 1}`, wish))
    const kept = referencesIn(steps)
    const written = steps.map((step) => ({
      ...step,
      cli: cliLine(
        step.call,
        step.region,
        kept.filter(({ step: maker }) => maker === step.id),
      ),
      undo: printed(step.undo, step.region),
    }))
    return { steps: written, leftOut: this.#leftOut }
  }
}

/** The steps that make what a call needs. */
const makersOf = (needing: Call) => referencesIn(needing).map(({ step }) => step)

/** A draft in which the labels of what earlier drafts make are the ids of their steps. Other text in braces stays. */
function withSteps<T>(draft: T, labels: ReadonlyMap<string, string>): T {
  return replaced(draft, ({ step: label, path }) => {
    const id = labels.get(label)
    return id === undefined ? undefined : madeBy(id, path)
  })
}

function printed(undo: Undo, region: string): Step['undo'] {
  if (!('call' in undo)) return undo
  return { ...undo, cli: cliLine(undo.call, region), permissions: permissionsOf(undo.call) }
}

/** The facts that make a resource the same one, and the same in what the fixes rely on. */
const identity: Partial<Record<ResourceType, readonly string[]>> = {
  'redshift:cluster': ['ClusterCreateTime'],
  'redshift-serverless:namespace': ['namespaceId'],
  'redshift-serverless:workgroup': ['workgroupId'],
  'redshift-serverless:snapshot': ['snapshotCreateTime'],
  'redshift:parameter-group': ['clusters'],
  'redshift:snapshot': ['SnapshotCreateTime', 'SnapshotRetentionStartTime'],
}

function identityOf({ byArn, answers }: Site, arn: string): Assumption[] {
  const resource = byArn.get(arn)
  if (!resource) return []
  return (identity[resource.type] ?? []).flatMap((fact) => {
    if (fact !== 'clusters') return { resource: arn, fact, value: readFact(resource, fact) }
    const clusters = answers(resource, fact)
    return isGap(clusters) ? [] : { resource: arn, fact, value: clusters.value as string[] }
  })
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
    cli: cliLine(restart, region),
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
    undo: rebootUndo({ call: restart, console }, undos, alsoApplies, region),
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
  region: string,
): Step['undo'] {
  const stays =
    alsoApplies.length > 0 ? `what others left pending stays applied: ${alsoApplies.join(', ')}` : ''
  if (undos.has('reboot')) {
    return printed({ ...again, impact: 'reboot', ...(stays ? { warning: stays } : {}) }, region)
  }
  const [undo] = [...undos].filter((candidate) => candidate !== 'reboot')
  return { none: [undo?.none, stays].filter(Boolean).join('; ') }
}
