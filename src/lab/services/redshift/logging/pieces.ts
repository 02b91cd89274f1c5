// Lines of a log in compressed pieces: written as they come, sorted by time, read back as a file or line by line.

import { gunzipSync, gzipSync } from 'node:zlib'

/** One record of a log as text; that of the activity log has as many lines as its statement. */
export type Line = { at: number; line: string }

/** Some lines of a log in order of time, compressed: their moments after `from`, and where each ends in the text. */
export type Piece = { packed: Buffer; from: number; moments: Uint32Array; ends: Uint32Array }

const nothing = gzipSync('')

/** A log as a file. Its pieces stand one after the other, which gzip reads as one text (RFC 1952, 2.2). */
export function fileOf(pieces: Piece[]): Buffer {
  const [first = { packed: nothing }, ...others] = pieces
  return others.length === 0 ? first.packed : Buffer.concat(pieces.map(({ packed }) => packed))
}

/** The lines of a log whose time lies in [from, to), in order of time. */
export function* linesOf(pieces: Piece[], from: number, to: number): Generator<Line, undefined> {
  for (const piece of pieces) {
    const { moments, ends } = piece
    if (piece.from + (moments.at(-1) ?? 0) < from) continue
    if (piece.from + (moments[0] ?? 0) >= to) return
    const text = textOf(piece)
    for (const [place, moment] of moments.entries()) {
      const at = piece.from + moment
      if (at < from || at >= to) continue
      yield { at, line: text.toString('utf8', ends[place - 1] ?? 0, (ends[place] ?? 0) - 1) }
    }
  }
}

// Windows of time and pages of a log follow each other.
let latest: { piece: Piece; text: Buffer } | undefined

function textOf(piece: Piece): Buffer {
  if (latest?.piece !== piece) latest = { piece, text: gunzipSync(piece.packed) }
  return latest.text
}

/** The bytes that a piece holds. */
export function sizeOf({ packed, moments, ends }: Piece): number {
  return packed.length + moments.byteLength + ends.byteLength
}

// More lines than a window can have; a moment of an hour times this is a whole number still.
const room = 2 ** 28
const pieceBytes = 1_000_000

/** Lines of a log from a moment on, in any order. They are written down at once, so that nothing else of them stays. */
export class Unsorted {
  readonly #from: number
  #text = Buffer.allocUnsafe(4_096)
  // Time and order of coming in one number, so that sorting is that of plain numbers.
  readonly #keys: number[] = []
  readonly #ends: number[] = []

  constructor(from: number) {
    this.#from = from
  }

  add(at: number, line: string): void {
    const start = this.#ends.at(-1) ?? 0
    this.#makeRoom(start + 3 * line.length + 1)
    const end = start + this.#text.write(line, start) + 1
    this.#text[end - 1] = 10
    this.#keys.push((at - this.#from) * room + this.#ends.length)
    this.#ends.push(end)
  }

  /** All lines in order of time, those of one time in the order in which they came. */
  pieces(): Piece[] {
    const order = Float64Array.from(this.#keys).sort()
    const made: Piece[] = []
    for (let first = 0; first < order.length; ) {
      let after = first
      for (let size = 0; after < order.length && size < pieceBytes; after++)
        size += this.#sizeOf(order[after])
      made.push(this.#pack(order.subarray(first, after)))
      first = after
    }
    return made
  }

  #makeRoom(bytes: number) {
    if (bytes <= this.#text.length) return
    const larger = Buffer.allocUnsafe(2 * bytes)
    this.#text.copy(larger)
    this.#text = larger
  }

  #sizeOf(key = 0): number {
    const index = key % room
    return (this.#ends[index] ?? 0) - (this.#ends[index - 1] ?? 0)
  }

  #pack(order: Float64Array): Piece {
    const moments = order.map((key) => Math.floor(key / room))
    let size = 0
    const ends = Uint32Array.from(order, (key) => {
      size += this.#sizeOf(key)
      return size
    })
    const sorted = Buffer.allocUnsafe(size)
    for (const [place, key] of order.entries()) {
      const index = key % room
      this.#text.copy(sorted, ends[place - 1] ?? 0, this.#ends[index - 1] ?? 0, this.#ends[index])
    }
    const packed = gzipSync(sorted, { level: 1 })
    return { packed, from: this.#from, moments: Uint32Array.from(moments), ends }
  }
}
