// How a hand-written case of policy evaluation is written down, and how it is run.

import { evaluate } from '../evaluate.ts'
import { parsePolicy } from '../parse.ts'
import type { AccessRequest, Caller, Policies, ResourcePolicy, Verdict } from '../types.ts'

type Fields = Record<string, unknown>

/** One case. `is` is `allowed`, or AWS's clause. */
export type Case = {
  /** The page it follows from, below docs.aws.amazon.com. */
  page: string
  says: string
  identity?: Fields[]
  boundary?: Fields[]
  session?: Fields[]
  scps?: Fields[][]
  resource?: Fields[]
  kind?: ResourcePolicy['kind']
  version?: string
  request?: Partial<AccessRequest>
  is: string
}

/** The account of the callers. */
export const home = '111122223333'
/** Another account. */
export const away = '444455556666'

/** A user. */
export const alice: Caller = { kind: 'user', account: home, arn: `arn:aws:iam::${home}:user/staff/alice` }
/** A session of the role `loader`. */
export const loader: Caller = {
  kind: 'session',
  account: home,
  arn: `arn:aws:sts::${home}:assumed-role/loader/nightly`,
  roleArn: `arn:aws:iam::${home}:role/etl/loader`,
}
/** The root user of the account. */
export const root: Caller = { kind: 'root', account: home, arn: `arn:aws:iam::${home}:root` }
/** Redshift, calling for itself. */
export const redshift: Caller = { kind: 'service', service: 'redshift.amazonaws.com' }

/** A statement that allows. */
export function allow(action: unknown, more: Fields = {}): Fields {
  return { Effect: 'Allow', Action: action, Resource: '*', ...more }
}

/** A statement that denies. */
export function deny(action: unknown, more: Fields = {}): Fields {
  return { ...allow(action, more), Effect: 'Deny' }
}

/** A statement that allows under a condition. */
export function when(operator: string, key: string, value: unknown): Fields {
  return allow('*', { Condition: { [operator]: { [key]: value } } })
}

/** The request of a case: alice reads an object of her own account, unless it says otherwise. */
export function requestOf({ request }: Case): AccessRequest {
  return {
    caller: alice,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::reports/q1.csv',
    resourceAccount: home,
    conditions: {},
    ...request,
  }
}

/** The policies of a case, read as a service would read them. */
export function policiesOf(one: Case): Policies {
  const read = (statements: Fields[], use: 'identity' | 'resource' | 'trust') =>
    parsePolicy({ Version: one.version ?? '2012-10-17', Statement: statements }, use)
  const kind = one.kind ?? 'usual'
  const policies: Policies = {
    identity: (one.identity ? [one.identity] : []).map((statements) => ({
      name: 'own',
      document: read(statements, 'identity'),
    })),
  }
  if (one.boundary) policies.boundary = read(one.boundary, 'identity')
  if (one.session) policies.session = [read(one.session, 'identity')]
  if (one.scps) policies.scps = one.scps.map((level) => [read(level, 'identity')])
  if (one.resource) {
    policies.resource = { document: read(one.resource, kind === 'trust' ? 'trust' : 'resource'), kind }
  }
  return policies
}

/** What evaluation says about a case. */
export function verdictOf(one: Case): Verdict {
  return evaluate(policiesOf(one), requestOf(one))
}
