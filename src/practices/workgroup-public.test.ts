// Edges of workgroup-public: what AWS does not tell, and who loses the way.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import practice from './workgroup-public.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  const silent = workgroup({ reason: '', facts: { publiclyAccessible: undefined } as never })
  expect(verdictOf(practice, silent)).toBe('unknown untold: does not tell whether it is publicly accessible')
})

test('the step says who loses the way', () => {
  const [change] = changesOf(practice, workgroup({ reason: '', facts: { publiclyAccessible: true } }))
  expect(change?.notes).toEqual(['clients outside its VPC can no longer connect'])
})
