// Plan, apply, verify and undo against a lab: what is done, what is refused, and what is left as it was.

import {
  EnableLoggingCommand,
  ModifyClusterCommand,
  ModifyClusterParameterGroupCommand,
  ModifyClusterSnapshotCommand,
  RebootClusterCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { describe, expect, it } from 'vitest'
import type { RegionSeed } from '#lab/world.ts'
import type { Plan, Step } from '#model/plan.ts'
import { openJournal } from '#store/journals.ts'
import { accessKey, arn, type Estate, openEstate, region, worldOf } from '../../test/estate.ts'
import { apply, undo, verify } from './apply.ts'
import { makePlan, type PlanWishes } from './plans.ts'
import { scan } from './scan.ts'

const modes = { stage: false, resume: false }

async function planFor(estate: Estate, wishes: PlanWishes): Promise<Plan> {
  await scan(estate.workspace, estate.connection)
  return (await makePlan(estate.workspace, wishes)).plan
}

const applyTo = (estate: Estate, plan: Plan, mode: Partial<typeof modes> = {}) =>
  apply(estate.workspace, estate.connection, plan, { ...modes, ...mode }, estate.attended)

const undoOf = (estate: Estate, plan: Plan) =>
  undo(estate.workspace, estate.connection, plan, estate.attended)

const reasons = (
  result: { verification: { findings: { practice: string; reason: string }[] } } | undefined,
) => result?.verification.findings.map(({ reason }) => reason)

type Event = { step: Step; doing: string }

/** Somebody else acts once, while a step waits for something and before it looks again. */
function meanwhile(estate: Estate, isThen: (event: Event) => boolean, act: () => Promise<unknown>) {
  let [isWaiting, hasActed] = [false, false]
  const watch = (event: Event) => {
    isWaiting = isThen(event)
  }
  const sleep = async (milliseconds: number) => {
    await estate.pace.sleep(milliseconds)
    if (!isWaiting || hasActed) return
    hasActed = true
    await act()
  }
  const attended = { ...estate.attended, watch, pace: { ...estate.pace, sleep } }
  return { attended, acted: () => hasActed }
}

const clientOf = (estate: Estate) => new RedshiftClient({ endpoint: estate.lab.url, region })

const lax: RegionSeed = {
  parameterGroups: [
    {
      ParameterGroupName: 'lax',
      ParameterGroupFamily: 'redshift-1.0',
      values: { statement_timeout: '60000' },
    },
  ],
  clusters: [
    { ClusterIdentifier: 'sales', ParameterGroup: 'lax' },
    { ClusterIdentifier: 'stock', ParameterGroup: 'lax' },
    { ClusterIdentifier: 'old', ParameterGroup: 'default.redshift-1.0' },
  ],
}
const tls = { practices: ['cluster-require-ssl'] }

describe('require_ssl', () => {
  it('changes a shared group once, restarts each cluster once, and undo restores the facts', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales'), arn('cluster:stock')] })
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Require TLS in parameter group lax',
      'Reboot cluster sales',
      'Reboot cluster stock',
    ])
    const before = await facts(estate)
    const applied = await applyTo(estate, plan)
    expect(applied?.outcome).toEqual({ done: ['s1', 's2', 's3'], failed: [], skipped: [], waiting: [] })
    expect(reasons(applied)).toEqual(['in-force', 'in-force'])
    expect(estate.succeeded('redshift:ModifyClusterParameterGroup')).toBe(1)
    expect(estate.succeeded('redshift:RebootCluster')).toBe(2)
    const undone = await undoOf(estate, plan)
    expect(undone?.outcome).toEqual({ undone: ['s1', 's3', 's2'], failed: [], skipped: [], kept: [] })
    expect(reasons(undone)).toEqual(['off', 'off'])
    expect(await facts(estate)).toEqual(before)
  })

  it('splits a shared group when asked: the cluster gets its own with the same values, the others stay', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')], splitGroups: true })
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Create parameter group redoubt-sales',
      'Copy 1 value of lax to redoubt-sales',
      'Require TLS in parameter group redoubt-sales',
      'Attach sales to parameter group redoubt-sales',
      'Reboot cluster sales',
    ])
    const before = await facts(estate)
    const applied = await applyTo(estate, plan)
    expect(applied?.outcome.failed).toEqual([])
    expect(reasons(applied)).toEqual(['in-force'])
    expect((await undoOf(estate, plan))?.outcome.failed).toEqual([])
    expect(await facts(estate)).toEqual(before)
  })

  it('moves a cluster off a default group into a new one, and undo deletes that group', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:old')] })
    expect(plan.steps.map(({ call }) => call)).toEqual([
      {
        action: 'redshift:CreateClusterParameterGroup',
        input: {
          ParameterGroupName: 'redoubt-old',
          ParameterGroupFamily: 'redshift-1.0',
          Description: 'default.redshift-1.0 of cluster old, to be changed',
        },
      },
      {
        action: 'redshift:ModifyClusterParameterGroup',
        input: {
          ParameterGroupName: 'redoubt-old',
          Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }],
        },
      },
      {
        action: 'redshift:ModifyCluster',
        input: { ClusterIdentifier: 'old', ClusterParameterGroupName: 'redoubt-old' },
      },
      { action: 'redshift:RebootCluster', input: { ClusterIdentifier: 'old' } },
    ])
    const before = await facts(estate)
    expect(reasons(await applyTo(estate, plan))).toEqual(['in-force'])
    expect(reasons(await undoOf(estate, plan))).toEqual(['off'])
    expect(await facts(estate)).toEqual(before)
  })

  it('lists what a restart also applies, and refuses when more is pending than the plan says', async () => {
    const [sales] = lax.clusters ?? []
    const estate = await openEstate(
      worldOf({
        ...lax,
        clusters: [{ ...sales, ClusterIdentifier: 'sales', inForce: { statement_timeout: '0' } }],
      }),
    )
    const plan = await planFor(estate, tls)
    const reboot = plan.steps.at(-1)
    expect(reboot?.reboot).toEqual({
      brings: ['require_ssl'],
      alsoPending: [],
      alsoApplies: ['statement_timeout'],
    })
    expect(reboot?.undo).toMatchObject({
      warning: 'what others left pending stays applied: statement_timeout',
    })
    await applyTo(estate, plan, { stage: true })
    await clientOf(estate).send(
      new ModifyClusterParameterGroupCommand({
        ParameterGroupName: 'lax',
        Parameters: [{ ParameterName: 'enable_user_activity_logging', ParameterValue: 'true' }],
      }),
    )
    const resumed = await applyTo(estate, plan, { resume: true })
    expect(resumed?.outcome.failed).toEqual([
      {
        step: 's2',
        error: 'the restart would also apply enable_user_activity_logging, which the plan does not say',
      },
    ])
    expect(estate.succeeded('redshift:RebootCluster')).toBe(0)
  })

  it('that is about to open is closed, and undo leaves TLS required until the next restart, as it was', async () => {
    const estate = await openEstate(
      worldOf({
        parameterGroups: [{ ParameterGroupName: 'lax', ParameterGroupFamily: 'redshift-1.0' }],
        clusters: [
          {
            ClusterIdentifier: 'sales',
            ParameterGroup: 'lax',
            inForce: { require_ssl: 'true' },
            // The track waits for the maintenance window, and nothing waits for the track.
            PendingModifiedValues: { MaintenanceTrackName: 'trailing', AutomatedSnapshotRetentionPeriod: 14 },
          },
        ],
      }),
    )
    const plan = await planFor(estate, tls)
    expect(plan.steps.at(-1)?.undo).toEqual({
      none: 'set back, the value waits for the next restart, as it did before; what others left pending stays applied: AutomatedSnapshotRetentionPeriod=14',
    })
    const applied = await applyTo(estate, plan)
    expect(applied?.outcome.failed).toEqual([])
    expect(reasons(applied)).toEqual(['in-force'])
    const undone = await undoOf(estate, plan)
    expect(undone?.verification.findings[0]).toMatchObject({
      reason: 'opens-at-reboot',
      configured: { value: 'false' },
      inForce: { value: 'true' },
    })
    expect(estate.succeeded('redshift:RebootCluster')).toBe(1)
  })

  it('stages everything but the restarts, and resumes with them', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, tls)
    const staged = await applyTo(estate, plan, { stage: true })
    expect(staged?.outcome.waiting).toEqual(['s5', 's6', 's7'])
    expect(reasons(staged)).toEqual(['pending-reboot', 'pending-reboot', 'pending-reboot'])
    expect(estate.succeeded('redshift:RebootCluster')).toBe(0)
    expect(reasons(await applyTo(estate, plan, { resume: true }))).toEqual([
      'in-force',
      'in-force',
      'in-force',
    ])
    expect(estate.succeeded('redshift:RebootCluster')).toBe(3)
    expect(estate.succeeded('redshift:ModifyClusterParameterGroup')).toBe(2)
  })
})

