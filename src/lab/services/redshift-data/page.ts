// Pages of lists, with tokens that say where to go on.

import { invalid } from './connect.ts'

/** One page of a list. */
export function pageOf<Item>(
  all: Item[],
  { NextToken, MaxResults }: { NextToken?: string | undefined; MaxResults?: number | undefined },
  most = 100,
): { items: Item[]; NextToken?: string } {
  if (MaxResults !== undefined && (MaxResults < 0 || MaxResults > 1000))
    throw invalid('MaxResults must be from 0 to 1000.')
  const start = NextToken ? Number(Buffer.from(NextToken, 'base64url').toString()) : 0
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw invalid('Invalid NextToken.')
  const end = start + (MaxResults || most)
  return {
    items: all.slice(start, end),
    ...(end < all.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
  }
}
