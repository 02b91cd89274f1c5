// What belongs to workgroups and the wire through the SDK: limits, endpoints, tags, credentials, and times as JSON.

import {
  CreateEndpointAccessCommand,
  CreateReservationCommand,
  CreateUsageLimitCommand,
  DeleteEndpointAccessCommand,
  DeleteUsageLimitCommand,
  GetCredentialsCommand,
  GetEndpointAccessCommand,
  GetNamespaceCommand,
  GetReservationCommand,
  GetScheduledActionCommand,
  GetUsageLimitCommand,
  GetWorkgroupCommand,
  ListCustomDomainAssociationsCommand,
  ListEndpointAccessCommand,
  ListManagedWorkgroupsCommand,
  ListReservationsCommand,
  ListScheduledActionsCommand,
  ListTagsForResourceCommand,
  ListUsageLimitsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEndpointAccessCommand,
  UpdateUsageLimitCommand,
} from '@aws-sdk/client-redshift-serverless'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { signedRequest } from '#lab/testing/signed.ts'
import { home } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(serverlessWorld)

const workgroup = async () =>
  (await lab.serverless().send(new GetWorkgroupCommand({ workgroupName: 'sales-wg' }))).workgroup

async function raw(operation: string, input: object): Promise<Record<string, unknown>> {
  const body = JSON.stringify(input)
  const extra = {
    'x-amz-target': `RedshiftServerless.${operation}`,
    'content-type': 'application/x-amz-json-1.1',
  }
  const { url, headers } = signedRequest(lab.lab.url, { body, extra, service: 'redshift-serverless' })
  const response = await fetch(url, { method: 'POST', headers, body })
  return (await response.json()) as Record<string, unknown>
}

