// Edges of namespace-iam-roles: what is told of a wide role. Which policies are wide is tested with src/model/role-reach.ts.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-iam-roles.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('the role, the services and the policy are told', () => {
  const everything = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  expect(verdictOf(practice, namespace({ reason: '', policies: { admin: everything } }))).toBe(
    'fail wildcard: has wide roles: role loads may do everything with S3 and with KMS (policy admin)',
  )
})
