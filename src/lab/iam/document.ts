// A policy made ready: statements compiled once, and found by action.

import { type Condition, compileConditions } from './conditions.ts'
import type { Context } from './context.ts'
import { mark, resourceMatcher, textMatcher } from './pattern.ts'
import { compileNotPrincipal, compilePrincipal, type Named } from './principals.ts'
import { matcherOf, resourceTemplate } from './template.ts'
import type { AccessRequest, Caller, PolicyDocument, Statement } from './types.ts'

/** A request on its way through the policies. */
export type Ask = { request: AccessRequest; context: Context; bounded: boolean }

/** A statement made ready. */
export type Rule = {
  sid: string | undefined
  isDeny: boolean
  /** How it names the caller; `direct` where it has no principals. */
  names: (caller: Caller, bounded: boolean) => Named | undefined
  /** Whether resource and condition fit. */
  applies: (ask: Ask) => boolean
}

type Compiled = {
  all: { concerns: (action: string) => boolean; rule: Rule }[]
  byAction: Map<string, Rule[]>
}

const compiled = new WeakMap<PolicyDocument, Compiled>()

/** The statements of a policy that concern an action. */
export function rulesFor(document: PolicyDocument, action: string): Rule[] {
  let known = compiled.get(document)
  if (!known) {
    const all = document.Statement.map((statement) => compileStatement(statement, document.Version))
    known = { all, byAction: new Map() }
    compiled.set(document, known)
  }
  let rules = known.byAction.get(action)
  if (!rules) {
    const name = action.toLowerCase()
    rules = known.all.filter(({ concerns }) => concerns(name)).map(({ rule }) => rule)
    // Actions are few, but their names come from outside.
    if (known.byAction.size >= 2000) known.byAction.clear()
    known.byAction.set(action, rules)
  }
  return rules
}

function compileStatement(statement: Statement, version: string | undefined) {
  const { Condition: conditions } = statement
  const resource = compileResource(statement, version)
  const condition: Condition = conditions ? compileConditions(conditions, version) : () => true
  const rule: Rule = {
    sid: statement.Sid,
    isDeny: statement.Effect === 'Deny',
    names: compileNames(statement),
    // Unverified: a variable without a value makes the statement void ("might cause the entire statement to be
    // invalid", reference_policies_variables), a Deny as well.
    applies: ({ request, context }) => resource(request.resource, context) && condition(context),
  }
  return { concerns: compileAction(statement), rule }
}

function compileAction({ Action: actions, NotAction: others = [] }: Statement) {
  const matchers = (actions ?? others).map((action) => textMatcher(mark(action.toLowerCase())))
  const isAmong = actions !== undefined
  return (action: string) => matchers.some((match) => match(action)) === isAmong
}

function compileResource(
  { Resource: resources, NotResource: others }: Statement,
  version: string | undefined,
) {
  const listed = resources ?? others
  // Trust policies, and resource policies of some services, have no Resource: they mean what they are attached to.
  if (!listed || resources?.includes('*')) return () => true
  const matchers = listed.map((text) => matcherOf(resourceTemplate(text, version), resourceMatcher))
  const isAmong = resources !== undefined
  return (resource: string, context: Context): boolean => {
    let found = false
    for (const matcher of matchers) {
      const match = matcher(context)
      if (match?.(resource)) found = true
      else if (!match && !isAmong) return false
    }
    return found === isAmong
  }
}

function compileNames({ Principal: principal, NotPrincipal: others }: Statement): Rule['names'] {
  if (principal) return compilePrincipal(principal)
  if (!others) return () => 'direct'
  const isExcepted = compileNotPrincipal(others)
  return (caller, bounded) => (isExcepted(caller, bounded) ? undefined : 'direct')
}
