// A proof is a pass and nothing else.

import { expect, test } from 'vitest'
import type { Finding, Status } from '#model/finding.ts'
import { proofReasons } from './proof.ts'

const found = (...statuses: Status[]) => statuses.map((status) => ({ status }) as Finding)

test.each([
  ['a pass', found('pass'), [], []],
  ['a fail', found('pass', 'fail'), [], ['notInForce']],
  ['an unknown', found('pass', 'unknown'), [], ['incomplete']],
  ['both', found('fail', 'unknown'), [], ['notInForce', 'incomplete']],
  ['a resource that is gone', [], ['arn:aws:redshift:eu-west-1:111122223333:cluster:sales'], ['notInForce']],
])('%s', (_, findings, gone, reasons) => {
  expect(proofReasons({ findings, gone, deleted: [] })).toEqual(reasons)
})

test('what the plan deleted is done with', () => {
  const deleted = ['arn:aws:redshift:eu-west-1:111122223333:snapshotcopygrant:old']
  expect(proofReasons({ findings: [], gone: [], deleted })).toEqual([])
})
