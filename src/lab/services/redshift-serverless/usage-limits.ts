// Limits on what a workgroup may use.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { InvalidPaginationException$, type UsageLimit } from '@aws-sdk/client-redshift-serverless'
import { newUuid } from '#lab/ids.ts'
import { arnIn, type Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkOneOf } from './checks.ts'
import { invalid, notFound } from './errors.ts'
import { pageOf } from './page.ts'

const actions = ['log', 'emit-metric', 'deactivate']

export const limitOperations = {
  CreateUsageLimit(input, { state, region }) {
    const { resourceArn, usageType, amount, period = 'monthly', breachAction = 'log' } = input
    checkAmount(amount)
    checkOneOf(usageType, 'usageType', ['serverless-compute', 'cross-region-datasharing'])
    checkOneOf(period, 'period', ['daily', 'weekly', 'monthly'])
    checkOneOf(breachAction, 'breachAction', actions)
    const isThere = [...region.serverless.workgroups.values()].some(
      ({ facts }) => facts.workgroupArn === resourceArn,
    )
    if (!isThere) throw notFound('workgroup', resourceArn)
    const usageLimitId = newUuid(state)
    const usageLimitArn = arnIn(region, 'redshift-serverless', `usagelimit/${usageLimitId}`)
    const limit = { usageLimitId, usageLimitArn, resourceArn, usageType, amount, period, breachAction }
    region.serverless.limits.set(usageLimitId, limit)
    return { usageLimit: limit }
  },

  GetUsageLimit({ usageLimitId }, { region }) {
    return { usageLimit: getLimit(region, usageLimitId) }
  },

  ListUsageLimits(input, { region }) {
    const { resourceArn, usageType } = input
    const chosen = [...region.serverless.limits.values()].filter(
      (one) =>
        (resourceArn === undefined || one.resourceArn === resourceArn) &&
        (usageType === undefined || one.usageType === usageType),
    )
    const keyOf = ({ usageLimitId }: UsageLimit) => String(usageLimitId)
    const { items, ...next } = pageOf(chosen, keyOf, input, InvalidPaginationException$)
    return { usageLimits: items, ...next }
  },

  UpdateUsageLimit({ usageLimitId, amount, breachAction }, { region }) {
    const limit = getLimit(region, usageLimitId)
    if (amount !== undefined) checkAmount(amount)
    if (breachAction !== undefined) checkOneOf(breachAction, 'breachAction', actions)
    limit.amount = amount ?? limit.amount
    limit.breachAction = breachAction ?? limit.breachAction
    return { usageLimit: limit }
  },

  DeleteUsageLimit({ usageLimitId }, { region }) {
    const limit = getLimit(region, usageLimitId)
    region.serverless.limits.delete(usageLimitId)
    return { usageLimit: limit }
  },
} satisfies Operations<typeof client>

function getLimit({ serverless }: Region, id: string): UsageLimit {
  const found = serverless.limits.get(id)
  if (!found) throw notFound('usage limit', id)
  return found
}

// "The value must be a positive number" (API, UsageLimit). Unverified: wording.
function checkAmount(amount: number): void {
  if (!(amount > 0)) throw invalid('The amount of a usage limit must be a positive number.')
}
