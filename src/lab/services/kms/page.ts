// Cuts a list into pages as KMS does: Limit, Marker, NextMarker, Truncated.

import { InvalidMarkerException$ } from '@aws-sdk/client-kms'
import { common, fault } from '#lab/wire/errors.ts'

type PageInput = { Limit?: number | undefined; Marker?: string | undefined }

/** One page of KMS. */
export type Page<Item> = { items: Item[]; NextMarker?: string; Truncated: boolean }

/** The page after the marker, in the order of `nameOf`, which tells items apart. */
export function pageOf<Item>(
  all: Item[],
  nameOf: (item: Item) => string,
  { Limit, Marker }: PageInput,
  { usual, most }: { usual: number; most: number },
): Page<Item> {
  checkLimit(Limit, most)
  const after = Marker === undefined ? undefined : readMarker(Marker)
  const sorted = all.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const rest = after === undefined ? sorted : sorted.filter((item) => nameOf(item) > after)
  const items = rest.slice(0, Limit ?? usual)
  const last = items.at(-1)
  if (last === undefined || items.length === rest.length) return { items, Truncated: false }
  return { items, NextMarker: writeMarker(nameOf(last)), Truncated: true }
}

function checkLimit(limit: number | undefined, most: number) {
  if (limit === undefined || (limit >= 1 && limit <= most)) return
  const [word, bound] = limit < 1 ? ['greater', 1] : ['less', most]
  throw common(
    'ValidationError',
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${word} than or equal to ${bound}`,
  )
}

const sign = 'kms:'

function writeMarker(name: string) {
  return Buffer.from(sign + name).toString('base64')
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString()
  if (text.startsWith(sign)) return text.slice(sign.length)
  // Unverified: the wording.
  throw fault(InvalidMarkerException$, 'Could not deserialize marker')
}
