// Whom a resource policy lets in, as far as it can be told from outside: accounts and actions are matched, conditions
// are judged where they are about the account or the service, and everything else is said to depend.

import type { PolicyDocument } from './resource.ts'

/** `depends`: only under a condition that cannot be judged here. */
export type Access = 'allowed' | 'refused' | 'depends'

/** What is asked of a policy: may somebody of this account take this action, perhaps through a service? */
export type Question = { account: string; action: string; viaService?: string }

/** One statement of a policy, its one-or-many members as lists. */
export type Statement = {
  sid: string
  allows: boolean
  /** Undefined where the statement names whom it leaves out. */
  principals: string[] | undefined
  /** Whom it leaves out. */
  notPrincipals: string[]
  /** The services among those it names, and among those it leaves out. */
  services: string[]
  notServices: string[]
  /** The identity providers among those it names, of SAML by their ARN, of OIDC by that or by a name. */
  federated: string[]
  actions: string[] | undefined
  notActions: string[] | undefined
  resources: string[] | undefined
  notResources: string[] | undefined
  conditions: { operator: string; key: string; values: string[] }[]
}

/** The statements of a document; a member of another shape is left empty, so that it matches nothing. */
export function statementsOf(document: PolicyDocument): Statement[] {
  return listOf(document?.Statement).flatMap((raw) => {
    if (typeof raw !== 'object' || raw === null) return []
    const statement = raw as Record<string, unknown>
    return {
      sid: String(statement.Sid ?? ''),
      allows: statement.Effect === 'Allow',
      principals: statement.NotPrincipal !== undefined ? undefined : principalsOf(statement.Principal),
      notPrincipals: principalsOf(statement.NotPrincipal),
      services: membersOf(statement.Principal, 'Service'),
      notServices: membersOf(statement.NotPrincipal, 'Service'),
      federated: membersOf(statement.Principal, 'Federated'),
      actions: wordsOrNone(statement.Action),
      notActions: wordsOrNone(statement.NotAction),
      resources: wordsOrNone(statement.Resource),
      notResources: wordsOrNone(statement.NotResource),
      conditions: conditionsOf(statement.Condition),
    }
  })
}

/** An account that no policy names: what this one may do, anybody may. */
export const anyAccount = '000000000000'

/** The accounts that the permissions of a policy name: as principals, or in a condition on who calls. */
export function accountsNamedBy(document: PolicyDocument): string[] {
  const named = statementsOf(document)
    .filter(({ allows }) => allows)
    .flatMap(({ principals = [], conditions }) => [
      ...principals,
      ...conditions.filter(({ key }) => isAboutCaller(key)).flatMap(({ values }) => values),
    ])
  return [...new Set(named.flatMap((principal) => accountOf(principal) ?? []))].sort()
}

/** Whether a policy lets an account take an action. A refusal is stronger than any permission, wherever it stands. */
export function accessOf(document: PolicyDocument, question: Question): Access {
  return decided(document, (statement) => matchOf(statement, question))
}

/** Whether a policy refuses it in so many words, which no permission and no grant outweighs. */
export function refusalOf(document: PolicyDocument, question: Question): Match {
  const found = statementsOf(document)
    .filter(({ allows }) => !allows)
    .map((statement) => matchOf(statement, question))
  return found.includes('yes') ? 'yes' : found.includes('maybe') ? 'maybe' : 'no'
}

/** What the statements of a document come to, given how far each is about what is asked. */
export function decided(document: PolicyDocument, match: (statement: Statement) => Match): Access {
  const found = { allow: new Set<Match>(), deny: new Set<Match>() }
  for (const statement of statementsOf(document)) {
    found[statement.allows ? 'allow' : 'deny'].add(match(statement))
  }
  if (found.deny.has('yes')) return 'refused'
  if (found.allow.has('yes')) return found.deny.has('maybe') ? 'depends' : 'allowed'
  return found.allow.has('maybe') ? 'depends' : 'refused'
}

/** Whether a statement is about what is asked; `maybe` under a condition that cannot be judged. */
export type Match = 'yes' | 'no' | 'maybe'

function matchOf(statement: Statement, question: Question): Match {
  const { principals, notPrincipals, conditions, allows } = statement
  if (!isAbout(statement, question.action)) return 'no'
  const who = principals
    ? namesAccount(principals, question.account, allows)
    : leavesIn(notPrincipals, question.account)
  if (who === 'no') return 'no'
  const verdicts = conditions.map((condition) => holds(condition, question, allows))
  if (verdicts.includes('no')) return 'no'
  return who === 'maybe' || verdicts.includes('maybe') ? 'maybe' : 'yes'
}

function isAbout({ actions, notActions = [] }: Statement, action: string): boolean {
  return actions
    ? actions.some((pattern) => fits(pattern, action))
    : !notActions.some((pattern) => fits(pattern, action))
}

