// Edges of serverless-snapshot-region: where a copy comes from, and which snapshots are judged.

import { expect, test } from 'vitest'
import { serverlessSnapshot } from './examples/serverless-snapshot.ts'
import practice from './serverless-snapshot-region.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test.each([
  [
    'from another partition’s way of naming regions',
    { namespaceArn: 'arn:aws-us-gov:redshift-serverless:us-gov-west-1:111122223333:namespace/1' },
    'fail outside: lies in eu-west-1, copied from us-gov-west-1, which is not among the allowed regions, and is kept for 90 days',
  ],
  [
    'of a namespace that is not told',
    { namespaceArn: undefined },
    'pass at-home: lies in eu-west-1, as it may',
  ],
])('%s', (_, facts, verdict) => {
  expect(verdictOf(practice, serverlessSnapshot({ reason: '', facts: facts as never }))).toBe(verdict)
})

test('only what is there and one’s own is judged', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  expect(practice.concerns?.({ ownerAccount: '444455556666' }, place)).toBe(false)
  expect(practice.concerns?.({ status: 'DELETED' }, place)).toBe(false)
  expect(practice.concerns?.({ status: 'COPYING' }, place)).toBe(true)
  expect(practice.concerns?.({}, place)).toBe(true)
})
