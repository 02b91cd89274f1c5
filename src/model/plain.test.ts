// What AWS said, as the SDK hands it over and as JSON can hold it.

import { expect, test } from 'vitest'
import { plain } from './plain.ts'

test('is as JSON makes it', () => {
  const said = () => ({
    when: new Date(0),
    never: new Date(Number.NaN),
    absent: undefined,
    nothing: null,
    rate: Number.NaN,
    list: [new Date(0), { size: Number.POSITIVE_INFINITY, absent: undefined }, 1, ['a']],
  })
  expect(plain(said())).toStrictEqual(JSON.parse(JSON.stringify(said())))
})
