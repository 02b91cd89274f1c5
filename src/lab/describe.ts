// What there is in a lab to begin with: its world, accounts, and the access keys to sign in with.

import type { Lab } from './answer.ts'
import type { PolicyDocument } from './iam/types.ts'

/** A lab as a person who wants to use it needs to know it. */
export type LabDescription = {
  name: string
  about: string
  accounts: {
    id: string
    alias: string | undefined
    /** The regions its world names. */
    regions: string[]
    roles: { name: string; trusts: string[] }[]
    accessKeys: { id: string; secret: string; sessionToken: string | undefined; arn: string }[]
  }[]
}

// Secrets are shown on purpose: nothing behind this port is real, and a person has to be able to sign in.
/** Describes a lab. */
export function describeLab({ state, world }: Pick<Lab, 'state' | 'world'>): LabDescription {
  const keys = [...state.principals.values()]
  const accounts = [...state.accounts.values()].map(({ id, alias, optedIn, iam }) => ({
    id,
    alias,
    regions: [...optedIn],
    roles: [...iam.roles.values()].map(({ name, trust }) => ({ name, trusts: trustedBy(trust.document) })),
    accessKeys: keys
      .filter((key) => key.account.id === id)
      .map(({ accessKeyId, secret, sessionToken, arn }) => ({ id: accessKeyId, secret, sessionToken, arn })),
  }))
  return { name: world.name, about: world.about, accounts }
}

// Accounts by their ids, everybody else as the policy names them.
function trustedBy({ Statement }: PolicyDocument): string[] {
  const principals = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal }) => [
    ...(Principal?.AWS ?? []),
    ...(Principal?.Service ?? []),
  ])
  return principals.map((name) => /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? name)
}
