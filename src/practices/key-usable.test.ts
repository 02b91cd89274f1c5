// Edges of key-usable: keys of other accounts, states that are no trouble.

import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import { key } from './examples/key.ts'
import practice from './key-usable.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key as access, place } from './testing/world.ts'

holdsInCommon(practice)

test('the day of its deletion is told', () => {
  const metadata = { KeyState: 'PendingDeletion' as const, DeletionDate: '2026-11-30T12:00:00Z' }
  expect(verdictOf(practice, key({ reason: '', metadata }))).toBe(
    'fail pending-deletion: will be deleted on 2026-11-30, and cannot be used until then: what lies under it is out of reach, and Redshift deletes a warehouse after 14 days without its key',
  )
})

test('an undo never schedules a deletion', () => {
  const changes = changesOf(practice, key({ reason: '', metadata: { KeyState: 'PendingDeletion' } }))
  expect(changes.map(({ call }) => call.action)).toEqual(['kms:CancelKeyDeletion', 'kms:EnableKey'])
  expect(changes.filter(({ undo }) => 'call' in undo)).toEqual([])
})

describe('a key of another account', () => {
  const other = '444455556666'
  const id = '0a1b2c3d-0000-4000-8000-00000000000b'
  const arn = `arn:aws:kms:${place.region}:${other}:key/${id}`
  const letsUse = {
    Effect: 'Allow',
    Principal: { AWS: [other, place.account].map((account) => `arn:aws:iam::${account}:root`) },
    Action: 'kms:*',
    Resource: '*',
  }
  const Policy = { Version: '2012-10-17', Statement: [letsUse] }
  const world: World = {
    name: 'two accounts',
    about: 'A cluster lies under a disabled key of the other account.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...access, user: 'example' }],
        regions: { [place.region]: { clusters: [{ ClusterIdentifier: 'sales', KmsKeyId: arn }] } },
      },
      [other]: {
        accessKeys: [],
        roles: [{ name: 'redoubt-scan', trusts: [place.account] }],
        regions: { [place.region]: { keys: [{ KeyId: id, KeyState: 'Disabled', Policy }] } },
      },
    },
  }
  let driver: Driver | undefined
  afterEach(() => driver?.stop())

  async function judged(accounts: { role: string }[]) {
    const lab = await drive(world, {
      key: access,
      regions: [place.region],
      settings: { accounts },
      speed: 600,
    })
    driver = lab
    const look = async () => {
      const { findings } = await lab.scan()
      return findings
        .filter((one) => one.practice === practice.id)
        .map(({ resource, reason }) => [resource, reason])
    }
    return { lab, look }
  }

  test('is mended through that account where that is looked into', async () => {
    const { lab, look } = await judged([{ role: `arn:aws:iam::${other}:role/redoubt-scan` }])
    expect(await look()).toEqual([[arn, 'disabled']])
    const plan = await lab.plan({ practice: practice.id })
    expect(plan.steps).toMatchObject([{ account: other, seenFrom: { account: place.account } }])
    expect((await lab.apply(plan))?.outcome.failed).toEqual([])
    expect((await lab.verify(plan)).findings.map(({ reason }) => reason)).toEqual(['usable'])
    expect(await look()).toEqual([[arn, 'usable']])
    expect((await lab.undo(plan))?.outcome.failed).toEqual([])
    expect(await look()).toEqual([[arn, 'disabled']])
  })

  test('is left to that account where it is not', async () => {
    const { lab, look } = await judged([])
    expect(await look()).toEqual([[arn, 'disabled']])
    const { steps, leftOut } = await lab.plan({ practice: practice.id })
    expect(steps).toEqual([])
    expect(leftOut).toEqual([{ practice: practice.id, resource: arn, why: `it belongs to account ${other}` }])
  })
})

test('a state that is not known to be usable is no pass', () => {
  for (const KeyState of ['Creating', 'Resting'] as const) {
    const example = key({ reason: '', metadata: { KeyState: KeyState as 'Creating' } })
    expect(verdictOf(practice, example)).toBe(
      `unknown untold: is in the state ${KeyState}, which does not tell whether it can be used`,
    )
  }
  expect(verdictOf(practice, key({ reason: '', metadata: { KeyState: 'Updating' } }))).toMatch(/^pass usable/)
})
