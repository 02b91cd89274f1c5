// Gzipped JSON Lines: written as they come, read back some at a time, and told when they were changed.

import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, writeFileSync } from 'node:fs'
import { createGunzip, gzipSync } from 'node:zlib'
import { Problem } from '#model/problem.ts'
import { notReadable } from './folder.ts'

/** Writes a file of values, one a line, some at a time, and gives the hash of its bytes. */
export async function writeLines(path: string, values: AsyncIterable<readonly unknown[]>): Promise<string> {
  const hash = createHash('sha256')
  const file = openSync(path, 'w', 0o600)
  try {
    for await (const text of textOf(values)) {
      const bytes = compressed(text)
      hash.update(bytes)
      writeFileSync(file, bytes)
    }
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/**
 * Text as a gzip member, of which a file may have many. Not by another thread, and neither is it written so: while one is
 * waited for, what else has arrived piles up in memory, and such small pieces take less than to wake a thread for them.
 */
export function compressed(text: string): Buffer {
  return gzipSync(text, { level: 1 })
}

/** So much text is compressed and written at once: single lines would each begin anew. */
const pieceLength = 65_536

/** So much text is read at once, and up to four times as much unpacked by another thread while it is looked at. */
const chunkSize = 65_536
const unzipping = { chunkSize, readableHighWaterMark: 4 * chunkSize }

async function* textOf(values: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let piece = ''
  for await (const some of values)
    for (const value of some) {
      piece += `${JSON.stringify(value)}\n`
      if (piece.length < pieceLength) continue
      yield piece
      piece = ''
    }
  yield piece
}

/** Where gzipped lines lie: a whole file, or the bytes of it from `start` up to `end`. */
export type Extent = { path: string; sha256: string; start?: number; end?: number }

/** Reads values back, some at a time. Throws a Problem at the end when they are not those that were written. */
export async function* readLines<T>({ path, sha256, start = 0, end }: Extent): AsyncGenerator<T[]> {
  const hash = createHash('sha256')
  try {
    const raw = createReadStream(path, { start, ...(end === undefined ? {} : { end: end - 1 }) })
    raw.on('data', (chunk) => hash.update(chunk))
    const unzipped = raw.pipe(createGunzip(unzipping))
    raw.on('error', (error) => unzipped.destroy(error))
    let rest = ''
    for await (const chunk of unzipped.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as T)
    }
  } catch (error) {
    throw error instanceof Problem ? error : notReadable(path, error)
  }
  if (hash.digest('hex') !== sha256) {
    throw new Problem('environment', `${path} was changed after it was made.`, 'Scan again.')
  }
}
