// Several fixes on several clusters at once, while AWS is busy and slow to take calls: never two on one cluster, one restart
// for all that wants one, and nothing lost.

import { expect, it } from 'vitest'
import type { Step } from '#model/plan.ts'
import { arn, openEstate, worldOf } from '../../test/estate.ts'
import { apply, undo } from './apply.ts'
import { makePlan } from './plans.ts'
import { scan } from './scan.ts'

const names = ['north', 'south', 'west']
const world = () =>
  worldOf({
    parameterGroups: names.map((name) => ({
      ParameterGroupName: `group-${name}`,
      ParameterGroupFamily: 'redshift-1.0',
      values: { require_ssl: 'false', enable_user_activity_logging: 'false' },
    })),
    clusters: names.map((name) => ({
      ClusterIdentifier: name,
      ParameterGroup: `group-${name}`,
      AutomatedSnapshotRetentionPeriod: 1,
      AllowVersionUpgrade: false,
    })),
  })

const practices = [
  'cluster-require-ssl',
  'cluster-user-activity-logging',
  'cluster-audit-logging',
  'cluster-automated-snapshots',
  'cluster-version-upgrade',
]

/** Hears the steps, and remembers what was under way on each cluster at once. */
function listener() {
  const under = new Map<string, Step>()
  const heard = { together: [] as string[], peak: 0, waited: 0 }
  const watch = ({ step, doing }: { step: Step; doing: string }) => {
    const { ClusterIdentifier: cluster } = step.call.input as { ClusterIdentifier?: string }
    if (doing.startsWith('waiting: AWS answered')) heard.waited++
    if (cluster === undefined) return
    const other = under.get(cluster)
    if (doing === 'calling' && other && other !== step)
      heard.together.push(`${other.title} and ${step.title}`)
    if (doing === 'calling') under.set(cluster, step)
    else if (doing === 'in force' || doing === 'undone' || doing.startsWith('failed')) under.delete(cluster)
    heard.peak = Math.max(heard.peak, under.size)
  }
  return { heard, watch }
}

it('never two on one cluster, one restart each, and busy answers are waited out, there and back', async () => {
  const estate = await openEstate(world())
  await scan(estate.workspace, estate.connection)
  const { plan } = await makePlan(estate.workspace, { practices })
  const restarts = plan.steps.filter(({ reboot }) => reboot)
  expect(restarts.map(({ title, reboot }) => [title, reboot?.brings])).toEqual(
    names.map((name) => [`Reboot cluster ${name}`, ['enable_user_activity_logging', 'require_ssl']]),
  )
  await estate.control('faults', {
    faults: [
      {
        kind: 'error',
        code: 'InvalidClusterState',
        message: 'There is an operation running on the Cluster. Please try to modify it at a later time.',
        action: 'redshift:ModifyCluster',
        count: 6,
      },
      { kind: 'error', code: 'Throttling', action: 'redshift:EnableLogging', count: 2 },
    ],
  })
  const { heard, watch } = listener()
  const attended = { ...estate.attended, watch, patience: 40_000 }
  const mode = { stage: false, resume: false, concurrency: 8 }
  const applied = await apply(estate.workspace, estate.connection, plan, mode, attended)
  expect(applied?.outcome).toMatchObject({ failed: [], skipped: [], waiting: [] })
  expect(applied?.outcome.done).toHaveLength(plan.steps.length)
  expect(estate.succeeded('redshift:RebootCluster')).toBe(names.length)
  expect(heard.waited).toBeGreaterThanOrEqual(6)
  const back = listener()
  const attendedBack = { ...attended, watch: back.watch }
  const undone = await undo(estate.workspace, estate.connection, plan, attendedBack, { concurrency: 8 })
  expect(undone?.outcome).toMatchObject({ failed: [], skipped: [] })
  expect(undone?.outcome.undone).toHaveLength(plan.steps.length)
  // What is told follows the order of an undo, whatever ended first: changes from the last to the first, then restarts.
  const titles = undone?.outcome.undone.map((id) => plan.steps.find((step) => step.id === id)?.title)
  expect(titles?.slice(-names.length)).toEqual([...names].reverse().map((name) => `Reboot cluster ${name}`))
  for (const { together, peak } of [heard, back.heard]) {
    expect(together).toEqual([])
    expect(peak).toBeGreaterThan(1)
  }
}, 120_000)

