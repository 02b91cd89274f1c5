// From a wish to a plan: what an action asks of the newest inventory, and the steps that its drafts become.

import { hashOf } from '#kit/hash.ts'
import { harmless } from '#kit/text.ts'
import { permissionOf } from '#model/action.ts'
import type { KeptAssessment } from '#model/assessment.ts'
import { isCalled } from '#model/called.ts'
import type { Inventory } from '#model/inventory.ts'
import type { Plan } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { isGap, nounOf, type Resource, type ResourceType } from '#model/resource.ts'
import { policyOf, type Settings } from '#model/settings.ts'
import type { Estate, WishAction, WishOptions } from '#model/wish.ts'
import { idFor } from '#store/documents.ts'
import { sealed } from './plan.ts'
import { PlanBuilder } from './plan-builder.ts'
import { type Site, siteOf } from './site.ts'

export type WishBasis = {
  assessment: KeptAssessment
  inventory: Inventory
  settings: Settings
  graceDays: number
  now: string
  madeOn: number
}

/** Makes the plan that fulfils a wish. Throws a Problem when it cannot be, or must not be, fulfilled. */
export async function makeWishPlan(
  action: WishAction,
  options: WishOptions,
  { assessment, inventory, settings, graceDays, now, madeOn }: WishBasis,
): Promise<Plan> {
  const sites: Site[] = []
  for await (const shard of inventory.shards()) sites.push(siteOf(shard))
  const estate = openEstate(sites, inventory, settings, { graceDays, now })
  const building = new PlanBuilder(settings)
  for (const { resource, account, region, drafts } of action.wishes(options, estate)) {
    const site = sites.find(({ shard }) => shard.account === account && shard.region === region)
    const cause = { practice: `do ${action.name}`, resource, account, region, isWish: true }
    // Actions refuse what lies where nobody looked.
    if (!site)
      throw new Error(`${action.name} wishes for something in ${account} ${region}, which was not scanned`)
    building.add(cause, { drafts }, site)
  }
  const content = {
    madeAt: now,
    madeFrom: { id: assessment.id, hash: assessment.hash },
    ...building.finish(),
    policy: { ...policyOf(settings), practices: settings.practices },
  }
  return sealed({ schema: 'redoubt.plan/1', id: idFor(madeOn, hashOf(content)), ...content })
}

function openEstate(
  sites: readonly Site[],
  { manifest }: Inventory,
  settings: Settings,
  { graceDays, now }: { graceDays: number; now: string },
): Estate {
  const all = sites.flatMap(({ shard }) => shard.resources)
  return {
    policy: policyOf(settings),
    now,
    graceDays,
    partition: sites[0]?.shard.partition ?? '',
    accounts: manifest.accounts,
    regions: manifest.regions,
    all: () => all,
    unread(types) {
      const gaps = sites.flatMap(({ shard: { account, region, lists } }) =>
        types.flatMap((type) => {
          const list = lists[type]
          return list && isGap(list) ? [`${list.source} in ${account} ${region} (${list.code})`] : []
        }),
      )
      return [...new Set(gaps)]
    },
    one: (word, ...types) => oneOf(all, types, word),
    answer(resource, need) {
      const site = sites.find(({ byArn }) => byArn.has(resource.arn))
      const answer = site?.answers(resource, need)
      if (answer && !isGap(answer)) return answer.value
      const what = `What ${harmless(resource.name)} has for ${need} could not be read (${answer?.code ?? 'not collected'}).`
      throw new Problem(
        'incomplete',
        what,
        `Grant ${answer ? permissionOf(answer.source) : 'the read permissions'}, and scan again.`,
      )
    },
  }
}

/** The one resource of a type that a word means. */
function oneOf<T extends ResourceType>(
  all: readonly Resource[],
  types: readonly T[],
  word: string,
): Resource<T> {
  const wanted: readonly ResourceType[] = types
  const meant = all.filter(
    (resource): resource is Resource<T> & Resource =>
      wanted.includes(resource.type) && isCalled(resource, word),
  )
  const arns = [...new Set(meant.map(({ arn }) => arn))]
  const [first] = meant
  if (first && arns.length === 1) return first
  const noun = nounOf(types[0] as T)
  if (!first) {
    const what = `The newest inventory has no ${noun} "${harmless(word)}".`
    throw new Problem('usage', what, 'Correct the name, or scan its account and region first.')
  }
  const what = `Several ${noun}s are called ${harmless(word)}: ${arns.map(harmless).join(', ')}.`
  throw new Problem('usage', what, 'Name one by its ARN.')
}