describe('a world that moved', () => {
  it('is refused before the first call, with the fact that moved', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:old')] })
    await clientOf(estate).send(
      new ModifyClusterCommand({ ClusterIdentifier: 'old', ClusterParameterGroupName: 'lax' }),
    )
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('parameterGroup of old is lax, not default.redshift-1.0'),
    })
    expect(estate.succeeded('redshift:CreateClusterParameterGroup')).toBe(0)
  })

  it('is told from one that cannot be seen, and a look that fails for a moment is repeated', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    const unseen = {
      exit: 'stale',
      what: expect.stringMatching(/^Plan .* cannot be compared with the world: /),
    }
    const denied = { accessKeyId: accessKey, action: 'redshift:DescribeClusterParameters' }
    await estate.control('deny', denied)
    await expect(applyTo(estate, plan)).rejects.toMatchObject(unseen)
    await estate.control('allow', denied)
    // Five tries of the SDK, and one look more.
    const failing = { kind: 'error', code: 'InternalFailure', status: 500, action: denied.action, count: 6 }
    await estate.control('faults', failing)
    expect((await applyTo(estate, plan))?.outcome.failed).toEqual([])
    await estate.control('deny', denied)
    await expect(undoOf(estate, plan)).rejects.toMatchObject(unseen)
    await estate.control('allow', denied)
    await estate.control('faults', failing)
    expect((await undoOf(estate, plan))?.outcome.failed).toEqual([])
  }, 60_000)

  it('is not overwritten by an undo', async () => {
    const estate = await openEstate(
      worldOf({ snapshots: [forever('keep')], clusters: [{ ClusterIdentifier: 'sales' }] }),
    )
    const plan = await planFor(estate, { practices: ['manual-snapshot-retention'] })
    await applyTo(estate, plan)
    const change = { SnapshotIdentifier: 'keep', ManualSnapshotRetentionPeriod: 500 }
    await clientOf(estate).send(new ModifyClusterSnapshotCommand(change))
    await expect(undoOf(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('ManualSnapshotRetentionPeriod of sales/keep is 500, not 90'),
    })
  })
})

