// Redshift Serverless: namespaces with their tags, workgroups and snapshots with their policies, copy configurations.

import { defineCollector, type Entry, onlyOf, type Wish, wants, wantsAbout } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, listing, namespacePolicy, noPolicy, orNone } from '#aws/listing.ts'
import { parseArn } from '#kit/arn.ts'
import { merge } from '#kit/merge.ts'
import { documentOf } from '#model/policy-document.ts'
import type { Answer, KeyInUse, Resource, ResourceType } from '#model/resource.ts'

export default defineCollector({
  service: 'redshift-serverless',
  types: [
    'redshift-serverless:workgroup',
    'redshift-serverless:namespace',
    'redshift-serverless:snapshot',
    'redshift-serverless:copy-configuration',
  ],
  reads: [
    'redshift-serverless:ListWorkgroups',
    'redshift-serverless:ListNamespaces',
    'redshift-serverless:ListSnapshots',
    'redshift-serverless:ListSnapshotCopyConfigurations',
    'redshift-serverless:ListTagsForResource',
    'redshift-serverless:GetResourcePolicy',
    'redshift:GetResourcePolicy',
    'kms:DescribeKey',
  ],

  async *collect(door, wish) {
    const streams: [ResourceType, () => AsyncGenerator<Entry[]>][] = [
      ['redshift-serverless:workgroup', () => workgroups(door, wish)],
      ['redshift-serverless:namespace', () => namespaces(door, wish)],
      ['redshift-serverless:snapshot', () => snapshots(door, wish)],
      ['redshift-serverless:copy-configuration', () => copyConfigurations(door, wish)],
    ]
    yield* merge(...streams.flatMap(([type, stream]) => (wish.types.has(type) ? [stream()] : [])))
  },
})

// AWS narrows none of these lists by ARN: the one that is wished is picked out.

function workgroups(door: Door, wish: Wish): AsyncGenerator<Entry[]> {
  const type = 'redshift-serverless:workgroup'
  const pages = door.pages('redshift-serverless:ListWorkgroups', {}, (output) => output.workgroups)
  return listing(type, door, pages, {
    only: onlyOf(wish, type),
    ask: ({ arn }) =>
      answers({ tags: () => tagsOf(door, arn), policy: () => resourcePolicy(door, arn) }, (need) =>
        wantsAbout(wish, type, need),
      ),
  })
}

function namespaces(door: Door, wish: Wish): AsyncGenerator<Entry[]> {
  const type = 'redshift-serverless:namespace'
  const pages = door.pages('redshift-serverless:ListNamespaces', {}, (output) => output.namespaces)
  return listing(type, door, pages, {
    only: onlyOf(wish, type),
    ask: ({ arn }) =>
      answers({ tags: () => tagsOf(door, arn), policy: () => namespacePolicy(door, arn) }, (need) =>
        wantsAbout(wish, type, need),
      ),
  })
}

function snapshots(door: Door, wish: Wish): AsyncGenerator<Entry[]> {
  const type = 'redshift-serverless:snapshot'
  const pages = door.pages('redshift-serverless:ListSnapshots', {}, (output) => output.snapshots)
  return listing(type, door, pages, {
    only: onlyOf(wish, type),
    ask: ({ arn }) =>
      answers({ policy: () => resourcePolicy(door, arn) }, (need) => wantsAbout(wish, type, need)),
  })
}

function copyConfigurations(door: Door, wish: Wish): AsyncGenerator<Entry[]> {
  const type = 'redshift-serverless:copy-configuration'
  const action = 'redshift-serverless:ListSnapshotCopyConfigurations'
  const pages = door.pages(action, {}, (output) => output.snapshotCopyConfigurations)
  const isWanted = wants(wish, 'key') || wants(wish, 'copyKeys')
  return listing(type, door, pages, {
    only: onlyOf(wish, type),
    ask: ({ facts }) => answers({ key: () => destinationKey(door, facts) }, () => isWanted),
  })
}

/** The key of the other region that copies lie under, asked there; one of another account says whose it is by itself. */
async function destinationKey(
  door: Door,
  { destinationKmsKeyId: arn = '' }: Resource<'redshift-serverless:copy-configuration'>['facts'],
): Promise<Answer<KeyInUse>> {
  const { service, account, region = '' } = parseArn(arn) ?? {}
  if (service !== 'kms' || account !== door.account)
    return {
      source: 'redshift-serverless:ListSnapshotCopyConfigurations',
      takenAt: door.now(),
      value: null,
    }
  return door
    .in(region)
    .ask('kms:DescribeKey', { KeyId: arn }, ({ KeyMetadata }) =>
      KeyMetadata ? { arn, facts: KeyMetadata } : null,
    )
}

function tagsOf(door: Door, resourceArn: string) {
  return door.ask('redshift-serverless:ListTagsForResource', { resourceArn }, ({ tags }) => tags ?? [])
}

/** The policy of a snapshot or a workgroup; that of a namespace is Redshift's to keep. */
async function resourcePolicy(door: Door, resourceArn: string) {
  const answer = await door.ask('redshift-serverless:GetResourcePolicy', { resourceArn }, (output) =>
    documentOf(output.resourcePolicy?.policy),
  )
  return orNone(answer, noPolicy, null)
}
