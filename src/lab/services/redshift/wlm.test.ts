// Which changes of the queues are dynamic, by AWS's table.

import { expect, test } from 'vitest'
import { isDynamicWlmChange } from './wlm.ts'

const auto = [{ auto_wlm: true, queue_type: 'auto' }]
const manual = [{ query_concurrency: 5, user_group: ['etl'] }, { query_concurrency: 2 }]

test.each([
  ['automatic: user groups', auto, [{ ...auto[0], user_group: ['etl'] }], true],
  ['automatic: another queue', auto, [...auto, { auto_wlm: true }], true],
  ['manual: concurrency', manual, [{ ...manual[0], query_concurrency: 9 }, manual[1]], true],
  ['manual: user groups', manual, [{ ...manual[0], user_group: ['bi'] }, manual[1]], false],
  ['manual: another queue', manual, [...manual, {}], false],
  ['manual: queues in another order', manual, [manual[1], manual[0]], false],
  ['from automatic to manual', auto, manual, false],
  ['from manual to automatic', manual, auto, false],
])('%s', (_what, from, to, isDynamic) => {
  expect(isDynamicWlmChange(JSON.stringify(from), JSON.stringify(to))).toBe(isDynamic)
})
