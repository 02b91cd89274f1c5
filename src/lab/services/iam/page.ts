// Cuts a list into pages as IAM does: Marker, MaxItems, IsTruncated.

import { common } from '#lab/wire/errors.ts'
import { invalid } from './invalid.ts'

type PageInput = { Marker?: string | undefined; MaxItems?: number | undefined }

/** A page: its items, and what IAM says of the rest. */
export type Page<Item> = { items: Item[]; rest: { IsTruncated: boolean; Marker?: string } }

const sign = 'lab1:'

/** The page after the marker, in the order of the keys, each of which must tell its item apart. */
export function pageOf<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  { Marker, MaxItems = 100 }: PageInput,
): Page<Item> {
  // API: 1 to 1,000, "this number defaults to 100".
  if (MaxItems < 1 || MaxItems > 1_000) throw invalid(MaxItems, 'maxItems', 'have value between 1 and 1000')
  const after = Marker === undefined ? undefined : readMarker(Marker)
  const keyed = [...items].map((item) => ({ item, key: keyOf(item) }))
  const left = keyed.filter(({ key }) => after === undefined || key > after)
  const shown = left.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, MaxItems)
  const last = shown.at(-1)
  const isTruncated = last !== undefined && left.length > shown.length
  return {
    items: shown.map(({ item }) => item),
    rest: { IsTruncated: isTruncated, ...(isTruncated && { Marker: writeMarker(last.key) }) },
  }
}

function writeMarker(key: string): string {
  return Buffer.from(sign + key).toString('base64')
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString()
  // Unverified: the wording.
  if (!text.startsWith(sign)) throw common('ValidationError', 'Invalid Marker.')
  return text.slice(sign.length)
}
