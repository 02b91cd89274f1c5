// Which practice to plan for first: one for whose findings there is a step, not only a remedy in general.

import type { Finding } from '#model/finding.ts'
import type { Inventory } from '#model/inventory.ts'
import type { AnyPractice } from '#model/practice.ts'
import type { Settings } from '#model/settings.ts'
import { beyondFor, type PlanOptions, propose, siteOf } from './plan.ts'
import type { Site } from './plan-builder.ts'

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
  const tried = findings.filter(({ status, practice }) => status === 'fail' && ids.has(practice))
  if (tried.length === 0) return undefined
  const beyond = await beyondFor(
    practices.filter(({ id }) => tried.some(({ practice }) => practice === id)),
    inventory,
  )
  const sites = new Map<string, Site | undefined>()
  for (const finding of tried.slice(0, mostTried)) {
    const place = `${finding.account} ${finding.region}`
    if (!sites.has(place)) {
      if (sites.size === mostRead) return undefined
      const shard = await inventory.shard(finding)
      sites.set(place, shard && siteOf(shard, beyond))
    }
    const site = sites.get(place)
    const proposal = site && propose(finding, site, practices, settings, options)
    if (proposal && 'drafts' in proposal && proposal.drafts.length > 0) return finding.practice
  }
  return undefined
}
