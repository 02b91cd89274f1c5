// Edges of workgroup-require-ssl: what AWS may say of the parameter, and what is left alone.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import practice from './workgroup-require-ssl.ts'

holdsInCommon(practice)

const verdict = (require_ssl: string | undefined) =>
  verdictOf(practice, workgroup({ reason: '', parameters: { require_ssl } }))

test.each([
  ['TRUE', 'pass in-force: requires TLS'],
  ['False', 'fail off: accepts connections without TLS (require_ssl is false)'],
  [undefined, 'unknown untold: does not tell whether require_ssl is set (it says nothing)'],
  ['maybe', 'unknown untold: does not tell whether require_ssl is set (it says maybe)'],
])('%s', (value, expected) => {
  expect(verdict(value)).toBe(expected)
})

test('one parameter is sent, and its former value comes back', () => {
  const [change] = changesOf(practice, workgroup({ reason: '', parameters: { require_ssl: 'false' } }))
  const to = (parameterValue: string) => ({
    action: 'redshift-serverless:UpdateWorkgroup',
    input: { workgroupName: 'planning', configParameters: [{ parameterKey: 'require_ssl', parameterValue }] },
  })
  expect(change?.call).toEqual(to('true'))
  expect(change?.impact).toBe('reboot')
  expect(change?.undo).toMatchObject({ call: to('false'), impact: 'reboot' })
})

test('a workgroup on its way out is not judged', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  expect(practice.concerns?.({ status: 'DELETING' }, place)).toBe(false)
  expect(practice.concerns?.({ status: 'MODIFYING' }, place)).toBe(true)
})
