// Writes out the series of a world: one item of a list that stands for many, such as the snapshots of every night.

import { LabFileError } from './lab-file.ts'

const most = 10_000

/**
 * A value of a world with every series in it written out. An item `{ …, series: { count, from, step } }` becomes `count`
 * items, numbered `from` (1), `from + step` (2) and so on; `{n}` in any text of it is the number, `{n:4}` the number in
 * at least four digits.
 */
export function writeOut(value: unknown, where: string): unknown {
  if (Array.isArray(value)) return value.flatMap((item) => writeOutItem(item, where))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, writeOut(member, where)]))
}

function writeOutItem(item: unknown, where: string): unknown[] {
  if (!isRecord(item) || item.series === undefined) return [writeOut(item, where)]
  const { series, ...rest } = item
  const make = numbering(writeOut(rest, where))
  return numbersOf(series, where).map(make)
}

function numbersOf(series: unknown, where: string): number[] {
  const wrong = new LabFileError(
    `${where}: a series is { count, from, step } in whole numbers, count from 1 to ${most}, not ${JSON.stringify(series)}`,
  )
  if (!isRecord(series)) throw wrong
  const { count, from = 1, step = 1, ...others } = series
  if (!isWhole(count) || count < 1 || count > most || !isWhole(from) || !isWhole(step)) throw wrong
  if (Object.keys(others).length > 0) throw wrong
  return Array.from({ length: count }, (_, index) => from + index * step)
}

type Numbered = (number: number) => unknown

// What makes a value for each number: looked through once, because a series may have ten thousand items.
function numbering(value: unknown): Numbered {
  if (typeof value === 'string') return textNumbering(value)
  if (Array.isArray(value)) {
    const items = value.map(numbering)
    return (number) => items.map((make) => make(number))
  }
  if (!isRecord(value)) return () => value
  const members = Object.entries(value).map(([name, member]) => ({ name, make: numbering(member) }))
  return (number) => {
    const made = { ...value }
    for (const { name, make } of members) made[name] = make(number)
    return made
  }
}

// `a-{n:4}-b` is the texts around its numbers, and the width of each.
function textNumbering(text: string): Numbered {
  const [first = '', ...rest] = text.split(/\{n(?::(\d))?\}/)
  if (rest.length === 0) return () => text
  return (number) => {
    let made = first
    for (let index = 0; index < rest.length; index += 2)
      made += String(number).padStart(Number(rest[index] ?? 1), '0') + rest[index + 1]
    return made
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
