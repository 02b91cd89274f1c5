// The types of a practice's settings: a check sees numbers, switches, words and lists as what they are.

import { expectTypeOf, test } from 'vitest'
import type { Setting, SettingValues } from './practice.ts'

test('a setting takes any value of the kind of its default', () => {
  const settingsOf = <S extends Record<string, Setting>>(settings: S) => settings
  const settings = settingsOf({
    days: { default: 7, unit: 'days', about: '' },
    strict: { default: false, about: '' },
    name: { default: 'admin', about: '' },
    ports: { default: ['5439'], about: '' },
    names: { default: [], about: '' },
  })
  expectTypeOf<SettingValues<typeof settings>>().toEqualTypeOf<{
    readonly days: number
    readonly strict: boolean
    readonly name: string
    readonly ports: readonly string[]
    readonly names: readonly string[]
  }>()
})
