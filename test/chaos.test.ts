// Scans while AWS answers badly: what a scan says is right or unknown, never wrong, and what it does not say is a gap.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFaults } from '#lab/faults/read-faults.ts'
import type { FaultSeed } from '#lab/faults/seed-types.ts'
import { loadWorld } from '#lab/worlds/index.ts'
import type { Finding } from '#model/finding.ts'
import { type Driver, drive } from '#practices/testing/redoubt.ts'

const world = await loadWorld('mixed')
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1']
const accounts = [{ role: 'arn:aws:iam::444455556666:role/redoubt-scan' }]

/** Everything at once, each rarely. */
const { faults: everything = [] } = await loadWorld('chaos')

/** Faults of one kind, and whether a scan cannot see through them however patient it is. */
const storms: [name: string, blinds: boolean, faults: FaultSeed[]][] = [
  [
    'throttled for good in one region',
    true,
    [
      {
        kind: 'error',
        code: 'Throttling',
        action: 'redshift:DescribeClusterSnapshots',
        region: 'us-east-1',
        account: '444455556666',
      },
    ],
  ],
  ['throttled for a moment', false, [{ kind: 'error', code: 'Throttling', action: 'redshift:*', count: 3 }]],
  ['answers cut short at times', false, [{ kind: 'truncated', action: 'redshift:*', skip: 5, count: 4 }]],
  ['half answers', true, [{ kind: 'malformed', action: 'redshift:DescribeLoggingStatus' }]],
  ['pages without end', true, [{ kind: 'repeatMarker', action: 'redshift:*' }]],
  [
    'credentials that run out',
    true,
    [{ kind: 'error', code: 'ExpiredToken', action: 'redshift:*', skip: 12 }],
  ],
  [
    'refused here and there',
    true,
    [{ kind: 'error', code: 'AccessDenied', status: 403, action: 'redshift:*', probability: 0.3 }],
  ],
  ['a clock that is two hours ahead', false, [{ kind: 'skew', by: '2h' }]],
]

let driver: Driver
let calm: Map<string, Finding>

beforeAll(async () => {
  const key = world.accounts['111122223333']?.accessKeys[0]
  if (!key) throw new Error('the world has no access key')
  // Time stands still, so that nothing changes between two scans but the faults.
  driver = await drive(world, { key, regions, settings: { trustedAccounts: [], accounts }, speed: 0 })
  calm = byId((await driver.scan()).findings)
}, 60_000)
afterAll(() => driver.stop())

function byId(findings: readonly Finding[]): Map<string, Finding> {
  return new Map(findings.map((finding) => [`${finding.practice} ${finding.resource}`, finding]))
}

/** Scans under faults and holds what was said to what is so. Gives how many findings were told, and how many unknown. */
async function scanUnder(faults: FaultSeed[]) {
  driver.lab.state.faults = await readFaults(faults)
  try {
    const { findings, gaps } = await driver.scan()
    const seen = byId(findings)
    const wrong = [...seen].filter(
      ([id, { status }]) => status !== 'unknown' && status !== calm.get(id)?.status,
    )
    expect(wrong.map(([id, { status }]) => `${id}: ${status}, not ${calm.get(id)?.status}`)).toEqual([])
    const missing = [...calm.keys()].filter((id) => !seen.has(id))
    // What is not even listed is not passed over in silence.
    if (missing.length > 0) expect(gaps.length).toBeGreaterThan(0)
    const blind = [...calm].filter(
      ([id, { status }]) => status !== 'unknown' && seen.get(id)?.status !== status,
    )
    return { told: seen.size, blind: blind.length }
  } finally {
    driver.lab.state.faults = []
  }
}

describe('a scan is right or unknown', () => {
  test.each([1, 2])(
    'when everything goes wrong now and then, run %i',
    async (run) => {
      // Another run, another luck: the rules draw from how often they were asked.
      const shifted = everything.map((fault) => ({ ...fault, skip: run - 1 }))
      const { told } = await scanUnder(shifted)
      expect(told).toBeGreaterThan(0)
    },
    120_000,
  )

  test.each(storms)(
    '%s',
    async (_name, blinds, faults) => {
      const { told, blind } = await scanUnder(faults)
      expect(told).toBeGreaterThan(0)
      expect(blind > 0).toBe(blinds)
    },
    120_000,
  )

  test('and says the same as before once AWS answers well', async () => {
    const after = byId((await driver.scan()).findings)
    expect([...after].map(([id, { status }]) => `${id} ${status}`).sort()).toEqual(
      [...calm].map(([id, { status }]) => `${id} ${status}`).sort(),
    )
  }, 60_000)
})
