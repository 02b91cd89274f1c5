// Pages of Organizations: at most 20 items (API, MaxResults), in order of id.

import { InvalidInputException$ } from '@aws-sdk/client-organizations'
import { fault } from '#lab/wire/errors.ts'

type Input = { MaxResults?: number | undefined; NextToken?: string | undefined }

const sign = 'lab1:'

/** The items that follow the token, and the next one. */
export function pageOf<Item extends { id: string }>(items: Item[], { MaxResults = 20, NextToken }: Input) {
  if (MaxResults < 1 || MaxResults > 20)
    throw fault(InvalidInputException$, 'You specified an invalid value for MaxResults.')
  const after = NextToken === undefined ? undefined : readToken(NextToken)
  const rest = items
    .filter(({ id }) => after === undefined || id > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const shown = rest.slice(0, MaxResults)
  const last = shown.at(-1)
  const next =
    last && rest.length > shown.length ? { NextToken: Buffer.from(sign + last.id).toString('base64') } : {}
  return { items: shown, ...next }
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(sign)) throw fault(InvalidInputException$, 'The provided next token is invalid.')
  return text.slice(sign.length)
}
