// Edges of copy-grant-unused: whose clusters were looked at, and whose were not.

import { afterEach, expect, test } from 'vitest'
import { elsewhereOf } from '#model/elsewhere.ts'
import practice from './copy-grant-unused.ts'
import { copyGrant } from './examples/around.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, worldOf } from './testing/world.ts'

holdsInCommon(practice)

test('with its own region alone, nothing was looked at', () => {
  expect(verdictOf(practice, copyGrant({ reason: '', regions: [] }))).toBe(
    'unknown not-looked: is for clusters of other regions, and none of those was looked into',
  )
})

test('it is made again for the same key, with its tags', () => {
  const facts = {
    KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/one',
    Tags: [{ Key: 'owner', Value: 'me' }],
  }
  const [change] = changesOf(practice, copyGrant({ reason: '', facts }))
  expect(change?.undo).toMatchObject({
    call: {
      action: 'redshift:CreateSnapshotCopyGrant',
      input: { SnapshotCopyGrantName: 'copies-of-sales', ...facts },
    },
  })
})

test('it is not said to come back while its key cannot be used; where nothing is told of the key, it is tried', () => {
  const undoFor = (key: object | null) =>
    changesOf(practice, copyGrant({ reason: '', key: key as never })).map(({ undo }) =>
      'none' in undo ? undo.none : undo.call.action,
    )
  expect(undoFor({ KeyState: 'PendingDeletion' })).toEqual([
    'its key is PendingDeletion: make it again by hand once the key can be used',
  ])
  expect(undoFor({})).toEqual(['redshift:CreateSnapshotCopyGrant'])
  expect(undoFor(null)).toEqual(['redshift:CreateSnapshotCopyGrant'])
})

let lab: Driver | undefined
afterEach(() => lab?.stop())

test('verify looks into the other regions of the scan, after a deletion was taken back too', async () => {
  const { world, regions, arn } = worldOf('redshift:copy-grant', copyGrant({ reason: 'unused' }))
  lab = await drive(world, { key, regions, allRegions: true })
  await lab.scan()
  const plan = await lab.plan({ resources: [arn], practice: practice.id })
  expect((await lab.apply(plan))?.verification.deleted).toEqual([arn])
  const undone = await lab.undo(plan)
  expect(undone?.verification.findings).toMatchObject([
    { status: 'fail', message: 'serves no cluster of any other region' },
  ])
})

test('a scan of some regions does not tell that no cluster uses it, nor does one that was stopped, or that another account began', async () => {
  const { world, regions, arn } = worldOf('redshift:copy-grant', copyGrant({ reason: 'unused' }))
  lab = await drive(world, { key, regions })
  const { findings } = await lab.scan()
  const found = findings.find((one) => one.practice === practice.id && one.resource === arn)
  expect(`${found?.status} ${found?.reason}: ${found?.message}`).toBe(
    'unknown not-everywhere: serves no cluster of eu-central-1; whether one of another region copies under it, a scan with --all-regions by its own account tells',
  )
  const everywhere = { madeAt: '', regionsBy: 'allRegions' as const, shards: [] }
  const all = (interrupted: boolean, account = '111122223333') => {
    const caller = `arn:aws:iam::${account}:user/tester`
    const use = elsewhereOf({ ...everywhere, caller, interrupted }, []).usersOf('copies', {
      account: '111122223333',
      region: 'eu-west-1',
    })
    return 'value' in use && use.value.all
  }
  // Only another account has opted in to a region: AWS does not list it for this one.
  expect([all(false), all(true), all(false, '444455556666')]).toEqual([true, false, false])
})

test('a grant that was put to use since the scan is kept by AWS, and the plan says so', async () => {
  const { world, regions, arn } = worldOf('redshift:copy-grant', copyGrant({ reason: 'unused' }))
  const region = world.accounts['111122223333']?.regions['eu-central-1']
  Object.assign(region ?? {}, { clusters: [{ ClusterIdentifier: 'sales' }] })
  lab = await drive(world, { key, regions, allRegions: true })
  await lab.scan()
  const plan = await lab.plan({ resources: [arn], practice: practice.id })
  expect(plan.steps.map(({ region, title }) => [region, title])).toEqual([
    ['eu-west-1', 'Delete copy grant copies-of-sales'],
  ])
  const { RedshiftClient, EnableSnapshotCopyCommand } = await import('@aws-sdk/client-redshift')
  const client = new RedshiftClient({ region: 'eu-central-1', endpoint: lab.lab.url })
  await client.send(
    new EnableSnapshotCopyCommand({
      ClusterIdentifier: 'sales',
      DestinationRegion: 'eu-west-1',
      SnapshotCopyGrantName: 'copies-of-sales',
    }),
  )
  const applied = await lab.apply(plan)
  expect(applied?.outcome.failed).toEqual([
    { step: 's1', error: expect.stringContaining('InvalidSnapshotCopyGrantStateFault') },
  ])
  expect(applied?.verification.findings).toMatchObject([
    { status: 'pass', message: 'serves the copying of 1 cluster: sales' },
  ])
  const { findings } = await lab.scan()
  const found = findings.find((finding) => finding.practice === practice.id && finding.resource === arn)
  expect(`${found?.status} ${found?.message}`).toBe('pass serves the copying of 1 cluster: sales')
})
