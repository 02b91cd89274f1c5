// Edges of subnet-group-zones: one without subnets.

import { expect, test } from 'vitest'
import { subnetGroup } from './examples/groups.ts'
import practice from './subnet-group-zones.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('one without subnets, and one that does not tell them', () => {
  expect(verdictOf(practice, subnetGroup({ reason: '', zones: [] }))).toBe('fail one-zone: has no subnets')
  const { Subnets: _, ...facts } = subnetGroup({ reason: '' }).facts
  expect(verdictOf(practice, { ...subnetGroup({ reason: '' }), facts })).toBe(
    'unknown untold: does not tell its subnets',
  )
})
