// GovCloud and China are scanned, fixed and taken back as everywhere: the partition comes from whoever asks.

import { expect, test } from 'vitest'
import type { Finding } from '#model/finding.ts'
import type { Plan } from '#model/plan.ts'
import { emptyFolder, redoubt } from '../command.ts'
import { account, credentials, openRunningEstate, worldOf } from '../estate.ts'

test.each([
  ['aws', 'eu-west-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
] as const)('%s: scan, plan, apply, verify and undo in %s', async (partition, region) => {
  const world = worldOf({
    parameterGroups: [
      {
        ParameterGroupName: 'lax',
        ParameterGroupFamily: 'redshift-2.0',
        values: { require_ssl: false },
      },
    ],
    clusters: [{ ClusterIdentifier: 'sales', ParameterGroup: 'lax' }],
    snapshots: [
      {
        SnapshotIdentifier: 'kept',
        ClusterIdentifier: 'sales',
        SnapshotType: 'manual',
        ManualSnapshotRetentionPeriod: 30,
        AccountsWithRestoreAccess: [{ AccountId: '099988887777' }],
      },
    ],
  })
  const own = world.accounts[account]
  if (!own) throw new Error('the world has no account')
  const [seed = {}] = Object.values(own.regions)
  world.accounts[account] = { ...own, partition, regions: { [region]: seed } }
  const { lab } = await openRunningEstate(world)
  const cwd = await emptyFolder()
  const env = { ...credentials, AWS_REGION: region }
  const run = (...words: string[]) => redoubt([...words, '--endpoint-url', lab.url], { cwd, env })
  const practices = ['cluster-require-ssl', 'snapshot-shared'].flatMap((id) => ['--practice', id])
  const scanned = async () => {
    const { stdout } = await run('scan', ...practices, '-o', 'json')
    const { findings } = JSON.parse(stdout) as { findings: Finding[] }
    return { stdout, found: findings.map(({ resource, status }) => `${resource} ${status}`).sort() }
  }
  const arn = (resource: string) => `arn:${partition}:redshift:${region}:${account}:${resource}`

  const before = await scanned()
  expect(before.found).toEqual([`${arn('cluster:sales')} fail`, `${arn('snapshot:sales/kept')} fail`])
  const { stdout } = await run('plan', ...practices, '-o', 'json')
  const plan = JSON.parse(stdout) as Plan
  expect(plan.steps.flatMap(({ closes }) => closes)).toContain(`cluster-require-ssl ${arn('cluster:sales')}`)
  const partitions = [...`${before.stdout}${stdout}`.matchAll(/"arn:([a-z-]+):redshift/g)].map(
    ([, name]) => name,
  )
  expect(new Set(partitions)).toEqual(new Set([partition]))

  expect(await run('apply', plan.id, '--yes')).toMatchObject({ code: 0 })
  expect(await run('verify', plan.id)).toMatchObject({ code: 0 })
  expect((await scanned()).found).toEqual([
    `${arn('cluster:sales')} pass`,
    `${arn('snapshot:sales/kept')} pass`,
  ])
  await run('undo', plan.id, '--yes')
  expect((await scanned()).found).toEqual(before.found)

  const wish = ['--cluster', 'sales', '--name', 'now', '--retention', '30']
  const wished = JSON.parse((await run('do', 'snapshot', 'create', ...wish, '-o', 'json')).stdout) as Plan
  expect(wished.steps[0]?.effects[0]?.resource).toBe(arn('snapshot:sales/now'))
  expect(await run('apply', wished.id, '--yes')).toMatchObject({ code: 0 })
  expect(await run('undo', wished.id, '--yes')).toMatchObject({ code: 0 })
  // Every call went where the data is, and nowhere else.
  const regions = new Set(lab.calls().map((call) => call.region))
  expect(regions).toEqual(new Set([region]))
})

test.each([
  ['aws-us-gov', ['us-gov-east-1', 'us-gov-west-1'], 'us-gov-west-1'],
  ['aws-cn', ['cn-north-1', 'cn-northwest-1'], 'cn-north-1'],
] as const)('%s: --all-regions are those of the partition', async (partition, regions, home) => {
  const world = worldOf({})
  const own = world.accounts[account]
  if (!own) throw new Error('the world has no account')
  world.accounts[account] = { ...own, partition, regions: { [home]: {} } }
  const { lab } = await openRunningEstate(world)
  const env = { ...credentials, AWS_REGION: home }
  const ran = await redoubt(['scan', '--all-regions', '-o', 'json', '--endpoint-url', lab.url], {
    cwd: await emptyFolder(),
    env,
  })
  expect(JSON.parse(ran.stdout).regions).toEqual(regions)
})
