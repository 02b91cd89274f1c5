// Hashes of plain values, so that a document can name exactly what it was made from.

import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** `sha256:<hex>` of the canonical JSON of a value. */
export function hashOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`
}
