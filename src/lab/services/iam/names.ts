// ARNs and unique ids of what stands in IAM.

import { createHash } from 'node:crypto'
import { formatArn } from '#kit/arn.ts'
import type { Account } from '#lab/state.ts'

type Owner = Pick<Account, 'id' | 'partition'>

/** The ARN of a user, group, role or policy; a path is `/` or `/team/`. */
export function iamArn({ id, partition }: Owner, kind: string, path: string, name: string): string {
  return formatArn({ partition, service: 'iam', region: '', account: id, resource: `${kind}${path}${name}` })
}

// Prefixes: IAM User Guide, "Unique identifiers".
const prefixes = { user: 'AIDA', group: 'AGPA', role: 'AROA', policy: 'ANPA' } as const

/** IAM's unique id of a name: the same name in the same account always gets the same one. */
export function seededId(kind: keyof typeof prefixes, { id }: Owner, name: string): string {
  const digits = createHash('sha256').update(`${id}/${name}`).digest('hex').slice(0, 17)
  return prefixes[kind] + digits.toUpperCase()
}

/** A unique id of hexadecimal digits that nothing else has. */
export function idOf(kind: keyof typeof prefixes, digits: string): string {
  return prefixes[kind] + digits.slice(0, 17).toUpperCase()
}
