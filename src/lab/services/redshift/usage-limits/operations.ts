// Usage limits: what a feature of a cluster may use in a day, a week or a month.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidUsageLimitFault$,
  type UsageLimit,
  UsageLimitAlreadyExistsFault$,
  UsageLimitNotFoundFault$,
} from '@aws-sdk/client-redshift'
import { newUuid } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import { pageOf } from '../page.ts'
import { checkTags, matchesTags } from '../tags.ts'
import type { UsageLimitRecord } from './model.ts'

// "If FeatureType is spectrum, then LimitType must be data-scanned" and so on (API, CreateUsageLimit).
const limitTypes: Record<string, string> = {
  spectrum: 'data-scanned',
  'concurrency-scaling': 'time',
  'cross-region-datasharing': 'data-scanned',
  'extra-compute-for-automatic-optimization': 'time',
}
const periods = ['daily', 'weekly', 'monthly']
const actions = ['log', 'emit-metric', 'disable']

export const usageLimitOperations = {
  CreateUsageLimit(input, { region, state }) {
    const { FeatureType, LimitType, Amount, Tags = [] } = input
    const { Period = 'monthly', BreachAction = 'log' } = input
    const cluster = getCluster(region, input.ClusterIdentifier)
    const wanted = Object.hasOwn(limitTypes, FeatureType) ? limitTypes[FeatureType] : undefined
    const isKnown = periods.includes(Period) && actions.includes(BreachAction)
    if (wanted !== LimitType || !isKnown) throw invalid()
    checkAmount(Amount)
    checkTags(Tags)
    // Unverified: that a feature has one limit for each period.
    const isTaken = limitsOf(region).some(
      (one) =>
        one.namespace === cluster.facts.ClusterNamespaceArn &&
        one.facts.FeatureType === FeatureType &&
        one.facts.Period === Period,
    )
    if (isTaken) throw fault(UsageLimitAlreadyExistsFault$, 'The usage limit already exists.')
    const id = newUuid(state)
    const facts = { FeatureType, LimitType, Amount, Period, BreachAction, Tags }
    const made = {
      id,
      namespace: cluster.facts.ClusterNamespaceArn ?? '',
      facts: { UsageLimitId: id, ...facts },
    }
    region.redshift.extras.usageLimits.set(id, made)
    return view(region, made)
  },

  ModifyUsageLimit({ UsageLimitId, Amount, BreachAction }, { region }) {
    const found = getLimit(region, UsageLimitId)
    if (Amount !== undefined) checkAmount(Amount)
    if (BreachAction !== undefined && !actions.includes(BreachAction)) throw invalid()
    found.facts = {
      ...found.facts,
      ...(Amount !== undefined && { Amount }),
      ...(BreachAction !== undefined && { BreachAction }),
    }
    return view(region, found)
  },

  DeleteUsageLimit({ UsageLimitId }, { region }) {
    region.redshift.extras.usageLimits.delete(getLimit(region, UsageLimitId).id)
    return {}
  },

  DescribeUsageLimits(input, { region }) {
    const { UsageLimitId: id, ClusterIdentifier: cluster, FeatureType: feature } = input
    if (cluster !== undefined) getCluster(region, cluster)
    const chosen = limitsOf(region)
      .map((one) => view(region, one))
      .filter(
        (one) =>
          (id === undefined || one.UsageLimitId === id) &&
          (cluster === undefined || one.ClusterIdentifier === cluster.toLowerCase()) &&
          (feature === undefined || one.FeatureType === feature) &&
          matchesTags(one.Tags, input),
      )
    const { items, ...marker } = pageOf(chosen, ({ UsageLimitId = '' }) => [UsageLimitId], input)
    return { UsageLimits: items, ...marker }
  },
} satisfies Operations<typeof client>

// A limit goes with its cluster, and follows it when it is renamed.
function limitsOf(region: Region): UsageLimitRecord[] {
  return [...region.redshift.extras.usageLimits.values()].filter((one) => nameOf(region, one) !== undefined)
}

function nameOf({ redshift }: Region, { namespace }: UsageLimitRecord): string | undefined {
  return [...redshift.clusters.values()].find(({ facts }) => facts.ClusterNamespaceArn === namespace)?.id
}

function view(region: Region, one: UsageLimitRecord): UsageLimit {
  return { ...one.facts, ClusterIdentifier: nameOf(region, one) }
}

function getLimit(region: Region, id: string): UsageLimitRecord {
  const found = limitsOf(region).find((one) => one.id === id)
  // Wordings of this file: the faults' descriptions.
  if (!found) throw fault(UsageLimitNotFoundFault$, "The usage limit identifier can't be found.")
  return found
}

// "The value must be a positive number" (API). Unverified: code and wording.
function checkAmount(amount: number) {
  if (amount > 0) return
  throw common('InvalidParameterValue', `Invalid value ${amount} for Amount. Must be a positive number`)
}

function invalid() {
  return fault(InvalidUsageLimitFault$, 'The usage limit is not valid.')
}
