// What a scan proposes to plan: a practice for whose findings there is a step, and none where a person decides.

import { expect, test } from 'vitest'
import { openEstate, worldOf } from '../../test/estate.ts'
import { wholeOf } from '../../test/whole.ts'
import { mendable } from './plans.ts'
import { scan } from './scan.ts'

// The last copy of a cluster that is gone is held back until somebody names it; trails of the region see everything.
const last = {
  SnapshotIdentifier: 'last',
  ClusterIdentifier: 'gone',
  ClusterCreateTime: '2020-01-01T00:00:00Z',
  SnapshotCreateTime: '-900d',
  ManualSnapshotRetentionPeriod: -1,
}
const practices = ['manual-snapshot-retention', 'snapshot-orphaned', 'snapshot-shared']

async function found(more: object) {
  const estate = await openEstate(worldOf({ snapshots: [{ ...last, ...more }] }), 0)
  const { findings } = await wholeOf(
    (await scan(estate.workspace, estate.connection, { practices })).assessment,
  )
  const failing = findings.filter(({ status }) => status === 'fail')
  return { estate, failing, ids: failing.map(({ practice }) => practice) }
}

test('nothing is proposed where every fix is held back or wants a person', async () => {
  const { estate, failing, ids } = await found({})
  expect(ids).toEqual(['manual-snapshot-retention', 'snapshot-orphaned'])
  expect(await mendable(estate.workspace, failing)).toBeUndefined()
  // Who names it may plan for it.
  const [first] = failing
  expect(await mendable(estate.workspace, failing, [first?.resource ?? ''])).toBe('manual-snapshot-retention')
})

test('the first that has a step is proposed, whatever stands before it', async () => {
  const { estate, failing, ids } = await found({ AccountsWithRestoreAccess: [{ AccountId: '999988887777' }] })
  expect(ids.at(-1)).toBe('snapshot-orphaned')
  expect(await mendable(estate.workspace, [...failing].reverse())).toBe('snapshot-shared')
})
