// Edges of workgroup-enhanced-vpc-routing: what AWS does not tell, and what the VPC needs first.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import practice from './workgroup-enhanced-vpc-routing.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  const silent = workgroup({ reason: '', facts: { enhancedVpcRouting: undefined } as never })
  expect(verdictOf(practice, silent)).toBe('unknown untold: does not tell whether enhanced VPC routing is on')
})

test('the step says what the VPC needs', () => {
  const [change] = changesOf(practice, workgroup({ reason: '', facts: { enhancedVpcRouting: false } }))
  expect(change?.notes).toEqual([
    'COPY and UNLOAD fail where the VPC has no way to S3, such as a gateway endpoint',
  ])
})
