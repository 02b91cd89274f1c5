// The context of a request: its keys, and those that follow from who calls and what is touched.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import type { AccessRequest, Caller } from './types.ts'

/** The values of a key (in lower case), or undefined where the request has no such key. */
export type Context = (key: string) => readonly string[] | undefined

/** The context of a request, made when a condition or a variable first asks for it. */
export function contextOf(request: AccessRequest): Context {
  let given: Map<string, readonly string[]> | undefined
  return (key) => {
    given ??= givenKeys(request)
    const values = given.get(key)
    if (values) return values
    const value = derived(key, request)
    return value === undefined ? undefined : [value]
  }
}

function givenKeys({ conditions }: AccessRequest): Map<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>()
  for (const name in conditions) {
    const value = conditions[name]
    if (value === undefined) continue
    // No values are no key, but an empty text is a value.
    if (typeof value === 'string') keys.set(lowerCase(name), [value])
    else if (value.length > 0) keys.set(lowerCase(name), value)
  }
  return keys
}

// The same few names come with every call.
const lowered = new Map<string, string>()

/** "Key names are case-insensitive", tags and encryption contexts included. */
function lowerCase(name: string): string {
  let lower = lowered.get(name)
  if (lower === undefined) {
    lower = name.toLowerCase()
    if (lowered.size < 1000) lowered.set(name, lower)
  }
  return lower
}

function derived(key: string, { caller, resourceAccount }: AccessRequest): string | undefined {
  switch (key) {
    case 'aws:resourceaccount':
      return resourceAccount
    case 'aws:principalisawsservice':
      return String(caller.kind === 'service')
    case 'aws:principalservicename':
      return caller.kind === 'service' ? caller.service : undefined
    case 'aws:principalaccount':
      return caller.kind === 'service' ? undefined : caller.account
    case 'aws:principalarn':
      return arnOf(caller)
    case 'aws:principaltype':
      return types[caller.kind]
    case 'aws:username':
      return caller.kind === 'user' ? caller.arn.slice(caller.arn.lastIndexOf('/') + 1) : undefined
    default:
      return undefined
  }
}

const types = { user: 'User', session: 'AssumedRole', root: 'Account', service: undefined }

/** For a session it is the ARN of the role. */
function arnOf(caller: Caller): string | undefined {
  if (caller.kind === 'service') return undefined
  return caller.kind === 'session' ? caller.roleArn : caller.arn
}
