// What an inventory tells a person who writes settings: where data lies, who is given it, which tags and keys are used.

import { isoDay } from '#kit/time.ts'
import { restoreAccountsOf } from '#model/fact.ts'
import type { Inventory, Shard } from '#model/inventory.ts'
import { isGap, type Resource } from '#model/resource.ts'
import { bucketsAllowedBy } from '#model/role-reach.ts'

export type Seen = {
  /** Regions in which something of Redshift lies that holds data. */
  regions: string[]
  /** Who is given data, by account, with an example of what. */
  sharedWith: Map<string, { count: number; example: string }>
  /** Keys of tags, with how many of the tagged kinds of resource carry them. */
  tags: Map<string, number>
  /** How many resources could carry tags: clusters, workgroups and namespaces. */
  taggable: number
  /** Customer-managed keys that something lies under, by region. */
  keys: Map<string, string[]>
  /** Buckets that data may move through, with what tells so. */
  dataBuckets: Map<string, string>
}

const holdsData = new Set([
  'redshift:cluster',
  'redshift:snapshot',
  'redshift-serverless:namespace',
  'redshift-serverless:workgroup',
  'redshift-serverless:snapshot',
])

/** Reads an inventory once, shard by shard. */
export async function seenIn(inventory: Inventory): Promise<Seen> {
  const seen: Seen = {
    regions: [],
    sharedWith: new Map(),
    tags: new Map(),
    taggable: 0,
    keys: new Map(),
    dataBuckets: new Map(),
  }
  const regions = new Set<string>()
  for await (const shard of inventory.shards()) {
    if (shard.resources.some(({ type }) => holdsData.has(type))) regions.add(shard.region)
    for (const resource of shard.resources) look(resource, shard, seen)
  }
  seen.regions = [...regions].sort()
  return seen
}

function look(resource: Resource, { region }: Shard, seen: Seen): void {
  for (const account of sharesOf(resource)) {
    const { count = 0, example = resource.arn } = seen.sharedWith.get(account) ?? {}
    seen.sharedWith.set(account, { count: count + 1, example })
  }
  const tags = tagsOf(resource)
  if (tags) {
    seen.taggable++
    for (const tag of tags) seen.tags.set(tag, (seen.tags.get(tag) ?? 0) + 1)
  }
  for (const [bucket, because] of dataBucketsOf(resource)) {
    if (!seen.dataBuckets.has(bucket)) seen.dataBuckets.set(bucket, because)
  }
  if (isOwnKey(resource)) {
    const here = new Set([...(seen.keys.get(region) ?? []), resource.arn])
    seen.keys.set(region, [...here].sort())
  }
}

/** The accounts that a resource is given to, each once. */
function sharesOf({ type, facts }: Resource): string[] {
  switch (type) {
    case 'redshift:snapshot':
      return restoreAccountsOf(facts)
    case 'redshift-serverless:snapshot': {
      const { accountsWithRestoreAccess = [], accountsWithProvisionedRestoreAccess = [] } = facts
      return [...new Set([...accountsWithRestoreAccess, ...accountsWithProvisionedRestoreAccess])]
    }
    case 'redshift:endpoint-authorization':
      return facts.Grantee ? [facts.Grantee] : []
    default:
      return []
  }
}

/** The keys of the tags that a person gave, or undefined where the tags are not known. */
function tagsOf({ type, facts, asked }: Resource): string[] | undefined {
  if (type === 'redshift:cluster') return given((facts.Tags ?? []).map(({ Key }) => Key))
  if (type !== 'redshift-serverless:workgroup' && type !== 'redshift-serverless:namespace') return undefined
  const { tags } = asked
  return tags && !isGap(tags) ? given(tags.value.map(({ key }) => key)) : undefined
}

// Tags of AWS itself begin so: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
const given = (keys: (string | undefined)[]) =>
  keys.filter((key): key is string => key !== undefined && !key.startsWith('aws:'))

/** The buckets that a role of a warehouse may use by their names, that the settings of the scan named, or logs show. */
function dataBucketsOf(resource: Resource): [bucket: string, because: string][] {
  if (resource.type === 's3:bucket') {
    const [last] = resource.facts.Sightings ?? []
    if (last) return [[resource.name, `in ${last.statement} of ${last.warehouse} on ${isoDay(last.at)}`]]
    return resource.facts.TakesAuditLogs ? [] : [[resource.name, 'the settings of the scan name it']]
  }
  if (resource.type !== 'iam:role') return []
  const { policies } = resource.asked
  if (!policies || isGap(policies)) return []
  const names = policies.value.flatMap(({ document }) => bucketsAllowedBy(document))
  return names.map((name) => [name, `role ${resource.name} may use it`])
}

function isOwnKey(resource: Resource): boolean {
  if (resource.type !== 'kms:key') return false
  const { metadata } = resource.asked
  return metadata !== undefined && !isGap(metadata) && metadata.value.KeyManager === 'CUSTOMER'
}
