// Edges of cluster-keys-rotated: the reach of the history, clusters that have no keys.

import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import practice from './cluster-keys-rotated.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

const verdict = (days: number, ...keyRotations: string[]) => {
  const example = cluster({ reason: '' })
  return verdictOf(practice, {
    ...example,
    answers: { ...example.answers, keyRotations },
    settings: { days },
  })
}

test('what is older than the history reaches is unknown, with the reason', () => {
  expect(verdict(90)).toBe('fail overdue: did not rotate its keys in the 90 days that are agreed')
  expect(verdict(180)).toBe(
    'unknown history-too-short: did not rotate its keys in 90 days, and the event history reaches no further',
  )
  expect(verdict(180, '2026-10-01T00:00:00Z')).toBe('pass rotated: rotated its keys 52 days ago')
  expect(verdict(30, '2026-10-01T00:00:00Z')).toBe('fail overdue: rotated its keys 52 days ago')
})

test('a restored cluster is younger than its keys may be', () => {
  const facts = { ClusterCreateTime: '2026-11-10T08:00:00Z', RestoreStatus: { Status: 'completed' } }
  const of = (...keyRotations: string[]) => {
    const example = cluster({ reason: '', facts })
    return verdictOf(practice, { ...example, answers: { ...example.answers, keyRotations } })
  }
  expect(of()).toBe(
    'unknown restored: was restored 12 days ago, and AWS does not tell whether its keys were made then',
  )
  expect(of('2026-11-12T08:00:00Z')).toBe('pass rotated: rotated its keys 10 days ago')
  // That was a cluster of the same name.
  expect(of('2026-11-01T08:00:00Z')).toMatch(/^unknown restored/)
})

describe('rotations', () => {
  let driver: Driver | undefined
  afterEach(() => driver?.stop())

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
    const { findings } = await driver.scan()
    const told = findings
      .filter((one) => one.practice === practice.id)
      .map(({ resource, status }) => `${resource.split(':').at(-1)} ${status}`)
    expect(told.sort()).toEqual(['never fail', 'sales fail', 'sales-old pass', 'told-by-name pass'])
  })
})

test('a cluster that is not encrypted has no keys to rotate', () => {
  const { facts } = cluster({ reason: '', facts: { Encrypted: false } })
  expect(practice.concerns?.(facts, place)).toBe(false)
})

test('there is no way back, and it is said', () => {
  const example = cluster({ reason: '' })
  const [change] = changesOf(practice, { ...example, answers: { ...example.answers, keyRotations: [] } })
  expect(change?.undo).toEqual({ none: 'a rotation needs no way back: the data stays readable' })
})
