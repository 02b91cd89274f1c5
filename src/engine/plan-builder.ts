// Gathers the drafts of practices into the steps of a plan: equal calls become one step, what several change of one
// document is written once, drafts that contradict earlier ones are left out, all wishes to restart a cluster become one
// restart at the end.

import { hashOf } from '#kit/hash.ts'
import { type Call, permissionsOf, serviceOf } from '#model/action.ts'
import { cliLine } from '#model/aws-cli.ts'
import { type Finding, fingerprint } from '#model/finding.ts'
import type { Json } from '#model/plain.ts'
import type { Effect, LeftOut, Plan, Step, Undo } from '#model/plan.ts'
import type { ChangeDraft, Draft } from '#model/practice.ts'
import { madeBy, referencesIn, replaced } from '#model/reference.ts'
import type { PolicyDocument } from '#model/resource.ts'
import type { Policy } from '#model/settings.ts'
import { batched } from './batches.ts'
import { Claims, claimsOf } from './claims.ts'
import { withoutEndedCopying } from './ended-copying.ts'
import { keyOf } from './expect.ts'
import { withoutNeedlessRotations } from './needless-rotations.ts'
import { withOneRestart } from './one-restart.ts'
import { needs, ordered } from './order.ts'
import { Restarts } from './restarts.ts'
import { identityOf, type Site } from './site.ts'
import { same } from './world.ts'

/** What drafts are proposed for: a finding to close, or a wish, which closes none. */
export type Cause = Pick<Finding, 'practice' | 'resource' | 'account' | 'region'> & { isWish?: boolean }

const closedBy = (cause: Cause): string[] => (cause.isWish ? [] : [fingerprint(cause)])

export class PlanBuilder {
  readonly #changes = new Map<string, Step>()
  readonly #restarts = new Restarts()
  readonly #leftOut: LeftOut[] = []
  readonly #claims = new Claims()
  /** The steps that write whole documents, by resource and fact. */
  readonly #rewriting = new Map<string, Step>()
  readonly #policy: Policy

  constructor(policy: Policy) {
    this.#policy = policy
  }

  /** Takes in what a practice proposes for a finding. */
  add(finding: Cause, proposal: { drafts: Draft[] } | { why: string }, site: Site): void {
    if ('why' in proposal) {
      this.#leftOut.push({ practice: finding.practice, resource: finding.resource, why: proposal.why })
      return
    }
    const drafts = proposal.drafts.map((draft) => this.#basedOnEarlier(draft))
    const claims = claimsOf(drafts)
    const contradicted = this.#claims.contradicted(
      claims.filter((claim) => !this.#holdsEarlier(claim, drafts)),
    )
    if (contradicted) {
      this.#leftOut.push({ practice: finding.practice, resource: finding.resource, why: contradicted })
      return
    }
    this.#claims.take(claims, finding.practice)
    let previous: Step | undefined
    const labels = new Map<string, string>()
    for (const draft of drafts) {
      if ('reboot' in draft) this.#restarts.add(draft, closedBy(finding), site, previous)
      else previous = this.#addChange(draft, finding, site, previous, labels)
    }
  }

  /** A draft that writes a document anew, begun from what the plan has made of the document so far. */
  #basedOnEarlier(draft: Draft): Draft {
    const [effect] = 'rewrites' in draft ? draft.effects : []
    if (!effect || !('rewrites' in draft) || !draft.rewrites) return draft
    const [earlier] = this.#rewriting.get(keyOf(effect))?.effects ?? []
    if (!earlier) return draft
    const after = draft.rewrites.edit(earlier.after as PolicyDocument)
    const call = draft.rewrites.write(after)
    return { ...draft, call, effects: [{ ...effect, before: earlier.before, after: after as Json }] }
  }

