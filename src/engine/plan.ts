// Plan: from failing findings to ordered steps. A pure function of the inventory: nothing is asked.

import { hashOf } from '#kit/hash.ts'
import { call, permissionsOf } from '#model/action.ts'
import type { Assessment } from '#model/assessment.ts'
import { cliLine } from '#model/aws-cli.ts'
import { pendingAtReboot, readFact } from '#model/fact.ts'
import { type Finding, fingerprint } from '#model/finding.ts'
import type { Inventory, Shard } from '#model/inventory.ts'
import { type Answers, answersOf, indexCopies } from '#model/joined.ts'
import { type Assumption, type Impact, impacts, type LeftOut, type Plan, type Step } from '#model/plan.ts'
import type { AnyPractice, ChangeDraft, Context, Draft, RebootDraft } from '#model/practice.ts'
import type { ClusterFacts, Gap, Resource } from '#model/resource.ts'
import type { Settings } from '#model/settings.ts'
import { idFor } from '#store/documents.ts'
import { considered, contextFor, unknownFrom } from './judge.ts'

export type PlanOptions = {
  /** ARNs to plan for; only these, and also those that are held back unless named. */
  resources?: readonly string[] | undefined
  /** Leave out every fix that does worse than this. */
  maxImpact?: Impact | undefined
  /** When the plan is made; deletion dates count from it. */
  now: string
}

/** Makes the plan that closes the failing findings of an assessment, as far as calls can close them. */
export async function makePlan(
  assessment: Assessment,
  inventory: Inventory,
  practices: readonly AnyPractice[],
  settings: Settings,
  options: PlanOptions,
): Promise<Plan> {
  const building = new PlanBuilder()
  const failing = assessment.findings.filter(
    ({ status, practice, resource }) =>
      status === 'fail' &&
      practices.some(({ id }) => id === practice) &&
      (!options.resources || options.resources.includes(resource)),
  )
  const copies = await indexCopies(inventory)
  for await (const shard of inventory.shards()) {
    const answers = answersOf(shard, copies)
    for (const finding of failing.filter((f) => f.account === shard.account && f.region === shard.region)) {
      building.add(finding, proposeFor(finding, shard, answers, practices, settings, options), shard)
    }
  }
  const content = {
    madeAt: options.now,
    madeFrom: { id: assessment.id, hash: hashOf(assessment) },
    ...building.finish(),
    graceDays: settings.practices['manual-snapshot-retention']?.graceDays ?? defaultGraceDays(practices),
    policy: { trustedAccounts: settings.trustedAccounts, practices: settings.practices },
  }
  return sealed({ schema: 'redoubt.plan/1', id: idFor(options.now, hashOf(content)), ...content })
}

function defaultGraceDays(practices: readonly AnyPractice[]): number {
  return practices.find(({ id }) => id === 'manual-snapshot-retention')?.settings?.graceDays?.default ?? 30
}

/** A plan with its hash, over everything else that it says. */
export function sealed(plan: Omit<Plan, 'hash'>): Plan {
  return { ...plan, hash: hashOf(plan) }
}

/** True when the plan says what it said when it was made. */
export function isUntouched({ hash, ...rest }: Plan): boolean {
  return hashOf(rest) === hash
}

type Proposal = { drafts: Draft[] } | { why: string }

