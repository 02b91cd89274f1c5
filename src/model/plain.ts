// What AWS said, as JSON can hold it.

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** An SDK shape as plain JSON: dates are ISO 8601 strings, names stay AWS's. */
export type Plain<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T

/** Makes a fresh SDK value plain where it stands: an answer may have thousands of members, too many to copy for a date. */
export function plain<T>(value: T): Plain<T> {
  if (value instanceof Date) return value.toJSON() as Plain<T>
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>
    for (const name in members) {
      const member = members[name]
      if (member === undefined) delete members[name]
      else if (typeof member === 'object') members[name] = plain(member)
      else if (typeof member === 'number' && !Number.isFinite(member)) members[name] = null
    }
  }
  return value as Plain<T>
}
