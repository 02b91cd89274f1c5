// Trails: made, changed, deleted, described.

import type * as client from '@aws-sdk/client-cloudtrail'
import {
  MaximumNumberOfTrailsExceededException$,
  TrailAlreadyExistsException$,
} from '@aws-sdk/client-cloudtrail'
import { arnIn, type Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { beginStretch, endStretch, renewStretch } from './delivery.ts'
import { arnOfName, checkedName, findTrail, findTrailAtHome, isShadow, trailsHere } from './find-trail.ts'
import type { Trail } from './model.ts'
import { usualSelectors } from './selectors.ts'
import { answeredSettings, checkDestination, settingsOf } from './settings.ts'
import { addTags } from './tags.ts'

// CloudTrail User Guide, "Quotas": five in a region, shadows counted with them.
const mostTrails = 5

export const trailOperations = {
  CreateTrail(input, context) {
    const { region, account } = context
    const arn = arnIn(region, 'cloudtrail', `trail/${checkedName(input.Name)}`)
    const { trails } = region.cloudtrail
    if (trails.has(input.Name))
      throw fault(
        TrailAlreadyExistsException$,
        `Trail ${input.Name} already exists for customer: ${account.id}`,
      )
    const settings = settingsOf(input, undefined, context)
    demandRoom(context)
    checkDestination(settings, arn, context)
    const trail: Trail = {
      name: input.Name,
      arn,
      account: account.id,
      region: region.name,
      settings,
      selectors: usualSelectors(),
      insights: [],
      tags: [],
      startedAt: undefined,
      stoppedAt: undefined,
      stretch: undefined,
      lastStretch: undefined,
    }
    addTags(trail, input.TagsList ?? [])
    trails.set(trail.name, trail)
    return answeredSettings(trail)
  },

  UpdateTrail(input, context) {
    const trail = findTrailAtHome(input.Name, context)
    const settings = settingsOf(input, trail.settings, context)
    checkDestination(settings, trail.arn, context)
    trail.settings = settings
    renewStretch(context, trail)
    return answeredSettings(trail)
  },

  DeleteTrail(input, context) {
    const trail = findTrailAtHome(input.Name, context)
    endStretch(context, trail)
    context.region.cloudtrail.trails.delete(trail.name)
    return {}
  },

  DescribeTrails({ trailNameList = [], includeShadowTrails = true }, context) {
    const here = trailsHere(context).filter((trail) => includeShadowTrails || !isShadow(trail, context))
    if (trailNameList.length === 0) return { trailList: here.map(describedTrail) }
    const arns = new Set(trailNameList.map((name) => arnOfName(name, context)))
    // A name that is not found is left out: API Reference, DescribeTrails.
    return { trailList: here.filter(({ arn }) => arns.has(arn)).map(describedTrail) }
  },

  GetTrail({ Name }, context) {
    return { Trail: describedTrail(findTrail(Name, context)) }
  },

  // Unverified: the size of a page, and that trails of an organization are in the list of its members.
  ListTrails({ NextToken }, context) {
    const { state, account } = context
    const own = [...account.regions.values()].flatMap(({ cloudtrail }) => [...cloudtrail.trails.values()])
    const ofOthers = trailsHere({ ...context, state }).filter((trail) => trail.account !== account.id)
    const all = [...own, ...ofOthers].sort((a, b) => (a.arn < b.arn ? -1 : 1))
    const rest = NextToken === undefined ? all : all.filter(({ arn }) => arn > NextToken)
    const shown = rest.slice(0, 100)
    const last = shown.at(-1)
    return {
      Trails: shown.map(({ arn, name, region }) => ({ TrailARN: arn, Name: name, HomeRegion: region })),
      ...(last && rest.length > shown.length && { NextToken: last.arn }),
    }
  },

  StartLogging({ Name }, context) {
    const trail = findTrailAtHome(Name, context)
    if (trail.stretch !== undefined) return {}
    trail.startedAt = context.now
    beginStretch(context, trail)
    return {}
  },

  StopLogging({ Name }, context) {
    const trail = findTrailAtHome(Name, context)
    if (trail.stretch === undefined) return {}
    trail.stoppedAt = context.now
    endStretch(context, trail)
    return {}
  },
} satisfies Operations<typeof client>

function demandRoom(context: Context) {
  if (trailsHere(context).length < mostTrails) return
  const { account, region } = context
  throw fault(
    MaximumNumberOfTrailsExceededException$,
    `User: ${account.id} already has ${mostTrails} trails in ${region.name}.`,
  )
}

// What nobody has set is not there: API Reference, the example of DescribeTrails.
function describedTrail({ name, arn, region, settings, selectors, insights }: Trail): client.Trail {
  return {
    ...settings,
    Name: name,
    TrailARN: arn,
    HomeRegion: region,
    HasCustomEventSelectors: JSON.stringify(selectors) !== JSON.stringify(usualSelectors()),
    HasInsightSelectors: insights.length > 0,
  }
}
