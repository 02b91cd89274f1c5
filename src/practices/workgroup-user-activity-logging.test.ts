// Edges of workgroup-user-activity-logging: the two switches, and what AWS does not tell.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import practice from './workgroup-user-activity-logging.ts'

holdsInCommon(practice)

const parameters = (value: string | undefined) => ({ enable_user_activity_logging: value })

test('D12: the parameter alone is not enough', () => {
  const example = workgroup({ reason: '', parameters: parameters('true'), namespace: { logExports: [] } })
  expect(verdictOf(practice, example)).toBe(
    'fail not-exported: writes down what is queried, but its namespace does not export it',
  )
})

test.each([
  [
    'AWS does not tell the parameter',
    workgroup({ reason: '', parameters: parameters(undefined) }),
    'unknown untold: does not tell whether enable_user_activity_logging is set (it says nothing)',
  ],
  [
    'there is no such namespace',
    workgroup({ reason: '', namespace: null }),
    'unknown no-namespace: belongs to a namespace that was not found',
  ],
])('%s', (_, example, expected) => {
  expect(verdictOf(practice, example)).toBe(expected)
})

test('two switches are two calls, and one property family each', () => {
  const example = workgroup({
    reason: '',
    parameters: parameters('false'),
    namespace: { logExports: ['userlog'] },
  })
  expect(changesOf(practice, example).map(({ call }) => call)).toEqual([
    {
      action: 'redshift-serverless:UpdateWorkgroup',
      input: {
        workgroupName: 'planning',
        configParameters: [{ parameterKey: 'enable_user_activity_logging', parameterValue: 'true' }],
      },
    },
    {
      action: 'redshift-serverless:UpdateNamespace',
      input: { namespaceName: 'planning', logExports: ['connectionlog', 'useractivitylog', 'userlog'] },
    },
  ])
})
