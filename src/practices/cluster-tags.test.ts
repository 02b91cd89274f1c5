// Edges of cluster-tags: without required tags there is no finding at all.

import { expect, test } from 'vitest'
import { judgeShard } from '#engine/assess.ts'
import { indexed } from '#engine/source.ts'
import type { ShardLine } from '#model/inventory.ts'
import { resourceFrom } from '#model/resource.ts'
import { defaultSettings } from '#model/settings.ts'
import practice from './cluster-tags.ts'
import { cluster, exampleNow } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { place } from './testing/world.ts'

holdsInCommon(practice)

test.each([
  [[], []],
  [['owner'], ['lacks a value for owner']],
])('where %j is required, the findings are %j', async (requiredTags, messages) => {
  const told = { source: 'redshift:DescribeClusters' as const, takenAt: exampleNow }
  const { facts } = cluster({ reason: '' })
  async function* lines(): AsyncGenerator<ShardLine[]> {
    yield [{ resource: resourceFrom('redshift:cluster', place, told, facts) }]
  }
  const found: string[] = []
  const settings = { ...defaultSettings, requiredTags }
  const shard = await indexed({ ...place, lines })
  for await (const findings of judgeShard(shard, [practice], settings, exampleNow))
    found.push(...findings.map(({ message }) => message))
  expect(found).toEqual(messages)
})
