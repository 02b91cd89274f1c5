// Ordered steps not yet taken, each one AWS call with what it moves and how it is taken back.

import type { Call } from './action.ts'
import type { Json } from './plain.ts'
import type { Policy, PracticeSettings } from './settings.ts'

/** What a step does to those who use the warehouse, harmless first. */
export const impacts = ['none', 'reboot', 'read-only window', 'deletes data', 'irreversible'] as const

export type Impact = (typeof impacts)[number]

/** One fact a call moves: what it is now and what it will be. `fact` is a path as in `model/fact.ts`. */
export type Effect = { resource: string; fact: string; before: Json; after: Json }

/**
 * Taking a step back: a call, or the reason why there is none. A `cleanup` runs when everything else is undone.
 * `impact` and `warning` are there when the way back does harm, or does not lead all the way. `proof` is what shows that
 * it is taken back, where the facts do not become what they were: a key that was made is left waiting for its deletion.
 */
export type Undo =
  | {
      call: Call
      console: string
      cleanup?: boolean
      impact?: Impact
      warning?: string
      proof?: Assumption[]
    }
  | { none: string }

export type Step = {
  /** `s1`, `s2` …, in the order of the plan. */
  id: string
  title: string
  /** Where the call is made, and where resources are looked for whose ARN does not say, as those of buckets and roles. */
  account: string
  region: string
  /** Where those are looked for instead, when the call is made in another account than that of the finding. */
  seenFrom?: { account: string; region: string }
  /** Its input, like the effects and the undo, may hold what an earlier step made: `model/reference.ts`. */
  call: Call
  /** The same as an AWS CLI line and as a click path. */
  cli: string
  console: string
  /** IAM permissions the call takes. */
  permissions: string[]
  impact: Impact
  /** The moment at which data is deleted as a consequence. */
  deletesDataAt?: string
  /** How many days off that must be when the call is made, at the least. */
  graceDays?: number
  /**
   * For a restart: what the plan wants applied by it, what its own calls leave pending besides, and what others left
   * pending, which it applies as well.
   */
  reboot?: { brings: string[]; alsoPending: string[]; alsoApplies: string[] }
  /** The facts it moves; what the world must look like before, and what proves it in force. */
  effects: Effect[]
  notes: string[]
  undo: Undo & { cli?: string; permissions?: string[] }
  /** Facts it relies on without moving them. */
  assumes: Assumption[]
  /** Steps that must be in force first; when one of them fails, this one is skipped. */
  after: string[]
  /** The fingerprints of the findings it closes: `<practice> <arn>`, and where it is seen from if the ARN does not say. */
  closes: string[]
}

/** A fact that a step relies on without moving it. */
export type Assumption = { resource: string; fact: string; value: Effect['before'] }

/** A failing finding that the plan does nothing about, and why. */
export type LeftOut = { practice: string; resource: string; why: string }

export type Plan = {
  schema: 'redoubt.plan/1'
  id: string
  madeAt: string
  /** The assessment it was made from. */
  madeFrom: { id: string; hash: string }
  steps: Step[]
  leftOut: LeftOut[]
  /** The settings that verify judges by: what the plan was made with. */
  policy: Policy & { practices: PracticeSettings }
  /** `sha256:…` over everything else; an edited plan is refused. */
  hash: string
}

/** True for a restart, also one that AWS makes by itself for a change: what `--stage` leaves for the window. */
export function isReboot(step: Step): boolean {
  return step.impact === 'reboot'
}
