// Edges of datashare-public-consumers: what AWS does not tell.

import { expect, test } from 'vitest'
import practice from './datashare-public-consumers.ts'
import { datashare } from './examples/around.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  const facts = { AllowPubliclyAccessibleConsumers: undefined } as never
  expect(verdictOf(practice, datashare({ reason: '', facts }))).toBe(
    'unknown untold: does not tell whether public clusters may read it',
  )
})
