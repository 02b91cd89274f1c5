// docs/lab.md on worlds: its example is one, and its tables name every member there is.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DescribeClusterSnapshotsCommand, DescribeClustersCommand } from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { readWorld } from '#lab/world-file.ts'
import { membersOf } from '#lab/world-members.ts'
import { worldNames } from '#lab/worlds/index.ts'

const page = readFileSync(fileURLToPath(new URL('../docs/lab.md', import.meta.url)), 'utf8')
const [, example = ''] = /```yaml\n(name: [\s\S]*?)```/.exec(page) ?? []

const lab = useLab(() => readWorld(example, 'docs/lab.md'))
const anna = { accessKeyId: 'AKIACORNERSHOP000001', secretAccessKey: 'not-a-secret' }

test('the example is a world, and what its comments say is so', async () => {
  const { Clusters } = await lab.redshift(anna).send(new DescribeClustersCommand({}))
  expect(Clusters).toHaveLength(1)
  expect(Clusters?.[0]).toMatchObject({ ClusterIdentifier: 'till', Tags: [{ Key: 'team', Value: 'data' }] })
  const statuses = Clusters?.[0]?.ClusterParameterGroups?.[0]?.ClusterParameterStatusList ?? []
  expect(statuses.filter((one) => one.ParameterApplyStatus !== 'in-sync')).toEqual([
    { ParameterName: 'require_ssl', ParameterApplyStatus: 'pending-reboot' },
  ])
  const { Snapshots = [] } = await lab.redshift(anna).send(new DescribeClusterSnapshotsCommand({}))
  expect(Snapshots.map(({ SnapshotIdentifier }) => SnapshotIdentifier).sort()).toEqual([
    'rs:till-0002h-ago',
    'rs:till-0010h-ago',
    'rs:till-0018h-ago',
    'till-for-somebody',
  ])
  const { Clusters: elsewhere } = await lab.redshift(anna, 'us-east-1').send(new DescribeClustersCommand({}))
  expect(elsewhere).toEqual([])
})

test.each(['account', 'region'] as const)('every member of an %s is in its table', (level) => {
  const [, table = ''] = new RegExp(`An? ${level}[^\\n]* has:\\n\\n((?:\\|[^\\n]*\\n)+)`).exec(page) ?? []
  const named = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(named.sort()).toEqual(expect.arrayContaining(membersOf(level)))
})

test('every world is named', () => {
  for (const name of worldNames) expect(page).toContain(`| \`${name}\` |`)
})