function proposeFor(
  finding: Finding,
  shard: Shard,
  answers: Answers,
  practices: readonly AnyPractice[],
  settings: Settings,
  { resources, maxImpact, now }: PlanOptions,
): Proposal {
  const practice = practices.find(({ id }) => id === finding.practice)
  const resource = shard.resources.find(({ arn }) => arn === finding.resource)
  if (!practice || !resource) return { why: 'it is not in the inventory any more' }
  const { remediation } = practice
  if (!remediation) return { why: `no call can do it: see "redoubt explain ${practice.id}"` }
  const busy = whyNotNow(resource)
  if (busy) return { why: busy }
  const subject = { practice, resource, place: shard, answers }
  const context = contextFor(practice, settings, now) as Context<never>
  const held = considered(subject, (known) => remediation.hold?.(known, context))
  if (isGapLike(held)) return { why: unknownFrom(held).message }
  if (held && !resources?.includes(resource.arn)) return { why: held }
  const drafts = considered(subject, (known) => remediation.steps(known, context, finding))
  if (isGapLike(drafts)) return { why: unknownFrom(drafts).message }
  if (drafts.length === 0) return { why: 'no call fits this situation' }
  const worst = drafts.map(impactOf).sort(byImpact).at(-1) ?? 'none'
  if (maxImpact && byImpact(worst, maxImpact) > 0) return { why: `its impact is "${worst}"` }
  return { drafts }
}

function isGapLike(value: unknown): value is Gap {
  return typeof value === 'object' && value !== null && 'gap' in value
}

const byImpact = (a: Impact, b: Impact) => impacts.indexOf(a) - impacts.indexOf(b)

const impactOf = (draft: Draft): Impact => ('reboot' in draft ? 'reboot' : draft.impact)

/** Redshift refuses changes to a cluster that is not available. */
function whyNotNow(resource: Resource): string | undefined {
  if (resource.type !== 'redshift:cluster') return undefined
  const status = resource.facts.ClusterStatus ?? 'unknown'
  return status.startsWith('available')
    ? undefined
    : `the cluster is ${status}: plan again when it is available`
}

/** Gathers steps: equal calls become one, restarts of a cluster become one at the end. */
class PlanBuilder {
  readonly #steps: Step[] = []
  readonly #reboots = new Map<
    string,
    { draft: RebootDraft; resource: Resource; after: Set<string>; closes: Set<string> }
  >()
  readonly #assumes = new Map<string, Assumption>()
  readonly #leftOut: LeftOut[] = []

  add(finding: Finding, proposal: Proposal, shard: Shard): void {
    if ('why' in proposal) {
      this.#leftOut.push({ practice: finding.practice, resource: finding.resource, why: proposal.why })
      return
    }
    let previous: Step | undefined
    for (const draft of proposal.drafts) {
      if ('reboot' in draft) this.#wishReboot(draft, finding, shard, previous)
      else previous = this.#addChange(draft, finding, shard, previous)
    }
  }

