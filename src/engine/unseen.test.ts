// Copies that lie where nobody looked are unknown, of clusters and of namespaces, and known when somebody looks.

import { afterEach, expect, test } from 'vitest'
import { type Driver, drive } from '#practices/testing/redoubt.ts'
import { key, place } from '#practices/testing/world.ts'

let lab: Driver | undefined
afterEach(() => lab?.stop())

const copying = { DestinationRegion: 'us-east-1', RetentionPeriod: 7, ManualSnapshotRetentionPeriod: 30 }
const world = {
  name: 'copying',
  about: 'Clusters and a namespace that copy to another region.',
  accounts: {
    [place.account]: {
      accessKeys: [{ ...key, user: 'example' }],
      regions: {
        'us-east-1': {},
        [place.region]: {
          clusters: [
            ...['a', 'b', 'c', 'd'].map((ClusterIdentifier) => ({
              ClusterIdentifier,
              ClusterSnapshotCopyStatus: copying,
            })),
            { ClusterIdentifier: 'at-home' },
          ],
          namespaces: [{ namespaceName: 'planning' }],
          snapshotCopyConfigurations: [{ namespaceName: 'planning', destinationRegion: 'us-east-1' }],
        },
      },
    },
  },
}

const toldOf = async (regions: string[]) => {
  lab = await drive(world, { key, regions })
  const { findings } = await lab.scan()
  return findings.filter(({ region, practice }) => region === 'us-east-1' && /snapshot/.test(practice))
}

test('with the destination left out, each practice about snapshots is unknown there', async () => {
  const told = await toldOf([place.region])
  expect(new Set(told.map(({ status, reason }) => `${status} ${reason}`))).toEqual(
    new Set(['unknown not-looked']),
  )
  const messages = new Map(told.map(({ resource, message }) => [resource, message]))
  expect(Object.fromEntries(messages)).toEqual({
    'arn:aws:redshift:us-east-1:111122223333:snapshot:*':
      '(any snapshot here) could not be judged: snapshots of cluster a, cluster b, cluster c and 1 more are copied to us-east-1, where nobody looked; add --region us-east-1',
    'arn:aws:redshift-serverless:us-east-1:111122223333:snapshot/*':
      '(any snapshot here) could not be judged: snapshots of namespace planning are copied to us-east-1, where nobody looked; add --region us-east-1',
  })
  expect(told.map(({ practice }) => practice)).toEqual(
    expect.arrayContaining(['snapshot-region', 'snapshot-shared', 'serverless-snapshot-region']),
  )
})

test('when somebody looks, nothing is left to say', async () => {
  expect(await toldOf([place.region, 'us-east-1'])).toEqual([])
})
