// The condition operators of the policy language: how each compares one value of the request with those of the policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { BlockList, isIP } from 'node:net'
import { arnMatcher, type Matcher, ONE, STAR, textMatcher } from './pattern.ts'

/** One family of operators. */
export type Operator = {
  /** Whether it is true where no value of the policy matches. */
  negated: boolean
  /** Whether its values may have variables. */
  variables: boolean
  /** What a value of the policy matches; undefined for one that has no meaning here. */
  compile: (marked: string) => Matcher | undefined
}

type Compile = Operator['compile']

/** The operator of a name without set prefix and `IfExists`; undefined when there is none. */
export function operatorNamed(name: string): Operator | undefined {
  return operators.get(name)
}

const plain = (marked: string) => marked.replaceAll(STAR, '*').replaceAll(ONE, '?')

const equals: Compile = (marked) => {
  const wanted = plain(marked)
  return (text) => text === wanted
}

const equalsIgnoringCase: Compile = (marked) => {
  const wanted = plain(marked).toLowerCase()
  return (text) => text.toLowerCase() === wanted
}

const bool: Compile = (marked) => (/^(true|false)$/i.test(marked) ? equalsIgnoringCase(marked) : undefined)

const binary: Compile = (marked) => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(marked)) return undefined
  const wanted = Buffer.from(marked, 'base64')
  return (text) => Buffer.from(text, 'base64').equals(wanted)
}

const address: Compile = (marked) => {
  const [ip = '', bits, ...more] = marked.split('/')
  const version = isIP(ip)
  const size = version === 6 ? 128 : 32
  if (version === 0 || more.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && +bits <= size)))
    return undefined
  const range = new BlockList()
  const family = version === 6 ? 'ipv6' : 'ipv4'
  range.addSubnet(ip, bits === undefined ? size : +bits, family)
  return (text) => range.check(text, family)
}

const number = (text: string) => (/^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN)

/** The moment a text names: W3C's forms of ISO 8601, or seconds since 1970. Without a zone it is UTC. */
function moment(text: string): number {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000
  if (!/^\d{4}/.test(text)) return Number.NaN
  return Date.parse(/T\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text}Z` : text)
}

function comparing(
  read: (text: string) => number,
  holds: (actual: number, wanted: number) => boolean,
): Compile {
  return (marked) => {
    const wanted = read(plain(marked))
    return Number.isNaN(wanted) ? undefined : (text) => holds(read(text), wanted)
  }
}

const operators = new Map<string, Operator>([
  ...both('StringEquals', 'StringNotEquals', equals, true),
  ...both('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', equalsIgnoringCase, true),
  ...both('StringLike', 'StringNotLike', textMatcher, true),
  // ArnEquals and ArnLike "behave identically".
  ...both('ArnEquals', 'ArnNotEquals', arnMatcher, true),
  ...both('ArnLike', 'ArnNotLike', arnMatcher, true),
  ...both('IpAddress', 'NotIpAddress', address, false),
  ...ordered('Numeric', number),
  ...ordered('Date', moment),
  // Whether Bool takes variables: the page of the operators says yes, that of the variables says no.
  ['Bool', { negated: false, variables: true, compile: bool }],
  ['BinaryEquals', { negated: false, variables: false, compile: binary }],
])

function both(name: string, not: string, compile: Compile, variables: boolean): [string, Operator][] {
  return [
    [name, { negated: false, variables, compile }],
    [not, { negated: true, variables, compile }],
  ]
}

function ordered(family: string, read: (text: string) => number): [string, Operator][] {
  const one = (name: string, holds: (actual: number, wanted: number) => boolean): [string, Operator] => [
    family + name,
    { negated: false, variables: false, compile: comparing(read, holds) },
  ]
  return [
    ...both(
      `${family}Equals`,
      `${family}NotEquals`,
      comparing(read, (a, b) => a === b),
      false,
    ),
    one('LessThan', (a, b) => a < b),
    one('LessThanEquals', (a, b) => a <= b),
    one('GreaterThan', (a, b) => a > b),
    one('GreaterThanEquals', (a, b) => a >= b),
  ]
}
