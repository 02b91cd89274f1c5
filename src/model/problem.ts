// What stops Redoubt for a reason outside its code: one sentence what, one sentence what to do, one exit code.

/** Exit codes, as `docs/commands.md` lists them. When several hold, the first in this order wins. */
export const exitCodes = {
  interrupted: 130,
  internal: 1,
  usage: 252,
  environment: 253,
  refused: 254,
  stopped: 7,
  notInForce: 8,
  stale: 5,
  findings: 3,
  incomplete: 4,
  suppressionExpired: 6,
  changes: 2,
  ok: 0,
} as const

export type ExitReason = keyof typeof exitCodes

/** A problem that a person can solve. `what` and `todo` are whole sentences; neither holds a secret. */
export class Problem extends Error {
  readonly what: string
  readonly todo: string
  readonly exit: ExitReason

  constructor(exit: ExitReason, what: string, todo: string, options?: ErrorOptions) {
    super(`${what} ${todo}`, options)
    this.name = 'Problem'
    this.what = what
    this.todo = todo
    this.exit = exit
  }
}
