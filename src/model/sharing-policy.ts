// Resource policies that share something with accounts: whom they name, and the same policy without some of them.

import { accountOf, statementsOf } from './policy-reach.ts'
import type { PolicyDocument } from './resource.ts'

/** Everybody, as a policy writes it. */
export const everybody = '*'

/** The accounts that a policy lets in, each once and in one order; `*` stands for everybody, and for all but a few. */
export function sharedWith(document: PolicyDocument): string[] {
  const named = statementsOf(document)
    .filter(({ allows }) => allows)
    .flatMap(({ principals }) => (principals === undefined ? [everybody] : principals.map(nameOf)))
  return [...new Set(named)].sort()
}

const nameOf = (principal: string) => accountOf(principal) ?? principal

/**
 * A policy without what it allows some accounts, everything else as it was; null when nothing is left that allows
 * anything. What it refuses stays.
 */
export function without(document: PolicyDocument, isGone: (account: string) => boolean): PolicyDocument {
  const all = document?.Statement
  const statements = all === undefined ? [] : Array.isArray(all) ? all : [all]
  const kept = statements.flatMap((statement) => narrowed(statement as Statement, isGone))
  const isEmpty = !kept.some(({ Effect }) => Effect === 'Allow')
  return isEmpty ? null : { ...document, Statement: kept }
}

type Statement = { Effect?: string; Principal?: unknown; NotPrincipal?: unknown }

function narrowed(statement: Statement, isGone: (account: string) => boolean): Statement[] {
  if (statement.Effect !== 'Allow') return [statement]
  const { Principal } = statement
  if (statement.NotPrincipal !== undefined || Principal === everybody) {
    return isGone(everybody) ? [] : [statement]
  }
  const { AWS, ...others } = (Principal ?? {}) as { AWS?: string | string[] }
  if (AWS === undefined) return [statement]
  const named = Array.isArray(AWS) ? AWS : [AWS]
  const stay = named.filter((principal) => !isGone(nameOf(principal)))
  if (stay.length === named.length) return [statement]
  if (stay.length > 0) return [{ ...statement, Principal: { ...others, AWS: stay } }]
  return Object.keys(others).length > 0 ? [{ ...statement, Principal: others }] : []
}
