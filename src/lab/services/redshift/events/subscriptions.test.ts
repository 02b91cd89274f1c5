// Event subscriptions through the SDK.

import {
  CreateEventSubscriptionCommand,
  type CreateEventSubscriptionMessage,
  CreateTagsCommand,
  DeleteEventSubscriptionCommand,
  DescribeEventSubscriptionsCommand,
  ModifyEventSubscriptionCommand,
  type ModifyEventSubscriptionMessage,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const SnsTopicArn = `arn:aws:sns:eu-west-1:${home}:alarms`

const lab = useLab(() => {
  const world = testWorld()
  const here = world.accounts[home]?.regions['eu-west-1']
  if (here)
    here.eventSubscriptions = [
      { CustSubscriptionId: 'old', SnsTopicArn, Status: 'topic-not-exist', Enabled: false },
    ]
  return world
})

const create = (SubscriptionName: string, more: Partial<CreateEventSubscriptionMessage> = {}) =>
  lab.redshift().send(new CreateEventSubscriptionCommand({ SubscriptionName, SnsTopicArn, ...more }))
const modify = (SubscriptionName: string, more: Partial<ModifyEventSubscriptionMessage>) =>
  lab.redshift().send(new ModifyEventSubscriptionCommand({ SubscriptionName, ...more }))
const describe = async (SubscriptionName?: string, TagKeys?: string[]) =>
  (await lab.redshift().send(new DescribeEventSubscriptionsCommand({ SubscriptionName, TagKeys })))
    .EventSubscriptionsList ?? []

test('a subscription asks for everything unless it says what', async () => {
  const { EventSubscription: all } = await create('everything', { Tags: [{ Key: 'team', Value: 'data' }] })
  expect(all).toMatchObject({
    CustomerAwsId: home,
    CustSubscriptionId: 'everything',
    SnsTopicArn,
    Status: 'active',
    EventCategoriesList: ['configuration', 'management', 'monitoring', 'security', 'pending'],
    Severity: 'INFO',
    Enabled: true,
  })
  const narrow = {
    SourceType: 'cluster',
    SourceIds: ['sales'],
    EventCategories: ['security'],
    Severity: 'ERROR',
    Enabled: false,
  }
  await create('narrow', narrow)
  expect(await describe('narrow')).toMatchObject([
    {
      SourceType: 'cluster',
      SourceIdsList: ['sales'],
      EventCategoriesList: ['security'],
      Severity: 'ERROR',
      Enabled: false,
    },
  ])
  expect(await describe(undefined, ['team'])).toHaveLength(1)
})

test('what is not there cannot be asked for', async () => {
  const wrong = [
    [{ SnsTopicArn: 'alarms' }, 'SNSInvalidTopicFault', "alarms isn't a valid Amazon SNS topic."],
    [{ SnsTopicArn: `arn:aws:sns:us-east-1:${home}:alarms` }, 'SNSInvalidTopicFault'],
    [{ SourceType: 'table' }, 'InvalidParameterValue', 'Invalid source type: table'],
    [{ SourceIds: ['sales'] }, 'InvalidParameterCombination'],
    [{ SourceType: 'cluster', SourceIds: ['sales', 'gone'] }, 'SourceNotFoundFault'],
    [{ SourceType: 'cluster-snapshot', SourceIds: ['sales'] }, 'SourceNotFoundFault'],
    [{ EventCategories: ['gossip'] }, 'SubscriptionCategoryNotFoundFault'],
    [{ Severity: 'LOUD' }, 'SubscriptionSeverityNotFoundFault'],
  ] as const
  for (const [more, name, message] of wrong) {
    const input: Partial<CreateEventSubscriptionMessage> = structuredClone(more) as object
    await expect(create('wrong', input)).rejects.toMatchObject({ name, ...(message && { message }) })
  }
  await expect(create('9lives')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
})

test('a subscription is changed and deleted', async () => {
  expect(await describe('old')).toMatchObject([{ Status: 'topic-not-exist', Enabled: false }])
  await modify('old', { SourceType: 'cluster', SourceIds: ['stock'], Enabled: true })
  expect(await describe('old')).toMatchObject([{ SourceIdsList: ['stock'], Enabled: true }])
  await modify('old', { SourceType: 'cluster-parameter-group' })
  expect((await describe('old'))[0]?.SourceIdsList ?? []).toEqual([])
  await expect(modify('old', { SourceIds: ['stock'] })).rejects.toMatchObject({ name: 'SourceNotFoundFault' })
  await lab.redshift().send(new DeleteEventSubscriptionCommand({ SubscriptionName: 'old' }))
  const missing = { name: 'SubscriptionNotFoundFault', message: "The event subscription old doesn't exist." }
  await expect(describe('old')).rejects.toMatchObject(missing)
  await expect(modify('old', { Enabled: true })).rejects.toMatchObject(missing)
})

test('a region has twenty subscriptions, each of its own name', async () => {
  const before = (await describe()).length
  for (let index = before; index < 20; index += 1) await create(`one-of-many-${index}`)
  await expect(create('one-of-many-19')).rejects.toMatchObject({ name: 'SubscriptionAlreadyExistFault' })
  await expect(create('one-more')).rejects.toMatchObject({ name: 'EventSubscriptionQuotaExceededFault' })
})

test('a subscription is tagged by its ARN', async () => {
  const ResourceName = `arn:aws:redshift:eu-west-1:${home}:eventsubscription:narrow`
  await lab.redshift().send(new CreateTagsCommand({ ResourceName, Tags: [{ Key: 'late', Value: 'yes' }] }))
  expect(await describe(undefined, ['late'])).toMatchObject([{ CustSubscriptionId: 'narrow' }])
})
