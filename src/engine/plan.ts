// Plan: from failing findings to ordered steps. A pure function of the inventory: nothing is asked.

import { hashOf } from '#kit/hash.ts'
import type { KeptAssessment } from '#model/assessment.ts'
import { indexElsewhere } from '#model/elsewhere.ts'
import { FactMissing, readFact } from '#model/fact.ts'
import type { Finding } from '#model/finding.ts'
import type { Inventory } from '#model/inventory.ts'
import type { Beyond } from '#model/join-index.ts'
import { indexCopies } from '#model/joined.ts'
import type { Json } from '#model/plain.ts'
import { type Impact, impacts, type Plan } from '#model/plan.ts'
import type { AnyPractice, Context, Draft, Steps } from '#model/practice.ts'
import { type Gap, nounOf, type Place, type Resource } from '#model/resource.ts'
import { policyOf, type Settings } from '#model/settings.ts'
import { suppressedWords } from '#model/suppression.ts'
import { idFor } from '#store/documents.ts'
import { considered, contextFor, unknownFrom } from './judge.ts'
import { PlanBuilder } from './plan-builder.ts'
import { type Site, siteOf } from './site.ts'
import { withOwnGroup } from './split-groups.ts'
import { same } from './world.ts'

export type PlanOptions = {
  /** ARNs to plan for; only these, and also those that are held back unless named. */
  resources?: readonly string[] | undefined
  /** Leave out every fix that does worse than this. */
  maxImpact?: Impact | undefined
  /** Give a cluster a parameter group of its own instead of changing one that others share. */
  splitGroups?: boolean | undefined
  /** When the plan is made by AWS's clock; deletion dates count from it. */
  now: string
  /** The same by this computer's clock, for the id: plans sort by when they were made here. */
  madeOn: number
}

/** Makes the plan that closes the failing findings of an assessment, as far as calls can close them. */
export async function makePlan(
  assessment: KeptAssessment,
  inventory: Inventory,
  practices: readonly AnyPractice[],
  settings: Settings,
  options: PlanOptions,
): Promise<Plan> {
  const building = new PlanBuilder(settings)
  const failing = await wantedFindings(assessment, practices, options)
  const beyond = failing.size > 0 ? await beyondFor(practices, inventory) : {}
  for await (const shard of inventory.shards()) {
    const site = siteOf(shard, beyond)
    for (const finding of failing.get(`${shard.account} ${shard.region}`) ?? []) {
      const proposal = propose(finding, site, practices, settings, options)
      const isSplit = options.splitGroups && 'drafts' in proposal
      const own = isSplit
        ? { drafts: withOwnGroup(proposal.drafts, site.byArn.get(finding.resource), site) }
        : proposal
      building.add(finding, own, site)
    }
  }
  const content = {
    madeAt: options.now,
    madeFrom: { id: assessment.id, hash: assessment.hash },
    ...building.finish(),
    policy: { ...policyOf(settings), practices: settings.practices },
  }
  return sealed({ schema: 'redoubt.plan/1', id: idFor(options.madeOn, hashOf(content)), ...content })
}

/** What lies beyond one shard. It reads shards once more: only for practices that ask for it. */
export async function beyondFor(practices: readonly AnyPractice[], inventory: Inventory): Promise<Beyond> {
  const asks = (need: string) => practices.some(({ needs }) => needs.includes(need))
  return {
    copies: asks('otherCopies') ? await indexCopies(inventory) : undefined,
    elsewhere: asks('users') || asks('dataRegions') ? await indexElsewhere(inventory) : undefined,
  }
}

/** A plan with its hash, over everything else that it says. */
export function sealed(plan: Omit<Plan, 'hash'>): Plan {
  return { ...plan, hash: hashOf(plan) }
}

/** True when the plan says what it said when it was made. */
export function isUntouched({ hash, ...rest }: Plan): boolean {
  return hashOf(rest) === hash
}

