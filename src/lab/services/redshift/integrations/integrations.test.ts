// Integrations through the SDK.

import {
  CreateIntegrationCommand,
  type CreateIntegrationMessage,
  DeleteIntegrationCommand,
  DescribeClustersCommand,
  DescribeInboundIntegrationsCommand,
  type DescribeInboundIntegrationsMessage,
  DescribeIntegrationsCommand,
  type DescribeIntegrationsMessage,
  ModifyIntegrationCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, partner, testWorld } from '#lab/testing/world.ts'

const keyId = '0a1b2c3d-0000-4000-8000-0000000000d1'
const SourceArn = 'arn:aws:s3:::landing-zone'
const rds = `arn:aws:rds:eu-west-1:${home}:integration:0a1b2c3d-0000-4000-8000-0000000000e1`

const lab = useLab(() => {
  const world = testWorld()
  const here = world.accounts[home]?.regions['eu-west-1']
  if (here) {
    here.keys = [{ KeyId: keyId, aliases: ['feeds'] }]
    here.buckets = [{ Name: 'landing-zone' }]
    here.integrations = [
      { IntegrationName: 'nightly', SourceArn, ClusterIdentifier: 'stock', CreateTime: '-30d' },
      {
        IntegrationName: 'orders',
        IntegrationArn: rds,
        SourceArn: `arn:aws:rds:eu-west-1:${home}:cluster:orders`,
        ClusterIdentifier: 'sales',
        Status: 'needs_attention',
        Errors: [{ ErrorCode: 'X', ErrorMessage: 'a table has no primary key' }],
      },
    ]
  }
  return world
})

const target = async (ClusterIdentifier = 'sales') => {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))
  return Clusters?.[0]?.ClusterNamespaceArn ?? ''
}
const create = async (IntegrationName: string, more: Partial<CreateIntegrationMessage> = {}) =>
  lab
    .redshift()
    .send(new CreateIntegrationCommand({ IntegrationName, SourceArn, TargetArn: await target(), ...more }))
const list = async (input: DescribeIntegrationsMessage = {}) =>
  (await lab.redshift().send(new DescribeIntegrationsCommand(input))).Integrations ?? []
const inbound = async (input: DescribeInboundIntegrationsMessage = {}) =>
  (await lab.redshift().send(new DescribeInboundIntegrationsCommand(input))).InboundIntegrations ?? []

test('what other services made arrives here, and is not listed as Redshift’s own', async () => {
  expect(await inbound({ TargetArn: await target() })).toMatchObject([
    {
      IntegrationArn: rds,
      Status: 'needs_attention',
      Errors: [{ ErrorMessage: 'a table has no primary key' }],
    },
  ])
  expect((await list()).map(({ IntegrationName }) => IntegrationName)).toEqual(['nightly'])
  await expect(list({ IntegrationArn: rds })).rejects.toMatchObject({
    name: 'IntegrationNotFoundFault',
    message: "The integration can't be found.",
  })
  await expect(inbound({ IntegrationArn: `${rds}0` })).rejects.toMatchObject({
    name: 'IntegrationNotFoundFault',
  })
})

test('an integration is made, changed and deleted, each in its time', async () => {
  const made = await create('feed', {
    KMSKeyId: 'alias/feeds',
    AdditionalEncryptionContext: { purpose: 'feeds' },
    Description: 'files',
  })
  expect(made).toMatchObject({
    Status: 'creating',
    KMSKeyId: `arn:aws:kms:eu-west-1:${home}:key/${keyId}`,
    AdditionalEncryptionContext: { purpose: 'feeds' },
    Description: 'files',
  })
  const IntegrationArn = made.IntegrationArn ?? ''
  expect(IntegrationArn).toMatch(/^arn:aws:redshift:eu-west-1:\d{12}:integration:[0-9a-f-]{36}$/)
  const remove = () => lab.redshift().send(new DeleteIntegrationCommand({ IntegrationArn }))
  await expect(remove()).rejects.toMatchObject({ name: 'IntegrationConflictStateFault' })
  lab.move('6m')
  expect(await list({ IntegrationArn })).toMatchObject([{ Status: 'active' }])
  const renamed = await lab
    .redshift()
    .send(new ModifyIntegrationCommand({ IntegrationArn, IntegrationName: 'renamed' }))
  expect(renamed).toMatchObject({ IntegrationName: 'renamed', Status: 'modifying' })
  expect(await list({ Filters: [{ Name: 'status', Values: ['modifying'] }] })).toHaveLength(1)
  lab.move('6m')
  expect(await remove()).toMatchObject({ Status: 'deleting' })
  lab.move('6m')
  await expect(list({ IntegrationArn })).rejects.toMatchObject({ name: 'IntegrationNotFoundFault' })
})

test('source, target, name and key must be right', async () => {
  const wrong: [Partial<CreateIntegrationMessage>, string][] = [
    [{ SourceArn: 'arn:aws:s3:::nowhere' }, 'IntegrationSourceNotFoundFault'],
    [{ TargetArn: `${await target()}0` }, 'IntegrationTargetNotFoundFault'],
    [{ TargetArn: (await target()).replace(home, partner) }, 'UnsupportedOperationFault'],
    [{ SourceArn: `arn:aws:dynamodb:eu-west-1:${home}:table/t` }, 'UnsupportedOperationFault'],
    [{ IntegrationName: 'nightly' }, 'IntegrationAlreadyExistsFault'],
    [{ IntegrationName: '1st' }, 'InvalidParameterValue'],
    [{ KMSKeyId: 'alias/none' }, 'InvalidParameterValue'],
    [{ AdditionalEncryptionContext: { a: 'b' } }, 'InvalidParameterCombination'],
  ]
  for (const [more, name] of wrong) await expect(create('wrong', more)).rejects.toMatchObject({ name })
  expect((await create('plain')).KMSKeyId).toBe('AWS_OWNED_KMS_KEY')
})
