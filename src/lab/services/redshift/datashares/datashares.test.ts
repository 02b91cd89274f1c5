// Datashares through the SDK, from the producer's account and from the consumer's.

import {
  AssociateDataShareConsumerCommand,
  AuthorizeDataShareCommand,
  DeauthorizeDataShareCommand,
  DescribeClustersCommand,
  DescribeDataSharesCommand,
  DescribeDataSharesForConsumerCommand,
  type DescribeDataSharesForConsumerMessage,
  DescribeDataSharesForProducerCommand,
  type DescribeDataSharesForProducerMessage,
  DisassociateDataShareConsumerCommand,
  RejectDataShareCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, carol, home, partner, testWorld } from '#lab/testing/world.ts'

const producer = '0a1b2c3d-0000-4000-8000-0000000000d1'
const arn = (name: string) => `arn:aws:redshift:eu-west-1:${home}:datashare:${producer}/${name}`
const waiting = (name: string) => ({
  DataShareArn: arn(name),
  DataShareAssociations: [{ ConsumerIdentifier: partner, CreatedDate: '-1d' }],
})
const stranger = '999988887777'

const lab = useLab(() => {
  const world = testWorld()
  const here = world.accounts[home]?.regions['eu-west-1']
  const there = world.accounts[partner]?.regions['eu-west-1']
  if (here)
    here.datashares = [
      ...['orders', 'rejected', 'closed', 'regional', 'twice'].map(waiting),
      { ...waiting('open'), AllowPubliclyAccessibleConsumers: true },
      {
        DataShareArn: arn('used'),
        ManagedBy: 'ADX',
        DataShareAssociations: [
          { ConsumerIdentifier: stranger, Status: 'ACTIVE', ConsumerRegion: 'us-east-1' },
        ],
      },
    ]
  if (there)
    there.clusters = [
      { ClusterIdentifier: 'private' },
      { ClusterIdentifier: 'public', PubliclyAccessible: true },
      { ClusterIdentifier: 'plain', Encrypted: false },
    ]
  return world
})

const authorize = (name: string, AllowWrites?: boolean) =>
  lab
    .redshift()
    .send(
      new AuthorizeDataShareCommand({ DataShareArn: arn(name), ConsumerIdentifier: partner, AllowWrites }),
    )
const deauthorize = (name: string) =>
  lab
    .redshift()
    .send(new DeauthorizeDataShareCommand({ DataShareArn: arn(name), ConsumerIdentifier: partner }))
const associate = (name: string, target: object) =>
  lab.redshift(bob).send(new AssociateDataShareConsumerCommand({ DataShareArn: arn(name), ...target }))
const disassociate = (name: string, target: object) =>
  lab.redshift(bob).send(new DisassociateDataShareConsumerCommand({ DataShareArn: arn(name), ...target }))
const reject = (name: string) =>
  lab.redshift(bob).send(new RejectDataShareCommand({ DataShareArn: arn(name) }))

const outbound = async (name: string, input: DescribeDataSharesForProducerMessage = {}) => {
  const { DataShares } = await lab.redshift().send(new DescribeDataSharesForProducerCommand(input))
  return DataShares?.find((share) => share.DataShareArn === arn(name))?.DataShareAssociations
}
const inbound = async (name: string, input: DescribeDataSharesForConsumerMessage = {}, region?: string) => {
  const client = lab.redshift(bob, region)
  const { DataShares } = await client.send(new DescribeDataSharesForConsumerCommand(input))
  return DataShares?.find((share) => share.DataShareArn === arn(name))?.DataShareAssociations
}
const namespace = async (ClusterIdentifier: string) => {
  const { Clusters } = await lab.redshift(bob).send(new DescribeClustersCommand({ ClusterIdentifier }))
  return Clusters?.[0]?.ClusterNamespaceArn
}

test('a datashare goes from waiting over authorized to active, and back', async () => {
  expect(await outbound('orders')).toMatchObject([
    { ConsumerIdentifier: partner, Status: 'PENDING_AUTHORIZATION' },
  ])
  expect(await inbound('orders')).toBeUndefined()
  await expect(associate('orders', { AssociateEntireAccount: true })).rejects.toMatchObject({
    name: 'InvalidDataShareFault',
    message: `The datashare ${arn('orders')} isn't authorized for ${partner}.`,
  })

  const authorized = await authorize('orders', true)
  expect(authorized).toMatchObject({
    DataShareArn: arn('orders'),
    ProducerArn: `arn:aws:redshift:eu-west-1:${home}:namespace:${producer}`,
    AllowPubliclyAccessibleConsumers: false,
    DataShareAssociations: [
      { ConsumerIdentifier: partner, Status: 'AUTHORIZED', ProducerAllowedWrites: true },
    ],
  })
  expect(await inbound('orders')).toMatchObject([{ ConsumerIdentifier: partner, Status: 'AVAILABLE' }])

  const ConsumerArn = await namespace('private')
  const associated = await associate('orders', { ConsumerArn, AllowWrites: true })
  expect(associated.DataShareAssociations).toMatchObject([
    {
      ConsumerIdentifier: ConsumerArn,
      ConsumerRegion: 'eu-west-1',
      Status: 'ACTIVE',
      ProducerAllowedWrites: true,
      ConsumerAcceptedWrites: true,
    },
  ])
  expect(await outbound('orders')).toMatchObject([{ ConsumerIdentifier: partner, Status: 'ACTIVE' }])
  expect(await inbound('orders')).toMatchObject([{ ConsumerIdentifier: ConsumerArn, Status: 'ACTIVE' }])
  expect(await inbound('orders', { Status: 'AVAILABLE' })).toBeUndefined()

  await disassociate('orders', { ConsumerArn })
  expect(await outbound('orders', { Status: 'ACTIVE' })).toBeUndefined()
  expect(await inbound('orders')).toMatchObject([{ Status: 'AVAILABLE' }])
  await expect(disassociate('orders', { ConsumerArn })).rejects.toMatchObject({
    name: 'InvalidDataShareFault',
    message: `The datashare ${arn('orders')} isn't associated with ${ConsumerArn}.`,
  })
})

