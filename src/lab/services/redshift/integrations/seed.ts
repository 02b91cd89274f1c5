// Integrations of a world, each in the region of its target.

import { type Integration, Integration$ } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { uuidOf } from '#lab/ids.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Seed } from '#lab/world.ts'
import type { IntegrationRecord } from './model.ts'

/** An integration; one whose IntegrationArn is another service's only arrives here. `Target` may name a cluster. */
export type IntegrationSeed = Omit<Seed<Integration>, 'AdditionalEncryptionContext'> & {
  IntegrationName: string
  SourceArn: string
  /** The cluster it writes to, instead of TargetArn. */
  ClusterIdentifier?: string
}

/** Makes an integration. Throws one clear sentence when its target is not in the region. */
export function seedIntegration(region: Region, seed: IntegrationSeed, now: number): IntegrationRecord {
  const { ClusterIdentifier: cluster, ...rest } = seed
  const where = `the integration ${seed.IntegrationName}`
  const facts = readPlain<Integration>(Integration$, rest, now, where)
  const named = region.redshift.clusters.get(cluster?.toLowerCase() ?? '')?.facts.ClusterNamespaceArn
  const TargetArn = facts.TargetArn ?? named
  if (TargetArn === undefined)
    throw new Error(`${where} names neither a TargetArn nor a ClusterIdentifier of ${region.name}`)
  const target = parseArn(TargetArn)
  if (target?.account !== region.account.id || target.region !== region.name)
    throw new Error(`${where} must stand in the region of its target, ${TargetArn}`)
  const usual = {
    IntegrationArn: arnIn(
      region,
      'redshift',
      `integration:${uuidOf(`${region.name} ${seed.IntegrationName}`)}`,
    ),
    Status: 'active' as const,
    CreateTime: new Date(now),
    Errors: [],
    Tags: [],
    KMSKeyId: 'AWS_OWNED_KMS_KEY',
  }
  const { IntegrationName, SourceArn } = seed
  return {
    facts: {
      ...usual,
      ...facts,
      IntegrationArn: facts.IntegrationArn ?? usual.IntegrationArn,
      IntegrationName,
      SourceArn,
      TargetArn,
    },
    busyUntil: 0,
    busy: 'creating',
    goneAt: undefined,
  }
}
