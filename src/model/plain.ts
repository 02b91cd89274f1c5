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

/** The plain form of an SDK value. */
export function plain<T>(value: T): Plain<T> {
  return copied(value) as Plain<T>
}

// A scan copies every answer: this takes a third of what JSON takes there and back.
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toJSON()
  if (Array.isArray(value)) return value.map((item) => copied(item) ?? null)
  if (Object.getPrototypeOf(value) !== Object.prototype) return JSON.parse(JSON.stringify(value))
  const copy: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) if (member !== undefined) copy[name] = copied(member)
  return copy
}