test('what is taken back ends at once, and can be given again', async () => {
  await expect(deauthorize('closed')).rejects.toMatchObject({ name: 'InvalidDataShareFault' })
  await authorize('closed')
  await associate('closed', { AssociateEntireAccount: true })
  const answer = await deauthorize('closed')
  expect(answer.DataShareAssociations).toMatchObject([{ Status: 'DEAUTHORIZED' }])
  expect(await inbound('closed')).toBeUndefined()
  await authorize('closed')
  expect(await inbound('closed')).toMatchObject([{ Status: 'AVAILABLE' }])
})

test('a consumer rejects what it has, and does not see it any more', async () => {
  await expect(reject('rejected')).rejects.toMatchObject({ name: 'InvalidDataShareFault' })
  await authorize('rejected')
  await reject('rejected')
  expect(await inbound('rejected')).toBeUndefined()
  expect(await outbound('rejected', { Status: 'REJECTED' })).toHaveLength(1)
  await authorize('rejected')
  expect(await inbound('rejected')).toMatchObject([{ Status: 'AVAILABLE' }])
})

test('a region is associated and shows in that region alone', async () => {
  await authorize('regional')
  await associate('regional', { ConsumerRegion: 'us-east-1' })
  expect(await inbound('regional')).toBeUndefined()
  expect(await inbound('regional', {}, 'us-east-1')).toMatchObject([
    { ConsumerIdentifier: partner, ConsumerRegion: 'us-east-1', Status: 'ACTIVE' },
  ])
  await expect(associate('regional', { ConsumerRegion: 'mars-1' })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Invalid value for ConsumerRegion: mars-1',
  })
  await expect(
    associate('regional', { ConsumerRegion: 'us-east-1', AssociateEntireAccount: true }),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
})

test('an association is made once', async () => {
  await authorize('twice')
  await associate('twice', { AssociateEntireAccount: true })
  await expect(associate('twice', { AssociateEntireAccount: true })).rejects.toMatchObject({
    message: `The datashare ${arn('twice')} is already associated with ${partner}.`,
  })
})

test('public consumers only where the producer allows them, and no unencrypted ones', async () => {
  await Promise.all([authorize('orders'), authorize('open')])
  const ConsumerArn = await namespace('public')
  await expect(associate('orders', { ConsumerArn })).rejects.toMatchObject({
    name: 'InvalidDataShareFault',
    message: `The datashare ${arn('orders')} can't be shared with publicly accessible consumers.`,
  })
  await associate('open', { ConsumerArn })
  await expect(associate('open', { ConsumerArn: await namespace('plain') })).rejects.toMatchObject({
    name: 'InvalidDataShareFault',
  })
  await expect(
    associate('open', { ConsumerArn: `arn:aws:redshift:eu-west-1:${partner}:namespace:nowhere` }),
  ).rejects.toMatchObject({ name: 'InvalidNamespaceFault' })
})

test('only the producer authorizes, and only whom it was shared with', async () => {
  const by = (ConsumerIdentifier: string, user = alice, name = 'orders') =>
    lab.redshift(user).send(new AuthorizeDataShareCommand({ DataShareArn: arn(name), ConsumerIdentifier }))
  const missing = {
    name: 'InvalidDataShareFault',
    message: expect.stringContaining("because the ARN doesn't exist."),
  }
  await expect(by(partner, bob)).rejects.toMatchObject(missing)
  await expect(by(partner, alice, 'nowhere')).rejects.toMatchObject(missing)
  await expect(by(stranger)).rejects.toMatchObject({
    message: `The datashare ${arn('orders')} isn't shared with ${stranger}.`,
  })
})

test('both sides see it in one list, and a consumer nothing of other consumers', async () => {
  const all = async (user: typeof alice, DataShareArn?: string) =>
    (await lab.redshift(user).send(new DescribeDataSharesCommand({ DataShareArn }))).DataShares ?? []
  const [used] = await all(alice, arn('used'))
  expect(used).toMatchObject({
    ManagedBy: 'ADX',
    DataShareAssociations: [{ ConsumerIdentifier: stranger, ConsumerRegion: 'us-east-1', Status: 'ACTIVE' }],
  })
  expect(await all(alice)).toHaveLength(7)
  expect((await all(bob)).map(({ DataShareArn }) => DataShareArn)).not.toContain(arn('used'))
  await expect(all(bob, arn('used'))).rejects.toMatchObject({ name: 'InvalidDataShareFault' })
})

test('a policy may name one datashare', async () => {
  const resource = arn('orders')
  await lab.control('POST', 'deny', {
    accessKeyId: carol.accessKeyId,
    action: 'redshift:AuthorizeDataShare',
    resource,
  })
  const give = (DataShareArn: string) =>
    lab.redshift(carol).send(new AuthorizeDataShareCommand({ DataShareArn, ConsumerIdentifier: partner }))
  await expect(give(resource)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`redshift:AuthorizeDataShare on resource: ${resource}`),
  })
  await give(arn('open'))
})
