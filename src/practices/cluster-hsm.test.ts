// Edges of cluster-hsm: a module that is being applied.

import { expect, test } from 'vitest'
import practice from './cluster-hsm.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('a module that is being applied is told as such', () => {
  const facts = { HsmStatus: { HsmConfigurationIdentifier: 'vault-2016', Status: 'applying' } }
  expect(verdictOf(practice, cluster({ reason: '', facts }))).toBe(
    'manual applying: is being put under the hardware security module vault-2016',
  )
})