/**
 * The identity providers whose users a policy lets take one of these actions, if only under a condition.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function providersLetIn(document: PolicyDocument, actions: readonly string[]): string[] {
  const named = statementsOf(document).flatMap(({ allows, federated }) => (allows ? federated : []))
  const access = (provider: string, action: string) =>
    decided(document, (statement) => {
      const { federated, principals, conditions } = statement
      const isNamed = federated.includes(provider) || principals?.includes('*')
      if (!isNamed || !isAbout(statement, action)) return 'no'
      return conditions.length > 0 ? 'maybe' : 'yes'
    })
  return [...new Set(named)]
    .filter((provider) => actions.some((action) => access(provider, action) !== 'refused'))
    .sort()
}

/** A refusal of one user of an account leaves the others: it only may be meant. */
function namesAccount(principals: readonly string[], account: string, allows: boolean): Match {
  if (principals.some((one) => one === '*' || one === account || isRoot(one, account))) return 'yes'
  const isPart = principals.some((one) => accountOf(one) === account)
  if (!isPart) return 'no'
  return allows ? 'yes' : 'maybe'
}

/** Whoever is not left out is meant. What is left out of an account that is named, the page on NotPrincipal tells by example only. */
function leavesIn(notPrincipals: readonly string[], account: string): Match {
  return notPrincipals.some((one) => one === '*' || accountOf(one) === account) ? 'maybe' : 'yes'
}

const isRoot = (principal: string, account: string) => principal.endsWith(`:iam::${account}:root`)

/** The account of a principal, by its ARN or its own id; undefined for services and for everybody. */
export function accountOf(principal: string): string | undefined {
  return /^(\d{12})$/.exec(principal)?.[1] ?? /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1]
}

/** Conditions whose value is known from the question: the account that calls, and the service it calls through. */
function holds(
  { operator, key, values }: Statement['conditions'][number],
  question: Question,
  allows: boolean,
): Match {
  const [, kind, not] =
    /^(String|Arn)(Not)?(?:Equals|EqualsIgnoreCase|Like)(?:IfExists)?$/.exec(operator) ?? []
  if (!kind || values.some((value) => value.includes('${'))) return 'maybe'
  const met = values.map((value) => meets(key.toLowerCase(), value, question))
  if (met.includes('yes')) return not ? 'no' : 'yes'
  // Some of the account are meant, and others are not: a permission lets it in, a refusal may leave it a way.
  if (met.includes('some')) return allows ? 'yes' : 'maybe'
  return met.includes('untold') ? 'maybe' : not ? 'yes' : 'no'
}

type Meeting = 'yes' | 'no' | 'some' | 'untold'

// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html and IAM's global condition keys.
function meets(key: string, value: string, { account, viaService }: Question): Meeting {
  if (key === 'aws:principalarn') return meetsArn(value, account)
  const isAccount = isAboutCaller(key) || key === 'aws:sourceaccount'
  const known = isAccount ? account : key === 'kms:viaservice' ? viaService : undefined
  if (known === undefined) return 'untold'
  return fits(value, known) ? 'yes' : isAccount ? otherThan(value, account) : 'no'
}

/** What a pattern that does not fit an account is for it: it may fit some account, though none that a policy names. */
function otherThan(pattern: string, account: string): Meeting {
  return account === anyAccount && /[*?]/.test(pattern) ? 'untold' : 'no'
}

/** Conditions on the account that calls, or on who of it does. */
export function isAboutCaller(key: string): boolean {
  return ['kms:calleraccount', 'aws:principalaccount', 'aws:principalarn'].includes(key.toLowerCase())
}

/** Whether a pattern for the ARN of who calls is for everybody of an account, for some, or for nobody of it. */
function meetsArn(pattern: string, account: string): Meeting {
  const [, , , , of, ...rest] = pattern.split(':')
  if (of === undefined) return fits(pattern, `arn:aws:iam::${account}:root`) ? 'yes' : 'no'
  if (!fits(of, account)) return otherThan(of, account)
  return rest.join(':') === '*' ? 'yes' : 'some'
}

/** Wildcards of policies: `*` for any text, `?` for one character; letters of any case. */
export function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'is').test(text)
}

function principalsOf(principal: unknown): string[] {
  // What a service or a federation may do is not what an account may do.
  return principal === '*' ? ['*'] : membersOf(principal, 'AWS')
}

function membersOf(principal: unknown, kind: 'AWS' | 'Service' | 'Federated'): string[] {
  if (typeof principal !== 'object' || principal === null) return []
  return words((principal as Record<string, unknown>)[kind])
}

function conditionsOf(condition: unknown): Statement['conditions'] {
  if (typeof condition !== 'object' || condition === null) return []
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries((keys ?? {}) as Record<string, unknown>).map(([key, values]) => ({
      operator,
      key,
      values: words(values),
    })),
  )
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

const words = (value: unknown): string[] => listOf(value).map(String)
const wordsOrNone = (value: unknown) => (value === undefined ? undefined : words(value))
