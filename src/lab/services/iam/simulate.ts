// The policy simulator: what policies would say of calls that nobody makes.
// Not here: policies of resources, and handling options of EC2.

import type * as client from '@aws-sdk/client-iam'
import { InvalidInputException$ } from '@aws-sdk/client-iam'
import { evaluate } from '#lab/iam/evaluate.ts'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import type { AccessRequest, Caller, Policies, PolicyDocument, Verdict } from '#lab/iam/types.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { policyLevels } from '../organizations/use.ts'
import { iamOf, noSuch } from './find.ts'
import type { Attachable } from './model.ts'
import { pageOf } from './page.ts'
import { documentOf, identityPolicies } from './policies-of.ts'
import { holdersOf } from './view.ts'

type Input = Omit<client.SimulatePrincipalPolicyRequest, 'PolicySourceArn'>

export const simulateOperations = {
  SimulatePrincipalPolicy(input, context) {
    const { PolicySourceArn: arn } = input
    const source = holdersOf(iamOf(context)).find((holder) => holder.arn === arn)
    if (!source) throw noSuch(`The specified policy source ${arn} does not exist.`)
    const iam = iamOf(context)
    const boundary =
      'boundary' in source && source.boundary !== undefined ? documentOf(iam, source.boundary) : undefined
    const scps = policyLevels(context.state, context.account.id)
    const policies = {
      identity: [...ofSource(source, context), ...given(input.PolicyInputList)],
      ...(boundary && { boundary }),
      ...(scps && { scps }),
    }
    return simulate(policies, callerOf(source, context), input, context)
  },

  SimulateCustomPolicy(input, context) {
    const { account } = context
    const arn = input.CallerArn ?? `arn:${account.partition}:iam::${account.id}:user/simulated`
    const caller = { kind: 'user' as const, account: account.id, arn }
    return simulate({ identity: given(input.PolicyInputList) }, caller, input, context)
  },
} satisfies Operations<typeof client>

function ofSource(source: Attachable, context: Context): Policies['identity'] {
  // A group has no groups of its own, else it holds its policies as a role does.
  return identityPolicies(iamOf(context), source)
}

function callerOf(source: Attachable, { account }: Context): Caller {
  if (source.kind !== 'role') return { kind: 'user', account: account.id, arn: source.arn }
  const arn = `arn:${account.partition}:sts::${account.id}:assumed-role/${source.name}/simulated`
  return { kind: 'session', account: account.id, arn, roleArn: source.arn }
}

// These operations declare no MalformedPolicyDocument: a policy that is none is invalid input.
function given(texts: string[] = []): Policies['identity'] {
  return texts.map((text, index) => {
    try {
      return { name: `PolicyInputList.${index + 1}`, document: parsePolicy(text, 'identity') }
    } catch (error) {
      if (error instanceof MalformedPolicyDocument) throw fault(InvalidInputException$, error.message)
      throw error
    }
  })
}

function simulate(policies: Policies, caller: Caller, input: Input, context: Context) {
  if (input.ResourcePolicy !== undefined || input.ResourceHandlingOption !== undefined) {
    const sentence = 'The lab simulates without ResourcePolicy and ResourceHandlingOption.'
    throw fault(InvalidInputException$, sentence)
  }
  const [limit] = given(input.PermissionsBoundaryPolicyInputList)
  const together = limit ? { ...policies, boundary: limit.document } : policies
  const conditions = conditionsOf(input.ContextEntries)
  const resources = input.ResourceArns?.length ? input.ResourceArns : ['*']
  const results = (input.ActionNames ?? []).flatMap((action) =>
    resources.map((resource) => {
      const request = { caller, action, resource, resourceAccount: context.account.id, conditions }
      return resultOf(evaluate(together, request), request, together)
    }),
  )
  const numbered = results.map((result, index) => ({ result, key: String(index).padStart(6, '0') }))
  const { items, rest } = pageOf(numbered, ({ key }) => key, input)
  return { EvaluationResults: items.map(({ result }) => result), ...rest }
}

function conditionsOf(entries: client.ContextEntry[] = []): AccessRequest['conditions'] {
  return Object.fromEntries(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]),
  )
}

function resultOf(verdict: Verdict, request: AccessRequest, policies: Policies): client.EvaluationResult {
  const missing = keysOf(policies).filter((key) => !isGiven(key, request))
  const [policy = ''] = verdict.by?.split('#') ?? []
  return {
    EvalActionName: request.action,
    EvalResourceName: request.resource,
    EvalDecision: verdict.allowed ? 'allowed' : verdict.explicit ? 'explicitDeny' : 'implicitDeny',
    MatchedStatements: verdict.by === undefined ? [] : [{ SourcePolicyId: policy }],
    MissingContextValues: missing,
    ...(policies.boundary && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary: !verdict.reason.includes('boundary'),
      },
    }),
    ...(policies.scps && {
      OrganizationsDecisionDetail: { AllowedByOrganizations: !verdict.reason.includes('service control') },
    }),
  }
}

function keysOf({ identity, boundary }: Policies): string[] {
  const documents: PolicyDocument[] = [
    ...identity.map(({ document }) => document),
    ...(boundary ? [boundary] : []),
  ]
  const conditions = documents.flatMap(({ Statement }) =>
    Statement.flatMap(({ Condition = {} }) => Object.values(Condition)),
  )
  return [...new Set(conditions.flatMap(Object.keys))]
}

// These follow from who is simulated.
const derived = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:username',
  'aws:resourceaccount',
]

function isGiven(key: string, { conditions }: AccessRequest): boolean {
  const wanted = key.toLowerCase()
  return derived.includes(wanted) || Object.keys(conditions).some((name) => name.toLowerCase() === wanted)
}
