// Scheduled actions through the SDK: they run at their times, as their role, and leave events and history.

import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import {
  CreateScheduledActionCommand,
  type CreateScheduledActionCommandInput,
  DeleteScheduledActionCommand,
  DescribeClustersCommand,
  DescribeEventsCommand,
  DescribeScheduledActionsCommand,
  type DescribeScheduledActionsCommandInput,
  ModifyScheduledActionCommand,
  type ModifyScheduledActionCommandInput,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { startLab } from '#lab/index.ts'
import { useLab } from '#lab/testing/lab.ts'
import { carol, home, testWorld } from '#lab/testing/world.ts'

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
})
const roleArn = (name: string) => `arn:aws:iam::${home}:role/${name}`
const scheduler = 'scheduler.redshift.amazonaws.com'

function world() {
  const made = testWorld()
  const account = made.accounts[home]
  const region = account?.regions['eu-west-1']
  const onlyResume = {
    PolicyName: 'resume',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'redshift:ResumeCluster', Resource: '*' }],
    },
  }
  account?.roles?.push(
    { name: 'clockwork', AssumeRolePolicyDocument: trust(scheduler) },
    { name: 'resumer', AssumeRolePolicyDocument: trust(scheduler), RolePolicyList: [onlyResume] },
    { name: 'stranger', AssumeRolePolicyDocument: trust('redshift.amazonaws.com') },
  )
  for (const name of ['nightly', 'once', 'grows', 'kept'])
    region?.clusters?.push({ ClusterIdentifier: name, NumberOfNodes: 2 })
  Object.assign(region ?? {}, {
    scheduledActions: [
      {
        ScheduledActionName: 'seeded',
        TargetAction: { PauseCluster: { ClusterIdentifier: 'kept' } },
        Schedule: 'cron(0 3 ? * * *)',
        IamRole: roleArn('clockwork'),
        State: 'DISABLED',
      },
    ],
  })
  return made
}

const lab = useLab(world)

const usual = { IamRole: roleArn('clockwork') }
const pause = (ClusterIdentifier: string) => ({ PauseCluster: { ClusterIdentifier } })
const resume = (ClusterIdentifier: string) => ({ ResumeCluster: { ClusterIdentifier } })

type Wish = Omit<CreateScheduledActionCommandInput, 'IamRole'> & { IamRole?: string }
const create = (wish: Wish, credentials?: typeof carol) =>
  lab.redshift(credentials).send(new CreateScheduledActionCommand({ ...usual, ...wish }))
const modify = (wish: ModifyScheduledActionCommandInput) =>
  lab.redshift().send(new ModifyScheduledActionCommand(wish))
const list = async (wish: DescribeScheduledActionsCommandInput = {}) =>
  (await lab.redshift().send(new DescribeScheduledActionsCommand(wish))).ScheduledActions ?? []
const clusterOf = async (ClusterIdentifier: string) =>
  (await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))).Clusters?.[0]
const now = () => lab.lab.clock.now()
/** The schedule of a moment that is so many minutes away. */
const at = (minutes: number) => `at(${new Date(now() + minutes * 60_000).toISOString().slice(0, 19)})`

async function eventsOf(SourceIdentifier: string) {
  const command = new DescribeEventsCommand({
    ...{ SourceIdentifier, SourceType: 'scheduled-action', Duration: 20_000 },
  })
  const { Events = [] } = await lab.redshift().send(command)
  return Events.map(({ EventId, Message }) => [EventId, Message] as const)
}

test('a cluster is paused in the evening and resumed in the morning, each day', async () => {
  await create({
    ScheduledActionName: 'evening',
    TargetAction: pause('nightly'),
    Schedule: 'cron(0 19 ? * * *)',
  })
  const { NextInvocations = [], State } = await create({
    ...{ ScheduledActionName: 'morning', TargetAction: resume('nightly'), Schedule: 'cron(0 7 ? * * *)' },
  })
  expect(State).toBe('ACTIVE')
  expect(NextInvocations[0]?.toISOString()).toMatch(/T07:00:00.000Z$/)
  const seen = new Map<number, string | undefined>()
  for (let step = 0; step < 48; step++) {
    lab.move('1h')
    seen.set(new Date(now()).getUTCHours(), (await clusterOf('nightly'))?.ClusterStatus)
  }
  expect([21, 23, 3, 5].map((hour) => seen.get(hour))).toEqual(['paused', 'paused', 'paused', 'paused'])
  expect([9, 12, 17].map((hour) => seen.get(hour))).toEqual(['available', 'available', 'available'])
  const events = await eventsOf('evening')
  expect(events.filter(([id]) => id === 'REDSHIFT-EVENT-3616')).toHaveLength(2)
  expect(events[0]?.[1]).toMatch(
    /^The scheduled action evening was created at .*first invocation is scheduled at .* 19:00 UTC\.$/,
  )
  await lab.redshift().send(new DeleteScheduledActionCommand({ ScheduledActionName: 'evening' }))
  await lab.redshift().send(new DeleteScheduledActionCommand({ ScheduledActionName: 'morning' }))
})

