// The AWS CLI lines of a plan, typed into a shell one after another, do what apply does.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { verify } from '#app/apply.ts'
import { makePlan } from '#app/plans.ts'
import { scan } from '#app/scan.ts'
import { credentials, type Estate, openRunningEstate, worldOf } from '../estate.ts'

const aws = ['/usr/bin/aws', '/usr/local/bin/aws'].find((path) => existsSync(path))

const world = () =>
  worldOf({
    parameterGroups: [{ ParameterGroupName: 'lax', ParameterGroupFamily: 'redshift-1.0' }],
    clusters: [
      { ClusterIdentifier: 'sales', ParameterGroup: 'lax', AutomatedSnapshotRetentionPeriod: 1 },
      { ClusterIdentifier: 'old', ParameterGroup: 'default.redshift-1.0' },
    ],
    snapshots: [
      automated('sales'),
      automated('old'),
      {
        SnapshotIdentifier: 'shared',
        ClusterIdentifier: 'sales',
        SnapshotType: 'manual',
        ManualSnapshotRetentionPeriod: -1,
        AccountsWithRestoreAccess: [{ AccountId: '999988887777' }],
      },
    ],
  })

function automated(ClusterIdentifier: string) {
  return {
    SnapshotIdentifier: `rs:${ClusterIdentifier}-latest`,
    ClusterIdentifier,
    SnapshotType: 'automated',
    SnapshotCreateTime: '-3h',
  }
}

/** Practices whose remedies need all kinds of lines, and whose findings an undo opens again. */
const practices = [
  'cluster-require-ssl',
  'cluster-audit-logging',
  'cluster-automated-snapshots',
  'manual-snapshot-retention',
  'snapshot-shared',
]

/** Runs a line; gives what it complained of, or undefined when it went well. The lab answers meanwhile. */
function shell(command: string): Promise<string | undefined> {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', ...credentials, AWS_PAGER: '' }
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { env }, (error, _, stderr) =>
      resolve(error ? stderr || error.message : undefined),
    )
  })
}

/** Types a line as a person would: again a little later, while AWS says that the cluster is busy. */
async function type(estate: Estate, line: string): Promise<void> {
  const command = line.replace(/^aws /, `${aws} --endpoint-url ${estate.lab.url} `)
  for (let attempt = 0; attempt < 20; attempt++) {
    const stderr = await shell(command)
    if (stderr === undefined) return
    if (!stderr.includes('InvalidClusterState')) throw new Error(`${line}\n${stderr}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  throw new Error(`${line}\nthe cluster stayed busy`)
}

describe('the AWS CLI lines of a plan', () => {
  it.skipIf(!aws)(
    `close the findings, and those of the undo open them again${aws ? '' : ' (install the package awscli)'}`,
    async () => {
      const estate = await openRunningEstate(world())
      await scan(estate.workspace, estate.connection)
      const { plan } = await makePlan(estate.workspace, { practices })
      const actions = new Set(plan.steps.map(({ call }) => call.action))
      expect([...actions].sort()).toEqual([
        'redshift:CreateClusterParameterGroup',
        'redshift:EnableLogging',
        'redshift:ModifyCluster',
        'redshift:ModifyClusterParameterGroup',
        'redshift:ModifyClusterSnapshot',
        'redshift:RebootCluster',
        'redshift:RevokeSnapshotAccess',
      ])
      for (const { cli } of plan.steps) await type(estate, cli)
      // Logs and snapshots arrive with time.
      estate.lab.clock.change({ move: '+2h' })
      const closed = await verify(estate.workspace, estate.connection, plan)
      expect(unlike('pass', closed)).toEqual([])
      const undos = [...plan.steps].reverse().flatMap(({ reboot, undo }) => (reboot ? [] : (undo.cli ?? [])))
      const cleanup = undos.filter((line) => line.includes('delete-cluster-parameter-group'))
      for (const line of undos.filter((other) => !cleanup.includes(other))) await type(estate, line)
      for (const { reboot, cli } of plan.steps) if (reboot) await type(estate, cli)
      for (const line of cleanup) await type(estate, line)
      const reopened = await verify(estate.workspace, estate.connection, plan)
      expect(unlike('fail', reopened)).toEqual([])
    },
    120_000,
  )
})

function unlike(status: string, { findings }: Awaited<ReturnType<typeof verify>>) {
  return findings
    .filter((finding) => finding.status !== status)
    .map(({ practice, resource, reason }) => [practice, resource, reason])
}
