// Builders for examples of regions in which data lies, and of the trails that see them.

import type { Example } from '#model/practice.ts'
import type { TrailInRegion } from '#model/resource.ts'

type Part = {
  /** Whose it is, where it is not the account's own. */
  account?: string
  facts?: TrailInRegion['facts']
  status?: TrailInRegion['status']
  selectors?: TrailInRegion['selectors']
}

/** A trail of the region that logs, with the selectors that a trail has by itself, but for what is written. */
export function trail({ account = '111122223333', facts, status, selectors }: Part = {}): TrailInRegion {
  const Name = facts?.Name ?? 'management'
  const arn = `arn:aws:cloudtrail:eu-west-1:${account}:trail/${Name}`
  return {
    arn,
    facts: { Name, TrailARN: arn, HomeRegion: 'eu-west-1', S3BucketName: 'acme-trail', ...facts },
    status: { IsLogging: true, ...status },
    selectors: selectors ?? {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
    },
  }
}

type Shape = { reason: string; trails: TrailInRegion[] }

/** A region with these trails. */
export function region({ reason, trails }: Shape): Example<'account:region'> {
  return { reason, facts: { Region: 'eu-west-1' }, answers: { trails, dataRegions: ['eu-west-1'] } }
}