  #addChange(draft: ChangeDraft, finding: Finding, shard: Shard, previous: Step | undefined): Step {
    const { account, region } = finding
    const key = hashOf([account, region, draft.call])
    const same = this.#steps.find((step) => hashOf([step.account, step.region, step.call]) === key)
    if (same) {
      // What another cluster sees of the same change, such as that it waits for a restart, is an effect as well.
      const seen = new Set(same.effects.map((effect) => hashOf(effect)))
      same.effects.push(...draft.effects.filter((effect) => !seen.has(hashOf(effect))))
      same.closes.push(fingerprint(finding))
      return same
    }
    for (const { resource } of draft.effects) this.#assume(resource, shard)
    const { notes = [], undo, ...rest } = draft
    const step: Step = {
      id: `s${this.#steps.length + 1}`,
      account,
      region,
      ...rest,
      notes,
      undo:
        'call' in undo
          ? { ...undo, cli: cliLine(undo.call, region), permissions: permissionsOf(undo.call) }
          : undo,
      cli: cliLine(draft.call, region),
      permissions: permissionsOf(draft.call),
      after: previous ? [previous.id] : [],
      closes: [fingerprint(finding)],
    }
    this.#steps.push(step)
    return step
  }

  #wishReboot(draft: RebootDraft, finding: Finding, shard: Shard, previous: Step | undefined): void {
    const resource = shard.resources.find(({ arn }) => arn === draft.reboot)
    if (!resource) throw new Error(`${draft.reboot} is to be restarted but is not in the inventory`)
    this.#assume(draft.reboot, shard)
    const pending = pendingAtReboot(resource.facts as ClusterFacts)
    this.#assumes.set(`${draft.reboot} pendingAtReboot`, {
      resource: draft.reboot,
      fact: 'pendingAtReboot',
      value: pending,
    })
    const wish = this.#reboots.get(draft.reboot) ?? {
      draft: { reboot: draft.reboot, brings: [] },
      resource,
      after: new Set<string>(),
      closes: new Set<string>(),
    }
    wish.draft.brings = [...new Set([...wish.draft.brings, ...draft.brings])].sort()
    if (previous) wish.after.add(previous.id)
    wish.closes.add(fingerprint(finding))
    this.#reboots.set(draft.reboot, wish)
  }

  /** What stays as it is while the plan holds: the resource is still the one that was looked at. */
  #assume(arn: string, shard: Shard): void {
    const resource = shard.resources.find((candidate) => candidate.arn === arn)
    if (!resource) return
    for (const fact of identity[resource.type]) {
      const value =
        fact === 'clusters'
          ? (answersOf(shard)(resource, 'clusters') as { value: string[] }).value
          : readFact(resource, fact)
      this.#assumes.set(`${arn} ${fact}`, { resource: arn, fact, value })
    }
  }

  finish(): Pick<Plan, 'steps' | 'assumes' | 'leftOut'> {
    const steps = [...this.#steps]
    for (const wish of this.#reboots.values()) steps.push(rebootStep(`s${steps.length + 1}`, wish))
    return { steps, assumes: [...this.#assumes.values()], leftOut: this.#leftOut }
  }
}

/** The facts that make a resource the same one, and the same in what the fixes rely on. */
const identity = {
  'redshift:cluster': ['ClusterCreateTime'],
  'redshift:parameter-group': ['clusters'],
  'redshift:snapshot': ['SnapshotCreateTime', 'SnapshotRetentionStartTime'],
} as const

function rebootStep(
  id: string,
  {
    draft,
    resource,
    after,
    closes,
  }: { draft: RebootDraft; resource: Resource; after: Set<string>; closes: Set<string> },
): Step {
  if (resource.type !== 'redshift:cluster') throw new Error(`${resource.arn} cannot be restarted`)
  const { account, region, name, arn, facts } = resource
  const restart = call('redshift:RebootCluster', { ClusterIdentifier: name })
  const pending = pendingAtReboot(facts)
  const alsoApplies = pending.filter((item) => !draft.brings.includes(item))
  const consolePath = `Amazon Redshift › Clusters › ${name} › Actions › Reboot cluster`
  const groups = readFact(resource, 'parameterApplyStatus') as string[]
  const before = groups.map((status) => (draft.brings.length > 0 ? 'pending-reboot' : status))
  return {
    id,
    title: `Reboot cluster ${name}`,
    account,
    region,
    call: restart,
    cli: cliLine(restart, region),
    console: consolePath,
    permissions: permissionsOf(restart),
    impact: 'reboot',
    reboot: { brings: draft.brings, alsoApplies },
    effects: [
      { resource: arn, fact: 'parameterApplyStatus', before, after: groups.map(() => 'in-sync') },
      {
        resource: arn,
        fact: 'pendingAtReboot',
        before: [...new Set([...pending, ...draft.brings])].sort(),
        after: [],
      },
    ],
    notes: alsoApplies.length > 0 ? [`also applies what others left pending: ${alsoApplies.join(', ')}`] : [],
    undo:
      after.size > 0
        ? {
            call: restart,
            console: consolePath,
            cli: cliLine(restart, region),
            permissions: permissionsOf(restart),
          }
        : { none: 'what it applies was asked for before this plan' },
    after: [...after],
    closes: [...closes],
  }
}

/** The permissions that a call or its undo takes, for all steps of a plan. */
export function permissionsFor({ steps }: Plan): string[] {
  return [
    ...new Set(steps.flatMap(({ permissions, undo }) => [...permissions, ...(undo.permissions ?? [])])),
  ].sort()
}
