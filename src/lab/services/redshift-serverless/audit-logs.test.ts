// Audit logs of namespaces in CloudWatch: which groups there are, since when, and what is in them.

import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateNamespaceCommand,
  CreateWorkgroupCommand,
  DeleteWorkgroupCommand,
  type LogExport,
  UpdateNamespaceCommand,
  UpdateWorkgroupCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test, vi } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

vi.setConfig({ testTimeout: 30_000 })

const silent = [{ parameterKey: 'enable_user_activity_logging', parameterValue: 'false' }]

const lab = useLab(() => {
  const world = testWorld()
  const incidents = [{ kind: 'create-superuser' as const, at: '-3h', target: 'backdoor' }]
  Object.assign(world.accounts[home]?.regions['eu-west-1'] ?? {}, {
    namespaces: [
      { namespaceName: 'shop', logExports: ['connectionlog', 'useractivitylog'] },
      { namespaceName: 'unlogged' },
      { namespaceName: 'quiet', logExports: ['userlog', 'useractivitylog'] },
    ],
    workgroups: [
      {
        workgroupName: 'shop-wg',
        namespaceName: 'shop',
        creationDate: '-20d',
        people: { seed: 5, linesPerHour: 200, incidents },
      },
      { workgroupName: 'unlogged-wg', namespaceName: 'unlogged', people: { incidents } },
      { workgroupName: 'quiet-wg', namespaceName: 'quiet', creationDate: '-2d', configParameters: silent },
    ],
  })
  return world
})

async function groups(namespace: string): Promise<(string | undefined)[]> {
  const logGroupNamePrefix = `/aws/redshift/${namespace}/`
  const { logGroups = [] } = await lab.logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))
  return logGroups.map(({ logGroupName }) => logGroupName?.slice(logGroupNamePrefix.length))
}

async function messages(namespace: string, type: LogExport, since: number): Promise<string[]> {
  const logGroupName = `/aws/redshift/${namespace}/${type}`
  const { events = [] } = await lab
    .logs()
    .send(new FilterLogEventsCommand({ logGroupName, startTime: since, limit: 10_000 }))
  return events.map(({ message = '' }) => message)
}

const exported = (namespaceName: string, logExports: LogExport[]) =>
  lab.serverless().send(new UpdateNamespaceCommand({ namespaceName, logExports }))

const now = () => lab.lab.clock.now()

test('what was delivered of a world lies in groups by the name of the namespace', async () => {
  expect(await groups('shop')).toEqual(['connectionlog', 'useractivitylog'])
  const logGroupName = '/aws/redshift/shop/connectionlog'
  const { logStreams } = await lab.logs().send(new DescribeLogStreamsCommand({ logGroupName }))
  expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['shop'])
  const lines = await messages('shop', 'connectionlog', now() - 5 * 3_600_000)
  expect(lines.length).toBeGreaterThan(50)
  const statements = await messages('shop', 'useractivitylog', now() - 5 * 3_600_000)
  expect(statements.filter((line) => line.includes('backdoor')).length).toBeGreaterThan(0)
})

test('what was planted is told', async () => {
  const { body } = await lab.control('GET', 'truth')
  expect(JSON.stringify(body)).toContain('"kind":"create-superuser"')
  expect(JSON.stringify(body)).toContain('"name":"shop-wg"')
  expect(JSON.stringify(body)).toContain('"name":"unlogged-wg"')
})

test('a database without people has the lines of Redshift itself, and no activity while that is off', async () => {
  expect(await groups('quiet')).toEqual(['userlog'])
  lab.move('2h')
  expect(await groups('quiet')).toEqual(['userlog'])
  await lab.serverless().send(
    new UpdateWorkgroupCommand({
      workgroupName: 'quiet-wg',
      configParameters: [{ parameterKey: 'enable_user_activity_logging', parameterValue: 'true' }],
    }),
  )
  lab.move('2h')
  expect(await groups('quiet')).toEqual(['useractivitylog', 'userlog'])
  const lines = await messages('quiet', 'useractivitylog', 0)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.filter((line) => !line.includes('user=rdsdb'))).toEqual([])
})

test('exports change from the moment the namespace is updated, and the first delivery makes the group', async () => {
  const before = await messages('shop', 'connectionlog', now() - 86_400_000)
  await exported('shop', ['userlog'])
  lab.move('3m')
  const since = now()
  lab.move('56m')
  expect(await groups('shop')).not.toContain('userlog')
  lab.move('5m')
  expect(await groups('shop')).toContain('userlog')
  lab.move('3h')
  expect(await messages('shop', 'connectionlog', since)).toEqual([])
  expect(before.length).toBeGreaterThan(0)
  await exported('shop', ['connectionlog'])
  lab.move('2h')
  expect((await messages('shop', 'connectionlog', since)).length).toBeGreaterThan(0)
})

test('a new namespace logs once it has a workgroup, and no longer when that is gone', async () => {
  const logExports: LogExport[] = ['connectionlog']
  await lab.serverless().send(new CreateNamespaceCommand({ namespaceName: 'fresh', logExports }))
  lab.move('2h')
  expect(await groups('fresh')).toEqual([])
  await lab
    .serverless()
    .send(new CreateWorkgroupCommand({ workgroupName: 'fresh-wg', namespaceName: 'fresh' }))
  lab.move('3h')
  expect(await groups('fresh')).toEqual(['connectionlog'])
  expect((await messages('fresh', 'connectionlog', 0)).length).toBeGreaterThan(0)
  await lab.serverless().send(new DeleteWorkgroupCommand({ workgroupName: 'fresh-wg' }))
  lab.move('5m')
  const gone = now()
  lab.move('3h')
  expect(await messages('fresh', 'connectionlog', gone)).toEqual([])
})
