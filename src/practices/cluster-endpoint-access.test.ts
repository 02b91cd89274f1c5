// Edges of cluster-endpoint-access: what stands is never cut, and what is on its way out is gone.

import { expect, test } from 'vitest'
import practice from './cluster-endpoint-access.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const granted = { ClusterIdentifier: 'sales', Grantee: '999988887777', Status: 'Authorized' as const }

test('an account whose endpoints stand is left to a person', () => {
  const standing = cluster({
    reason: 'granted',
    answers: { endpointAuthorizations: [{ ...granted, EndpointCount: 2 }] },
  })
  expect(noneOf(practice, standing)).toBe(
    '999988887777 has 2 endpoints, which only a person should cut: see redoubt explain cluster-endpoint-access',
  )
})

test('beside it, an account without endpoints is taken out, and what stays is told', () => {
  const free = { ...granted, Grantee: '777766665555', EndpointCount: 0 }
  const both = cluster({
    reason: 'granted',
    answers: { endpointAuthorizations: [{ ...granted, EndpointCount: 1 }, free] },
  })
  expect(changesOf(practice, both).map(({ call, notes }) => [call.input, notes])).toEqual([
    [
      { ClusterIdentifier: 'sales', Account: '777766665555' },
      [
        'the account can make no endpoints to the cluster any more',
        '999988887777 has 1 endpoint, which only a person should cut: see redoubt explain cluster-endpoint-access',
      ],
    ],
  ])
})

test('an access that is being revoked is none', () => {
  const revoking = cluster({
    reason: 'private',
    answers: { endpointAuthorizations: [{ ...granted, Status: 'Revoking' }] },
  })
  expect(verdictOf(practice, revoking)).toBe('pass private: grants endpoint access to nobody')
})
