// Usage limits through the SDK.

import {
  CreateUsageLimitCommand,
  type CreateUsageLimitMessage,
  DeleteUsageLimitCommand,
  DescribeUsageLimitsCommand,
  type DescribeUsageLimitsMessage,
  ModifyClusterCommand,
  ModifyUsageLimitCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'

const lab = useLab()

const create = (more: Partial<CreateUsageLimitMessage> = {}) =>
  lab.redshift().send(
    new CreateUsageLimitCommand({
      ClusterIdentifier: 'sales',
      FeatureType: 'spectrum',
      LimitType: 'data-scanned',
      Amount: 5,
      ...more,
    }),
  )
const list = async (input: DescribeUsageLimitsMessage = {}) =>
  (await lab.redshift().send(new DescribeUsageLimitsCommand(input))).UsageLimits ?? []

test('a limit is made with AWS’s defaults, changed and deleted', async () => {
  const { UsageLimitId = '', ...made } = await create()
  expect(made).toMatchObject({
    ClusterIdentifier: 'sales',
    Amount: 5,
    Period: 'monthly',
    BreachAction: 'log',
  })
  await expect(create()).rejects.toMatchObject({
    name: 'UsageLimitAlreadyExistsFault',
    message: 'The usage limit already exists.',
  })
  await create({ Period: 'daily' })
  await lab.redshift().send(new ModifyUsageLimitCommand({ UsageLimitId, Amount: 9, BreachAction: 'disable' }))
  expect(await list({ UsageLimitId })).toMatchObject([{ Amount: 9, BreachAction: 'disable' }])
  await lab.redshift().send(new DeleteUsageLimitCommand({ UsageLimitId }))
  expect(await list({ ClusterIdentifier: 'sales' })).toMatchObject([{ Period: 'daily' }])
  await expect(lab.redshift().send(new DeleteUsageLimitCommand({ UsageLimitId }))).rejects.toMatchObject({
    name: 'UsageLimitNotFoundFault',
    message: "The usage limit identifier can't be found.",
  })
})

test('each feature has its type of limit, and each amount is positive', async () => {
  const invalid = { name: 'InvalidUsageLimitFault', message: 'The usage limit is not valid.' }
  await expect(create({ LimitType: 'time' })).rejects.toMatchObject(invalid)
  await expect(create({ FeatureType: 'concurrency-scaling' })).rejects.toMatchObject(invalid)
  await expect(create({ Period: 'hourly' as 'daily' })).rejects.toMatchObject(invalid)
  await expect(create({ Amount: 0 })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  await expect(create({ ClusterIdentifier: 'gone' })).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
})

test('a limit follows its cluster', async () => {
  await create({ ClusterIdentifier: 'stock', FeatureType: 'concurrency-scaling', LimitType: 'time' })
  const rename = { ClusterIdentifier: 'stock', NewClusterIdentifier: 'shelf' }
  await lab.redshift().send(new ModifyClusterCommand(rename))
  lab.move('30m')
  expect(await list({ FeatureType: 'concurrency-scaling' })).toMatchObject([{ ClusterIdentifier: 'shelf' }])
})
