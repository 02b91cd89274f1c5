// What undo does when AWS refuses: the steps of other things go on, and nothing is waited for that does not pass.

import {
  AuthorizeSnapshotAccessCommand,
  ModifyClusterCommand,
  ModifyClusterParameterGroupCommand,
  PauseClusterCommand,
  RebootClusterCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { describe, expect, it } from 'vitest'
import type { RegionSeed } from '#lab/world.ts'
import type { Plan } from '#model/plan.ts'
import { openJournal } from '#store/journals.ts'
import { accessKey, arn, type Estate, openEstate, region, worldOf } from '../../test/estate.ts'
import { apply, undo } from './apply.ts'
import { planWish } from './do.ts'
import { makePlan, type PlanWishes } from './plans.ts'
import { scan } from './scan.ts'

const applyTo = (estate: Estate, plan: Plan) =>
  apply(estate.workspace, estate.connection, plan, { stage: false, resume: false }, estate.attended)
const undoOf = (estate: Estate, plan: Plan) =>
  undo(estate.workspace, estate.connection, plan, estate.attended)

const world: RegionSeed = {
  parameterGroups: [{ ParameterGroupName: 'lax', ParameterGroupFamily: 'redshift-1.0' }],
  clusters: [
    { ClusterIdentifier: 'old', ParameterGroup: 'default.redshift-1.0' },
    { ClusterIdentifier: 'sales', ParameterGroup: 'lax' },
  ],
}

async function applied(seed: RegionSeed, wishes: PlanWishes) {
  const estate = await openEstate(worldOf(seed))
  await scan(estate.workspace, estate.connection)
  const { plan } = await makePlan(estate.workspace, wishes)
  expect((await applyTo(estate, plan))?.outcome.failed).toEqual([])
  return { estate, plan, named: (title: string) => plan.steps.find((step) => step.title === title)?.id }
}

it('goes on with other clusters, leaves what stands under the refused step, and takes the rest back next time', async () => {
  const { estate, plan, named } = await applied(world, { practices: ['cluster-require-ssl'] })
  const detaching = { accessKeyId: accessKey, action: 'redshift:ModifyCluster' }
  await estate.control('deny', detaching)
  const { outcome } = (await undoOf(estate, plan)) ?? {}
  const attach = named('Attach old to parameter group redoubt-old')
  expect(outcome?.undone).toEqual([
    named('Require TLS in parameter group lax'),
    named('Reboot cluster sales'),
  ])
  expect(outcome?.failed).toEqual([
    { step: attach, error: expect.stringContaining('the permission redshift:ModifyCluster is missing') },
  ])
  const because = `step ${attach} is not taken back`
  expect(outcome?.skipped).toEqual([
    { step: named('Reboot cluster old'), because },
    { step: named('Create parameter group redoubt-old'), because },
  ])
  expect(estate.succeeded('redshift:DeleteClusterParameterGroup')).toBe(0)
  await estate.control('allow', detaching)
  const again = (await undoOf(estate, plan))?.outcome
  expect(again).toMatchObject({ failed: [], skipped: [] })
  expect(again?.undone).toEqual([
    attach,
    named('Reboot cluster old'),
    named('Create parameter group redoubt-old'),
  ])
})

it('of two steps of one fix the earlier is not taken back under the later; another snapshot is', async () => {
  const AccountsWithRestoreAccess = [{ AccountId: '999988887777' }, { AccountId: '666655554444' }]
  const snapshot = { SnapshotType: 'manual' as const, ClusterIdentifier: 'sales' }
  const { estate, plan } = await applied(
    {
      ...world,
      snapshots: [
        { ...snapshot, SnapshotIdentifier: 'shared', AccountsWithRestoreAccess },
        {
          ...snapshot,
          SnapshotIdentifier: 'other',
          AccountsWithRestoreAccess: [{ AccountId: '999988887777' }],
        },
      ],
    },
    { practices: ['snapshot-shared'] },
  )
  const [first, second, other] = ['666655554444', '999988887777', 'other'].map((word) =>
    plan.steps.find(({ call, title }) =>
      word === 'other'
        ? title.includes('other')
        : JSON.stringify(call).includes(word) && title.includes('shared'),
    ),
  )
  const latest = plan.steps.indexOf(first as never) > plan.steps.indexOf(second as never) ? first : second
  const earlier = latest === first ? second : first
  await estate.control('faults', {
    kind: 'error',
    code: 'AuthorizationQuotaExceeded',
    status: 400,
    action: 'redshift:AuthorizeSnapshotAccess',
    // The steps are taken back from the last to the first.
    skip: plan.steps.indexOf(other as never) > plan.steps.indexOf(latest as never) ? 1 : 0,
    count: 1,
  })
  const { outcome } = (await undoOf(estate, plan)) ?? {}
  expect(outcome).toMatchObject({
    undone: [other?.id],
    failed: [{ step: latest?.id }],
    skipped: [{ step: earlier?.id, because: `step ${latest?.id} is not taken back` }],
  })
})

describe('a restart that did not bring everything in force', () => {
  /** Applied but for the proof of its restart: somebody changed another parameter of the group meanwhile. */
  async function halfRestarted(lastEntry: 'calling' | 'called') {
    const estate = await openEstate(worldOf(world))
    await scan(estate.workspace, estate.connection)
    const wishes = { practices: ['cluster-require-ssl'], resources: [arn('cluster:sales')] }
    const { plan } = await makePlan(estate.workspace, wishes)
    const reboot = plan.steps.at(-1)?.id ?? ''
    const staged = { stage: true, resume: false }
    await apply(estate.workspace, estate.connection, plan, staged, estate.attended)
    const client = new RedshiftClient({ endpoint: estate.lab.url, region })
    const restart = async () => {
      await client.send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
      estate.lab.clock.change({ move: '+10m' })
    }
    await restart()
    await client.send(
      new ModifyClusterParameterGroupCommand({
        ParameterGroupName: 'lax',
        Parameters: [{ ParameterName: 'enable_user_activity_logging', ParameterValue: 'true' }],
      }),
    )
    const journal = await openJournal(estate.workspace.folder, plan.id)
    const at = { at: plan.madeAt, plan: plan.id, step: reboot }
    await journal.write({ ...at, event: 'calling' })
    if (lastEntry === 'called') {
      await journal.write({ ...at, event: 'called', requestId: null })
      await journal.write({ ...at, event: 'failed', error: 'not in force after 30 min', inDoubt: true })
    }
    await journal.close()
    return { estate, plan, reboot, restart }
  }

  it.each(['calling', 'called'] as const)('is taken back as well, %s', async (lastEntry) => {
    const { estate, plan, reboot, restart } = await halfRestarted(lastEntry)
    const first = await undoOf(estate, plan)
    // The group is set back; a restart for it would bring what is not of this plan.
    expect(first?.outcome).toMatchObject({
      undone: ['s1'],
      failed: [
        {
          step: reboot,
          error: 'the restart would also apply enable_user_activity_logging, which the plan does not say',
        },
      ],
    })
    await restart()
    const second = await undoOf(estate, plan)
    expect(second?.outcome).toMatchObject({ undone: [reboot], failed: [] })
    expect(second?.verification.findings).toMatchObject([{ status: 'fail', inForce: { value: 'false' } }])
  })
})

it('does not wait for a state that does not pass: a snapshot that was shared meanwhile', async () => {
  const estate = await openEstate(worldOf(world))
  await scan(estate.workspace, estate.connection)
  const options = { cluster: 'sales', name: 'now', retention: '30' }
  const { plan } = await planWish(estate.workspace, 'snapshot create', options)
  await applyTo(estate, plan)
  await new RedshiftClient({ endpoint: estate.lab.url, region }).send(
    new AuthorizeSnapshotAccessCommand({
      SnapshotIdentifier: 'now',
      AccountWithRestoreAccess: '444455556666',
    }),
  )
  const began = estate.pace.elapsed()
  const undone = await undoOf(estate, plan)
  expect(undone?.outcome.failed).toEqual([
    {
      step: 's1',
      error:
        'AWS answered InvalidClusterSnapshotStateFault: Snapshot now cannot be deleted: other accounts are authorized to access it. (snapshot sales/now is available all the while, so that waiting does not help)',
    },
  ])
  expect(estate.pace.elapsed() - began).toBeLessThan(estate.attended.patience)
})

it('does not wait for a parameter group that somebody else uses by now, and says who', async () => {
  const wishes = { practices: ['cluster-require-ssl'], resources: [arn('cluster:old')] }
  const { estate, plan, named } = await applied(world, wishes)
  await new RedshiftClient({ endpoint: estate.lab.url, region }).send(
    new ModifyClusterCommand({ ClusterIdentifier: 'sales', ClusterParameterGroupName: 'redoubt-old' }),
  )
  const began = estate.pace.elapsed()
  const undone = await undoOf(estate, plan)
  expect(undone?.outcome.failed).toEqual([
    {
      step: named('Create parameter group redoubt-old'),
      error: expect.stringMatching(
        /^AWS answered InvalidClusterParameterGroupStateFault: .* \(parameter group redoubt-old is used by sales and cluster sales is available all the while, so that waiting does not help\)$/,
      ),
    },
  ])
  expect(estate.pace.elapsed() - began).toBeLessThan(estate.attended.patience)
})

it('says at once that a cluster is paused, and does not wait for somebody to resume it', async () => {
  const { estate, plan } = await applied(
    { clusters: [{ ClusterIdentifier: 'sales', AutomatedSnapshotRetentionPeriod: 1 }] },
    { practices: ['cluster-automated-snapshots'], resources: [arn('cluster:sales')] },
  )
  await new RedshiftClient({ endpoint: estate.lab.url, region }).send(
    new PauseClusterCommand({ ClusterIdentifier: 'sales' }),
  )
  estate.lab.clock.change({ move: '+1h' })
  const calls = () => estate.lab.calls().filter(({ action }) => action === 'redshift:ModifyCluster').length
  const before = calls()
  expect((await undoOf(estate, plan))?.outcome.failed).toEqual([
    {
      step: 's1',
      error: expect.stringMatching(
        /^AWS answered InvalidClusterStateFault: .* \(cluster sales is paused, which does not pass by itself\)$/,
      ),
    },
  ])
  expect(calls() - before).toBe(1)
})