describe('snapshots', () => {
  it('are given a deletion date that is never nearer than the grace, and undo keeps them for ever again', async () => {
    const estate = await openEstate(
      worldOf({
        clusters: [{ ClusterIdentifier: 'sales', ClusterCreateTime: '-400d' }],
        snapshots: [
          forever('young'),
          { ...forever('old'), SnapshotCreateTime: '-300d', SnapshotRetentionStartTime: '-300d' },
        ],
      }),
    )
    const plan = await planFor(estate, { practices: ['manual-snapshot-retention'] })
    const inputs = plan.steps.map(({ call }) => call.input)
    expect(inputs).toContainEqual(
      expect.objectContaining({ SnapshotIdentifier: 'young', ManualSnapshotRetentionPeriod: 90 }),
    )
    const old = inputs.find((input) => 'SnapshotIdentifier' in input && input.SnapshotIdentifier === 'old')
    const { ManualSnapshotRetentionPeriod: days = 0 } = old as { ManualSnapshotRetentionPeriod?: number }
    // Thirty days of grace, the day that has begun, and one in which the plan can be applied.
    expect(days - 300).toBeGreaterThanOrEqual(31)
    expect(days - 300).toBeLessThanOrEqual(32)
    expect(plan.steps.map(({ impact }) => impact)).toEqual(['deletes data', 'deletes data'])
    expect(reasons(await applyTo(estate, plan))).toEqual(['expires', 'expires'])
    expect(reasons(await undoOf(estate, plan))).toEqual(['never-expires', 'never-expires'])
  })

  it('are not deleted sooner than the grace by a plan that lay about', async () => {
    const estate = await openEstate(
      worldOf({ clusters: [{ ClusterIdentifier: 'sales' }], snapshots: [forever('young')] }),
      0,
    )
    const plan = await planFor(estate, { practices: ['manual-snapshot-retention'] })
    estate.lab.clock.change({ move: '+61d' })
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringMatching(/^Step s1 would delete data on \d{4}-\d\d-\d\d, in less than 30 days\.$/),
    })
  })

  it('the last copy of a dataset is planned only when it is named', async () => {
    const orphan = { ...forever('final'), ClusterIdentifier: 'gone' }
    const estate = await openEstate(worldOf({ snapshots: [orphan] }))
    const plan = await planFor(estate, { practices: ['manual-snapshot-retention'] })
    expect(plan.steps).toEqual([])
    expect(plan.leftOut[0]?.why).toContain('--resource')
    const named = await planFor(estate, { resources: [arn('snapshot:gone/final')] })
    expect(named.steps.map(({ title }) => title)).toHaveLength(1)
  })

  it('are not let expire when what was to outlive them is gone', async () => {
    const first = { ...forever('first'), ClusterIdentifier: 'gone', SnapshotCreateTime: '-20d' }
    const last = { ...forever('last'), ClusterIdentifier: 'gone' }
    const estate = await openEstate(worldOf({ snapshots: [first, last] }))
    const plan = await planFor(estate, { practices: ['manual-snapshot-retention'] })
    expect(plan.steps.map(({ title }) => title)).toEqual([
      expect.stringContaining('Let snapshot first expire on'),
    ])
    const expire = { SnapshotIdentifier: 'last', ManualSnapshotRetentionPeriod: 1 }
    await clientOf(estate).send(new ModifyClusterSnapshotCommand(expire))
    estate.lab.clock.change({ move: '+2d' })
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('ManualSnapshotRetentionPeriod of gone/last is not set, not -1'),
    })
  })

  it('are taken from strangers one call each, and given back by undo', async () => {
    const estate = await openEstate(sharedWithTwo())
    const plan = await planFor(estate, { practices: ['snapshot-shared'] })
    expect(plan.steps.map(({ effects }) => effects[0]?.after)).toEqual([['999988887777'], []])
    expect(reasons(await applyTo(estate, plan))).toEqual(['private'])
    expect(reasons(await undoOf(estate, plan))).toEqual(['shared-key-blocks'])
  })
})

