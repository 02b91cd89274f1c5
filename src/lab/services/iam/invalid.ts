// The error of a member that breaks a constraint, in the words of AWS's query services.

import { type AwsError, common } from '#lab/wire/errors.ts'

/** `invalid('two words', 'userName', 'satisfy regular expression pattern: …')`. */
export function invalid(value: unknown, member: string, constraint: string): AwsError {
  return common(
    'ValidationError',
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  )
}

/** Refuses a name with other characters than IAM takes, or too many of them. */
export function checkName(name: string, member: string, longest: number): void {
  if (!/^[\w+=,.@-]+$/.test(name)) {
    throw invalid(name, member, 'satisfy regular expression pattern: [\\w+=,.@-]+')
  }
  if (name.length > longest) throw invalid(name, member, `have length less than or equal to ${longest}`)
}

/** A path that is one, or `/` where nothing is said: API, CreateUser. */
export function checkPath(path = '/'): string {
  if (/^(\/|\/[!-~]+\/)$/.test(path) && path.length <= 512) return path
  // Wording as recorded.
  throw common(
    'ValidationError',
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
}
