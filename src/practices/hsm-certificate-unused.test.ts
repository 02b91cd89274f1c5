// Edges of hsm-certificate-unused: who uses it.

import { expect, test } from 'vitest'
import { hsmClientCertificate } from './examples/around.ts'
import practice from './hsm-certificate-unused.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('the clusters that use it are told', () => {
  expect(verdictOf(practice, hsmClientCertificate({ reason: '', clusters: ['a', 'b'] }))).toBe(
    'pass in-use: is used by 2 clusters: a, b',
  )
})
