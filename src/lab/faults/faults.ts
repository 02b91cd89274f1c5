// Faults on demand: which calls AWS is to answer badly, how, how often. Each rule counts, so that a run can be repeated.

import { hexOf } from '../ids.ts'
import type { State } from '../state.ts'
import type { FaultSeed } from './seed-types.ts'

/** What goes wrong with one call. `by` and `seconds` are as the rule says or as usual. */
export type Fault =
  | { kind: 'error'; code: string; status: number; message: string; after: boolean }
  | { kind: 'timeout' | 'slow'; seconds: number; after: boolean }
  | { kind: 'reset'; after: boolean }
  | { kind: 'truncated' | 'malformed' | 'repeatMarker' }
  | { kind: 'stale' | 'skew'; by: number }

/** A rule, with the calls it has met and those it has spoilt. */
export type FaultRule = { seed: FaultSeed; fault: Fault; met: number; spoilt: number }

/** One call, as rules see it. */
type Call = { account: string | undefined; region: string; action: string }

/** The fault of a call, or undefined. The first rule that fits and is not used up has it. */
export function takeFault({ faults }: State, call: Call): Fault | undefined {
  for (const [index, rule] of faults.entries()) {
    if (!fits(rule.seed, call)) continue
    rule.met += 1
    if (!strikes(rule, index)) continue
    rule.spoilt += 1
    return rule.fault
  }
  return undefined
}

function fits({ account, region, action = '*' }: FaultSeed, call: Call): boolean {
  return (
    (account === undefined || account === call.account) &&
    (region === undefined || region === call.region) &&
    (action === '*' || matchesAction(action.toLowerCase(), call.action.toLowerCase()))
  )
}

/** Whether an action is one of those that a pattern such as `redshift:Describe*` names; both in small letters. */
export function matchesAction(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}

function strikes({ seed, met, spoilt }: FaultRule, index: number): boolean {
  const { skip = 0, count = Number.POSITIVE_INFINITY, probability = 1 } = seed
  if (met <= skip || spoilt >= count) return false
  // The same calls in the same order meet the same luck.
  const luck = Number.parseInt(hexOf(`luck ${index} ${met}`, 8), 16) / 2 ** 32
  return luck < probability
}
