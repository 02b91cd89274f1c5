// Edges of cluster-keys-rotated: the reach of the history, clusters that have no keys.

import { ModifyClusterCommand, RedshiftClient } from '@aws-sdk/client-redshift'
import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import practice from './cluster-keys-rotated.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

type Renewals = Parameters<typeof cluster>[0]['keyRenewals'] & object
const rotated = (...dates: string[]): Renewals => dates.map((at) => ({ at, how: 'rotated' }))

const verdict = (days: number, ...dates: string[]) =>
  verdictOf(practice, cluster({ reason: '', settings: { days }, keyRenewals: rotated(...dates) }))

test('what is older than the history reaches is unknown, with the reason', () => {
  expect(verdict(90)).toBe('fail overdue: did not rotate its keys in the 90 days that are agreed')
  expect(verdict(180)).toBe(
    'unknown history-too-short: did not rotate its keys in 90 days, and the event history reaches no further',
  )
  expect(verdict(180, '2026-10-01T00:00:00Z')).toBe('pass rotated: rotated its keys 52 days ago')
  expect(verdict(30, '2026-10-01T00:00:00Z')).toBe('fail overdue: rotated its keys 52 days ago')
  expect(verdict(30, '2026-11-22T08:00:00Z')).toBe('pass rotated: rotated its keys less than a day ago')
})

test('a restored cluster is younger than its keys may be', () => {
  const facts = { ClusterCreateTime: '2026-11-10T08:00:00Z', RestoreStatus: { Status: 'completed' } }
  const of = (...dates: string[]) =>
    verdictOf(practice, cluster({ reason: '', facts, keyRenewals: rotated(...dates) }))
  expect(of()).toBe(
    'unknown restored: was restored 12 days ago, and AWS does not tell whether its keys were made then',
  )
  expect(of('2026-11-12T08:00:00Z')).toBe('pass rotated: rotated its keys 10 days ago')
  // That was a cluster of the same name.
  expect(of('2026-11-01T08:00:00Z')).toMatch(/^unknown restored/)
})

test('new keys that an event does not prove are unknown, unless something newer or nothing recent decides', () => {
  const of = (days: number, ...keyRenewals: Renewals) =>
    verdictOf(practice, cluster({ reason: '', settings: { days }, keyRenewals }))
  const untold = { at: '2026-11-12T08:00:00Z', how: 'untold' } as const
  expect(of(60, untold)).toBe(
    'unknown untold-change: was modified 10 days ago with its encryption named, and CloudTrail does not tell whether it got new keys then',
  )
  expect(of(5, untold)).toMatch(/^fail overdue/)
  const [long, lately] = rotated('2026-08-30T08:00:00Z', '2026-10-01T08:00:00Z')
  if (!long || !lately) throw new Error('no rotations')
  expect(of(60, untold, lately)).toMatch(/^pass rotated/)
  expect(of(60, untold, long)).toMatch(/^unknown untold-change/)
  expect(of(5, { ...untold, how: 'encrypted' })).toBe(
    'fail overdue: was encrypted, or moved under another key, 10 days ago, and got new keys then',
  )
})

describe('a move under another key', () => {
  const arnOf = (id: string) => `arn:aws:kms:eu-west-1:111122223333:key/${id}`
  const of = (KmsKeyId: string | undefined, ...keyRenewals: Renewals) =>
    verdictOf(practice, cluster({ reason: '', facts: { KmsKeyId } as never, keyRenewals }))
  const moved = (key: string, at = '2026-11-12T08:00:00Z') => ({ at, how: 'encrypted', key }) as const
  const passed = /^pass encrypted: /

  test('counts where the cluster lies under it, however the call named it', () => {
    expect(of(arnOf('new'), moved(arnOf('new')))).toMatch(passed)
    expect(of(arnOf('new'), moved('new'))).toMatch(passed)
    expect(of(arnOf('new'), moved('alias/warehouse'))).toMatch(passed)
    expect(of(undefined, moved('new'))).toMatch(passed)
  })

  test('that AWS took back, or that is under way, gave it no new keys', () => {
    expect(of(arnOf('old'), moved('new'))).toBe(
      'fail overdue: did not rotate its keys in the 60 days that are agreed: it does not lie under the key that it was to move under 10 days ago',
    )
    expect(of(arnOf('old'), { ...moved('new'), how: 'untold' })).toMatch(/^fail overdue/)
    const [before] = rotated('2026-08-30T08:00:00Z')
    expect(of(arnOf('old'), moved('new'), before as Renewals[number])).toBe(
      'fail overdue: rotated its keys 84 days ago: it does not lie under the key that it was to move under 10 days ago',
    )
  })

  test('is not forgotten for a later one that came to nothing', () => {
    expect(of(arnOf('old'), moved('new'), moved('old', '2026-11-02T08:00:00Z'))).toBe(
      'pass encrypted: was encrypted, or moved under another key, 20 days ago, and got new keys then',
    )
  })
})