test('times are texts in some members and numbers in others', async () => {
  const { namespace } = (await raw('GetNamespace', { namespaceName: 'sales' })) as {
    namespace: Record<string, unknown>
  }
  expect(namespace.creationDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  const { expiration } = await raw('GetCredentials', { workgroupName: 'sales-wg' })
  expect(expiration).toBe(Math.floor(lab.lab.clock.now()) / 1_000 + 900)
})

test('an error has its members on the wire', async () => {
  expect(await raw('GetNamespace', { namespaceName: 'mars' })).toEqual({
    __type: 'ResourceNotFoundException',
    message: 'Serverless namespace mars not found.',
    resourceName: 'mars',
  })
})

test('credentials last as long as asked, and say who logs in', async () => {
  const answer = await lab
    .serverless()
    .send(new GetCredentialsCommand({ workgroupName: 'sales-wg', dbName: 'dev', durationSeconds: 3_600 }))
  expect(answer).toMatchObject({ dbUser: 'IAM:alice', expiration: new Date(lab.lab.clock.now() + 3_600_000) })
  expect(answer.dbPassword?.length).toBeGreaterThan(20)
  for (const durationSeconds of [899, 3_601])
    await expect(
      lab.serverless().send(new GetCredentialsCommand({ workgroupName: 'sales-wg', durationSeconds })),
    ).rejects.toMatchObject({ name: 'ValidationException' })
  await expect(lab.serverless().send(new GetCredentialsCommand({}))).rejects.toThrow(
    'Specify either workgroupName or customDomainName.',
  )
  const { Credentials: role } = await lab
    .sts()
    .send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${home}:role/operator`, RoleSessionName: 'night' }))
  const session = {
    accessKeyId: role?.AccessKeyId ?? '',
    secretAccessKey: role?.SecretAccessKey ?? '',
    sessionToken: role?.SessionToken ?? '',
  }
  const byRole = await lab.serverless(session).send(new GetCredentialsCommand({ workgroupName: 'sales-wg' }))
  expect(byRole.dbUser).toBe('IAMR:operator')
})

test('usage limits are kept per workgroup', async () => {
  const resourceArn = (await workgroup())?.workgroupArn
  const { usageLimit } = await lab
    .serverless()
    .send(new CreateUsageLimitCommand({ resourceArn, usageType: 'serverless-compute', amount: 60 }))
  expect(usageLimit).toMatchObject({ amount: 60, period: 'monthly', breachAction: 'log', resourceArn })
  const usageLimitId = usageLimit?.usageLimitId
  await lab
    .serverless()
    .send(new UpdateUsageLimitCommand({ usageLimitId, amount: 90, breachAction: 'deactivate' }))
  const known = await lab.serverless().send(new GetUsageLimitCommand({ usageLimitId }))
  expect(known.usageLimit).toMatchObject({ amount: 90, breachAction: 'deactivate', period: 'monthly' })
  const listed = await lab.serverless().send(new ListUsageLimitsCommand({ resourceArn }))
  expect(listed.usageLimits).toEqual([known.usageLimit])
  const other = await lab
    .serverless()
    .send(new ListUsageLimitsCommand({ usageType: 'cross-region-datasharing' }))
  expect(other.usageLimits).toEqual([])
  await expect(
    lab
      .serverless()
      .send(new CreateUsageLimitCommand({ resourceArn, usageType: 'serverless-compute', amount: 0 })),
  ).rejects.toThrow('The amount of a usage limit must be a positive number.')
  await lab.serverless().send(new DeleteUsageLimitCommand({ usageLimitId }))
  await expect(lab.serverless().send(new GetUsageLimitCommand({ usageLimitId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('endpoints of other VPCs come, change and go', async () => {
  const subnetIds = (await workgroup())?.subnetIds
  const make = { endpointName: 'side-door', workgroupName: 'sales-wg', subnetIds }
  const { endpoint } = await lab.serverless().send(new CreateEndpointAccessCommand(make))
  expect(endpoint).toMatchObject({
    endpointStatus: 'CREATING',
    port: 5439,
    workgroupName: 'sales-wg',
    subnetIds,
  })
  await expect(lab.serverless().send(new CreateEndpointAccessCommand(make))).rejects.toMatchObject({
    name: 'ConflictException',
  })
  const get = async () =>
    (await lab.serverless().send(new GetEndpointAccessCommand({ endpointName: 'side-door' }))).endpoint
  lab.move('3m')
  expect((await get())?.endpointStatus).toBe('ACTIVE')
  const vpcId = (await get())?.vpcEndpoint?.vpcId
  const listed = await lab.serverless().send(new ListEndpointAccessCommand({ vpcId }))
  expect(listed.endpoints).toHaveLength(1)
  await lab.serverless().send(new UpdateEndpointAccessCommand({ endpointName: 'side-door' }))
  expect((await get())?.endpointStatus).toBe('MODIFYING')
  const remove = () => lab.serverless().send(new DeleteEndpointAccessCommand({ endpointName: 'side-door' }))
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' })
  lab.move('3m')
  expect((await remove()).endpoint?.endpointStatus).toBe('DELETING')
  lab.move('3m')
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException', resourceName: 'side-door' })
  await expect(
    lab.serverless().send(new CreateEndpointAccessCommand({ ...make, endpointName: 'a--b' })),
  ).rejects.toThrow("The endpoint name a--b isn't valid.")
})

test('tags are added, replaced and taken away', async () => {
  const { namespace } = await lab.serverless().send(new GetNamespaceCommand({ namespaceName: 'sales' }))
  const resourceArn = namespace?.namespaceArn
  const tags = async () => (await lab.serverless().send(new ListTagsForResourceCommand({ resourceArn }))).tags
  expect(await tags()).toEqual([{ key: 'team', value: 'sales' }])
  const more = [
    { key: 'team', value: 'stock' },
    { key: 'stage', value: 'live' },
  ]
  await lab.serverless().send(new TagResourceCommand({ resourceArn, tags: more }))
  expect(await tags()).toEqual(more)
  await lab.serverless().send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
  expect(await tags()).toEqual([{ key: 'stage', value: 'live' }])
  const many = Array.from({ length: 200 }, (_, index) => ({ key: `key-${index}`, value: '' }))
  await expect(
    lab.serverless().send(new TagResourceCommand({ resourceArn, tags: many })),
  ).rejects.toMatchObject({
    name: 'TooManyTagsException',
  })
  await expect(
    lab.serverless().send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}x` })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('of some things there are none, and making them is not modelled', async () => {
  const client = lab.serverless()
  expect((await client.send(new ListCustomDomainAssociationsCommand({}))).associations).toEqual([])
  expect((await client.send(new ListScheduledActionsCommand({}))).scheduledActions).toEqual([])
  expect((await client.send(new ListReservationsCommand({}))).reservationsList).toEqual([])
  expect((await client.send(new ListManagedWorkgroupsCommand({}))).managedWorkgroups).toEqual([])
  await expect(client.send(new GetReservationCommand({ reservationId: 'r' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(
    client.send(new GetScheduledActionCommand({ scheduledActionName: 'nightly' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(
    client.send(new CreateReservationCommand({ capacity: 8, offeringId: 'o' })),
  ).rejects.toMatchObject({ name: 'UnknownOperationException' })
})