describe('a world that may not be looked at', () => {
  it('has not moved: apply and undo name the permission, change nothing, and do it when it is granted', async () => {
    const estate = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }))
    const plan = await planFor(estate, { practices: ['cluster-audit-logging'] })
    const denial = { accessKeyId: accessKey, action: 'redshift:DescribeLoggingStatus' }
    const unseen = (verb: string) => ({
      exit: 'stale',
      what: `Plan ${plan.id} cannot be compared with the world: logging.LoggingEnabled of sales and 2 other facts could not be read: the permission redshift:DescribeLoggingStatus is missing.`,
      todo: `Grant that and ${verb} again; nothing was changed.`,
    })
    await estate.control('deny', denial)
    await expect(applyTo(estate, plan)).rejects.toMatchObject(unseen('apply'))
    await estate.control('allow', denial)
    expect((await applyTo(estate, plan))?.outcome.done).toEqual(['s1'])
    await estate.control('deny', denial)
    await expect(undoOf(estate, plan)).rejects.toMatchObject(unseen('undo'))
    await estate.control('allow', denial)
    expect((await undoOf(estate, plan))?.outcome.undone).toEqual(['s1'])
  })
})

describe('a step of unknown fate', () => {
  /** The journal of a run that was killed when the call of its first step was about to leave. */
  async function killedBeforeCall(estate: Estate, plan: Plan) {
    const journal = await openJournal(estate.workspace.folder, plan.id)
    await journal.write({ at: plan.madeAt, plan: plan.id, event: 'began', hash: plan.hash, verb: 'apply' })
    await journal.write({ at: plan.madeAt, plan: plan.id, event: 'calling', step: 's1' })
    await journal.close()
  }
  const logging = { practices: ['cluster-audit-logging'] }
  const cloudWatch = {
    ClusterIdentifier: 'sales',
    LogDestinationType: 'cloudwatch' as const,
    LogExports: ['connectionlog', 'useractivitylog', 'userlog'],
  }
  const humans = { ...cloudWatch, LogExports: ['userlog'] }

  it('never overwrites what a person did meanwhile, neither by --resume nor by undo', async () => {
    const estate = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }))
    const plan = await planFor(estate, logging)
    await killedBeforeCall(estate, plan)
    await clientOf(estate).send(new EnableLoggingCommand(humans))
    const resumed = await applyTo(estate, plan, { resume: true })
    expect(resumed?.outcome.failed).toEqual([
      {
        step: 's1',
        error: expect.stringMatching(/^the world moved: logging\.LoggingEnabled of sales is true, not false/),
      },
    ])
    await killedBeforeCall(estate, plan)
    await expect(undoOf(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('logging.LoggingEnabled of sales is true, not false'),
    })
    expect(estate.succeeded('redshift:EnableLogging')).toBe(1)
    expect(estate.succeeded('redshift:DisableLogging')).toBe(0)
  })

  it('does not stop the steps that come after it in a chain', async () => {
    const estate = await openEstate(sharedWithTwo())
    const plan = await planFor(estate, { practices: ['snapshot-shared'] })
    await killedBeforeCall(estate, plan)
    expect(reasons(await applyTo(estate, plan, { resume: true }))).toEqual(['private'])
  })

  it('of a cluster that is gone ends, and does not wait for it to come back', async () => {
    const estate = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }))
    const plan = await planFor(estate, logging)
    await killedBeforeCall(estate, plan)
    const empty = await openEstate(worldOf({}))
    await expect(undo(estate.workspace, empty.connection, plan, estate.attended)).rejects.toMatchObject({
      exit: 'stale',
    })
  })

  it('that cannot be seen stays in doubt, and is neither called again nor forgotten', async () => {
    const estate = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }))
    const plan = await planFor(estate, logging)
    await killedBeforeCall(estate, plan)
    const look = { accessKeyId: accessKey, action: 'redshift:DescribeLoggingStatus' }
    await clientOf(estate).send(new EnableLoggingCommand(cloudWatch))
    await estate.control('deny', look)
    const resumed = applyTo(estate, plan, { resume: true })
    await expect(resumed).resolves.toMatchObject({
      outcome: { failed: [{ step: 's1', error: 'nobody can see whether an earlier try arrived' }] },
    })
    await estate.control('allow', look)
    expect((await undoOf(estate, plan))?.outcome.undone).toEqual(['s1'])
    expect(estate.succeeded('redshift:EnableLogging')).toBe(1)
  }, 90_000)

  it('that never arrived is not taken back', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:old')] })
    await killedBeforeCall(estate, plan)
    const undone = await undoOf(estate, plan)
    expect(undone?.outcome).toEqual({ undone: [], failed: [], skipped: [], kept: [] })
    expect(estate.succeeded('redshift:DeleteClusterParameterGroup')).toBe(0)
    expect(reasons(await applyTo(estate, plan))).toEqual(['in-force'])
  })

  it('does not delete data sooner than the grace when it is resumed late', async () => {
    const estate = await openEstate(
      worldOf({ clusters: [{ ClusterIdentifier: 'sales' }], snapshots: [forever('young')] }),
      0,
    )
    const plan = await planFor(estate, { practices: ['manual-snapshot-retention'] })
    await killedBeforeCall(estate, plan)
    estate.lab.clock.change({ move: '+79d' })
    await expect(applyTo(estate, plan, { resume: true })).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('in less than 30 days'),
    })
    expect(estate.succeeded('redshift:ModifyClusterSnapshot')).toBe(0)
  })
})

