// The shelf is the folder. What every practice must hold besides is in testing/common.ts, which each one's test calls.

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { controls } from '#model/control.ts'
import { practices } from './index.ts'

test('the shelf is the folder, and every practice has a test', () => {
  const files = readdirSync(new URL('./', import.meta.url)).filter((file) => file.endsWith('.ts'))
  const shared = ['index.ts', 'examples.ts']
  const members = files.filter((file) => !file.endsWith('.test.ts') && !shared.includes(file))
  expect(practices.map(({ id }) => `${id}.ts`)).toEqual(members.sort())
  expect(members.length).toBeGreaterThan(5)
  const tests = files.filter((file) => file.endsWith('.test.ts') && file !== 'common.test.ts')
  expect(tests.map((file) => file.replace('.test.ts', '.ts')).sort()).toEqual(members)
})

test('every control of the catalogue is answered to by a practice', () => {
  const answered = practices.flatMap((practice) => practice.controls)
  expect(controls.filter((control) => !answered.includes(control))).toEqual([])
})