test('it runs as the role, which CloudTrail shows', async () => {
  await create({ ScheduledActionName: 'single', TargetAction: pause('once'), Schedule: at(30) })
  lab.move('31m')
  const { Events = [] } = await lab.cloudtrail().send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'PauseCluster' }],
    }),
  )
  const records = Events.map(({ CloudTrailEvent = '{}' }) => JSON.parse(CloudTrailEvent))
  const found = records.find(({ requestParameters }) => requestParameters.clusterIdentifier === 'once')
  expect(found.userIdentity.arn).toBe(`arn:aws:sts::${home}:assumed-role/clockwork/RedshiftScheduler`)
  expect((await list({ ScheduledActionName: 'single' }))[0]?.NextInvocations).toEqual([])
})

test('a resize is as asked', async () => {
  await create({
    ScheduledActionName: 'bigger',
    TargetAction: { ResizeCluster: { ClusterIdentifier: 'grows', NumberOfNodes: 4 } },
    Schedule: at(10),
  })
  lab.move('6h')
  expect((await clusterOf('grows'))?.NumberOfNodes).toBe(4)
})

test.each([
  ['a role without the permission', 'resumer'],
  ['a role that does not trust the scheduler', 'stranger'],
  ['a role that is not there', 'ghost'],
])('%s fails, and an event says so', async (_name, role) => {
  const name = `fails-${role}`
  await create({
    ...{ ScheduledActionName: name, TargetAction: pause('kept'), Schedule: at(5), IamRole: roleArn(role) },
  })
  lab.move('6m')
  expect((await clusterOf('kept'))?.ClusterStatus).toBe('available')
  expect((await eventsOf(name)).at(-1)).toEqual([
    'REDSHIFT-EVENT-3628',
    expect.stringMatching(/finished with 'FAILED' status\.$/),
  ])
})

test('what was changed, disabled, ended or deleted does not run as before', async () => {
  const Schedule = at(60)
  const make = (name: string) => create({ ScheduledActionName: name, TargetAction: pause('kept'), Schedule })
  for (const name of ['moved', 'off', 'ended', 'gone']) await make(name)
  const { NextInvocations } = await modify({ ScheduledActionName: 'moved', Schedule: at(600) })
  expect(NextInvocations?.[0]?.getTime()).toBe(Math.floor(now() / 1000) * 1000 + 600 * 60_000)
  await modify({ ScheduledActionName: 'off', Enable: false })
  await modify({ ScheduledActionName: 'ended', EndTime: new Date(now() + 60_000) })
  await lab.redshift().send(new DeleteScheduledActionCommand({ ScheduledActionName: 'gone' }))
  lab.move('2h')
  expect((await clusterOf('kept'))?.ClusterStatus).toBe('available')
  expect(await list({ Active: false })).toMatchObject([
    { ScheduledActionName: 'off' },
    { ScheduledActionName: 'seeded' },
  ])
  lab.move('9h')
  expect((await clusterOf('kept'))?.ClusterStatus).toBe('paused')
})

test('they are found by kind, cluster and role', async () => {
  const names = async (wish: DescribeScheduledActionsCommandInput) =>
    (await list(wish)).map(({ ScheduledActionName }) => ScheduledActionName)
  expect(await names({ TargetActionType: 'ResizeCluster' })).toEqual(['bigger'])
  const ofCluster = { Name: 'cluster-identifier' as const, Values: ['grows'] }
  expect(await names({ Filters: [ofCluster] })).toEqual(['bigger'])
  const ofRole = { Name: 'iam-role' as const, Values: [roleArn('resumer')] }
  expect(await names({ Filters: [ofRole] })).toEqual(['fails-resumer'])
  expect(await names({ StartTime: new Date(now()) })).toEqual([])
})

test.each([
  [{ Schedule: 'cron(0/10 * ? * * *)' }, 'InvalidScheduleFault'],
  [{ Schedule: 'cron(0 10 ? MON)' }, 'InvalidScheduleFault'],
  [{ Schedule: 'rate(1 hour)' }, 'InvalidScheduleFault'],
  [{ TargetAction: { ...pause('kept'), ...resume('kept') } }, 'ScheduledActionTypeUnsupportedFault'],
  [{ TargetAction: pause('nowhere') }, 'ClusterNotFoundFault'],
  [{ IamRole: 'clockwork' }, 'InvalidScheduledActionFault'],
  [{ ScheduledActionName: 'bigger' }, 'ScheduledActionAlreadyExistsFault'],
])('%j is refused with %s', async (more, name) => {
  const fine = { ScheduledActionName: 'fine', TargetAction: pause('kept'), Schedule: 'cron(0 3 ? * * *)' }
  await expect(create({ ...fine, ...more })).rejects.toMatchObject({ name })
})

test('making one needs iam:PassRole', async () => {
  await lab.control('POST', 'deny', { accessKeyId: carol.accessKeyId, action: 'iam:PassRole' })
  const wish = { ScheduledActionName: 'carols', TargetAction: pause('kept'), Schedule: 'cron(0 3 ? * * *)' }
  await expect(create(wish, carol)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`iam:PassRole on resource: ${roleArn('clockwork')}`),
  })
})

test('a world that names one AWS would refuse is refused', async () => {
  const wrong = world()
  const [action] = wrong.accounts[home]?.regions['eu-west-1']?.scheduledActions ?? []
  if (action) action.Schedule = 'cron(* * ? * * *)'
  await expect(startLab({ world: wrong })).rejects.toThrow(
    "the scheduled action seeded is one that AWS refuses: The schedule you submitted isn't valid.",
  )
})