describe('what a plan relies on', () => {
  it('a cluster of the same name that was made anew is another one', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    const other = await openEstate(
      worldOf({
        ...lax,
        clusters: [{ ClusterIdentifier: 'sales', ParameterGroup: 'lax', ClusterCreateTime: '-1d' }],
      }),
    )
    await expect(
      apply(estate.workspace, other.connection, plan, modes, estate.attended),
    ).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('ClusterCreateTime of sales is'),
    })
  })

  it('a cluster that joined the group meanwhile would be changed unasked', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    const join = { ClusterIdentifier: 'old', ClusterParameterGroupName: 'lax' }
    await clientOf(estate).send(new ModifyClusterCommand(join))
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('clusters of lax is old, sales, stock, not sales, stock'),
    })
  })

  it('is looked at again right before each step', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:old')] })
    const change = { ClusterIdentifier: 'old', ClusterParameterGroupName: 'lax' }
    const meddle = async ({ step, doing }: { step: Step; doing: string }) => {
      // Between the second step and the third, somebody else moves the cluster.
      if (step.id === 's2' && doing === 'calling')
        await clientOf(estate).send(new ModifyClusterCommand(change))
    }
    const result = await apply(estate.workspace, estate.connection, plan, modes, {
      ...estate.attended,
      watch: meddle,
    })
    expect(result?.outcome.failed).toEqual([
      {
        step: 's3',
        error: expect.stringContaining(
          'the world moved: parameterGroup of old is lax, not default.redshift-1.0',
        ),
      },
    ])
    expect(estate.succeeded('redshift:RebootCluster')).toBe(0)
  })

  it('names for the groups of two clusters are never the same', async () => {
    const clusters = ['x', 'x-2', '2-x'].map((ClusterIdentifier) => ({
      ClusterIdentifier,
      ParameterGroup: 'default.redshift-1.0',
    }))
    const taken = { ParameterGroupName: 'redoubt-x', ParameterGroupFamily: 'redshift-2.0' }
    const estate = await openEstate(worldOf({ clusters, parameterGroups: [taken] }))
    const plan = await planFor(estate, tls)
    const created = plan.steps.flatMap(({ call }) =>
      call.action === 'redshift:CreateClusterParameterGroup' ? (call.input.ParameterGroupName ?? '') : [],
    )
    expect(created.sort()).toEqual(['redoubt-2-x', 'redoubt-x-2', 'redoubt2-x'])
  })
})

describe('an undo', () => {
  it('that was stopped before its restart goes on, and never applies what others left pending meanwhile', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    await applyTo(estate, plan)
    const restart = { accessKeyId: accessKey, action: 'redshift:RebootCluster' }
    await estate.control('deny', restart)
    const stopped = await undoOf(estate, plan)
    expect(stopped?.outcome).toMatchObject({ undone: ['s1'], failed: [{ step: 's2' }] })
    await estate.control('allow', restart)
    await clientOf(estate).send(
      new ModifyClusterParameterGroupCommand({
        ParameterGroupName: 'lax',
        Parameters: [{ ParameterName: 'statement_timeout', ParameterValue: '5000' }],
      }),
    )
    expect((await undoOf(estate, plan))?.outcome.failed).toEqual([
      { step: 's2', error: 'the restart would also apply statement_timeout, which the plan does not say' },
    ])
    await clientOf(estate).send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
    estate.lab.clock.change({ move: '+10m' })
    expect((await undoOf(estate, plan))?.outcome).toMatchObject({ undone: ['s2'], failed: [] })
    expect(estate.succeeded('redshift:RebootCluster')).toBe(2)
  })
})

