// Edges of cluster-port: a cluster that is not there yet.

import { expect, test } from 'vitest'
import practice from './cluster-port.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { Endpoint: undefined } as never }))).toBe(
    'unknown untold: does not tell on which port it listens',
  )
})
