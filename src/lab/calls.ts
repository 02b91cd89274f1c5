// Remembers every AWS call the lab answered: the latest ten thousand, and how many there were in all.

import { iso } from '#kit/time.ts'

/** One call as it was answered. */
export type Call = {
  at: string
  account: string | undefined
  region: string | undefined
  action: string | undefined
  status: number
  errorCode: string | undefined
}

/** The calls so far. */
export type Calls = {
  /** A new entry, to be filled in while the call is answered. */
  note(now: number): Call
  list(): Call[]
  total(): number
  clear(): void
}

const kept = 10_000

/** A place for calls, empty at first. */
export function createCalls(): Calls {
  let latest: Call[] = []
  let total = 0
  return {
    note(now) {
      const call: Call = {
        at: iso(now),
        account: undefined,
        region: undefined,
        action: undefined,
        status: 500,
        errorCode: undefined,
      }
      latest.push(call)
      total += 1
      // Cut in large steps: shifting one by one would move the whole list on every call.
      if (latest.length >= 2 * kept) latest = latest.slice(-kept)
      return call
    },
    list: () => latest.slice(-kept),
    total: () => total,
    clear() {
      latest = []
      total = 0
    },
  }
}
