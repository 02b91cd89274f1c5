// Secrets as a world says them.

import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager'
import type { Seed } from '#lab/world.ts'

/** A secret; never a real one. */
export type SecretSeed = Seed<DescribeSecretResponse> & {
  Name: string
  SecretString?: string
  ResourcePolicy?: object | string
}
