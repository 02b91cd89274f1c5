// The KMS keys of an inventory as a world writes them: those that were asked, and those that things only name.

import { parseArn } from '#kit/arn.ts'
import { listOf, type Shard } from '#model/inventory.ts'
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
  const members = { Description, KeyState, Origin, KeySpec, KeyUsage, CreationDate, DeletionDate, ValidTo }
  return {
    KeyId: facts.KeyId,
    ...relative(present(members), takenAt),
    ...(policy && { Policy: policy }),
    ...(rotation?.KeyRotationEnabled && {
      rotation: { RotationPeriodInDays: rotation.RotationPeriodInDays ?? 365 },
    }),
    ...(grants && grants.length > 0 && { grants: grants.map((grant) => relative(grant, takenAt)) }),
  }
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
