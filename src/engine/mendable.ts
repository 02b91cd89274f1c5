// Which practice to plan for first: one for whose findings there is a step, not only a remedy in general.

import type { Finding } from '#model/finding.ts'
import type { Inventory, ShardEntry } from '#model/inventory.ts'
import { type Beyond, JoinIndex } from '#model/join-index.ts'
import { answersFrom } from '#model/joined.ts'
import type { AnyPractice } from '#model/practice.ts'
import type { Resource } from '#model/resource.ts'
import type { Settings } from '#model/settings.ts'
import { beyondFor, type PlanOptions, propose } from './plan.ts'

/** So many findings, and regions, are tried: a hint is worth no second look at a whole estate. */
const mostTried = 200
const mostRead = 8

/** The practice of the first finding that a plan would have a step for. */
export async function firstMendable(
  findings: readonly Finding[],
  inventory: Inventory,
  practices: readonly AnyPractice[],
  settings: Settings,
  options: PlanOptions,
): Promise<string | undefined> {
  const ids = new Set(practices.flatMap(({ id, remediation }) => (remediation ? [id] : [])))
  const tried = findings
    .filter(({ status, practice }) => status === 'fail' && ids.has(practice))
    .slice(0, mostTried)
  const named = new Set(tried.map(({ resource }) => resource))
  const seen = new Map<ShardEntry, Seen>()
  const beyond = new Map<string, Beyond>()
  for (const finding of tried) {
    const { practice: id, account, region } = finding
    const entry = inventory.manifest.shards.find((one) => one.account === account && one.region === region)
    if (!entry || (!seen.has(entry) && seen.size === mostRead)) return undefined
    const { index, byArn } = seen.get(entry) ?? (await look(inventory, entry, named))
    seen.set(entry, { index, byArn })
    // Read for the one practice that asks: mostly the first finding has a step, and its practice asks for nothing.
    const own = practices.filter((one) => one.id === id)
    const further = beyond.get(id) ?? (await beyondFor(own, inventory))
    beyond.set(id, further)
    const site = { shard: entry, byArn, answers: answersFrom(index, further) }
    const proposal = propose(finding, site, own, settings, options)
    if ('drafts' in proposal && proposal.drafts.length > 0) return id
  }
  return undefined
}

/** Of a region, what proposals for some of its resources need: it may have too many others to hold. */
type Seen = { byArn: Map<string, Resource>; index: JoinIndex }

async function look({ lines }: Inventory, entry: ShardEntry, named: ReadonlySet<string>): Promise<Seen> {
  const { account, region } = entry
  const index = new JoinIndex({ account, region, lists: {} })
  const byArn = new Map<string, Resource>()
  for await (const batch of lines(entry))
    for (const line of batch) {
      index.take(line)
      if ('resource' in line && named.has(line.resource.arn)) byArn.set(line.resource.arn, line.resource)
    }
  return { byArn, index }
}
