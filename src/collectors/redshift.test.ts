// What the Redshift collector takes, in how many calls, and what a refusal leaves.

import { describe, expect, it } from 'vitest'
import { type Entry, everything } from '#aws/collector.ts'
import { openSession } from '#aws/session.ts'
import { collectors } from '#collectors/index.ts'
import { isGap } from '#model/resource.ts'
import { accessKey, account, type Estate, openEstate, region, worldOf } from '../../test/estate.ts'
import redshift from './redshift.ts'

async function collected(estate: Estate): Promise<Entry[]> {
  const session = await openSession(estate.connection)
  try {
    const entries: Entry[] = []
    for await (const page of redshift.collect(session.door(account, region), everything(redshift)))
      entries.push(...page)
    return entries
  } finally {
    session.close()
  }
}

const many = (count: number) =>
  worldOf({
    parameterGroups: [{ ParameterGroupName: 'own', ParameterGroupFamily: 'redshift-2.0' }],
    clusters: Array.from({ length: count }, (_, index) => ({
      ClusterIdentifier: `c${index}`,
      ParameterGroup: 'own',
    })),
    snapshots: Array.from({ length: count + 150 }, (_, index) => ({
      SnapshotIdentifier: `s${index}`,
      ClusterIdentifier: `c${index % count}`,
      SnapshotType: 'manual',
    })),
  })

describe('the collector', () => {
  it('makes exactly the calls it declares, and no more than the pages and single answers take', async () => {
    const estate = await openEstate(many(101))
    const entries = await collected(estate)
    const made = estate.lab.calls().map(({ action }) => action)
    const counts = Object.fromEntries(
      redshift.reads.map((action) => [action, made.filter((a) => a === action).length]),
    )
    // Each cluster is asked for its policy once; that it has none is an error, which the client may ask for again.
    expect(counts['redshift:GetResourcePolicy']).toBeGreaterThanOrEqual(101)
    expect(counts).toMatchObject({
      'redshift:DescribeClusterSubnetGroups': 1,
      'redshift:DescribeEventSubscriptions': 1,
      'redshift:DescribeSnapshotSchedules': 1,
      'redshift:DescribeSnapshotCopyGrants': 1,
      'redshift:DescribeHsmConfigurations': 1,
      'redshift:DescribeHsmClientCertificates': 1,
      'redshift:DescribeDataShares': 1,
      'redshift:DescribeEndpointAuthorization': 1,
      'redshift:DescribeClusters': 2,
      'redshift:DescribeLoggingStatus': 101,
      'redshift:DescribeClusterParameterGroups': 1,
      'redshift:DescribeClusterParameters': 1,
      'redshift:DescribeClusterSnapshots': 3,
    })
    expect(new Set(made)).toEqual(new Set(['sts:GetCallerIdentity', ...redshift.reads]))
    const lists = entries.flatMap((entry) => ('list' in entry ? [[entry.list, entry.answer]] : []))
    expect(lists).toHaveLength(11)
    expect(lists).toContainEqual(['redshift:cluster', expect.objectContaining({ value: 101 })])
    expect(lists).toContainEqual(['redshift:snapshot', expect.objectContaining({ value: 251 })])
  })

  it('keeps what AWS said in its own words, with source, time and request id', async () => {
    const entries = await collected(await openEstate(many(1)))
    const [cluster] = entries.flatMap((e) =>
      'resource' in e && e.resource.type === 'redshift:cluster' ? e.resource : [],
    )
    expect(cluster).toMatchObject({
      arn: `arn:aws:redshift:${region}:${account}:cluster:c0`,
      source: 'redshift:DescribeClusters',
      takenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/),
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      facts: { ClusterIdentifier: 'c0', ClusterStatus: 'available' },
      asked: { logging: { source: 'redshift:DescribeLoggingStatus', value: { LoggingEnabled: false } } },
    })
  })

  for (const action of redshift.reads) {
    it(`leaves a gap that names ${action} when it is refused`, async () => {
      const estate = await openEstate(many(2))
      await estate.control('deny', { accessKeyId: accessKey, action })
      const entries = await collected(estate)
      const answers = entries.flatMap((entry) =>
        'list' in entry
          ? [entry.answer]
          : Object.values<{ source: string } | undefined>(entry.resource.asked),
      )
      const gaps = answers.filter((answer) => answer && isGap(answer as never))
      expect(gaps.length).toBeGreaterThan(0)
      for (const gap of gaps)
        expect(gap).toMatchObject({ source: action, gap: 'refused', code: 'AccessDenied' })
    })
  }

  it('asks for the parameters of a group that is in use even where groups cannot be listed', async () => {
    const estate = await openEstate(many(2))
    await estate.control('deny', {
      accessKeyId: accessKey,
      action: 'redshift:DescribeClusterParameterGroups',
    })
    const entries = await collected(estate)
    const [group] = entries.flatMap((e) => ('resource' in e && e.resource.name === 'own' ? e.resource : []))
    expect(group?.asked).toMatchObject({ parameters: { source: 'redshift:DescribeClusterParameters' } })
  })

  it('is on the shelf', () => {
    expect(collectors).toContain(redshift)
  })
})
