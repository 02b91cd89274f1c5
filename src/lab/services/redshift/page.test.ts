// A page of a long list costs what it shows, and holds what a page of a sorted copy would.

import { expect, test } from 'vitest'
import { pageOf, pageOfSorted } from './page.ts'

const all = Array.from({ length: 20_000 }, (_, index) => `s-${String(index).padStart(5, '0')}`)
const positionOf = (name: string) => [name]

test('pages follow each other to the end, each item once', () => {
  const seen: string[] = []
  let Marker: string | undefined
  do {
    const page = pageOfSorted({ sorted: all, matches: (name) => name.endsWith('7') }, positionOf, { Marker })
    seen.push(...page.items)
    Marker = page.Marker
  } while (Marker !== undefined)
  expect(seen).toEqual(all.filter((name) => name.endsWith('7')))
})

test('the pages of a list in order are those of a list that is put in order', () => {
  let Marker: string | undefined
  for (let count = 0; count < 3; count += 1) {
    const page = pageOfSorted({ sorted: all, matches: () => true }, positionOf, { MaxRecords: 50, Marker })
    expect(page).toEqual(pageOf([...all].reverse(), positionOf, { MaxRecords: 50, Marker }))
    Marker = page.Marker
  }
})

test('a page far behind looks at no more items than it shows, and one', () => {
  let looks = 0
  const matches = () => {
    looks += 1
    return true
  }
  const { Marker } = pageOf(all.slice(0, 15_001), positionOf, { MaxRecords: 100 })
  expect(Marker).toBeDefined()
  let positions = 0
  const counted = (name: string) => {
    positions += 1
    return [name]
  }
  pageOfSorted({ sorted: all, matches }, counted, { MaxRecords: 100, Marker })
  expect(looks).toBe(101)
  // The way to the marker is halved each time.
  expect(positions).toBeLessThan(20)
})
