// Authentication profiles in a world.

import { demandMembers } from '#lab/seed-members.ts'
import type { Region } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { checkProfile } from './operations.ts'

/** A profile; its content as an object, or as its JSON text. */
export type AuthenticationProfileSeed = {
  AuthenticationProfileName: string
  AuthenticationProfileContent: object | string
}

/** The name of a profile and its content. Throws one clear sentence when AWS would refuse it. */
export function seedProfile(
  region: Region,
  seed: AuthenticationProfileSeed,
): [name: string, content: string] {
  const { AuthenticationProfileName: name, AuthenticationProfileContent: said } = seed
  const where = `the authentication profile ${name} in ${region.name}`
  demandMembers(seed, ['AuthenticationProfileName', 'AuthenticationProfileContent'], where)
  const content = typeof said === 'string' ? said : JSON.stringify(said ?? '')
  try {
    checkProfile(String(name), content)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new Error(
      `${where} is one that AWS refuses: a name has 1 to 63 letters, digits and hyphens, a content is a JSON object`,
    )
  }
  return [name, content]
}
