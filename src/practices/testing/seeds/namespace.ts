// How an example of a namespace is seeded: the namespace with its tags, its key, the role it may use, and where it is copied.

import type { KeySeed } from '#lab/services/kms/seed-types.ts'
import type { RegionSeed } from '#lab/world.ts'
import { roleArnIn } from '#model/joins/roles.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

export function namespace({
  facts,
  answers,
  policy,
  settings,
}: Example<'redshift-serverless:namespace'>): Seed {
  const { namespaceName = '', iamRoles = [] } = facts
  const { key, roles = [], copyConfigurations = [], tags = [] } = answers
  const own = Array.isArray(settings?.keys) ? settings.keys : []
  const named = [...Object.values(policy?.keys ?? {}), ...own].map((arn) => ({
    arn,
    facts: { KeyManager: 'CUSTOMER' as const },
  }))
  const isOwn = (arn: string) => arn.includes(':111122223333:')
  const keys = [...(key ? [key] : []), ...named].filter(({ arn }) => isOwn(arn))
  const region = {
    keys: keys.map(({ arn, facts: { KeyManager } }) => keySeed(arn, KeyManager)),
    namespaces: [{ ...facts, namespaceName, iamRoles: iamRoles.map(roleArnIn), tags }],
    resourcePolicies: answers.policy ? [{ namespaceName, policy: answers.policy }] : [],
    snapshotCopyConfigurations: copyConfigurations.map((copies) => ({ ...copies, namespaceName })),
  }
  const elsewhere = copyConfigurations.flatMap(({ destinationRegion = '', destinationKmsKeyId: arn = '' }) =>
    isOwn(arn) ? [[destinationRegion, { keys: [keySeed(arn, 'CUSTOMER')] }]] : [],
  )
  return {
    region: region as RegionSeed,
    elsewhere: Object.fromEntries(elsewhere),
    account: {
      roles: roles.map(({ name, policies }) => ({
        name,
        RolePolicyList: policies.map((inline) => ({
          PolicyName: inline.name,
          PolicyDocument: inline.document ?? {},
        })),
      })),
    },
  }
}

function keySeed(arn: string, manager: string | undefined): KeySeed {
  const KeyId = arn.slice(arn.lastIndexOf('/') + 1)
  return { KeyId, ...(manager === 'AWS' && { aliases: ['alias/aws/redshift'] }) }
}
