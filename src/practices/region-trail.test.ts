// Edges of region-trail: trails of the organization and of other regions, deliveries that failed once.

import { expect, test } from 'vitest'
import { region, trail } from './examples/region.ts'
import practice from './region-trail.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('a delivery that failed, and succeeded since, is no fault', () => {
  const status = { LatestDeliveryError: 'NoSuchBucket', LatestDeliveryAttemptTime: '2026-11-22T10:00:00Z' }
  const verdict = (more: object) =>
    verdictOf(practice, region({ reason: '', trails: [trail({ status: { ...status, ...more } })] }))
  expect(verdict({})).toBe('fail not-delivered: has the trail management, whose last delivery failed')
  expect(verdict({ LatestDeliveryTime: '2026-11-22T11:00:00Z' })).toMatch(/^pass written/)
  expect(verdict({ LatestDeliveryTime: '2026-11-21T11:00:00Z' })).toMatch(/^fail not-delivered/)
})

test('a trail of the organization is left to the organization', () => {
  const facts = { IsOrganizationTrail: true }
  const example = region({ reason: '', trails: [trail({ facts, status: { IsLogging: false } })] })
  expect(noneOf(practice, example)).toBe('it is a trail of the organization, which its members cannot change')
})

test('a trail is changed in its home region, and data events stay selected', () => {
  const data = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }
  const [change] = changesOf(
    practice,
    region({
      reason: '',
      trails: [
        trail({
          facts: { HomeRegion: 'us-east-1', IsMultiRegionTrail: true },
          selectors: { AdvancedEventSelectors: [data] },
        }),
      ],
    }),
  )
  expect(change?.region).toBe('us-east-1')
  expect(change?.call.input).toMatchObject({
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }, data],
  })
})
