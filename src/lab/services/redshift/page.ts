// Cuts a list into pages as Redshift's Describe operations do, stable while the list changes.

import { common } from '#lab/wire/errors.ts'

/** One page: its items, and the marker of the next page unless this is the last. */
export type Page<Item> = { items: Item[]; Marker?: string }

/** Where an item stands in a list: compared part by part. The last part must tell items apart. */
export type Position = (string | number)[]

type PageInput = { MaxRecords?: number | undefined; Marker?: string | undefined }

/**
 * The page that starts after the marker. A marker holds the position of the last item shown, so items that come or go
 * in between neither repeat nor hide others.
 */
export function pageOf<Item>(
  items: Item[],
  positionOf: (item: Item) => Position,
  { MaxRecords, Marker }: PageInput,
  compare: (a: Position, b: Position) => number = comparePositions,
): Page<Item> {
  const size = checkedSize(MaxRecords)
  const after = Marker ? readMarker(Marker) : undefined
  const placed = items.map((item) => ({ item, position: positionOf(item) }))
  const rest = placed.filter(({ position }) => after === undefined || compare(position, after) > 0)
  const shown = rest.sort((a, b) => compare(a.position, b.position)).slice(0, size)
  const last = shown.at(-1)
  const page = { items: shown.map(({ item }) => item) }
  return last && rest.length > shown.length ? { ...page, Marker: writeMarker(last.position) } : page
}

/** A list that is in order already, and which of its items are meant. */
export type Ordered<Item> = { sorted: readonly Item[]; matches(item: Item): boolean }

/** The same of a long list that is kept in order: only as much of it is looked at as the page needs. */
export function pageOfSorted<Item>(
  { sorted, matches }: Ordered<Item>,
  positionOf: (item: Item) => Position,
  { MaxRecords, Marker }: PageInput,
  compare: (a: Position, b: Position) => number = comparePositions,
): Page<Item> {
  const size = checkedSize(MaxRecords)
  const after = Marker ? readMarker(Marker) : undefined
  const isShown = (item: Item) => after !== undefined && compare(positionOf(item), after) <= 0
  const items: Item[] = []
  for (let index = firstNot(sorted, isShown); index < sorted.length; index += 1) {
    const item = sorted[index]
    if (item === undefined || !matches(item)) continue
    const last = items.at(-1)
    if (items.length === size && last) return { items, Marker: writeMarker(positionOf(last)) }
    items.push(item)
  }
  return { items }
}

/** The index of the first item that does not pass, where all that pass come first. */
function firstNot<Item>(sorted: readonly Item[], passes: (item: Item) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = sorted[middle]
    if (item !== undefined && passes(item)) low = middle + 1
    else high = middle
  }
  return low
}

/** Orders two positions part by part, smallest first. */
export function comparePositions(a: Position, b: Position): number {
  for (const [index, part] of a.entries()) {
    const difference = compareParts(part, b[index])
    if (difference !== 0) return difference
  }
  return 0
}

/** Orders two parts of positions. */
export function compareParts(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b) return 0
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1
  return a < b ? -1 : 1
}

// Bounds: Redshift API Reference, "minimum 20, maximum 100". Unverified: code and wording.
function checkedSize(size = 100): number {
  if (size >= 20 && size <= 100) return size
  throw common('InvalidParameterValue', `Invalid value ${size} for MaxRecords. Must be between 20 and 100`)
}

const sign = 'lab1:'

function writeMarker(position: Position): string {
  return Buffer.from(sign + JSON.stringify(position)).toString('base64url')
}

function readMarker(marker: string): Position {
  const text = Buffer.from(marker, 'base64url').toString()
  const position = text.startsWith(sign) ? parsePosition(text.slice(sign.length)) : undefined
  // Unverified: code and wording.
  if (!position) throw common('InvalidParameterValue', 'The parameter Marker is invalid.')
  return position
}

function parsePosition(text: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isPosition =
      Array.isArray(value) && value.every((part) => ['string', 'number'].includes(typeof part))
    return isPosition ? value : undefined
  } catch {
    return undefined
  }
}
