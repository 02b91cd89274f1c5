// Writes out the series of a world: one item of a list that stands for many, such as the snapshots of every night.

import { LabFileError } from './yaml-file.ts'

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
  const whole = writeOut(rest, where)
  return numbersOf(series, where).map((number) => numbered(whole, number))
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

function numbered(value: unknown, number: number): unknown {
  if (typeof value === 'string' && !value.includes('{n')) return value
  if (typeof value === 'string')
    return value.replace(/\{n(?::(\d))?\}/g, (_, width = '1') => String(number).padStart(Number(width), '0'))
  if (Array.isArray(value)) return value.map((item) => numbered(item, number))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, numbered(member, number)]))
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
