// Reads faults as somebody wrote them: each is right in every member, or refused with its place and one sentence.

import { parseDuration } from '#kit/time.ts'
import { partitionNames, regionNames } from '../regions.ts'
import { findService, serviceNames } from '../services/index.ts'
import { type Fault, type FaultRule, matchesAction } from './faults.ts'
import type { FaultSeed } from './seed-types.ts'
import { usualErrors } from './usual-errors.ts'

/** The rules of a list of faults, or of one. Throws one sentence that begins with the place of what cannot be. */
export async function readFaults(value: unknown): Promise<FaultRule[]> {
  const rules: FaultRule[] = []
  for (const [index, item] of (Array.isArray(value) ? value : [value]).entries())
    rules.push(await readFault(item, Array.isArray(value) ? `fault ${index + 1}` : 'the fault'))
  return rules
}

async function readFault(value: unknown, place: string): Promise<FaultRule> {
  try {
    const seed = checked(value)
    await checkAction(seed.action)
    return { seed, fault: faultOf(seed), met: 0, spoilt: 0 }
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`)
  }
}

type Member = keyof FaultSeed
type Check = { is: (value: unknown) => boolean; words: string }

const text: Check = { is: (value) => typeof value === 'string' && value !== '', words: 'text' }
const whole: Check = {
  is: (value) => Number.isInteger(value) && Number(value) >= 0,
  words: 'a whole number from 0',
}
const within = (low: number, high: number): Check => ({
  is: (value) => typeof value === 'number' && value >= low && value <= high,
  words: `a number from ${low} to ${high}`,
})

const checks: Record<Member, Check> = {
  kind: text,
  account: {
    is: (value) => typeof value === 'string' && /^\d{12}$/.test(value),
    words: 'the 12 digits of an account id as text (in quotes)',
  },
  region: {
    is: (value) => partitionNames().some((partition) => regionNames(partition).includes(String(value))),
    words: 'the name of a region of AWS',
  },
  action: {
    is: (value) => typeof value === 'string' && /^(\*|[a-z0-9-]+:([A-Za-z0-9]+\*?|\*))$/.test(value),
    words: 'written as redshift:DescribeClusters, redshift:Describe*, redshift:* or *',
  },
  count: whole,
  skip: whole,
  probability: within(0, 1),
  code: text,
  status: {
    is: (value) => Number.isInteger(value) && within(400, 599).is(value),
    words: 'a number from 400 to 599',
  },
  message: text,
  seconds: within(0, 86_400),
  by: {
    is: (value) => typeof value === 'string' && parseDuration(value) !== undefined,
    words: 'a duration such as 2m',
  },
  after: { is: (value) => typeof value === 'boolean', words: 'true or false' },
}

const forAll: Member[] = ['kind', 'account', 'region', 'action', 'count', 'skip', 'probability']

// What each kind reads besides.
const ofKind: Record<FaultSeed['kind'], Member[]> = {
  error: ['code', 'status', 'message', 'after'],
  timeout: ['seconds', 'after'],
  reset: ['after'],
  slow: ['seconds'],
  truncated: [],
  malformed: [],
  stale: ['by'],
  skew: ['by'],
  repeatMarker: [],
}

function checked(value: unknown): FaultSeed {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a fault must be an object such as {"kind":"reset","action":"redshift:DescribeClusters"}')
  const { kind } = value as { kind?: unknown }
  if (!isKind(kind))
    throw new Error(`kind must be one of ${Object.keys(ofKind).join(', ')}, not ${shown(kind)}`)
  const members = [...forAll, ...ofKind[kind]]
  for (const [name, given] of Object.entries(value)) {
    const member = members.find((known) => known === name)
    if (!member) throw new Error(`${kind} has no member ${name}; it has ${members.join(', ')}`)
    const { is, words } = checks[member]
    if (!is(given)) throw new Error(`${name} must be ${words}, not ${shown(given)}`)
  }
  return value as FaultSeed
}

function isKind(value: unknown): value is FaultSeed['kind'] {
  return typeof value === 'string' && Object.hasOwn(ofKind, value)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
}

// An action that the lab does not have would never be met.
async function checkAction(action = '*'): Promise<void> {
  if (action === '*') return
  const [name = ''] = action.split(':')
  const service = await findService(name)
  if (!service) throw new Error(`action names the service ${name}; the lab has ${serviceNames.join(', ')}`)
  const operations = [...service.operations.keys()].map((operation) => `${name}:${operation}`.toLowerCase())
  if (!operations.some((operation) => matchesAction(action.toLowerCase(), operation)))
    throw new Error(`action must name an operation that the lab has; there is no ${action}`)
}

function faultOf(seed: FaultSeed): Fault {
  const { kind, after = false } = seed
  switch (kind) {
    case 'error':
      return { kind, ...errorOf(seed), after }
    case 'timeout':
      return { kind, seconds: seed.seconds ?? 3_600, after }
    case 'slow':
      return { kind, seconds: seed.seconds ?? 5, after: true }
    case 'reset':
      return { kind, after }
    case 'stale':
      return { kind, by: durationOf(seed.by ?? '1m') }
    case 'skew':
      return { kind, by: durationOf(seed.by ?? '1h') }
    default:
      return { kind }
  }
}

function durationOf(by: string): number {
  return parseDuration(by) ?? 0
}

function errorOf({ code = 'Throttling', status, message }: FaultSeed) {
  const [usualStatus, usualMessage] = usualErrors[code] ?? [400, 'The lab was told to refuse this call.']
  return { code, status: status ?? usualStatus, message: message ?? usualMessage }
}
