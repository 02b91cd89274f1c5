// The context of a request: its keys, and those that follow from who calls and what is touched.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import type { AccessRequest, Caller } from './types.ts'

/** The values of a key (in lower case), or undefined where the request has no such key. */
export type Context = (key: string) => readonly string[] | undefined

/** The context of a request, made when a condition or a variable first asks for it. */
export function contextOf(request: AccessRequest): Context {
  let keys: Map<string, readonly string[]> | undefined
  return (key) => {
    keys ??= collect(request)
    return keys.get(key)
  }
}

function collect(request: AccessRequest): Map<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(derived(request.caller))) keys.set(key, [value])
  keys.set('aws:resourceaccount', [request.resourceAccount])
  for (const [key, value] of Object.entries(request.conditions)) {
    const values = typeof value === 'string' ? [value] : value
    // "Key names are case-insensitive", tags and encryption contexts included.
    if (values.length > 0) keys.set(key.toLowerCase(), values)
  }
  return keys
}

function derived(caller: Caller): Record<string, string> {
  if (caller.kind === 'service') {
    return { 'aws:principalisawsservice': 'true', 'aws:principalservicename': caller.service }
  }
  const common = { 'aws:principalisawsservice': 'false', 'aws:principalaccount': caller.account }
  switch (caller.kind) {
    case 'user':
      return {
        ...common,
        'aws:principalarn': caller.arn,
        'aws:principaltype': 'User',
        'aws:username': caller.arn.slice(caller.arn.lastIndexOf('/') + 1),
      }
    // For a session it is the ARN of the role: reference_policies_condition-keys, aws:PrincipalArn.
    case 'session':
      return { ...common, 'aws:principalarn': caller.roleArn, 'aws:principaltype': 'AssumedRole' }
    case 'root':
      return { ...common, 'aws:principalarn': caller.arn, 'aws:principaltype': 'Account' }
  }
}