describe('a restart', () => {
  it('is not made when nobody can see what else it would apply', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    await applyTo(estate, plan, { stage: true })
    await estate.control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusters' })
    const resumed = applyTo(estate, plan, { resume: true })
    await expect(resumed).rejects.toMatchObject({ exit: 'stale' })
    expect(estate.succeeded('redshift:RebootCluster')).toBe(0)
  })

  it('that AWS makes by itself applies what the plan leaves waiting, and nothing that others queued meanwhile', async () => {
    const resumedAfter = async (others: { ParameterName: string; ParameterValue: string }[]) => {
      const practices = ['cluster-require-ssl', 'cluster-enhanced-vpc-routing']
      const estate = await openEstate(worldOf(lax))
      const plan = await planFor(estate, { practices, resources: [arn('cluster:sales')] })
      await applyTo(estate, plan, { stage: true })
      for (const other of others)
        await clientOf(estate).send(
          new ModifyClusterParameterGroupCommand({ ParameterGroupName: 'lax', Parameters: [other] }),
        )
      const resumed = await applyTo(estate, plan, { resume: true })
      const failed = resumed?.outcome.failed.map(({ error }) => error)
      return { failed, restarts: estate.succeeded('redshift:ModifyCluster') }
    }
    expect(await resumedAfter([])).toEqual({ failed: [], restarts: 1 })
    const other = { ParameterName: 'enable_user_activity_logging', ParameterValue: 'true' }
    const would = 'the restart would also apply enable_user_activity_logging, which the plan does not say'
    expect(await resumedAfter([other])).toEqual({ failed: [`the world moved: ${would}`, would], restarts: 0 })
  })

  describe('that AWS makes by itself for an undo', () => {
    const queue = (estate: Estate, ParameterValue = 'true') =>
      clientOf(estate).send(
        new ModifyClusterParameterGroupCommand({
          ParameterGroupName: 'lax',
          Parameters: [{ ParameterName: 'enable_user_activity_logging', ParameterValue }],
        }),
      )
    const would = 'the restart would also apply enable_user_activity_logging, which the plan does not say'

    async function routed(practices: string[], before?: (estate: Estate) => Promise<unknown>) {
      const estate = await openEstate(worldOf(lax))
      await before?.(estate)
      const plan = await planFor(estate, { practices, resources: [arn('cluster:sales')] })
      expect((await applyTo(estate, plan))?.outcome.failed).toEqual([])
      return { estate, plan, restarts: () => estate.succeeded('redshift:ModifyCluster') }
    }

    it('applies what the undo leaves waiting', async () => {
      const { estate, plan, restarts } = await routed(['cluster-require-ssl', 'cluster-enhanced-vpc-routing'])
      expect((await undoOf(estate, plan))?.outcome.failed).toEqual([])
      expect(restarts()).toBe(2)
    })

    it('is refused before the first call where others queued something', async () => {
      const { estate, plan, restarts } = await routed(['cluster-enhanced-vpc-routing'])
      await queue(estate)
      const what = expect.stringContaining(would)
      await expect(undoOf(estate, plan)).rejects.toMatchObject({ exit: 'stale', what })
      expect(restarts()).toBe(1)
    })

    it('is refused where others queued anew what the way there had brought', async () => {
      const { estate, plan, restarts } = await routed(['cluster-enhanced-vpc-routing'], queue)
      await queue(estate, 'false')
      const what = expect.stringContaining(would)
      await expect(undoOf(estate, plan)).rejects.toMatchObject({ exit: 'stale', what })
      expect(restarts()).toBe(1)
    })

    it('is made where what had waited came with the way there', async () => {
      const { estate, plan, restarts } = await routed(['cluster-enhanced-vpc-routing'], queue)
      expect((await undoOf(estate, plan))?.outcome.undone).toEqual(['s1'])
      expect(restarts()).toBe(2)
    })

    it('is not made where others queue something while AWS is busy', async () => {
      const { estate, plan, restarts } = await routed(['cluster-enhanced-vpc-routing'])
      const busy = { kind: 'error', code: 'InvalidClusterState', status: 400, count: 1 }
      await estate.control('faults', { ...busy, action: 'redshift:ModifyCluster' })
      const isBusy = ({ doing }: Event) => doing.startsWith('waiting: AWS answered')
      const others = meanwhile(estate, isBusy, () => queue(estate))
      const undone = await undo(estate.workspace, estate.connection, plan, others.attended)
      expect(others.acted()).toBe(true)
      expect(undone?.outcome.failed).toEqual([{ step: 's1', error: `the world moved: ${would}` }])
      expect(restarts()).toBe(1)
    })
  })
})

