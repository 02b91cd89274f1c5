// Cuts a list into pages as Redshift's Describe operations do, stable while the list changes.

import { common } from '../../wire/errors.ts'

/** One page: its items, and the marker of the next page unless this is the last. */
export type Page<Item> = { items: Item[]; Marker?: string }

type PageInput = { MaxRecords?: number | undefined; Marker?: string | undefined }

/**
 * The page that starts after the marker. A marker holds the key of the last item shown, so items that come or go in
 * between neither repeat nor hide others. `keyOf` must order items the way the list is to be shown.
 */
export function pageOf<Item>(
  items: Item[],
  keyOf: (item: Item) => string,
  { MaxRecords, Marker }: PageInput,
): Page<Item> {
  const size = checkedSize(MaxRecords)
  const keyed = items
    .map((item): [string, Item] => [keyOf(item), item])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const after = Marker ? readMarker(Marker) : undefined
  const rest = after === undefined ? keyed : keyed.filter(([key]) => key > after)
  const shown = rest.slice(0, size)
  const last = shown.at(-1)
  const page = { items: shown.map(([, item]) => item) }
  return last && rest.length > shown.length ? { ...page, Marker: writeMarker(last[0]) } : page
}

// Bounds: Redshift API Reference, "minimum 20, maximum 100". Unverified: code and wording.
function checkedSize(size = 100): number {
  if (size >= 20 && size <= 100) return size
  throw common('InvalidParameterValue', `Invalid value ${size} for MaxRecords. Must be between 20 and 100`)
}

const sign = 'lab1:'

function writeMarker(key: string): string {
  return Buffer.from(sign + key).toString('base64url')
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64url').toString()
  if (text.startsWith(sign)) return text.slice(sign.length)
  // Unverified: code and wording.
  throw common('InvalidParameterValue', 'The parameter Marker is invalid.')
}
