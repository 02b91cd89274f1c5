// What is known to be wrong, beside answers that are missing.

import { expect, test } from 'vitest'
import { GapRead, ifTold, worstOf } from './missing.ts'
import { fail, manual, unknown } from './practice.ts'

const gap = (message: string) =>
  new GapRead({ gap: 'refused', source: 'kms:GetKeyPolicy', takenAt: '', code: 'AccessDenied', message })
const hidden = (message: string) => () => {
  throw gap(message)
}
const broken = fail('broken', 'is broken')
const open = unknown('untold', 'is not told')

test('the first that fails is told, whatever is missing before it or cannot be told', () => {
  expect(
    worstOf(
      hidden('one'),
      () => open,
      () => broken,
      () => fail('other', 'is worse'),
    ),
  ).toBe(broken)
})

test('where none fails, the first that is missing decides, and then what cannot be told', () => {
  expect(() => worstOf(() => open, hidden('one'), hidden('two'))).toThrow('one')
  expect(
    worstOf(
      () => undefined,
      () => open,
      () => manual('depends', 'depends'),
    ),
  ).toBe(open)
  expect(worstOf(() => undefined)).toBeUndefined()
})

test('nothing else that is thrown is taken for a missing answer', () => {
  const mistake = () => {
    throw new TypeError('a mistake')
  }
  expect(() => worstOf(mistake, () => broken)).toThrow('a mistake')
  expect(() => ifTold(mistake)).toThrow('a mistake')
  expect(ifTold(hidden('one'))).toBeUndefined()
  expect(ifTold(() => 'told')).toBe('told')
})