describe('a restart after which others left something for the next one', () => {
  /** Another parameter of the group, changed between the end of the restart and the next look at it. */
  async function restartedAmidOthers() {
    const estate = await openEstate(worldOf(lax), 1)
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    const other = { ParameterName: 'enable_user_activity_logging', ParameterValue: 'true' }
    const isRestarting = ({ step, doing }: Event) => step.reboot !== undefined && doing.startsWith('waiting')
    const others = meanwhile(estate, isRestarting, () => {
      estate.lab.clock.change({ move: '+10m' })
      return clientOf(estate).send(
        new ModifyClusterParameterGroupCommand({ ParameterGroupName: 'lax', Parameters: [other] }),
      )
    })
    const result = await apply(estate.workspace, estate.connection, plan, modes, others.attended)
    expect(others.acted()).toBe(true)
    return { estate, plan, result }
  }

  it('is in force when what it was made for is, and tells the rest', async () => {
    const { result } = await restartedAmidOthers()
    const note = 'others left pending meanwhile, for the next restart: enable_user_activity_logging'
    expect(result?.outcome).toEqual({
      done: ['s1', 's2'],
      failed: [],
      skipped: [],
      waiting: [],
      notes: [{ step: 's2', note }],
    })
    expect(reasons(result)).toEqual(['in-force'])
  })

  it('is not taken back by a restart that would apply it: the undo is refused before it changes anything', async () => {
    const { estate, plan } = await restartedAmidOthers()
    await expect(undoOf(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining('pendingAtReboot of sales is enable_user_activity_logging, not empty'),
    })
    expect(estate.succeeded('redshift:ModifyClusterParameterGroup')).toBe(2)
  })
})

describe('AWS that is busy or broken', () => {
  it('is waited out while another operation runs on the cluster', async () => {
    const estate = await openEstate(
      worldOf({ clusters: [{ ClusterIdentifier: 'sales', AutomatedSnapshotRetentionPeriod: 1 }] }),
      120,
    )
    const plan = await planFor(estate, { practices: ['cluster-automated-snapshots'] })
    const other = { ClusterIdentifier: 'sales', EnhancedVpcRouting: true }
    await clientOf(estate).send(new ModifyClusterCommand(other))
    const applied = await applyTo(estate, plan)
    expect(applied?.outcome).toMatchObject({ done: ['s1'], failed: [] })
    const refused = estate.lab.calls().filter(({ errorCode }) => errorCode === 'InvalidClusterState')
    expect(refused.length).toBeGreaterThan(0)
  })

  it('stops with the permission when it may not look any more', async () => {
    const estate = await openEstate(worldOf(lax), 1)
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    const blind = async ({ step, doing }: { step: Step; doing: string }) => {
      if (step.reboot && doing === 'calling') {
        await estate.control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusters' })
      }
    }
    const result = await apply(estate.workspace, estate.connection, plan, modes, {
      ...estate.attended,
      watch: blind,
    })
    expect(result?.outcome.failed).toEqual([
      {
        step: 's2',
        error: 'nobody can see whether it is in force: the permission redshift:DescribeClusters is missing',
      },
    ])
  })
})

describe('a refused step', () => {
  it('names the permission, skips what depends on it, and lets the others go on', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:old'), arn('cluster:sales')] })
    await estate.control('deny', { accessKeyId: accessKey, action: 'redshift:CreateClusterParameterGroup' })
    const applied = await applyTo(estate, plan)
    const create = plan.steps.find(({ title }) => title.startsWith('Create'))?.id
    expect(applied?.outcome.failed).toEqual([
      {
        step: create,
        error: expect.stringContaining('the permission redshift:CreateClusterParameterGroup is missing'),
      },
    ])
    expect(applied?.outcome.skipped).toHaveLength(3)
    expect(reasons(applied)?.sort()).toEqual(['in-force', 'off'])
  })
})

describe('what a call uses elsewhere', () => {
  it('is named when it is what is refused', async () => {
    const key = '0a1b2c3d-0000-4000-8000-00000000000a'
    const estate = await openEstate(worldOf({ ...lax, keys: [{ KeyId: key, aliases: ['warehouse'] }] }))
    const plan = await planFor(estate, {
      practices: ['cluster-require-ssl'],
      resources: [arn('cluster:sales')],
    })
    const [step] = plan.steps
    if (!step) throw new Error('nothing to do')
    await estate.control('deny', { accessKeyId: accessKey, action: 'kms:CreateGrant' })
    const call = {
      action: 'redshift:ModifyCluster' as const,
      input: { ClusterIdentifier: 'sales', Encrypted: true, KmsKeyId: 'alias/warehouse' },
    }
    const applied = await applyTo(estate, { ...plan, steps: [{ ...step, call }] })
    expect(applied?.outcome.failed[0]?.error).toMatch(
      /^the permission kms:CreateGrant is missing: User: .* is not authorized to perform: kms:CreateGrant/,
    )
  })

  it('is a bucket, and the undo that it keeps from going back says what the bucket wants', async () => {
    const estate = await openEstate(
      worldOf({
        buckets: [{ Name: 'audit' }],
        clusters: [
          {
            ClusterIdentifier: 'sales',
            logging: {
              LoggingEnabled: true,
              BucketName: 'audit',
              LastFailureTime: '-40m',
              LastFailureMessage: 'Access Denied',
            },
          },
        ],
      }),
    )
    // Of a bucket that may be read the plan would say it, or mend it.
    await estate.control('deny', { accessKeyId: accessKey, action: 's3:GetBucketPolicy' })
    const plan = await planFor(estate, { practices: ['cluster-audit-logging'] })
    expect(plan.steps[0]?.notes).toContain(
      'while Redshift may not write to bucket audit, AWS refuses the undo',
    )
    await applyTo(estate, plan)
    const undone = await undoOf(estate, plan)
    expect(undone?.outcome.failed).toEqual([
      {
        step: 's1',
        error:
          'AWS answered InsufficientS3BucketPolicyFault: Cannot write to bucket audit. Please ensure that your IAM permissions are set up correctly. The policy of the bucket must let redshift.amazonaws.com do s3:PutObject and s3:GetBucketAcl, and the caller needs s3:PutObject there.',
      },
    ])
  })
})

