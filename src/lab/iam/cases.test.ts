// Hand-written cases of policy evaluation, each with the page of AWS's documentation it follows from.

import { expect, test } from 'vitest'
import { refusalMessage } from './refusal.ts'
import { requestOf, verdictOf } from './testing/case.ts'
import { conditionCases } from './testing/condition-cases.ts'
import { identityCases } from './testing/identity-cases.ts'
import { keyCases } from './testing/key-cases.ts'
import { resourceCases } from './testing/resource-cases.ts'

const cases = [...identityCases, ...conditionCases, ...resourceCases, ...keyCases]

test.each(cases)('$page: $says', (one) => {
  const verdict = verdictOf(one)
  const { allowed, explicit, reason } = verdict
  expect(allowed ? 'allowed' : reason).toBe(one.is)
  expect(explicit).toBe(one.is.startsWith('with an explicit deny'))
  const { action, resource } = requestOf(one)
  if (!allowed) {
    expect(refusalMessage(verdict, requestOf(one))).toContain(
      ` is not authorized to perform: ${action} on resource: ${resource} ${one.is}`,
    )
  }
})

test('there are enough of them, and none is written twice', () => {
  expect(cases.length).toBeGreaterThan(60)
  expect(new Set(cases.map(({ page, says, is }) => page + says + is)).size).toBe(cases.length)
})
