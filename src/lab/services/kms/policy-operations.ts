// Key policies: reading them, and putting a new one unless it locks its writer out.

import type * as client from '@aws-sdk/client-kms'
import { MalformedPolicyDocumentException$, NotFoundException$ } from '@aws-sdk/client-kms'
import { evaluate } from '#lab/iam/evaluate.ts'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import type { Caller } from '#lab/iam/types.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { KeyPolicy, KmsKey } from './model.ts'
import { changeableKey, ownKey } from './own.ts'
import { pageOf } from './page.ts'
import { readPolicy } from './policies.ts'
import { keyConditions } from './use.ts'

export const policyOperations = {
  GetKeyPolicy(input, context) {
    const key = ownKey(context, input.KeyId, 'GetKeyPolicy')
    checkName(input.PolicyName)
    return { Policy: key.policy.text, PolicyName: 'default' }
  },

  ListKeyPolicies(input, context) {
    ownKey(context, input.KeyId, 'ListKeyPolicies')
    // There is never a second page. Unverified: the code; the operation declares no InvalidMarkerException.
    if (input.Marker !== undefined) throw common('ValidationError', 'Could not deserialize marker')
    const { items, ...page } = pageOf(['default'], String, input, { usual: 100, most: 1000 })
    return { PolicyNames: items, ...page }
  },

  PutKeyPolicy(input, context) {
    const key = changeableKey(context, input.KeyId, 'PutKeyPolicy')
    checkName(input.PolicyName)
    key.policy = checkedPolicy(input.Policy, key, context, input.BypassPolicyLockoutSafetyCheck)
    return {}
  },
} satisfies Operations<typeof client>

// "The only valid value is default". Wording: recorded.
function checkName(name = 'default') {
  if (name !== 'default') throw fault(NotFoundException$, 'No such policy exists')
}

/** A new policy for a key. Throws MalformedPolicyDocumentException, also when the caller could not change it again. */
export function checkedPolicy(
  text: string,
  key: KmsKey,
  context: Context,
  bypasses: boolean | undefined,
): KeyPolicy {
  const policy = readOrRefuse(text)
  if (!bypasses && !mayPutAgain(policy, key, context)) {
    // Wording: recorded (terraform-provider-aws issue 3588 and others).
    const sentence = 'The new key policy will not allow you to update the key policy in the future.'
    throw fault(MalformedPolicyDocumentException$, sentence)
  }
  return policy
}

function readOrRefuse(text: string): KeyPolicy {
  try {
    return readPolicy(text)
  } catch (error) {
    if (!(error instanceof MalformedPolicyDocument)) throw error
    throw fault(MalformedPolicyDocumentException$, error.message)
  }
}

// What IAM says of the caller is not asked: the check is about the key policy. "must allow the principal that is making
// the PutKeyPolicy request to make a subsequent PutKeyPolicy request": API, PutKeyPolicy.
function mayPutAgain({ document }: KeyPolicy, key: KmsKey, { principal, account }: Context): boolean {
  const everything = { name: 'any', document: anything }
  return evaluate(
    { identity: [everything], resource: { document, kind: 'kms' } },
    {
      caller: callerOf(principal.arn, account.id),
      action: 'kms:PutKeyPolicy',
      resource: key.arn,
      resourceAccount: key.account,
      conditions: keyConditions(account.id),
    },
  ).allowed
}

const anything = parsePolicy({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
})

function callerOf(arn: string, account: string): Caller {
  if (arn.endsWith(':root')) return { kind: 'root', account, arn }
  const [, partition, role] = /^arn:([^:]+):sts::\d+:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (!role) return { kind: 'user', account, arn }
  return { kind: 'session', account, arn, roleArn: `arn:${partition}:iam::${account}:role/${role}` }
}
