// A lab's state in a file: saved, loaded, refused when it is not whole.

import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateClusterParameterGroupCommand,
  DescribeClusterParameterGroupsCommand,
  DescribeClustersCommand,
  ModifyClusterParameterGroupCommand,
  RebootClusterCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from './index.ts'
import { alice, testWorld } from './testing/world.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-state-'))
})
afterAll(() => rm(folder, { recursive: true }))

const clientOf = ({ url }: Lab) =>
  new RedshiftClient({ endpoint: url, region: 'eu-west-1', credentials: alice, maxAttempts: 1 })

async function sales(lab: Lab) {
  const { Clusters = [] } = await clientOf(lab).send(
    new DescribeClustersCommand({ ClusterIdentifier: 'sales' }),
  )
  const [cluster] = Clusters
  return {
    status: cluster?.ClusterStatus,
    parameters: cluster?.ClusterParameterGroups?.[0]?.ParameterApplyStatus,
  }
}

test('a lab goes on where it stopped: time, changes, and work that was under way', async () => {
  const stateFile = join(folder, 'state')
  const first = await startLab({ world: testWorld(), speed: 0, now: '2026-11-22T10:00:00Z', stateFile })
  await clientOf(first).send(
    new ModifyClusterParameterGroupCommand({
      ParameterGroupName: 'lax',
      Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }],
    }),
  )
  await clientOf(first).send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
  first.clock.change({ move: '1m' })
  await first.stop()
  expect((await stat(stateFile)).mode & 0o777).toBe(0o600)

  const second = await startLab({ world: testWorld(), stateFile })
  expect(new Date(second.clock.now()).toISOString()).toBe('2026-11-22T10:01:00.000Z')
  expect(second.clock.speed()).toBe(0)
  expect(await sales(second)).toEqual({ status: 'rebooting', parameters: 'pending-reboot' })
  second.clock.change({ move: '2m' })
  expect(await sales(second)).toEqual({ status: 'available', parameters: 'in-sync' })
  await second.stop()
  // Whose group it is has survived too: a change of the group reaches the cluster.
  const third = await startLab({ world: testWorld(), stateFile })
  await clientOf(third).send(
    new ModifyClusterParameterGroupCommand({
      ParameterGroupName: 'lax',
      Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'false' }],
    }),
  )
  expect((await sales(third)).parameters).toBe('pending-reboot')
  await third.stop()
  expect(await readdir(folder)).toEqual(['state'])
})

test('what was answered is in the file, before anybody stops the lab', async () => {
  const stateFile = join(folder, 'running')
  const lab = await startLab({ world: testWorld(), speed: 0, stateFile })
  const groups = Array.from({ length: 15 }, (_, index) => `group-${index}`)
  // At once and one after the other: each answer waits for a save that it is in.
  for (const ParameterGroupName of groups.slice(0, 5)) await clientOf(lab).send(newGroup(ParameterGroupName))
  await Promise.all(groups.slice(5).map((name) => clientOf(lab).send(newGroup(name))))
  const copy = join(folder, 'copy')
  await copyFile(stateFile, copy)
  const next = await startLab({ world: testWorld(), stateFile: copy })
  const { ParameterGroups = [] } = await clientOf(next).send(new DescribeClusterParameterGroupsCommand({}))
  expect(ParameterGroups.map((group) => group.ParameterGroupName)).toEqual(expect.arrayContaining(groups))
  await next.stop()
  await lab.stop()
})

const newGroup = (ParameterGroupName: string) =>
  new CreateClusterParameterGroupCommand({
    ParameterGroupName,
    ParameterGroupFamily: 'redshift-1.0',
    Description: 'made just before a kill',
  })

test('reads alone are saved after a while', async () => {
  const stateFile = join(folder, 'read')
  const lab = await startLab({ world: testWorld(), speed: 0, stateFile })
  const before = await readFile(stateFile)
  await sales(lab)
  expect(before.equals(await readFile(stateFile))).toBe(true)
  await expect.poll(async () => before.equals(await readFile(stateFile)), { timeout: 10_000 }).toBe(false)
  await lab.stop()
})

test('one lab at a time has the file; that of a dead process is taken over', async () => {
  const stateFile = join(folder, 'shared')
  const lab = await startLab({ world: testWorld(), speed: 0, stateFile })
  await expect(startLab({ world: testWorld(), stateFile })).rejects.toThrow(
    `${stateFile} is the state of a running lab, process ${process.pid}`,
  )
  await lab.stop()
  const { pid } = spawnSync(process.execPath, ['--version'])
  await writeFile(`${stateFile}.lock`, JSON.stringify({ pid, host: hostname(), life: 'gone' }))
  const next = await startLab({ world: testWorld(), stateFile })
  expect(JSON.parse(await readFile(`${stateFile}.lock`, 'utf8'))).toMatchObject({ pid: process.pid })
  await next.stop()
  // A lab that did not start gives it back.
  await expect(startLab({ world: testWorld(), stateFile, now: '2001-01-01T00:00:00Z' })).rejects.toThrow()
  await (await startLab({ world: testWorld(), stateFile })).stop()
})

test.each([
  ['a text', (_: Buffer) => Buffer.from('clusters: []\n'), "is not a lab's state"],
  ['a state cut short', (whole: Buffer) => whole.subarray(0, whole.length - 100), 'is damaged'],
  [
    'a state with one bit turned',
    (whole: Buffer) => {
      const copy = Buffer.from(whole)
      copy[copy.length - 50] = (copy[copy.length - 50] ?? 0) ^ 1
      return copy
    },
    'is damaged',
  ],
])('%s is refused and left as it is', async (name, spoil, sentence) => {
  const good = join(folder, 'good')
  await (await startLab({ world: testWorld(), stateFile: good })).stop()
  const stateFile = join(folder, name.replaceAll(' ', '-'))
  const bytes = spoil(await readFile(good))
  await writeFile(stateFile, bytes)
  await expect(startLab({ world: testWorld(), stateFile })).rejects.toThrow(sentence)
  expect(bytes.equals(await readFile(stateFile))).toBe(true)
})

test('a file that cannot be written is known before the lab listens', async () => {
  const stateFile = join(folder, 'nowhere', 'state')
  await expect(startLab({ world: testWorld(), stateFile })).rejects.toThrow('ENOENT')
})

test('time does not go back behind the state', async () => {
  const stateFile = join(folder, 'good')
  await expect(startLab({ world: testWorld(), stateFile, now: '2001-01-01T00:00:00Z' })).rejects.toThrow(
    'time cannot move backwards: the state was saved at',
  )
})
