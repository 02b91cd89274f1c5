// Whether a resource policy lets an AWS service do something for one of our resources: what such a call says of itself
// is known, so most conditions can be judged.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import { type Access, decided, fits, type Match, type Statement } from './policy-reach.ts'
import type { PolicyDocument } from './resource.ts'

/** What is asked of a policy: may this service take this action on this ARN, for a resource of ours? */
export type ServiceQuestion = {
  service: string
  action: string
  resource: string
  /** The account and ARN that the service acts for. Unverified: that Redshift says them when it delivers logs. */
  account: string
  source: string
}

/** Whether a policy lets a service take an action. */
export function serviceAccess(document: PolicyDocument, question: ServiceQuestion): Access {
  return decided(document, (statement) => matchOf(statement, question))
}

function matchOf(statement: Statement, question: ServiceQuestion): Match {
  const { actions, notActions, resources, notResources, conditions } = statement
  const isMeant =
    names(statement, question.service) &&
    covers(actions, notActions, question.action) &&
    covers(resources, notResources, question.resource)
  if (!isMeant) return 'no'
  const verdicts = conditions.map((condition) => holds(condition, question))
  if (verdicts.includes('no')) return 'no'
  return verdicts.includes('maybe') ? 'maybe' : 'yes'
}

function names({ principals, services, notServices }: Statement, service: string): boolean {
  if (principals === undefined) return !notServices.includes(service)
  return principals.includes('*') || services.includes(service)
}

const covers = (these: string[] | undefined, not: string[] | undefined, text: string) =>
  these
    ? these.some((pattern) => fits(pattern, text))
    : not !== undefined && !not.some((pattern) => fits(pattern, text))

/** What a call of a service says of itself, by key; null where it says nothing. Other keys are not known. */
function saidBy({ service, account, source }: ServiceQuestion): Record<string, string | null> {
  return {
    'aws:securetransport': 'true',
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': service,
    'aws:sourceaccount': account,
    'aws:sourcearn': source,
    'aws:principalaccount': null,
    'aws:principalarn': null,
    'aws:principalorgid': null,
    'aws:sourcevpc': null,
    'aws:sourcevpce': null,
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds({ operator, key, values }: Statement['conditions'][number], question: ServiceQuestion): Match {
  const said = saidBy(question)[key.toLowerCase()]
  if (said === undefined || values.some((value) => value.includes('${'))) return 'maybe'
  const [, base = '', ifExists] = /^(\w+?)(IfExists)?$/.exec(operator) ?? []
  if (base === 'Null') return (said === null) === values.some((value) => fits(value, 'true')) ? 'yes' : 'no'
  const isNegated = /^(String|Arn)Not/.test(base)
  if (!/^(String|Arn)(Not)?(Equals|EqualsIgnoreCase|Like)$|^Bool$/.test(base)) return 'maybe'
  if (said === null) return isNegated || ifExists ? 'yes' : 'no'
  return values.some((value) => fits(value, said)) === isNegated ? 'no' : 'yes'
}
