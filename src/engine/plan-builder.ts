// Gathers the drafts of practices into the steps of a plan: equal calls become one step, what several change of one
// document is written once, drafts that contradict earlier ones are left out, all wishes to restart a cluster become one
// restart at the end.

import { hashOf } from '#kit/hash.ts'
import { type Call, call, permissionsOf, serviceOf } from '#model/action.ts'
import { cliLine } from '#model/aws-cli.ts'
import { pendingAtReboot, readFact } from '#model/fact.ts'
import { type Finding, fingerprint } from '#model/finding.ts'
import type { Shard } from '#model/inventory.ts'
import type { Answers } from '#model/joined.ts'
import type { Json } from '#model/plain.ts'
import type { Assumption, Effect, LeftOut, Plan, Step, Undo } from '#model/plan.ts'
import type { ChangeDraft, Draft, RebootDraft } from '#model/practice.ts'
import { madeBy, referencesIn, replaced } from '#model/reference.ts'
import { isGap, type PolicyDocument, type Resource, type ResourceType, resourceOf } from '#model/resource.ts'
import { allowsRegion, type Policy } from '#model/settings.ts'
import { batched } from './batches.ts'
import { keyOf, shown } from './expect.ts'
import { withOneRestart } from './one-restart.ts'
import { needs, ordered } from './order.ts'
import { same } from './world.ts'

/** One account and region of the inventory, ready to be looked things up in. */
export type Site = { shard: Shard; byArn: ReadonlyMap<string, Resource>; answers: Answers }

/** What drafts are proposed for: a finding to close, or a wish, which closes none. */
export type Cause = Pick<Finding, 'practice' | 'resource' | 'account' | 'region'> & { isWish?: boolean }

const closedBy = (cause: Cause): string[] => (cause.isWish ? [] : [fingerprint(cause)])

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
  /** What the proposals taken in so far move in the end, by resource and fact, and the practice that wants it. */
  readonly #claims = new Map<string, Effect & { practice: string }>()
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
    const contradicted = this.#contradicted(claims.filter((claim) => !this.#holdsEarlier(claim, drafts)))
    if (contradicted) {
      this.#leftOut.push({ practice: finding.practice, resource: finding.resource, why: contradicted })
      return
    }
    for (const claim of claims) this.#claims.set(keyOf(claim), { ...claim, practice: finding.practice })
    let previous: Step | undefined
    const labels = new Map<string, string>()
    for (const draft of drafts) {
      if ('reboot' in draft) this.#wishReboot(draft, finding, site, previous)
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

  /** Why a proposal is left out: an earlier one leads a fact elsewhere. */
  #contradicted(claims: readonly Effect[]): string | undefined {
    for (const { resource, fact, after } of claims) {
      const other = this.#claims.get(keyOf({ resource, fact }))
      if (!other || same(other.after, after)) continue
      const what = `${fact} of ${resourceOf(resource)?.name ?? resource}`
      return `${other.practice} sets ${what} to ${shown(other.after)} in this plan, and this would set it to ${shown(after)}: scan and plan again when that is in force`
    }
    return undefined
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
      if (draft.effects.some((effect) => this.#claims.get(keyOf(effect))?.practice === finding.practice)) {
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

  /** Copying that is on again would go where data may not lie, or where another fix has just ended it. */
  #whyCopyStaysOff({ call: wanted, account, region, effects }: Step): string | undefined {
    if (wanted.action !== 'redshift:EnableSnapshotCopy') return undefined
    const { allowedRegions } = this.#policy
    const { DestinationRegion = '' } = wanted.input
    if (allowedRegions && !allowsRegion(this.#policy, DestinationRegion, region)) {
      return `copying to ${DestinationRegion} is not turned on again: allowedRegions does not name it`
    }
    const ended = effects.some((effect) => {
      const claim = this.#claims.get(keyOf(effect))
      return claim !== undefined && !same(claim.after, effect.after)
    })
    return ended
      ? `copying to ${DestinationRegion} is not turned on again in ${account}: this plan ends it`
      : undefined
  }

  /** The changes without those that turn copying on where it must stay off; what stood before them says so. */
  #changesToMake(): Step[] {
    const steps = [...this.#changes.values()]
    const off = new Map(
      steps.flatMap((step) => {
        const why = this.#whyCopyStaysOff(step)
        return why ? [[step.id, { step, why }] as const] : []
      }),
    )
    if (off.size === 0) return steps
    for (const { step, why } of off.values()) {
      const before = steps.find(({ id }) => id === step.after.at(-1))
      if (before) before.notes = [...before.notes, why]
    }
    return steps
      .filter(({ id }) => !off.has(id))
      .map((step) => ({
        ...step,
        after: step.after.flatMap((id) => off.get(id)?.step.after ?? [id]),
      }))
  }

  #wishReboot(draft: RebootDraft, finding: Cause, site: Site, previous: Step | undefined): void {
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
    for (const print of closedBy(finding)) wish.closes.add(print)
    this.#reboots.set(draft.reboot, wish)
  }

  finish(): Pick<Plan, 'steps' | 'leftOut'> {
    const changes = this.#changesToMake()
    let last = this.#changes.size
    const reboots = [...this.#reboots.values()].map((wish) => rebootStep(`s${++last}`, wish))
    const steps = ordered(withOneRestart(batched([...changes, ...reboots])))
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

/** Facts that only tell how far something is; they follow from the others. */
const following = new Set(['parameterApplyStatus', 'pendingAtReboot', 'ClusterStatus', 'status'])

/** What the drafts of one proposal move in the end: a fact that comes back to what it was is not claimed. */
function claimsOf(drafts: readonly Draft[]): Effect[] {
  const claims = new Map<string, Effect>()
  for (const draft of drafts) {
    if ('reboot' in draft) continue
    for (const effect of draft.effects) {
      const first = claims.get(keyOf(effect))
      claims.set(keyOf(effect), first ? { ...effect, before: first.before } : effect)
    }
  }
  // Who turns copying on again does not want it off, even where only its grant is said to change.
  const copiesOn = drafts.some(
    (draft) => 'call' in draft && draft.call.action === 'redshift:EnableSnapshotCopy',
  )
  const isPassing = ({ fact, after }: Effect) =>
    copiesOn && after === null && fact.startsWith('ClusterSnapshotCopyStatus')
  return [...claims.values()].filter(
    (claim) => !following.has(claim.fact) && !same(claim.before, claim.after) && !isPassing(claim),
  )
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
