// The Condition element: several keys must all hold, one of several values is enough, and what a missing key means.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html

import type { Context } from './context.ts'
import { type Operator, operatorNamed } from './operators.ts'
import { type Matcher, mark } from './pattern.ts'
import { matcherOf, type Template, template } from './template.ts'
import type { Conditions } from './types.ts'

/** Whether a condition holds. It does not when one of its variables has no value. */
export type Condition = (context: Context) => boolean

type Reading = {
  set: 'ForAllValues' | 'ForAnyValue' | undefined
  ifExists: boolean
  operator: Operator | 'Null'
}

/** Takes an operator's name apart; undefined when there is none of that name. */
export function readOperator(name: string): Reading | undefined {
  const [, prefix, rest = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(name) ?? []
  const set = prefix as Reading['set']
  if (rest === 'Null') return set ? undefined : { set, ifExists: false, operator: 'Null' }
  const ifExists = rest.endsWith('IfExists')
  const operator = operatorNamed(ifExists ? rest.slice(0, -'IfExists'.length) : rest)
  return operator && { set, ifExists, operator }
}

/** Whether a value makes sense to an operator. */
export function isValueOf({ operator }: Reading, value: string): boolean {
  if (operator === 'Null') return /^(true|false)$/i.test(value)
  if (operator.variables && value.includes('${')) return true
  return operator.compile(mark(value)) !== undefined
}

/** Makes one test out of a Condition element. */
export function compileConditions(conditions: Conditions, version: string | undefined): Condition {
  const tests = Object.entries(conditions).flatMap(([name, keys]) => {
    const reading = readOperator(name)
    if (!reading) throw new TypeError(`there is no condition operator ${name}`)
    return Object.entries(keys).map(([key, values]) =>
      compileOne(reading, key.toLowerCase(), values, version),
    )
  })
  return (context) => tests.every((test) => test(context))
}

function compileOne(reading: Reading, key: string, values: string[], version: string | undefined): Condition {
  const { set, ifExists, operator } = reading
  if (operator === 'Null') {
    const wanted = new Set(values.map((value) => value.toLowerCase() === 'true'))
    return (context) => wanted.has(context(key) === undefined)
  }
  const matchers = compileValues(operator, values, version)
  // "If the key … is not present … the condition is false"; negated, it is true. The sets have rules of their own.
  const missing = ifExists || set === 'ForAllValues' || (operator.negated && set !== 'ForAnyValue')
  return (context) => {
    const actual = context(key)
    // To the sets an empty string is an empty set.
    if (!actual || (set && actual.every((value) => value === ''))) return missing
    const wanted = matchers(context)
    if (!wanted) return false
    return compare(actual, wanted, operator.negated, set)
  }
}

function compileValues(operator: Operator, values: string[], version: string | undefined) {
  const compile = (marked: string): Matcher => operator.compile(marked) ?? (() => false)
  const made = values.map(
    (value): Template => (operator.variables ? template(value, version) : { fixed: mark(value) }),
  )
  if (made.every((one) => 'fixed' in one)) {
    const fixed = made.map((one) => compile(one.fixed))
    return () => fixed
  }
  const matchers = made.map((one) => matcherOf(one, compile))
  return (context: Context): Matcher[] | undefined => {
    const found = matchers.flatMap((matcher) => matcher(context) ?? [])
    return found.length === matchers.length ? found : undefined
  }
}

function compare(
  actual: readonly string[],
  wanted: Matcher[],
  negated: boolean,
  set: Reading['set'],
): boolean {
  const holds = (value: string) => wanted.some((match) => match(value)) !== negated
  if (set === 'ForAnyValue') return actual.some(holds)
  if (set === 'ForAllValues') return actual.every(holds)
  // Unverified: AWS leaves open what an operator without a set does with several values. One that matches decides.
  return negated ? actual.every(holds) : actual.some(holds)
}