describe('a plan', () => {
  it('is applied once', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    await applyTo(estate, plan)
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: `Plan ${plan.id} is applied already.`,
    })
    expect(estate.succeeded('redshift:RebootCluster')).toBe(1)
    const { findings } = await verify(estate.workspace, estate.connection, plan)
    expect(findings.map(({ status }) => status)).toEqual(['pass'])
  })

  it('is not proved by what nobody could see, nor by what is gone', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, { ...tls, resources: [arn('cluster:sales')] })
    const elsewhere = await openEstate(worldOf({}))
    expect(await verify(estate.workspace, elsewhere.connection, plan)).toEqual({
      findings: [],
      gone: [arn('cluster:sales')],
      deleted: [],
    })
    await elsewhere.control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusters' })
    const { findings, gone } = await verify(estate.workspace, elsewhere.connection, plan)
    expect(gone).toEqual([])
    expect(findings).toMatchObject([{ status: 'unknown', permission: 'redshift:DescribeClusters' }])
  })

  it('is not begun when the person says no', async () => {
    const estate = await openEstate(worldOf(lax))
    const plan = await planFor(estate, tls)
    const declined = { ...estate.attended, approve: async () => false }
    expect(await apply(estate.workspace, estate.connection, plan, modes, declined)).toBeUndefined()
    expect(estate.succeeded('redshift:ModifyClusterParameterGroup')).toBe(0)
  })
})

function forever(SnapshotIdentifier: string) {
  return {
    SnapshotIdentifier,
    ClusterIdentifier: 'sales',
    SnapshotType: 'manual',
    SnapshotCreateTime: '-2h',
    SnapshotRetentionStartTime: '-2h',
    ManualSnapshotRetentionPeriod: -1,
  }
}

/** A snapshot that two strangers may restore, taken back from them in two calls. */
function sharedWithTwo() {
  const AccountsWithRestoreAccess = [{ AccountId: '999988887777' }, { AccountId: '666655554444' }]
  const shared = { ...forever('shared'), ManualSnapshotRetentionPeriod: 90, AccountsWithRestoreAccess }
  return worldOf({ clusters: [{ ClusterIdentifier: 'sales' }], snapshots: [shared] })
}

/** What AWS says of clusters and parameters, to be compared before and after. */
async function facts(estate: Estate) {
  await scan(estate.workspace, estate.connection)
  const { newest } = await import('./plans.ts')
  const { inventory } = await newest(estate.workspace)
  const seen: unknown[] = []
  for await (const { resources } of inventory.shards()) {
    for (const resource of resources) {
      if (resource.type === 'redshift:cluster')
        seen.push([resource.arn, resource.facts.ClusterParameterGroups])
      if (resource.type === 'redshift:parameter-group')
        seen.push([resource.arn, values(resource.asked.parameters)])
    }
  }
  return seen.sort()
}

function values(answer: object | undefined) {
  const parameters =
    answer && 'value' in answer ? (answer.value as { ParameterName?: string; ParameterValue?: string }[]) : []
  return parameters.map(({ ParameterName, ParameterValue }) => `${ParameterName}=${ParameterValue}`)
}

describe('verify', () => {
  it('looks at several findings at once, and tells them in the order of the plan', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const estate = await openEstate(
      worldOf({ clusters: names.map((ClusterIdentifier) => ({ ClusterIdentifier })) }),
    )
    const plan = await planFor(estate, { practices: ['cluster-enhanced-vpc-routing'] })
    await estate.control('faults', { kind: 'slow', seconds: 0.5, action: 'redshift:DescribeClusters' })
    const began = performance.now()
    const { findings } = await verify(estate.workspace, estate.connection, plan)
    // One after the other they would take four seconds at the least.
    expect(performance.now() - began).toBeLessThan(3500)
    expect(findings.map(({ resource }) => resource)).toEqual(names.map((name) => arn(`cluster:${name}`)))
  })
})
