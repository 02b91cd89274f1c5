// Edges of namespace-resource-policy: who is a stranger, and what is left of the policy.

import { expect, test } from 'vitest'
import { exampleNamespace, namespace } from './examples/namespace.ts'
import practice from './namespace-resource-policy.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const allow = (Principal: unknown) => ({
  Effect: 'Allow',
  Principal,
  Action: 'redshift:CreateInboundIntegration',
})
const of = (...Statement: object[]) => namespace({ reason: '', policy: { Version: '2012-10-17', Statement } })

test.each([
  ['everybody', [allow('*')], 'fail foreign: lets in by its resource policy everybody'],
  [
    'the own account',
    [allow({ AWS: '111122223333' })],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'a service of AWS',
    [allow({ Service: 'redshift.amazonaws.com' })],
    'pass none: lets in no other account by its resource policy',
  ],
])('%s', (_, statements, verdict) => {
  expect(verdictOf(practice, of(...statements))).toBe(verdict)
})

test('what lets in a service stays, and the old document is what the undo writes', () => {
  const service = allow({ Service: 'redshift.amazonaws.com' })
  const example = of(service, allow({ AWS: '999988887777' }))
  const put = (document: object | null | undefined) => ({
    action: 'redshift:PutResourcePolicy',
    input: { ResourceArn: exampleNamespace, Policy: JSON.stringify(document) },
  })
  const [change] = changesOf(practice, example)
  expect(change?.call).toEqual(put({ Version: '2012-10-17', Statement: [service] }))
  expect(change?.undo).toMatchObject({ call: put(example.answers.policy) })
})
