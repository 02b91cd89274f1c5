// Reading a policy: JSON in, lists made lists, and one sentence about the first thing that is wrong.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
//
// Sentences that AWS is known to say: those of IAM about principals, actions, resources and Sids, those of S3 about
// fields. Unverified: the others, which say what is wrong where AWS says only "Syntax errors in policy."

import { isValueOf, readOperator } from './conditions.ts'
import type { Conditions, PolicyDocument, Principals, Statement } from './types.ts'

/** A policy that AWS would not take. The services answer with an error of their own that carries the sentence. */
export class MalformedPolicyDocument extends Error {
  override readonly name = 'MalformedPolicyDocument'
}

/**
 * What a policy is for: `identity` (also boundaries, session policies and SCPs) has no principals, `resource` and
 * `trust` (of a role) name them, and `trust` has no resources.
 */
export type PolicyUse = 'identity' | 'resource' | 'trust'

type Fields = Record<string, unknown>

const elements = new Set(['Version', 'Id', 'Statement'])
const statementElements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])
const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const

/** Reads a policy, or throws `MalformedPolicyDocument`. Without a use, principals and resources are optional. */
export function parsePolicy(source: string | object, use?: PolicyUse): PolicyDocument {
  const policy = fieldsOf(typeof source === 'string' ? fromJson(source) : source, 'A policy')
  checkNames(policy, elements)
  const { Version: version, Id: id } = policy
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    fail('The policy must contain a valid version string')
  }
  if (id !== undefined && typeof id !== 'string') fail('Id must be a string.')
  const statements = listOf(policy.Statement)
  if (statements.length === 0) fail('Missing required field Statement')
  const document: PolicyDocument = {
    ...(version === undefined ? {} : { Version: version }),
    ...(typeof id === 'string' ? { Id: id } : {}),
    Statement: statements.map((statement) => parseStatement(fieldsOf(statement, 'A statement'), use)),
  }
  const sids = document.Statement.flatMap(({ Sid: sid }) => sid ?? [])
  if (new Set(sids).size < sids.length) fail('Statement IDs (SID) in a single policy must be unique.')
  return document
}

function parseStatement(fields: Fields, use: PolicyUse | undefined): Statement {
  checkNames(fields, statementElements)
  const { Sid: sid, Effect: effect } = fields
  if (sid !== undefined && typeof sid !== 'string') fail('Sid must be a string.')
  if (effect === undefined) fail('Missing required field Effect')
  if (effect !== 'Allow' && effect !== 'Deny') fail(`Invalid effect : ${String(effect)}`)
  return {
    ...(typeof sid === 'string' ? { Sid: sid } : {}),
    Effect: effect,
    ...parsePrincipals(fields, effect, use),
    ...parseActions(fields),
    ...parseResources(fields, use),
    ...(fields.Condition === undefined ? {} : { Condition: parseConditions(fields.Condition) }),
  }
}

function parsePrincipals(fields: Fields, effect: 'Allow' | 'Deny', use: PolicyUse | undefined) {
  const field = either(fields, 'Principal', 'NotPrincipal')
  if (field === undefined) {
    if (use === 'resource' || use === 'trust') fail('Missing required field Principal')
    return {}
  }
  if (use === 'identity') fail('Policy document should not specify a principal.')
  // reference_policies_elements_notprincipal: "Using it with "Effect":"Allow" is not supported", nor trust policies.
  if (field === 'NotPrincipal' && (effect === 'Allow' || use === 'trust')) {
    fail(effect === 'Allow' ? 'Allow with NotPrincipal is not allowed.' : 'Has prohibited field NotPrincipal')
  }
  return { [field]: parsePrincipal(fields[field]) }
}

function parsePrincipal(value: unknown): Principals {
  if (value === '*') return { AWS: ['*'] }
  const fields = fieldsOf(value, 'A principal')
  checkNames(fields, new Set<string>(principalTypes))
  const principals: Principals = {}
  for (const type of principalTypes) {
    if (fields[type] !== undefined) principals[type] = strings(fields[type], type)
  }
  // "You cannot use a wildcard to match part of a principal name or ARN." A bare id is who a deleted one was.
  const isName = (name: string) =>
    /^(\*|\d{12}|A[A-Z]{3}[A-Z0-9]{12,}|arn:[a-z-]+:(iam|sts)::\d{12}:[^*?]+)$/.test(name)
  const bad = (principals.AWS ?? []).find((name) => !isName(name))
  if (bad !== undefined) fail(`Invalid principal in policy: "AWS":"${bad}"`)
  return principals
}

function parseActions(fields: Fields) {
  const field = either(fields, 'Action', 'NotAction')
  const actions = field === undefined ? [] : strings(fields[field], field)
  if (field === undefined || actions.length === 0) return fail('Policy statement must contain actions.')
  if (!actions.every((action) => action === '*' || /^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/.test(action))) {
    fail('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  }
  return { [field]: actions }
}

function parseResources(fields: Fields, use: PolicyUse | undefined) {
  const field = either(fields, 'Resource', 'NotResource')
  if (field !== undefined && use === 'trust') fail('Has prohibited field Resource')
  const resources = field === undefined ? [] : strings(fields[field], field)
  if (use === 'identity' && resources.length === 0) fail('Policy statement must contain resources.')
  const bad = resources.find((resource) => resource !== '*' && !/^arn:/.test(resource))
  if (bad !== undefined) fail(`Resource ${bad} must be in ARN format or "*".`)
  return field === undefined ? {} : { [field]: resources }
}

function parseConditions(value: unknown): Conditions {
  const conditions: Conditions = {}
  for (const [name, keys] of Object.entries(fieldsOf(value, 'A condition'))) {
    const reading = readOperator(name)
    if (!reading) return fail(`Invalid Condition type : ${name}`)
    const read: Record<string, string[]> = {}
    for (const [key, values] of Object.entries(fieldsOf(keys, name))) {
      read[key] = listOf(values).map((one) => scalar(one, key))
      const bad = read[key].find((one) => !isValueOf(reading, one))
      if (bad !== undefined) fail(`The value ${bad} of the condition key ${key} is not one for ${name}.`)
    }
    conditions[name] = read
  }
  return conditions
}

function either<A extends string, B extends string>(fields: Fields, one: A, other: B): A | B | undefined {
  if (fields[one] === undefined) return fields[other] === undefined ? undefined : other
  if (fields[other] !== undefined) fail(`A statement must not contain both ${one} and ${other}.`)
  return one
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail('Syntax errors in policy.')
  }
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(`${what} must be an object.`)
  return value as Fields
}

function checkNames(fields: Fields, known: Set<string>): void {
  const unknown = Object.keys(fields).find((name) => !known.has(name))
  if (unknown !== undefined) fail(`Unknown field ${unknown}`)
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function strings(value: unknown, field: string): string[] {
  return listOf(value).map((one) =>
    typeof one === 'string' ? one : fail(`${field} must be a string or a list of them.`),
  )
}

/** "Quotation marks are optional for numeric and Boolean values." */
function scalar(value: unknown, key: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  return fail(`The values of the condition key ${key} must be strings, numbers or Booleans.`)
}

function fail(sentence: string): never {
  throw new MalformedPolicyDocument(sentence)
}
