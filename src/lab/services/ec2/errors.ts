// The errors of EC2, which its model does not declare: "Error codes for the Amazon EC2 API". All of them are 400 except
// DryRunOperation. Wordings are those that clients report; those nobody reports are marked where they are used.

import { AwsError } from '#lab/wire/errors.ts'

/** An error of EC2. */
export function refusal(code: string, message: string): AwsError {
  return new AwsError(code, 400, message)
}

/** What a call with DryRun answers that would have been allowed. */
export function dryRun(): AwsError {
  return new AwsError('DryRunOperation', 412, 'Request would have succeeded, but DryRun flag is set.')
}

/** Refuses what a call says beyond the members that the lab knows the meaning of. */
export function demandKnown(input: object, known: readonly string[]): void {
  const other = Object.entries(input).find(
    ([name, value]) => value !== undefined && name !== 'DryRun' && !known.includes(name),
  )
  if (other)
    throw refusal('UnsupportedOperation', `The lab does not model the parameter ${other[0]} of this call.`)
}
