// Ids that AWS makes up. The lab counts instead of throwing dice, so that the same calls get the same ids.

import { createHash } from 'node:crypto'
import type { State } from './state.ts'

/** A new UUID. */
export function newUuid(state: State): string {
  return asUuid(nextHash(state))
}

/** The UUID of something: the same name always gets the same one. */
export function uuidOf(name: string): string {
  return asUuid(hexOf(name, 32))
}

function asUuid(hash: string): string {
  const hex = hash.slice(0, 32)
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** New hexadecimal digits, at most 64 of them. */
export function newHex(state: State, digits: number): string {
  return nextHash(state).slice(0, digits)
}

/** The id of something seeded: the same name always gets the same digits. */
export function hexOf(name: string, digits: number): string {
  return createHash('sha256').update(name).digest('hex').slice(0, digits)
}

function nextHash(state: State): string {
  state.idsMade += 1
  return hexOf(`id ${state.idsMade}`, 64)
}
