// Edges of cluster-version-upgrade: what is not told.

import { expect, test } from 'vitest'
import practice from './cluster-version-upgrade.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  expect(
    verdictOf(practice, cluster({ reason: '', facts: { AllowVersionUpgrade: undefined } as never })),
  ).toBe('unknown untold: does not tell whether it takes version upgrades')
})
