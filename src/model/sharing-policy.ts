// Resource policies that share something with accounts: whom they let in, and the same policy without some of them.

import {
  accessOf,
  accountOf,
  accountsNamedBy,
  anyAccount,
  isAboutCaller,
  providersLetIn,
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
  /** Those whose identity providers vouch for whom it lets in are among them. */
  accounts: string[]
  /** The identity providers of no account that it names, such as accounts.google.com. */
  providers: string[]
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
  const providers = providersLetIn(document, actions)
  const vouching = providers.flatMap((provider) => accountOf(provider) ?? [])
  const named = [...new Set([...accountsNamedBy(document).filter(isLetIn), ...vouching])].sort()
  return {
    accounts: anybody.includes('allowed') ? [everybody, ...named] : named,
    providers: ofNoAccount(providers),
    sources: [...new Set(allowing.flatMap(sourcesIn))].sort(),
    depends: anybody.includes('depends'),
  }
}

/** The identity providers that belong to no account. */
export const ofNoAccount = (providers: readonly string[]): string[] =>
  providers.filter((provider) => accountOf(provider) === undefined)

/**
 * What is said of a policy that names such providers. The pages on these policies name none. Unverified: whether AWS lets
 * anybody in by them.
 */
export const wordsOnProviders = (providers: readonly string[], service: 'KMS' | 'Redshift'): string =>
  `names users of ${providers.join(', ')} in its policy, and whether ${service} lets them in, AWS does not tell`

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
  if (isForAll(statement, read))
    return named(statement, ['Federated'], isGone).flatMap((one) => narrowedForAll(one, read, isGone))
  const kept = named(statement, ['AWS', 'Federated'], isGone)
  return sourcesIn(read).some(isGone)
    ? kept.flatMap((one) => narrowedCondition(one, isOnSource, sourceOf, isGone))
    : kept
}

/** True for a statement for everybody alone, or whose conditions say who of everybody is meant. */
function isForAll(
  { Principal, NotPrincipal }: Raw,
  { principals, services, conditions }: Statement,
): boolean {
  if (NotPrincipal !== undefined || Principal === everybody) return true
  return principals?.includes(everybody) === true && services.length === 0 && conditions.length > 0
}

/** A statement with fewer principals of some kinds; none when it would name nobody. */
function named(statement: Raw, kinds: readonly string[], isGone: (account: string) => boolean): Raw[] {
  const given = statement.Principal
  if (typeof given !== 'object' || given === null) return [statement]
  const narrower = Object.entries(given as Record<string, string | string[]>).map(([kind, written]) => {
    const all = [written].flat()
    const stay = kinds.includes(kind) ? all.filter((principal) => !isGone(nameOf(principal))) : all
    return { kind, written: stay.length === all.length ? written : stay, isLess: stay.length < all.length }
  })
  if (!narrower.some(({ isLess }) => isLess)) return [statement]
  const left = narrower.filter(({ written }) => written.length > 0)
  if (left.length === 0) return []
  const Principal = Object.fromEntries(left.map(({ kind, written }) => [kind, written]))
  return [{ ...statement, Principal }]
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
