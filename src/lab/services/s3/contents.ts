// The objects of a bucket in order of key: those that were put, and those that sources make when they are looked at.

import { hexOf } from '#lab/ids.ts'
import type { State } from '#lab/state.ts'
import { compareKeys, keysAfter } from './keys.ts'
import type { Bucket, ObjectFacts, SourceName, StoredObject } from './model.ts'

/** When and in which lab a bucket is looked at. */
export type Where = { state: State; now: number }

/** An object a source can make. Its bytes and moment stay as they are once it was listed. */
export type Made = {
  Key: string
  LastModified: number
  /** Leave it out where the bytes must be made to know it. */
  Size?: number
}

/**
 * Makes objects when they are listed and read: audit logs, trails. `list` gives at most `limit` objects that there are
 * at `where.now`, in order of key (`compareKeys`), whose keys start with `prefix` and stand after `after`.
 */
export type ObjectSource = {
  list(source: SourceName, bucket: Bucket, prefix: string, after: string, limit: number, where: Where): Made[]
  /** The bytes of a key, or undefined when the source has no such object at `where.now`. */
  read(source: SourceName, bucket: Bucket, key: string, where: Where): MadeObject | undefined
}

/** What a source makes of a key. */
export type MadeObject = { body: Uint8Array; lastModified: number; facts?: ObjectFacts }

/** An object as it is listed. */
export type Entry = {
  Key: string
  LastModified: number
  size(): number
  etag: string
  versionId: string | undefined
}

const sources = new Map<string, ObjectSource>()

/** Makes the code behind a kind of source known: `addSource('redshift:audit', …)` when the service is loaded. */
export function addSource(kind: string, source: ObjectSource): void {
  sources.set(kind, source)
}

/** The object of a key, put or made. */
export function readObject(bucket: Bucket, key: string, where: Where): StoredObject | undefined {
  const stored = bucket.objects.get(key)
  if (stored || bucket.deleted.has(key)) return stored
  const made = makeObject(bucket, key, where)
  return (
    made && {
      body: made.body,
      etag: madeTag(bucket, key),
      lastModified: made.lastModified,
      versionId: madeVersion(bucket, key),
      facts: { ContentType: 'binary/octet-stream', ...made.facts },
    }
  )
}

/** Every object of a bucket whose key starts with a prefix and stands after another, in order of key. */
export function* entriesOf(
  bucket: Bucket,
  prefix: string,
  after: string,
  where: Where,
): Generator<Entry, undefined> {
  const streams = [
    storedEntries(bucket, prefix, after),
    ...bucket.sources.map((source) => madeEntries(source, bucket, prefix, after, where)),
  ]
  const heads = streams.map((stream) => stream.next().value)
  for (;;) {
    const first = smallest(heads)
    if (!first) return
    yield first
    // What was put under the key of a made object replaces it, and two sources may make the same one.
    for (const [index, stream] of streams.entries()) {
      if (heads[index]?.Key === first.Key) heads[index] = stream.next().value
    }
  }
}

function smallest(heads: (Entry | undefined)[]): Entry | undefined {
  let first: Entry | undefined
  for (const head of heads) if (head && (!first || compareKeys(head.Key, first.Key) < 0)) first = head
  return first
}

function* storedEntries({ objects }: Bucket, prefix: string, after: string): Generator<Entry, undefined> {
  for (const Key of keysAfter(objects, prefix, after)) {
    const stored = objects.get(Key)
    if (!stored) continue
    const { lastModified, body, etag, versionId } = stored
    yield { Key, LastModified: lastModified, size: () => body.length, etag, versionId }
  }
}

function* madeEntries(
  source: SourceName,
  bucket: Bucket,
  prefix: string,
  after: string,
  where: Where,
): Generator<Entry, undefined> {
  // Small batches first: most listings of many keys look at one key of each folder only.
  let limit = 16
  for (let last = after; ; limit = Math.min(limit * 4, 1_000)) {
    const batch = codeOf(source).list(source, bucket, prefix, last, limit, where)
    for (const made of batch) {
      if (!bucket.deleted.has(made.Key)) yield entryOf(made, bucket, where)
    }
    if (batch.length < limit) return
    last = batch.at(-1)?.Key ?? last
  }
}

function entryOf({ Key, LastModified, Size }: Made, bucket: Bucket, where: Where): Entry {
  const size = () => Size ?? sizeOfMade(bucket, Key, where)
  return { Key, LastModified, size, etag: madeTag(bucket, Key), versionId: madeVersion(bucket, Key) }
}

// The tag of an upload in parts is no digest of the content, so it need not be made: S3 User Guide, "Checking object
// integrity", and services upload so.
function madeTag(bucket: Bucket, key: string): string {
  return `"${hexOf(`${bucket.partition} ${bucket.name} ${key}`, 32)}-1"`
}

// The one version of what a service delivered; unlike AWS's it comes and goes with the bucket's setting.
function madeVersion({ versioning, partition, name }: Bucket, key: string): string | undefined {
  return versioning === 'Enabled' ? hexOf(`version ${partition} ${name} ${key}`, 32) : undefined
}

type Memo = { objects: Map<string, MadeObject>; bytes: number; sizes: Map<string, number> }

// Beside the state, not in it: what is forgotten here is made again, the same.
const memos = new WeakMap<State, Memo>()
const mostBytes = 32_000_000
const mostSizes = 200_000

function memoOf(state: State): Memo {
  const known = memos.get(state) ?? { objects: new Map(), bytes: 0, sizes: new Map() }
  memos.set(state, known)
  return known
}

function sizeOfMade(bucket: Bucket, key: string, where: Where): number {
  const memo = memoOf(where.state)
  const name = memoName(bucket, key)
  const known = memo.sizes.get(name)
  if (known !== undefined) return known
  const size = makeObject(bucket, key, where)?.body.length ?? 0
  if (memo.sizes.size >= mostSizes) memo.sizes.clear()
  memo.sizes.set(name, size)
  return size
}

function makeObject(bucket: Bucket, key: string, where: Where): MadeObject | undefined {
  const memo = memoOf(where.state)
  const name = memoName(bucket, key)
  const known = memo.objects.get(name)
  if (known) return known
  for (const source of bucket.sources) {
    const made = codeOf(source).read(source, bucket, key, where)
    if (!made) continue
    remember(memo, name, made)
    return made
  }
  return undefined
}

function remember(memo: Memo, name: string, made: MadeObject) {
  memo.objects.set(name, made)
  memo.bytes += made.body.length
  for (const [oldest, { body }] of memo.objects) {
    if (memo.bytes <= mostBytes) return
    memo.objects.delete(oldest)
    memo.bytes -= body.length
  }
}

// A bucket made again under its old name is another one.
function memoName({ partition, name, createdAt }: Bucket, key: string): string {
  return `${partition}/${name}/${createdAt}/${key}`
}

function codeOf({ kind }: SourceName): ObjectSource {
  const source = sources.get(kind)
  if (!source) throw new Error(`nothing in the lab makes objects of the kind ${kind}`)
  return source
}