describe('new keys', () => {
  let driver: Driver | undefined
  afterEach(() => driver?.stop())
  const told = async ({ scan }: Driver) =>
    (await scan()).findings
      .filter((one) => one.practice === practice.id)
      .map(({ resource, status }) => `${resource.split(':').at(-1)} ${status}`)
      .sort()

  test('are those of the cluster, whatever its name was', async () => {
    const at = (clusterIdentifier: string, clusterNamespaceArn?: string) => ({
      eventTime: '-10d',
      eventSource: 'redshift.amazonaws.com',
      eventName: 'RotateEncryptionKey',
      user: 'example',
      requestParameters: { clusterIdentifier },
      ...(clusterNamespaceArn && { responseElements: { clusterNamespaceArn } }),
    })
    const namespaceOf = (name: string) =>
      `arn:aws:redshift:${place.region}:${place.account}:namespace:${name}`
    const old = (ClusterIdentifier: string) => ({
      ClusterIdentifier,
      ClusterCreateTime: '-300d',
      ClusterNamespaceArn: namespaceOf(ClusterIdentifier),
    })
    const world: World = {
      name: 'names',
      about: 'A cluster that took the name of another.',
      accounts: {
        [place.account]: {
          accessKeys: [{ ...key, user: 'example' }],
          regions: {
            [place.region]: {
              clusters: ['sales', 'sales-old', 'told-by-name', 'never'].map(old),
              events: [at('sales', namespaceOf('sales-old')), at('told-by-name')],
            },
          },
        },
      },
    }
    driver = await drive(world, { key, regions: [place.region] })
    expect(await told(driver)).toEqual(['never fail', 'sales fail', 'sales-old pass', 'told-by-name pass'])
  })

  test('are those of a cluster that moves under another key, and of none that is modified otherwise', async () => {
    const moved = 'arn:aws:kms:eu-west-1:111122223333:key/0c4f3f4e-5d0a-4f1c-9d59-8b3a1f6e2d10'
    const former = 'arn:aws:kms:eu-west-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'
    const old = (ClusterIdentifier: string, facts = {}) => ({
      ClusterIdentifier,
      ClusterCreateTime: '-300d',
      NodeType: 'ra3.large',
      ...facts,
    })
    const world: World = {
      name: 'moves',
      about: 'Clusters that are encrypted, moved, or renamed in their windows.',
      accounts: {
        [place.account]: {
          accessKeys: [{ ...key, user: 'example' }],
          regions: {
            [place.region]: {
              keys: [moved, former].map((arn) => ({ KeyId: arn.slice(arn.lastIndexOf('/') + 1) })),
              events: [
                {
                  eventTime: '-10d',
                  eventSource: 'redshift.amazonaws.com',
                  eventName: 'ModifyCluster',
                  user: 'example',
                  requestParameters: { clusterIdentifier: 'taken-back', kmsKeyId: moved },
                  responseElements: { pendingModifiedValues: { encryptionType: 'KMS' } },
                },
              ],
              clusters: [
                old('open', { Encrypted: false }),
                old('taken-back', { KmsKeyId: former }),
                ...['moved', 'decrypted', 'named', 'other', 'never'].map((id) => old(id)),
              ],
            },
          },
        },
      },
    }
    driver = await drive(world, { key, regions: [place.region] })
    const redshift = new RedshiftClient({ endpoint: driver.lab.url, region: place.region })
    const modify = (ClusterIdentifier: string, more: object) =>
      redshift.send(new ModifyClusterCommand({ ClusterIdentifier, ...more }))
    await modify('open', { Encrypted: true })
    await modify('moved', { KmsKeyId: moved })
    await modify('decrypted', { Encrypted: false })
    await modify('named', { Encrypted: true, ManualSnapshotRetentionPeriod: 30 })
    await modify('other', { ManualSnapshotRetentionPeriod: 30 })
    driver.lab.clock.change({ move: '+3d' })
    expect(await told(driver)).toEqual([
      'moved pass',
      'named unknown',
      'never fail',
      'open pass',
      'other fail',
      'taken-back fail',
    ])
    // One question for each kind of event, however many clusters there are.
    expect(driver.lab.calls().filter(({ action }) => action === 'cloudtrail:LookupEvents')).toHaveLength(2)
  })
})

test('a cluster that is not encrypted has no keys to rotate', () => {
  const { facts } = cluster({ reason: '', facts: { Encrypted: false } })
  expect(practice.concerns?.(facts, place)).toBe(false)
})

test('there is no way back, and it is said', () => {
  const [change] = changesOf(practice, cluster({ reason: '' }))
  expect(change?.undo).toEqual({ none: 'a rotation needs no way back: the data stays readable' })
})