it('what AWS restarts a cluster for by itself waits for the window, and spares the restart that would follow', async () => {
  const group = { ParameterGroupName: 'lax', ParameterGroupFamily: 'redshift-1.0' }
  const clusters = [{ ClusterIdentifier: 'north', ParameterGroup: 'lax', EnhancedVpcRouting: false }]
  const estate = await openEstate(worldOf({ parameterGroups: [group], clusters }))
  await scan(estate.workspace, estate.connection)
  const wishes = { practices: ['cluster-enhanced-vpc-routing', 'cluster-require-ssl'] }
  const { plan } = await makePlan(estate.workspace, wishes)
  const titles = (ids: readonly string[] = []) =>
    ids.map((id) => plan.steps.find((step) => step.id === id)?.title)
  const [change, routing, restart] = [
    'Require TLS in parameter group lax',
    'Send loads and unloads of north through its VPC',
    'Reboot cluster north',
  ]
  expect(plan.steps.map(({ title }) => title)).toEqual([change, routing, restart])
  const run = (mode: { stage: boolean; resume: boolean }) =>
    apply(estate.workspace, estate.connection, plan, mode, estate.attended)
  const staged = (await run({ stage: true, resume: false }))?.outcome
  expect([titles(staged?.done), titles(staged?.waiting)]).toEqual([[change], [routing, restart]])
  expect((await run({ stage: false, resume: true }))?.outcome).toMatchObject({ failed: [], waiting: [] })
  expect(estate.succeeded('redshift:RebootCluster')).toBe(0)
  const undone = await undo(estate.workspace, estate.connection, plan, estate.attended)
  expect(titles(undone?.outcome.undone)).toEqual([change, routing, restart])
  expect(undone?.verification.findings.map(({ status, inForce }) => [status, inForce?.value])).toEqual([
    ['fail', 'false'],
    ['fail', false],
  ])
  expect(estate.succeeded('redshift:RebootCluster')).toBe(0)
})

it('parameters of a workgroup that several fixes want are set by one call, for which AWS restarts it once', async () => {
  const configParameters = ['require_ssl', 'enable_user_activity_logging'].map((parameterKey) => ({
    parameterKey,
    parameterValue: 'false',
  }))
  const estate = await openEstate(
    worldOf({
      namespaces: [{ namespaceName: 'shop' }],
      workgroups: [{ workgroupName: 'shop-wg', namespaceName: 'shop', configParameters }],
    }),
  )
  await scan(estate.workspace, estate.connection)
  const wishes = { practices: ['workgroup-require-ssl', 'workgroup-user-activity-logging'] }
  const { plan } = await makePlan(estate.workspace, wishes)
  expect(
    plan.steps.map(({ id, call: { action }, after, closes }) => [id, action, after, closes.length]),
  ).toEqual([
    ['s1', 'redshift-serverless:UpdateWorkgroup', [], 2],
    ['s2', 'redshift-serverless:UpdateNamespace', ['s1'], 1],
  ])
  expect(plan.steps[0]?.title).toBe(
    'Set require_ssl of workgroup shop-wg to true; Set enable_user_activity_logging of workgroup shop-wg to true',
  )
  const mode = { stage: false, resume: false }
  const applied = await apply(estate.workspace, estate.connection, plan, mode, estate.attended)
  expect(applied?.verification.findings.map(({ status }) => status)).toEqual(['pass', 'pass'])
  expect(estate.succeeded('redshift-serverless:UpdateWorkgroup')).toBe(1)
  const undone = await undo(estate.workspace, estate.connection, plan, estate.attended)
  expect(undone?.outcome).toMatchObject({ undone: ['s2', 's1'], failed: [] })
  expect(undone?.verification.findings.map(({ status }) => status)).toEqual(['fail', 'fail'])
  expect(estate.succeeded('redshift-serverless:UpdateWorkgroup')).toBe(2)
})

it('--practice, --resource and --max-impact keep the rest out, and the plan says which it left for its impact', async () => {
  const estate = await openEstate(world())
  await scan(estate.workspace, estate.connection)
  const planned = async (wishes: Parameters<typeof makePlan>[1]) =>
    (await makePlan(estate.workspace, wishes)).plan
  const one = await planned({ practices, resources: [arn('cluster:south')] })
  expect(new Set(one.steps.flatMap(({ closes }) => closes.map((print) => print.split(' ')[1])))).toEqual(
    new Set([arn('cluster:south')]),
  )
  const gentle = await planned({ practices, maxImpact: 'none' })
  expect(gentle.steps.every(({ impact, reboot }) => impact === 'none' && !reboot)).toBe(true)
  expect(gentle.leftOut.filter(({ why }) => why === 'its impact is "reboot"')).toHaveLength(2 * names.length)
  const few = await planned({ practices: ['cluster-version-upgrade'] })
  expect(few.steps.map(({ call }) => call.input)).toEqual(
    names.map((ClusterIdentifier) => ({ ClusterIdentifier, AllowVersionUpgrade: true })),
  )
})
