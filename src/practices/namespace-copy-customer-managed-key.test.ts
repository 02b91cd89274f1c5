// Edges of namespace-copy-customer-managed-key: whose key it is, as the other region tells it.

import { afterEach, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import { copyingTo } from './examples/copy-configuration.ts'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-copy-customer-managed-key.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

test('what nobody tells is no key of yours', () => {
  expect(verdictOf(practice, namespace({ reason: '', copies: copyingTo('us-east-1', 30, 'a-key') }))).toBe(
    'unknown untold: is copied to us-east-1 under a-key, and KMS does not tell who manages that',
  )
})

let driver: Driver | undefined
afterEach(() => driver?.stop())

test('the key is asked of in the other region, which nobody else looks into', async () => {
  const other = `arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-4000-8000-00000000000b`
  const copying = (namespaceName: string, destinationKmsKeyId?: string) => ({
    namespaceName,
    destinationRegion: 'us-east-1',
    ...(destinationKmsKeyId && { destinationKmsKeyId }),
  })
  const names = ['managed', 'own', 'elsewhere', 'owned']
  const world: World = {
    name: 'copies',
    about: 'Namespaces that are copied to another region.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example' }],
        regions: {
          [place.region]: {
            namespaces: names.map((namespaceName) => ({ namespaceName })),
            snapshotCopyConfigurations: [
              copying('managed', 'alias/aws/redshift'),
              copying('own', 'alias/own'),
              copying('elsewhere', other),
              copying('owned'),
            ],
          },
          'us-east-1': { keys: [{ aliases: ['alias/aws/redshift'] }, { aliases: ['own'] }] },
        },
      },
    },
  }
  driver = await drive(world, { key, regions: [place.region] })
  const look = async () => {
    const { findings } = (await driver?.scan()) ?? { findings: [] }
    return findings
      .filter((one) => one.practice === practice.id)
      .map(({ status, reason, permission }) => [status, reason, permission].join(' ').trim())
      .sort()
  }
  expect(await look()).toEqual([
    'fail aws-managed',
    'fail aws-owned',
    'pass customer-managed',
    'pass customer-managed-elsewhere',
  ])
})