  /** True for a document as these drafts write it: what an earlier step makes of it is in it. */
  #holdsEarlier(claim: Effect, drafts: readonly Draft[]): boolean {
    const writes = (draft: Draft) =>
      'rewrites' in draft && draft.effects.some((effect) => keyOf(effect) === keyOf(claim))
    return this.#rewriting.has(keyOf(claim)) && drafts.some(writes)
  }

  #addChange(
    drafted: ChangeDraft,
    finding: Cause,
    site: Site,
    previous: Step | undefined,
    labels: Map<string, string>,
  ): Step {
    const { account = finding.account, region = finding.region, label, rewrites, ...named } = drafted
    const wanted = withSteps(named.call, labels)
    // Buckets and roles belong to no region: found from two of them, it is the same change.
    const isGlobal = ['s3', 'iam'].includes(serviceOf(wanted.action))
    const key = hashOf([account, isGlobal ? '' : region, meantBy(wanted)])
    const document = rewrites && named.effects[0] ? keyOf(named.effects[0]) : undefined
    const equal = this.#rewriting.get(document ?? '') ?? this.#changes.get(key)
    const id = equal?.id ?? `s${this.#changes.size + 1}`
    // The undo of a draft may name what the draft itself makes.
    if (label !== undefined) labels.set(label, id)
    const draft = withSteps(named, labels)
    if (equal && document) return this.#widen(equal, draft, finding, previous)
    if (equal) {
      // What another cluster sees of the same change, such as that it waits for a restart, is an effect as well.
      const seen = new Set(equal.effects.map((effect) => hashOf(effect)))
      equal.effects.push(...draft.effects.filter((effect) => !seen.has(hashOf(effect))))
      equal.closes.push(...closedBy(finding))
      if (draft.effects.some((effect) => this.#claims.on(effect)?.practice === finding.practice)) {
        const { title, call, console, undo } = draft
        Object.assign(equal, { title, call, console, undo })
      }
      if (previous && this.#mayWaitFor(equal, previous)) equal.after.push(previous.id)
      return equal
    }
    const { notes = [], assumes = [], undo, ...rest } = draft
    const touched = new Set(draft.effects.map(({ resource }) => resource))
    const step: Step = {
      id,
      account,
      region,
      ...(account !== finding.account && {
        seenFrom: { account: finding.account, region: finding.region },
      }),
      ...rest,
      notes,
      undo: { ...undo },
      cli: '',
      permissions: permissionsOf(draft.call),
      assumes: [...[...touched].flatMap((arn) => identityOf(site, arn)), ...assumes],
      after: [...new Set([...(previous ? [previous.id] : []), ...makersOf(draft.call)])],
      closes: closedBy(finding),
    }
    this.#changes.set(key, step)
    if (document) this.#rewriting.set(document, step)
    return step
  }

  /** Lets a step that writes a document write what another practice wants of it as well; its undo stays the former one. */
  #widen(step: Step, draft: ChangeDraft, finding: Cause, previous: Step | undefined): Step {
    const { title, call, effects, console, notes = [] } = draft
    if (!same(step.call.input as Json, call.input as Json)) {
      step.title = `${step.title}; ${title}`
      step.console = `${step.console}; ${console}`
    }
    Object.assign(step, { call, effects, notes: [...new Set([...step.notes, ...notes])] })
    step.closes.push(...closedBy(finding))
    if (previous && this.#mayWaitFor(step, previous)) step.after.push(previous.id)
    return step
  }

  /** A step that is merged waits for what stands before it in each proposal, unless that waits for it. */
  #mayWaitFor(step: Step, previous: Step): boolean {
    if (step === previous || step.after.includes(previous.id)) return false
    const byId = new Map([...this.#changes.values()].map((other) => [other.id, other]))
    return !needs(previous, step, byId)
  }

  finish(): Pick<Plan, 'steps' | 'leftOut'> {
    const wanted = withoutNeedlessRotations([...this.#changes.values()])
    const changes = withoutEndedCopying(wanted.steps, this.#policy, this.#claims)
    const restarts = this.#restarts.steps(this.#changes.size)
    const steps = ordered(withOneRestart(batched([...changes, ...restarts])))
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
    return { steps: written, leftOut: [...this.#leftOut, ...wanted.leftOut] }
  }
}

/**
 * What a call comes to: of two groups of one name to be made, the words of their descriptions tell nothing apart, and
 * copying is turned on once, with whatever a fix wants of it.
 */
function meantBy(wanted: Call): unknown {
  if (wanted.action === 'redshift:CreateClusterParameterGroup') {
    return { ...wanted, input: { ...wanted.input, Description: '' } }
  }
  if (wanted.action !== 'redshift:EnableSnapshotCopy') return wanted
  const { ClusterIdentifier, DestinationRegion } = wanted.input
  return { action: wanted.action, ClusterIdentifier, DestinationRegion }
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
