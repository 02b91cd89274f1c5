// Random numbers that are looked up rather than drawn: the n-th number of a key is always the same, in any order.

/** What a stream of numbers is named by. */
export type Key = { readonly a: number; readonly b: number }

/** A stream of numbers; the same key gives the same stream. */
export type Random = {
  /** A number from 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `below`. */
  int(below: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

// The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input flips half of the output.
function mix(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** A key below another one: that of an hour below a warehouse's, that of a session below an hour's. */
export function under({ a, b }: Key, ...parts: (string | number)[]): Key {
  for (const part of parts) {
    const numbers = typeof part === 'number' ? [part, Math.floor(part / 2 ** 32)] : [...codesOf(part)]
    for (const number of numbers) {
      a = mix(a ^ Math.imul(number | 0, 0x9e3779b1))
      b = mix((b + a) ^ Math.imul(number | 0, 0x27d4eb2f))
    }
  }
  return { a, b }
}

// The length comes first, so that ("ab", "c") and ("a", "bc") are two keys.
function* codesOf(text: string): Generator<number> {
  yield text.length
  for (let index = 0; index < text.length; index++) yield text.charCodeAt(index)
}

/** The key of everything that these parts name. */
export function keyOf(...parts: (string | number)[]): Key {
  return under({ a: 0x243f6a88, b: 0x85a308d3 }, ...parts)
}

/** The stream of a key. */
export function randomOf({ a, b }: Key): Random {
  let counter = 0
  const draw = () => {
    counter = (counter + 1) | 0
    return mix(a ^ mix(b + Math.imul(counter, 0x9e3779b9)))
  }
  const next = () => draw() / 2 ** 32
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(items.length)] ?? items[0],
  }
}

/** 32 hexadecimal digits that belong to a key. */
export function hex({ a, b }: Key): string {
  return [a, b, mix(a + b), mix(a ^ (b >>> 1))].map((word) => word.toString(16).padStart(8, '0')).join('')
}

/** A GUID that belongs to a key. */
export function guidOf(key: Key): string {
  const digits = hex(key)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
}
