// Makes trails and past events from a world.

import {
  AdvancedEventSelector$,
  EventSelector$,
  InsightSelector$,
  Tag$,
  Trail$,
  type Trail as TrailShape,
} from '@aws-sdk/client-cloudtrail'
import { day } from '#kit/time.ts'
import { arnIn, type Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import { beginStretch, endStretch } from './delivery.ts'
import type { Selectors, Trail } from './model.ts'
import { momentOf } from './moment.ts'
import { seedEvent } from './seed-event.ts'
import type { TrailSeed } from './seed-types.ts'
import { readSelectors } from './selector-rules.ts'
import { usualSelectors } from './selectors.ts'

/** Fills a region with its trails and events. Throws one clear sentence when a seed contradicts itself. */
export function seedCloudTrail(region: Region, seed: RegionSeed, seeding: Seeding): void {
  for (const event of seed.events ?? []) seedEvent(region, event, seeding)
  for (const one of seed.trails ?? []) seedTrail(region, one, seeding)
}

function seedTrail(region: Region, seed: TrailSeed, seeding: Seeding) {
  const { now, state } = seeding
  const where = `trail ${seed.Name}`
  const { IsLogging = true, StartLoggingTime, StopLoggingTime } = seed
  if (region.cloudtrail.trails.has(seed.Name)) throw new Error(`the ${where} is given twice`)
  const startedAt = momentOf(StartLoggingTime ?? '-400d', now, where)
  const trail: Trail = {
    name: seed.Name,
    arn: arnIn(region, 'cloudtrail', `trail/${seed.Name}`),
    account: region.account.id,
    region: region.name,
    settings: seedSettings(seed, now, where),
    selectors: seedSelectors(seed, now, where),
    insights: (seed.InsightSelectors ?? []).map((one) => readPlain(InsightSelector$, one, now, where)),
    tags: (seed.TagsList ?? []).map((tag) => readPlain(Tag$, tag, now, where)),
    startedAt: IsLogging || StartLoggingTime !== undefined ? startedAt : undefined,
    stoppedAt: StopLoggingTime === undefined ? undefined : momentOf(StopLoggingTime, now, where),
    stretch: undefined,
    lastStretch: undefined,
  }
  region.cloudtrail.trails.set(trail.name, trail)
  if (trail.startedAt === undefined) return
  const stretch = beginStretch({ state, now }, trail, trail.startedAt)
  if (IsLogging) return
  endStretch({ state, now: trail.stoppedAt ?? now - day }, trail)
  stretch.end = undefined
}

const apart = [
  ...['EventSelectors', 'AdvancedEventSelectors', 'InsightSelectors', 'TagsList'],
  ...['IsLogging', 'StartLoggingTime', 'StopLoggingTime', 'Name'],
]

function seedSettings(seed: TrailSeed, now: number, where: string): Trail['settings'] {
  const own = Object.entries(seed).filter(([name]) => !apart.includes(name))
  const derived = own.find(([name]) => /^(TrailARN|HomeRegion|Has)/.test(name))
  if (derived) throw new Error(`${where}: ${derived[0]} follows from the rest`)
  const read = readPlain<TrailShape>(Trail$, Object.fromEntries(own), now, where)
  return {
    LogFileValidationEnabled: false,
    IsOrganizationTrail: false,
    ...read,
    IncludeGlobalServiceEvents: read.IncludeGlobalServiceEvents ?? true,
    IsMultiRegionTrail: read.IsMultiRegionTrail ?? false,
    S3BucketName: seed.S3BucketName,
  }
}

function seedSelectors(seed: TrailSeed, now: number, where: string): Selectors {
  const { EventSelectors, AdvancedEventSelectors } = seed
  if (!EventSelectors && !AdvancedEventSelectors) return usualSelectors()
  try {
    return readSelectors(
      EventSelectors?.map((one) => readPlain(EventSelector$, one, now, where)),
      AdvancedEventSelectors?.map((one) => readPlain(AdvancedEventSelector$, one, now, where)),
    )
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error })
  }
}
