// What the lab keeps of Secrets Manager in one region: secrets of the world; those of clusters follow from the clusters.

import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager'
import type { PolicyDocument } from '#lab/iam/types.ts'

/** A secret: what AWS says of it, its made-up value, and its policy. */
export type Secret = {
  facts: DescribeSecretResponse & { ARN: string; Name: string }
  value: string
  policy: { text: string; document: PolicyDocument } | undefined
}

/** Secrets Manager in one region of one account, by name. */
export type Secrets = Map<string, Secret>

/** Secrets Manager before anything was made. */
export function emptySecrets(): Secrets {
  return new Map()
}
