// Authentication profiles: connection options by name, for the drivers of a region's clusters.

import type * as client from '@aws-sdk/client-redshift'
import {
  AuthenticationProfileAlreadyExistsFault$,
  AuthenticationProfileNotFoundFault$,
  InvalidAuthenticationProfileRequestFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'

export const profileOperations = {
  CreateAuthenticationProfile(input, { region }) {
    const { AuthenticationProfileName: name, AuthenticationProfileContent: content } = input
    const { profiles } = region.redshift.extras
    checkProfile(name, content)
    // Wordings of this file: the faults' descriptions.
    if (profiles.has(name))
      throw fault(AuthenticationProfileAlreadyExistsFault$, 'The authentication profile already exists.')
    profiles.set(name, content)
    return { AuthenticationProfileName: name, AuthenticationProfileContent: content }
  },

  ModifyAuthenticationProfile(input, { region }) {
    const { AuthenticationProfileName: name, AuthenticationProfileContent: content } = input
    contentOf(region, name)
    checkProfile(name, content)
    region.redshift.extras.profiles.set(name, content)
    return { AuthenticationProfileName: name, AuthenticationProfileContent: content }
  },

  DeleteAuthenticationProfile({ AuthenticationProfileName: name }, { region }) {
    contentOf(region, name)
    region.redshift.extras.profiles.delete(name)
    return { AuthenticationProfileName: name }
  },

  DescribeAuthenticationProfiles({ AuthenticationProfileName: name }, { region }) {
    const chosen =
      name === undefined ? [...region.redshift.extras.profiles] : [[name, contentOf(region, name)] as const]
    return {
      AuthenticationProfiles: chosen.map(([AuthenticationProfileName, AuthenticationProfileContent]) => ({
        ...{ AuthenticationProfileName, AuthenticationProfileContent },
      })),
    }
  },
} satisfies Operations<typeof client>

function contentOf({ redshift }: Region, name: string): string {
  const content = redshift.extras.profiles.get(name)
  if (content !== undefined) return content
  throw fault(AuthenticationProfileNotFoundFault$, "The authentication profile can't be found.")
}

/**
 * Throws unless a profile may be called so and hold that: the model's pattern of AuthenticationProfileNameString, and "the
 * content of the authentication profile in JSON format".
 */
export function checkProfile(name: string, content: string): void {
  if (!/^[A-Za-z0-9-]{1,63}$/.test(name)) throw invalid()
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  } catch {
    // Not JSON: refused below, like JSON of another kind.
  }
  throw invalid()
}

function invalid() {
  return fault(
    InvalidAuthenticationProfileRequestFault$,
    "The authentication profile request is not valid. The profile name can't be null or empty. The authentication profile API operation must be available in the AWS Region.",
  )
}
