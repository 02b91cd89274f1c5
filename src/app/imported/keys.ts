// The KMS keys of an inventory as a world writes them: those that were asked, and those that things only name.

import { parseArn } from '#kit/arn.ts'
import { listOf, type Shard } from '#model/inventory.ts'
import type { AnswersAbout } from '#model/practice.ts'
import { type Answer, isGap, type Resource } from '#model/resource.ts'
import { relative } from './moments.ts'
import type { Thing } from './redshift.ts'

/** The keys of a shard's own account and region; `things` may name some that nothing else is known of. */
export function keysOf(shard: Shard, things: readonly Thing[], takenAt: string): Thing[] {
  const asked = listOf(shard, 'kms:key').filter(({ facts }) => facts.AWSAccountId === shard.account)
  const known = new Set(asked.map(({ facts }) => facts.KeyId))
  const named = namedBy(things, shard).filter((KeyId) => !known.has(KeyId))
  return [
    ...asked.map((key) => keyThing(key, takenAt)),
    ...named.map((KeyId) => ({ KeyId, Description: 'Named in the inventory; nothing else is known of it.' })),
  ]
}

function keyThing({ facts, asked }: Resource<'kms:key'>, takenAt: string): Thing {
  const metadata = told(asked.metadata)
  const rotation = told(asked.rotation)
  const policy = told(asked.policy)
  // Redshift's own grants come with what lies under the key.
  const grants = told(asked.grants)?.filter((grant) => !JSON.stringify(grant).includes('aws:redshift'))
  if (metadata?.KeyManager === 'AWS') return { KeyId: facts.KeyId, aliases: ['alias/aws/redshift'] }
  const { Description, KeyState, Origin, KeySpec, KeyUsage, CreationDate, DeletionDate, ValidTo } =
    metadata ?? {}
  const { MultiRegion, MultiRegionConfiguration } = metadata ?? {}
  const members = {
    ...{ Description, KeyState, Origin, KeySpec, KeyUsage, CreationDate, DeletionDate, ValidTo },
    ...(MultiRegion && { MultiRegion, MultiRegionConfiguration }),
  }
  return {
    KeyId: facts.KeyId,
    ...relative(present(members), takenAt),
    ...(policy && { Policy: policy }),
    ...rotationOf(rotation),
    ...(grants && grants.length > 0 && { grants: grants.map((grant) => relative(grant, takenAt)) }),
  }
}

/** A key that lies elsewhere than what names it, where nothing else may be. */
export type PlacedKey = { account: string; region: string; thing: Thing }

/**
 * The keys that a shard names and does not hold: those of other accounts, those that copies of namespaces lie under in other
 * regions, and the primary keys of replicas.
 */
export function keysElsewhere(shard: Shard, takenAt: string): PlacedKey[] {
  const destinations = listOf(shard, 'redshift-serverless:copy-configuration').map(({ facts, asked }) => ({
    arn: facts.destinationKmsKeyId,
    thing:
      told(asked.key)?.facts.KeyManager === 'AWS'
        ? { aliases: ['alias/aws/redshift'] }
        : { Description: 'Copies are encrypted under it.' },
  }))
  const primaries = listOf(shard, 'kms:key').map(({ asked }) => {
    const { MultiRegionConfiguration: multi } = told(asked.metadata) ?? {}
    const isReplica = multi?.MultiRegionKeyType === 'REPLICA'
    return {
      arn: isReplica ? multi.PrimaryKey?.Arn : undefined,
      thing: {
        MultiRegion: true,
        MultiRegionConfiguration: { ...multi, MultiRegionKeyType: 'PRIMARY' },
        ...rotationOf(told(asked.rotation)),
      },
    }
  })
  const named = [...destinations, ...primaries].flatMap(({ arn, thing }) => {
    const { service, account = '', region = '', resource = '' } = parseArn(arn ?? '') ?? {}
    if (service !== 'kms') return []
    return { account, region, thing: { KeyId: resource.slice(resource.indexOf('/') + 1), ...thing } }
  })
  const foreign = listOf(shard, 'kms:key')
    .filter(({ facts }) => facts.AWSAccountId !== shard.account)
    .map((key) => ({ account: key.facts.AWSAccountId, region: shard.region, thing: keyThing(key, takenAt) }))
  return [...foreign, ...named]
}

function rotationOf(rotation: AnswersAbout<'kms:key'>['rotation'] | undefined): Thing {
  const { KeyRotationEnabled, RotationPeriodInDays = 365 } = rotation ?? {}
  return KeyRotationEnabled ? { rotation: { RotationPeriodInDays } } : {}
}

/** The value of an answer, or undefined where there is none. */
export function told<T>(answer: Answer<T> | undefined): T | undefined {
  return answer && !isGap(answer) ? answer.value : undefined
}

/** A record without the members that are undefined. */
export function present(members: Record<string, unknown>): Thing {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function namedBy(things: readonly Thing[], { account, region }: Shard): string[] {
  const ids = new Set<string>()
  for (const thing of things) {
    for (const member of [
      'KmsKeyId',
      'kmsKeyId',
      'MasterPasswordSecretKmsKeyId',
      'adminPasswordSecretKmsKeyId',
    ]) {
      const name = thing[member]
      const arn = typeof name === 'string' ? parseArn(name) : undefined
      const isOwn = arn?.service === 'kms' && arn.account === account && arn.region === region
      if (isOwn && arn.resource.startsWith('key/')) ids.add(arn.resource.slice('key/'.length))
    }
  }
  return [...ids].sort()
}
