// What CloudWatch Logs refuses, in its words.

import {
  InvalidParameterException$,
  ResourceAlreadyExistsException$,
  ResourceNotFoundException$,
} from '@aws-sdk/client-cloudwatch-logs'
import { parseArn } from '#kit/arn.ts'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { LogGroup } from './model.ts'

/** A parameter that is wrong. */
export function invalid(message: string) {
  return fault(InvalidParameterException$, message)
}

/** A group or a stream that is not there. Wordings: aws/aws-sdk-js issues and clients that match them. */
export function missing(what: 'group' | 'stream') {
  return fault(ResourceNotFoundException$, `The specified log ${what} does not exist.`)
}

/** A group or a stream that is there already. */
export function existing(what: 'group' | 'stream') {
  return fault(ResourceAlreadyExistsException$, `The specified log ${what} already exists`)
}

/** The group of a name. */
export function groupOf(name: string, { logs }: Region): LogGroup {
  const group = logs.groups.get(name)
  if (!group) throw missing('group')
  return group
}

/** The group that a name or an identifier (a name or an ARN) stands for; exactly one of them is given. */
export function namedGroup(
  name: string | undefined,
  identifier: string | undefined,
  region: Region,
): LogGroup {
  if ((name === undefined) === (identifier === undefined))
    // API Reference: "You must include one or the other, but not both". Unverified: the wording of the refusal.
    throw invalid('Exactly one of logGroupName and logGroupIdentifier must be specified.')
  return name === undefined ? groupOf(nameIn(identifier ?? ''), region) : groupOf(name, region)
}

/** The name of a group in its ARN, or the text itself. */
export function nameIn(identifier: string): string {
  const resource = parseArn(identifier)?.resource
  return resource === undefined ? identifier : resource.replace(/^log-group:/, '').replace(/:\*$/, '')
}

/** Throws unless a name has the pattern of its kind. */
export function checkName(kind: 'logGroupName' | 'logStreamName', name: string): void {
  const pattern = kind === 'logGroupName' ? '[\\.\\-_/#A-Za-z0-9]+' : '[^:*]*'
  const constraint = new RegExp(`^${pattern}$`).test(name)
    ? name.length >= 1 && name.length <= 512
      ? undefined
      : 'Member must have length less than or equal to 512'
    : `Member must satisfy regular expression pattern: ${pattern}`
  if (constraint !== undefined)
    throw invalid(
      `1 validation error detected: Value '${name}' at '${kind}' failed to satisfy constraint: ${constraint}`,
    )
}
