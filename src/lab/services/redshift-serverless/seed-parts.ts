// What the seeds of Redshift Serverless share: reading plain data, ids, keys.

import { type Tag, Tag$ } from '@aws-sdk/client-redshift-serverless'
import { hexOf } from '#lab/ids.ts'
import type { KmsKey, Where } from '#lab/services/kms/use.ts'
import { readPlain } from '#lab/wire/plain.ts'
import { seededKey } from './keys.ts'

/** A seed as the SDK's shape. */
export function read<Shape>(
  schema: Parameters<typeof readPlain>[0],
  where: Where,
  name: string,
  value: unknown,
): Shape {
  return readPlain<Shape>(schema, value, where.now, name)
}

/** Tags of a seed. */
export function readTags(where: Where, name: string, tags: unknown[] = []): Tag[] {
  return tags.map((tag) => read<Tag>(Tag$, where, `${name}: tags`, tag))
}

/** The id of something seeded: the same name always has the same. */
export function uuidFor({ region }: Where, what: string): string {
  const hex = hexOf(`${region.account.id} ${region.name} ${what}`, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** The key a seed names. */
export function keyFor(where: Where, ref: string | undefined, what: string): KmsKey {
  const key = seededKey(where, ref)
  if (!key) throw new Error(`${what} names the unknown key ${ref}`)
  return key
}
