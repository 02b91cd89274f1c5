// Keys of objects in S3's order, which is that of their bytes in UTF-8.

const surrogates = /[\ud800-\udfff]/

/** Orders two keys as S3 lists them. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0
  // UTF-16 and UTF-8 order differently only where surrogates stand.
  if (surrogates.test(a) || surrogates.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : 1
}

/** A key after which no key that starts with the prefix stands. */
export function endOf(prefix: string): string {
  return `${prefix}\u{10ffff}`
}

const sorted = new WeakMap<Map<string, unknown>, string[]>()

/** The keys of a map that start with a prefix and stand after another, in order. */
export function keysAfter(objects: Map<string, unknown>, prefix: string, after: string): string[] {
  let keys = sorted.get(objects)
  if (!keys) {
    keys = [...objects.keys()].sort(compareKeys)
    sorted.set(objects, keys)
  }
  const from = compareKeys(after, prefix) < 0 ? firstNotBefore(keys, prefix) : firstAfter(keys, after)
  const rest = keys.slice(from)
  const end = rest.findIndex((key) => !key.startsWith(prefix))
  return end < 0 ? rest : rest.slice(0, end)
}

/** Says that keys were added to or taken from a map. */
export function keysChanged(objects: Map<string, unknown>): void {
  sorted.delete(objects)
}

function firstNotBefore(keys: string[], key: string): number {
  return search(keys, (other) => compareKeys(other, key) >= 0)
}

function firstAfter(keys: string[], key: string): number {
  return search(keys, (other) => compareKeys(other, key) > 0)
}

function search(keys: string[], holds: (key: string) => boolean): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(keys[middle] ?? '')) high = middle
    else low = middle + 1
  }
  return low
}
