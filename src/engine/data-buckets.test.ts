// The buckets of the settings: each is judged once, by the account that may and where it lies, or is unknown.

import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import { type Driver, drive } from '#practices/testing/redoubt.ts'

const home = '111122223333'
const other = '444455556666'
const key = { id: 'AKIALABBUCKETS000001', secret: 'a-secret', user: 'redoubt' }
const accounts = [{ role: `arn:aws:iam::${other}:role/redoubt-scan` }]
const ours = {
  Effect: 'Allow',
  Principal: { AWS: home },
  Action: 's3:GetBucket*',
  Resource: 'arn:aws:s3:::lent',
}

const world: World = {
  name: 'buckets',
  about: 'Two accounts, and a third that is not looked into.',
  accounts: {
    [home]: {
      accessKeys: [key],
      regions: {
        'eu-west-1': { buckets: [{ Name: 'here' }] },
        'us-east-1': { buckets: [{ Name: 'virginia' }] },
        'eu-north-1': { buckets: [{ Name: 'stockholm' }] },
      },
    },
    [other]: {
      accessKeys: [],
      roles: [{ name: 'redoubt-scan', trusts: [home] }],
      regions: { 'us-east-1': { buckets: [{ Name: 'of-the-other' }] } },
    },
    '777788889999': {
      accessKeys: [],
      regions: {
        'us-east-1': {
          buckets: [
            { Name: 'of-a-stranger' },
            { Name: 'lent', Policy: { Version: '2012-10-17', Statement: [ours] } },
          ],
        },
      },
    },
  },
}

let driver: Driver | undefined
afterEach(() => driver?.stop())

async function judged(...dataBuckets: string[]) {
  driver = await drive(world, {
    key,
    regions: ['eu-west-1', 'us-east-1'],
    settings: { accounts, dataBuckets },
  })
  const { findings } = await driver.scan()
  return findings
    .filter(({ resource }) => resource.includes(':s3:'))
    .map(({ practice, resource, account, region, status, reason, permission }) =>
      [practice, resource.slice(13), account, region, status, reason, permission].filter(Boolean).join(' '),
    )
}

describe('a bucket of the settings', () => {
  test.each([
    ['in a region that is looked into', 'virginia', `${home} us-east-1 fail plain-http`],
    ['in one that is not', 'stockholm', `${home} eu-west-1 fail plain-http`],
    ['of the other account', 'of-the-other', `${other} us-east-1 fail plain-http`],
    ['of a stranger', 'of-a-stranger', `${home} us-east-1 unknown refused s3:GetBucketPolicy`],
    ['of a stranger who lets us look', 'lent', `${home} us-east-1 fail plain-http`],
    ['that nobody has', 'nowhere', `${home} eu-west-1 fail gone`],
  ])('%s', async (_, name, expected) => {
    expect(await judged(name)).toEqual([`bucket-refuses-plain-http ${name} ${expected}`])
  })

  test('is judged once, though two accounts and two regions are looked into', async () => {
    expect(await judged('here', 'here', 'virginia')).toEqual([
      `bucket-refuses-plain-http here ${home} eu-west-1 fail plain-http`,
      `bucket-refuses-plain-http virginia ${home} us-east-1 fail plain-http`,
    ])
  })
})
