// Resource policies that share something with accounts: whom they let in, and the same policy without some of them.

import {
  accessOf,
  accountOf,
  accountsNamedBy,
  anyAccount,
  isAboutCaller,
  type Statement,
  statementsOf,
} from './policy-reach.ts'
import type { PolicyDocument } from './resource.ts'

/** Everybody, as a policy writes it. */
export const everybody = '*'

/** An account as a person reads it. */
export const spokenAccount = (account: string): string => (account === everybody ? 'everybody' : account)

/** Whom a policy lets in: accounts, each once and in one order; `*` stands for everybody, and for all but a few. */
export type Audience = {
  accounts: string[]
  /** The accounts of the sources that a service of AWS may act for. A source that tells no account is not among them. */
  sources: string[]
  /** Whether it lets in anybody who meets a condition that cannot be judged from here. */
  depends: boolean
}

/** Reads a policy. Whom it refuses again, it does not let in. */
export function audienceOf(document: PolicyDocument): Audience {
  const allowing = statementsOf(document).filter(({ allows }) => allows)
  const actions = [...new Set(allowing.flatMap(({ actions = ['*'] }) => actions))]
  const reach = (account: string) => actions.map((action) => accessOf(document, { account, action }))
  const isLetIn = (account: string) => reach(account).some((access) => access !== 'refused')
  const anybody = reach(anyAccount)
  const named = accountsNamedBy(document).filter(isLetIn)
  return {
    accounts: anybody.includes('allowed') ? [everybody, ...named] : named,
    sources: [...new Set(allowing.flatMap(sourcesIn))].sort(),
    depends: anybody.includes('depends'),
  }
}

type Condition = Statement['conditions'][number]

const sourceKeys = ['aws:sourcearn', 'aws:sourceaccount']

const isOnSource = ({ operator, key }: Condition) =>
  !/Not/.test(operator) && sourceKeys.includes(key.toLowerCase())

const isOnCaller = ({ operator, key }: Condition) => !/Not/.test(operator) && isAboutCaller(key)

function sourcesIn({ services, conditions }: Statement): string[] {
  if (services.length === 0) return []
  return conditions
    .filter(isOnSource)
    .flatMap(({ values }) => values.flatMap((value) => sourceOf(value) ?? []))
}

/** The account of a source, by its ARN or its id; a bucket tells none. */
function sourceOf(value: string): string | undefined {
  return (value.startsWith('arn:') ? value.split(':')[4] : value) || undefined
}

const nameOf = (principal: string) => accountOf(principal) ?? principal

/**
 * A policy without what it allows some accounts, and sources of theirs, everything else as it was; null when nothing is
 * left that allows anything. What it refuses stays.
 */
export function without(document: PolicyDocument, isGone: (account: string) => boolean): PolicyDocument {
  const all = document?.Statement
  const statements = all === undefined ? [] : Array.isArray(all) ? all : [all]
  const kept = statements.flatMap((statement) => narrowed(statement as Raw, isGone))
  const isEmpty = !kept.some(({ Effect }) => Effect === 'Allow')
  return isEmpty ? null : { ...document, Statement: kept }
}

/** A statement as it is written. */
type Raw = { Effect?: string; Principal?: unknown; NotPrincipal?: unknown; Condition?: object }

function narrowed(statement: Raw, isGone: (account: string) => boolean): Raw[] {
  const [read] = statementsOf({ Statement: statement })
  if (!read?.allows) return [statement]
  if (isForAll(statement, read)) return narrowedForAll(statement, read, isGone)
  const { AWS, ...others } = (statement.Principal ?? {}) as { AWS?: string | string[] }
  const named = AWS === undefined ? [] : Array.isArray(AWS) ? AWS : [AWS]
  const stay = named.filter((principal) => !isGone(nameOf(principal)))
  const kept = stay.length === named.length ? statement : withPrincipal(statement, others, stay)
  return kept && sourcesIn(read).some(isGone)
    ? narrowedCondition(kept, isOnSource, sourceOf, isGone)
    : listOf(kept)
}

/** True for a statement for everybody alone, or whose conditions say who of everybody is meant. */
function isForAll(
  { Principal, NotPrincipal }: Raw,
  { principals, services, conditions }: Statement,
): boolean {
  if (NotPrincipal !== undefined || Principal === everybody) return true
  return principals?.includes(everybody) === true && services.length === 0 && conditions.length > 0
}

const listOf = (statement: Raw | undefined) => (statement ? [statement] : [])

function withPrincipal(statement: Raw, others: object, stay: string[]): Raw | undefined {
  if (stay.length > 0) return { ...statement, Principal: { ...others, AWS: stay } }
  return Object.keys(others).length > 0 ? { ...statement, Principal: others } : undefined
}

function narrowedForAll(statement: Raw, read: Statement, isGone: (account: string) => boolean): Raw[] {
  if (read.conditions.length === 0) return isGone(everybody) ? [] : [statement]
  return narrowedCondition(statement, isOnCaller, accountOf, isGone)
}

/** A statement whose conditions name fewer accounts; none when one of them would name nobody. */
function narrowedCondition(
  statement: Raw,
  isMeant: (condition: Condition) => boolean,
  accountIn: (value: string) => string | undefined,
  isGone: (account: string) => boolean,
): Raw[] {
  let names = true
  const Condition = Object.fromEntries(
    Object.entries((statement.Condition ?? {}) as Record<string, Record<string, string | string[]>>).map(
      ([operator, keys]) => {
        const narrower = Object.entries(keys).map(([key, given]) => {
          const values = [given].flat()
          if (!isMeant({ operator, key, values })) return [key, given]
          const stay = values.filter((value) => !isGone(accountIn(value) ?? value))
          names &&= stay.length > 0
          return [key, stay.length === values.length ? given : stay]
        })
        return [operator, Object.fromEntries(narrower)]
      },
    ),
  )
  return names ? [{ ...statement, Condition }] : []
}