/** The failing findings to plan for, by account and region. */
async function wantedFindings(
  { findings }: KeptAssessment,
  practices: readonly AnyPractice[],
  { resources }: PlanOptions,
): Promise<Map<string, Finding[]>> {
  const ids = new Set(practices.map(({ id }) => id))
  const named = resources && new Set(resources)
  const wanted = new Map<string, Finding[]>()
  for await (const finding of findings(({ status }) => status === 'fail')) {
    const { practice, resource, account, region } = finding
    if (!ids.has(practice) || (named && !named.has(resource))) continue
    const place = `${account} ${region}`
    const here = wanted.get(place)
    if (here) here.push(finding)
    else wanted.set(place, [finding])
  }
  return wanted
}

/** The steps that would close a finding, or why there are none. */
export function propose(
  finding: Finding,
  { shard, byArn, answers }: Omit<Site, 'shard'> & { shard: Place },
  practices: readonly AnyPractice[],
  settings: Settings,
  { resources, maxImpact, now }: PlanOptions,
): { drafts: Draft[] } | { why: string } {
  const { suppression } = finding
  if (suppression) return { why: suppressedWords(suppression) }
  const practice = practices.find(({ id }) => id === finding.practice)
  const resource = byArn.get(finding.resource)
  if (!practice || !resource) return { why: 'it is not in the inventory any more' }
  const { remediation } = practice
  if (!remediation)
    return {
      why: `only a person can decide this; "redoubt explain ${practice.id}" says how to do it by hand`,
    }
  const busy = whyNotNow(resource)
  if (busy) return { why: busy }
  const subject = { practice, resource, place: shard, answers }
  const context = contextFor(practice, settings, now) as Context<never>
  const held: string | Gap | undefined = considered(subject, (known) =>
    remediation.hold?.(known, context, finding),
  )
  if (typeof held === 'object') return { why: unknownFrom(held).message }
  if (held && !resources?.includes(resource.arn)) return { why: held }
  const steps: Steps | Gap = considered(subject, (known) => remediation.steps(known, context, finding))
  if ('gap' in steps) return { why: unknownFrom(steps).message }
  if ('none' in steps) return { why: steps.none }
  const unmet = steps.flatMap((draft) => whyUnmet(draft, byArn) ?? [])[0]
  if (unmet) return { why: unmet }
  const worst = steps.map(impactOf).sort(byImpact).at(-1) ?? 'none'
  return maxImpact && byImpact(worst, maxImpact) > 0 ? { why: `its impact is "${worst}"` } : { drafts: steps }
}

/** What the inventory says against something that a draft relies on; what it does not know is looked at by apply. */
function whyUnmet(draft: Draft, byArn: Site['byArn']): string | undefined {
  const assumed = 'reboot' in draft ? [] : (draft.assumes ?? [])
  for (const { resource: arn, fact, value } of assumed) {
    const resource = byArn.get(arn)
    const actual = resource && factOrNone(resource, fact)
    if (resource && actual !== null && actual !== undefined && !same(actual, value))
      return `it relies on ${nounOf(resource.type)} ${arn}, whose ${fact} is ${spoken(actual)} and not ${spoken(value)}`
  }
  return undefined
}

const spoken = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value))

function factOrNone(resource: Resource, fact: string): Json | undefined {
  try {
    return readFact(resource, fact)
  } catch (error) {
    if (error instanceof FactMissing) return undefined
    throw error
  }
}

const byImpact = (a: Impact, b: Impact) => impacts.indexOf(a) - impacts.indexOf(b)

const impactOf = (draft: Draft): Impact => ('reboot' in draft ? 'reboot' : draft.impact)

/** Redshift refuses changes to a cluster that is not available. */
function whyNotNow(resource: Resource): string | undefined {
  if (resource.type !== 'redshift:cluster') return undefined
  const status = resource.facts.ClusterStatus ?? 'unknown'
  return status === 'available' ? undefined : `the cluster is ${status}: plan again when it is available`
}
