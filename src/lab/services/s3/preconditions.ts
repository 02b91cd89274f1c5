// Conditions and ranges of requests for an object.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html

import { AwsError } from '#lab/wire/errors.ts'
import { refusal } from './errors.ts'
import type { StoredObject } from './model.ts'

/** What a request says of the object it wants. */
export type Preconditions = {
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
  IfModifiedSince?: Date | undefined
  IfUnmodifiedSince?: Date | undefined
}

/** Throws 412 or 304 unless the object is as the request wants it. */
export function demandConditions({ etag, lastModified }: StoredObject, wanted: Preconditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = wanted
  // HTTP dates have no milliseconds.
  const modified = Math.floor(lastModified / 1_000) * 1_000
  // The tag decides over the date where both are given: API, GetObject.
  if (IfMatch !== undefined) {
    if (!matches(etag, IfMatch)) throw failed('If-Match')
  } else if (IfUnmodifiedSince && modified > IfUnmodifiedSince.getTime()) throw failed('If-Unmodified-Since')
  const isSame =
    IfNoneMatch !== undefined
      ? matches(etag, IfNoneMatch)
      : IfModifiedSince !== undefined && modified <= IfModifiedSince.getTime()
  if (isSame) throw new AwsError('NotModified', 304, 'Not Modified', { headers: { etag } })
}

/** Throws 412 unless what is to be written over is as the request wants it. */
export function demandWritable(
  known: StoredObject | undefined,
  { IfMatch, IfNoneMatch }: Preconditions,
): void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*')
    throw refusal('NotImplemented', 'A header you provided implies functionality that is not implemented')
  if (IfNoneMatch === '*' && known) throw failed('If-None-Match')
  if (IfMatch !== undefined && (!known || !matches(known.etag, IfMatch))) throw failed('If-Match')
}

function matches(etag: string, wanted: string): boolean {
  const bare = (text: string) => text.trim().replace(/^"|"$/g, '')
  return wanted === '*' || wanted.split(',').some((one) => bare(one) === bare(etag))
}

function failed(Condition: string) {
  return refusal('PreconditionFailed', undefined, { Condition })
}

/** The part of a body that a Range header asks for; undefined for all of it. */
export function rangeOf(range: string | undefined, size: number): { start: number; end: number } | undefined {
  // Unverified: a header that is no single range of bytes is ignored, as HTTP has it.
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  if (start >= size || end < start) {
    throw refusal('InvalidRange', undefined, { RangeRequested: range, ActualObjectSize: size })
  }
  return { start, end }
}
