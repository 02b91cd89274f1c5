// Many snapshots that get one retention: few calls, and what AWS refuses of them stands alone.

import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  DeleteClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { describe, expect, it } from 'vitest'
import type { RegionSeed } from '#lab/world.ts'
import { type Estate, openEstate, region, worldOf } from '../../test/estate.ts'
import { apply, undo } from './apply.ts'
import { makePlan } from './plans.ts'
import { scan } from './scan.ts'

const modes = { stage: false, resume: false }
const forever = (count: number): RegionSeed => ({
  clusters: [{ ClusterIdentifier: 'sales' }],
  snapshots: Array.from({ length: count }, (_, n) => ({
    SnapshotIdentifier: `kept-${n}`,
    ClusterIdentifier: 'sales',
    SnapshotType: 'manual' as const,
    ManualSnapshotRetentionPeriod: -1,
  })),
})

async function planned(count: number) {
  const estate = await openEstate(worldOf(forever(count)), 1)
  await scan(estate.workspace, estate.connection)
  const { plan } = await makePlan(estate.workspace, { practices: ['manual-snapshot-retention'] })
  return { estate, plan }
}

const clientOf = (estate: Estate) => new RedshiftClient({ endpoint: estate.lab.url, region })

async function retentions(estate: Estate) {
  const { Snapshots = [] } = await clientOf(estate).send(
    new DescribeClusterSnapshotsCommand({ SnapshotType: 'manual' }),
  )
  return Snapshots.map(({ ManualSnapshotRetentionPeriod: days }) => days)
}

describe('the retention of many snapshots', () => {
  it('is set and taken back in calls for 100 at most, and every finding closes', async () => {
    const { estate, plan } = await planned(103)
    expect(plan.steps.map(({ title, closes }) => [title, closes.length])).toEqual([
      ['Keep 100 snapshots for 90 days', 100],
      ['Keep 3 snapshots for 90 days', 3],
    ])
    const applied = await apply(estate.workspace, estate.connection, plan, modes, estate.attended)
    expect(applied?.outcome).toEqual({ done: ['s1', 's2'], failed: [], skipped: [], waiting: [] })
    expect(applied?.verification.findings.every(({ status }) => status === 'pass')).toBe(true)
    expect(estate.succeeded('redshift:BatchModifyClusterSnapshots')).toBe(2)
    await undo(estate.workspace, estate.connection, plan, estate.attended)
    expect(estate.succeeded('redshift:BatchModifyClusterSnapshots')).toBe(4)
    expect(new Set(await retentions(estate))).toEqual(new Set([-1]))
  })

  it('fails for those alone that AWS refuses inside its answer, and undo leaves them out', async () => {
    const { estate, plan } = await planned(3)
    const proxy = await deletingBefore(estate, 'kept-1')
    try {
      const endpointUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
      const applied = await apply(
        estate.workspace,
        { ...estate.connection, endpointUrl },
        plan,
        modes,
        estate.attended,
      )
      expect(applied?.outcome).toMatchObject({
        done: ['s1'],
        failed: [
          {
            step: 's1',
            error: expect.stringMatching(/^in force, without what AWS refused: kept-1: AWS answered /),
          },
        ],
      })
    } finally {
      proxy.closeAllConnections()
      proxy.close()
    }
    expect(await retentions(estate)).toEqual([90, 90])
    const undone = await undo(estate.workspace, estate.connection, plan, estate.attended)
    expect(undone?.outcome).toEqual({ undone: ['s1'], failed: [], skipped: [], kept: [] })
    expect(await retentions(estate)).toEqual([-1, -1])
  })
})

/** A way to the lab on which a snapshot is deleted just before the batch arrives. */
async function deletingBefore(estate: Estate, SnapshotIdentifier: string): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks)
      if (body.includes('Action=BatchModifyClusterSnapshots'))
        await clientOf(estate).send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier }))
      const { method, url, headers } = incoming
      const onward = request(new URL(url ?? '/', estate.lab.url), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      })
      onward.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
