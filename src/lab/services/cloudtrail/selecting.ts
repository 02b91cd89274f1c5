// Event and insight selectors of trails.

import type * as client from '@aws-sdk/client-cloudtrail'
import {
  InsightNotEnabledException$,
  InvalidInsightSelectorsException$,
  UnsupportedOperationException$,
} from '@aws-sdk/client-cloudtrail'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { renewStretch } from './delivery.ts'
import { findTrail, findTrailAtHome } from './find-trail.ts'
import type { Trail } from './model.ts'
import { readSelectors } from './selector-rules.ts'

export const selectingOperations = {
  GetEventSelectors({ TrailName }, context) {
    return answeredSelectors(findTrail(TrailName, context))
  },

  // "If you apply advanced event selectors, any existing event selectors are overwritten", and the other way round.
  PutEventSelectors({ TrailName, EventSelectors, AdvancedEventSelectors }, context) {
    const trail = findTrailAtHome(TrailName, context)
    trail.selectors = readSelectors(EventSelectors, AdvancedEventSelectors)
    renewStretch(context, trail)
    return answeredSelectors(trail)
  },

  GetInsightSelectors({ TrailName, EventDataStore }, context) {
    const trail = findTrail(trailName(TrailName, EventDataStore), context)
    // Unverified: the wording.
    if (trail.insights.length === 0)
      throw fault(InsightNotEnabledException$, `Trail ${trail.arn} does not have Insights enabled.`)
    return { TrailARN: trail.arn, InsightSelectors: trail.insights }
  },

  // Kept and shown; no insight is ever found here.
  PutInsightSelectors({ TrailName, EventDataStore, InsightSelectors }, context) {
    const trail = findTrailAtHome(trailName(TrailName, EventDataStore), context)
    const wrong = InsightSelectors.find(
      ({ InsightType }) => !['ApiCallRateInsight', 'ApiErrorRateInsight'].includes(InsightType ?? ''),
    )
    if (wrong)
      throw fault(InvalidInsightSelectorsException$, `Insight type ${wrong.InsightType} is not valid.`)
    trail.insights = InsightSelectors
    return { TrailARN: trail.arn, InsightSelectors }
  },

  ListEventDataStores() {
    return { EventDataStores: [] }
  },
} satisfies Operations<typeof client>

function trailName(name: string | undefined, store: string | undefined): string {
  if (name !== undefined && store === undefined) return name
  throw fault(UnsupportedOperationException$, 'The lab has no event data stores: give the name of a trail.')
}

function answeredSelectors({ arn, selectors }: Trail) {
  return selectors.kind === 'basic'
    ? { TrailARN: arn, EventSelectors: selectors.selectors }
    : { TrailARN: arn, AdvancedEventSelectors: selectors.selectors }
}
