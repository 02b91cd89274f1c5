// Edges of subnet-group-zones: the default group, and one without subnets.

import { expect, test } from 'vitest'
import { subnetGroup } from './examples/groups.ts'
import practice from './subnet-group-zones.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('the default group is judged like any other: somebody may have taken subnets from it', () => {
  const ClusterSubnetGroupName = 'default'
  expect(
    practice.concerns?.({ ClusterSubnetGroupName }, { partition: 'aws', account: '1', region: 'eu-west-1' }),
  ).not.toBe(false)
  const example = subnetGroup({ reason: '', zones: ['eu-west-1a'] })
  expect(verdictOf(practice, { ...example, facts: { ...example.facts, ClusterSubnetGroupName } })).toBe(
    'fail one-zone: has subnets in eu-west-1a only',
  )
})

test('one without subnets, and one that does not tell them', () => {
  expect(verdictOf(practice, subnetGroup({ reason: '', zones: [] }))).toBe('fail one-zone: has no subnets')
  const { Subnets: _, ...facts } = subnetGroup({ reason: '' }).facts
  expect(verdictOf(practice, { ...subnetGroup({ reason: '' }), facts })).toBe(
    'unknown untold: does not tell its subnets',
  )
})
