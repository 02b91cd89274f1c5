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
  return JSON.parse(JSON.stringify(value))
}
