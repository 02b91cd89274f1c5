// Edges of cluster-key-in-reach: what it says of the key.

import { expect, test } from 'vitest'
import practice from './cluster-key-in-reach.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('a cluster that names no key is told all the same', () => {
  const facts = { ClusterStatus: 'inaccessible-kms-key' }
  expect(verdictOf(practice, cluster({ reason: '', facts }))).toBe(
    'fail out-of-reach: cannot reach its key: nobody can use it, and Redshift deletes it after 14 days without its key',
  )
})
