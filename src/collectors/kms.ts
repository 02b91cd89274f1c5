// KMS: the keys that clusters, namespaces, snapshots and copy grants of the region lie under.

import { defineCollector, type Entry, type Only, type Wish, wants } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, followed, orNone, whole, width } from '#aws/listing.ts'
import { parseArn } from '#kit/arn.ts'
import { pool } from '#kit/pool.ts'
import type { ReadAction } from '#model/action.ts'
import { documentOf } from '#model/policy-document.ts'
import { type Gap, isGap, type Resource, type ResourceTypes, resourceFrom } from '#model/resource.ts'

type Key = Resource<'kms:key'>
type Rotation = ResourceTypes['kms:key']['asked']['rotation']

export default defineCollector({
  service: 'kms',
  types: ['kms:key', 'kms:alias'],
  reads: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants', 'kms:GetKeyRotationStatus'],

  follows(resource) {
    const facts = resource.facts as { KmsKeyId?: string; kmsKeyId?: string }
    const id = facts.KmsKeyId ?? facts.kmsKeyId
    // Of a key that AWS owns, no ARN is told.
    return id?.startsWith('arn:') ? [id] : []
  },

  async *collect(door, wish) {
    if (wish.only?.type === 'kms:alias') return yield await aliasCalled(door, wish.only)
    const named = wish.only?.type === 'kms:key' ? [wish.only.arn] : wish.leads
    const here = named.filter((arn) => parseArn(arn)?.region === door.region)
    const keys = await pool(here, width, (arn) => keyOf(door, wish, arn))
    yield followed('kms:key', keys, door.now())
  },
})

/** The alias with an ARN; KMS answers NotFoundException where no key is called so. */
async function aliasCalled(door: Door, { arn, name }: Only): Promise<Entry[]> {
  const target = await door.ask('kms:DescribeKey', { KeyId: arn }, ({ KeyMetadata }) => present(KeyMetadata))
  if (isGap(target)) return [{ list: 'kms:alias', answer: target }]
  const facts = { AliasName: `alias/${name}`, TargetKeyId: target.value.Arn ?? '' }
  return followed('kms:alias', [resourceFrom('kms:alias', door, target, facts)], target.takenAt)
}

async function keyOf(door: Door, wish: Wish, Arn: string): Promise<Key> {
  const { account = '', resource = '' } = parseArn(Arn) ?? {}
  const KeyId = resource.slice(resource.indexOf('/') + 1)
  // Its own account is told more of it, and may ask where nobody else may.
  const owner = [door, ...door.others()].find((other) => other.account === account)
  const asking = owner ?? door
  const told = { source: 'kms:DescribeKey' as const, takenAt: door.now() }
  const facts = { Arn, KeyId, AWSAccountId: account, AskedBy: asking.account }
  const key = resourceFrom('kms:key', door, told, facts)
  const question = { KeyId: Arn }
  const isAboutKeys = wish.needs === undefined || wish.only?.type === 'kms:key'
  const asked = await answers<Key['asked']>(
    {
      metadata: () => asking.ask('kms:DescribeKey', question, ({ KeyMetadata }) => present(KeyMetadata)),
      // https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html: not from another account.
      policy: async () =>
        owner
          ? owner.ask('kms:GetKeyPolicy', question, ({ Policy }) => documentOf(Policy))
          : elsewhere('kms:GetKeyPolicy', door, account),
      grants: () => whole(asking.pages('kms:ListGrants', question, ({ Grants }) => Grants)),
      // Of a key that KMS cannot rotate, it refuses to tell that it does not.
      rotation: async () =>
        orNone<Rotation>(
          await asking.ask('kms:GetKeyRotationStatus', question, (status) => status),
          ['UnsupportedOperationException'],
          { KeyRotationEnabled: false },
        ),
    },
    (need) => (isAboutKeys ? wants(wish, need) : (toldAs[need] ?? []).some((other) => wants(wish, other))),
  )
  return { ...key, asked }
}

/** The answers about what lies under a key that an answer about the key goes into. */
const toldAs: Readonly<Record<string, readonly string[]>> = {
  metadata: ['key', 'keyState', 'restoreKey'],
  policy: ['restoreKey'],
  grants: ['restoreKey'],
}

function elsewhere(source: ReadAction, door: Door, account: string): Gap {
  const message = `the key belongs to account ${account}, and its policy can only be read there`
  return { source, takenAt: door.now(), gap: 'unsupported', code: 'OtherAccount', message }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new SyntaxError('the answer has no key metadata')
  return value
}
