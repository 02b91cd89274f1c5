// Cuts a list into pages as the List operations do, stable while the list changes.

import type { StaticErrorSchema } from '@smithy/types'
import { fault } from '#lab/wire/errors.ts'
import { checkRange } from './checks.ts'
import { invalid } from './errors.ts'

type PageInput = { maxResults?: number | undefined; nextToken?: string | undefined }

/**
 * The page that starts after the token, in the order of the items' keys. A token holds the key of the last item shown.
 * `refusal` is the error for a bad token, where the operation declares InvalidPaginationException.
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  { maxResults = 100, nextToken }: PageInput,
  refusal?: StaticErrorSchema,
): { items: Item[]; nextToken?: string } {
  // Bounds: API, maxResults. Unverified: that a page without it has 100 items (documented for ListUsageLimits).
  checkRange(maxResults, 'maxResults', 1, 100)
  const after = nextToken === undefined ? undefined : readToken(nextToken, refusal)
  const rest = [...items]
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const shown = rest.slice(0, maxResults)
  const last = shown.at(-1)
  const page = { items: shown.map(({ item }) => item) }
  return last && rest.length > shown.length ? { ...page, nextToken: writeToken(last.key) } : page
}

const sign = 'lab1:'

function writeToken(key: string): string {
  return Buffer.from(sign + key).toString('base64url')
}

function readToken(token: string, refusal: StaticErrorSchema | undefined): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (text.startsWith(sign)) return text.slice(sign.length)
  // Unverified: wording.
  const message = 'The nextToken is invalid.'
  throw refusal ? fault(refusal, message) : invalid(message)
}
