// Edges of namespace-tags: the workgroup speaks for itself only.

import { afterEach, expect, test } from 'vitest'
import practice from './namespace-tags.ts'
import { holdsInCommon } from './testing/common.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

let driver: Driver | undefined
afterEach(() => driver?.stop())

test('the tags of a workgroup are not those of its namespace', async () => {
  const tags = [{ key: 'owner', value: 'planning' }]
  const accounts = {
    [place.account]: {
      accessKeys: [{ ...key, user: 'example' }],
      regions: {
        [place.region]: {
          namespaces: [{ namespaceName: 'planning' }],
          workgroups: [{ workgroupName: 'planning', namespaceName: 'planning', tags }],
        },
      },
    },
  }
  driver = await drive(
    { name: 'tags', about: 'A workgroup with a tag.', accounts },
    { key, regions: [place.region], settings: { requiredTags: ['owner'] } },
  )
  const { findings } = await driver.scan()
  const found = findings.filter(({ practice }) => practice.endsWith('-tags'))
  expect(found.map((one) => `${one.practice} ${one.status}`).sort()).toEqual([
    'namespace-tags fail',
    'workgroup-tags pass',
  ])
})
