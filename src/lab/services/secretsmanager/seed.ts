// Makes secrets from a world.

import { type DescribeSecretResponse, DescribeSecretResponse$ } from '@aws-sdk/client-secrets-manager'
import { day } from '#kit/time.ts'
import { parsePolicy } from '#lab/iam/parse.ts'
import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import { secretArn } from './secrets.ts'

/** Fills a region with its secrets. */
export function seedSecrets(region: Region, seed: RegionSeed, { now }: Seeding): void {
  for (const { SecretString, ResourcePolicy, ...said } of seed.secrets ?? []) {
    const { Name } = said
    const where = `secret ${Name} in ${region.name}`
    if (region.secrets.has(Name)) throw new Error(`${where} is given twice`)
    const created = new Date(now - 90 * day)
    const facts = readPlain<DescribeSecretResponse>(DescribeSecretResponse$, said, now, where)
    region.secrets.set(Name, {
      facts: {
        CreatedDate: created,
        LastChangedDate: facts.CreatedDate ?? created,
        VersionIdsToStages: { [hexOf(`version ${Name}`, 32)]: ['AWSCURRENT'] },
        Tags: [],
        ...facts,
        ARN: facts.ARN ?? secretArn(region, Name),
        Name,
      },
      value: SecretString ?? `made-up-${hexOf(Name, 16)}`,
      policy: policyOf(ResourcePolicy),
    })
  }
}

function policyOf(said: object | string | undefined) {
  if (said === undefined) return undefined
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  return { text, document: parsePolicy(text, 'resource') }
}
