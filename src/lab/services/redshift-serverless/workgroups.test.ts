// Workgroups through the SDK: what they are made with, one property a change, and what is refused.

import { DescribeSubnetsCommand, ModifyVpcBlockPublicAccessOptionsCommand } from '@aws-sdk/client-ec2'
import {
  CreateNamespaceCommand,
  CreateWorkgroupCommand,
  type CreateWorkgroupCommandInput,
  DeleteWorkgroupCommand,
  GetNamespaceCommand,
  GetTrackCommand,
  GetWorkgroupCommand,
  ListTracksCommand,
  ListWorkgroupsCommand,
  UpdateWorkgroupCommand,
  type UpdateWorkgroupCommandInput,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, partner } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(serverlessWorld)

const get = async (workgroupName: string) =>
  (await lab.serverless().send(new GetWorkgroupCommand({ workgroupName }))).workgroup

const create = (more: Partial<CreateWorkgroupCommandInput>) =>
  lab
    .serverless()
    .send(new CreateWorkgroupCommand({ workgroupName: 'lonely-wg', namespaceName: 'lonely', ...more }))

const update = (change: Omit<UpdateWorkgroupCommandInput, 'workgroupName'>, workgroupName = 'sales-wg') =>
  lab.serverless().send(new UpdateWorkgroupCommand({ workgroupName, ...change }))

const parameter = (parameterKey: string, parameterValue: string) => [{ parameterKey, parameterValue }]

const settingOf = async (key: string) =>
  (await get('sales-wg'))?.configParameters?.find(({ parameterKey }) => parameterKey === key)?.parameterValue

test('a workgroup that says nothing is private, demands TLS and stands in the default VPC', async () => {
  const subnets = await lab.ec2().send(new DescribeSubnetsCommand({}))
  const workgroup = await get('sales-wg')
  expect(workgroup).toMatchObject({
    workgroupArn: `arn:aws:redshift-serverless:eu-west-1:${home}:workgroup/${workgroup?.workgroupId}`,
    namespaceName: 'sales',
    status: 'AVAILABLE',
    baseCapacity: 128,
    enhancedVpcRouting: false,
    publiclyAccessible: false,
    port: 5439,
    trackName: 'current',
    ipAddressType: 'ipv4',
    configParameters: [
      ...parameter('auto_mv', 'true'),
      ...parameter('datestyle', 'ISO, MDY'),
      ...parameter('enable_case_sensitive_identifier', 'false'),
      ...parameter('enable_user_activity_logging', 'true'),
      ...parameter('max_query_execution_time', '14400'),
      ...parameter('query_group', 'default'),
      ...parameter('require_ssl', 'true'),
      ...parameter('search_path', '$user, public'),
      ...parameter('use_fips_ssl', 'false'),
    ],
  })
  expect([...(workgroup?.subnetIds ?? [])].sort()).toEqual(
    subnets.Subnets?.map(({ SubnetId }) => SubnetId).sort(),
  )
  expect(workgroup?.endpoint).toMatchObject({
    address: `sales-wg.${home}.eu-west-1.redshift-serverless.amazonaws.com`,
    port: 5439,
    vpcEndpoints: [{ vpcId: subnets.Subnets?.[0]?.VpcId }],
  })
  expect((await get('secret-wg'))?.publiclyAccessible).toBe(true)
})

test('creating takes time, and a namespace has one workgroup', async () => {
  await lab.serverless().send(new CreateNamespaceCommand({ namespaceName: 'fresh' }))
  const { workgroup } = await create({ workgroupName: 'fresh-wg', namespaceName: 'fresh', baseCapacity: 8 })
  expect(workgroup).toMatchObject({ status: 'CREATING', baseCapacity: 8, endpoint: { vpcEndpoints: [] } })
  const at = { namespaceName: 'fresh' }
  await expect(create({ ...at, workgroupName: 'fresh-wg' })).rejects.toThrow(
    'The workgroup fresh-wg already exists.',
  )
  await expect(create({ workgroupName: 'second', namespaceName: 'sales' })).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'The namespace sales is associated with a workgroup already.',
  })
  await expect(
    lab.serverless().send(new DeleteWorkgroupCommand({ workgroupName: 'fresh-wg' })),
  ).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'There is an operation running on the workgroup. Try deleting the workgroup again later.',
  })
  lab.move('4m')
  expect((await get('fresh-wg'))?.status).toBe('AVAILABLE')
  // Neither a snapshot nor a recovery point is there yet.
  await expect(update({ baseCapacity: 16 }, 'fresh-wg')).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      'Failed to update the RPU capacity for Serverless workgroup. Wait until at least one snapshot exists and retry.',
  })
  lab.move('5m')
  await expect(update({ baseCapacity: 16 }, 'fresh-wg')).resolves.toBeDefined()
})

test.each<[string, Partial<CreateWorkgroupCommandInput>, string]>([
  ['no TLS', { configParameters: parameter('require_ssl', 'false') }, 'require_ssl set to false'],
  [
    'an unknown parameter',
    { configParameters: parameter('color', 'red') },
    "The parameter key color isn't supported.",
  ],
  ['a bad value', { configParameters: parameter('auto_mv', 'maybe') }, "maybe isn't valid"],
  [
    'limits beside WLM',
    {
      configParameters: [
        ...parameter('wlm_json_configuration', '[]'),
        ...parameter('max_scan_row_count', '5'),
      ],
    },
    'together with query monitoring metrics',
  ],
  ['an odd capacity', { baseCapacity: 12 }, 'The base capacity must be'],
  ['a base above the maximum', { baseCapacity: 64, maxCapacity: 32 }, 'must not be greater than the maximum'],
  [
    'a base beside a target',
    { baseCapacity: 64, pricePerformanceTarget: { status: 'ENABLED', level: 50 } },
    'You cannot set the base capacity',
  ],
  [
    'an odd level',
    { pricePerformanceTarget: { status: 'ENABLED', level: 51 } },
    'must be one of 1, 25, 50, 75 and 100',
  ],
  ['a port outside the ranges', { port: 5430 }, 'Valid port ranges are 5431-5455 and 8191-8215.'],
  ['a strange address type', { ipAddressType: 'ipv6' }, "'ipAddressType'"],
  ['an unknown subnet', { subnetIds: ['subnet-1'] }, "The subnet subnet-1 doesn't exist."],
  ['an unknown group', { securityGroupIds: ['sg-1'] }, "The security group sg-1 doesn't exist."],
  ['an unknown track', { trackName: 'side' }, "The track side doesn't exist."],
])('%s is refused', async (_what, more, message) => {
  await expect(create(more)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
})

test('one property a request, which takes time', async () => {
  await expect(update({ publiclyAccessible: false, enhancedVpcRouting: true })).rejects.toMatchObject({
    name: 'ValidationException',
    message: "Can't update multiple configurations at the same time for workgroup sales-wg.",
  })
  await expect(update({})).rejects.toMatchObject({ name: 'ValidationException' })
  const { workgroup } = await update({ publiclyAccessible: true })
  expect(workgroup).toMatchObject({ status: 'MODIFYING', publiclyAccessible: false })
  await expect(update({ enhancedVpcRouting: true })).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'There is an operation running on the workgroup. Try updating the workgroup again later.',
  })
  lab.move('3m')
  expect(await get('sales-wg')).toMatchObject({ status: 'AVAILABLE', publiclyAccessible: true })
})

test('TLS can be taken away later, other parameters keep their values', async () => {
  await update({ configParameters: parameter('enable_user_activity_logging', 'FALSE') })
  lab.move('3m')
  expect(await settingOf('enable_user_activity_logging')).toBe('false')
  await update({ configParameters: parameter('require_ssl', 'false') })
  expect(await settingOf('require_ssl')).toBe('true')
  lab.move('3m')
  expect(await settingOf('require_ssl')).toBe('false')
  expect(await settingOf('enable_user_activity_logging')).toBe('false')
})

test.each<[Omit<UpdateWorkgroupCommandInput, 'workgroupName'>, object]>([
  [{ baseCapacity: 512 }, { baseCapacity: 512 }],
  [{ maxCapacity: 544 }, { maxCapacity: 544 }],
  [{ enhancedVpcRouting: true }, { enhancedVpcRouting: true }],
  [{ port: 8200 }, { port: 8200, endpoint: { port: 8200 } }],
  [{ ipAddressType: 'dualstack' }, { ipAddressType: 'dualstack' }],
  [{ trackName: 'trailing' }, { trackName: 'current', pendingTrackName: 'trailing' }],
  [{ extraComputeForAutomaticOptimization: true }, { extraComputeForAutomaticOptimization: true }],
  [{ pricePerformanceTarget: { status: 'ENABLED', level: 75 } }, { pricePerformanceTarget: { level: 75 } }],
])('%o is applied', async (change, expected) => {
  await update(change)
  lab.move('3m')
  expect(await get('sales-wg')).toMatchObject(expected)
})

test('capacities and targets hold each other', async () => {
  await expect(update({ baseCapacity: 8 })).rejects.toThrow('You cannot set the base capacity')
  await expect(update({ maxCapacity: 8 })).rejects.toThrow('must not be greater than the maximum capacity')
  await update({ maxCapacity: -1 })
  lab.move('3m')
  expect(await get('sales-wg')).not.toHaveProperty('maxCapacity')
  await expect(update({ maxCapacity: -1 })).rejects.toThrow('There is no maximum capacity to remove.')
})

test('VPC Block Public Access keeps workgroups private', async () => {
  await lab
    .ec2()
    .send(new ModifyVpcBlockPublicAccessOptionsCommand({ InternetGatewayBlockMode: 'block-bidirectional' }))
  await expect(create({ publiclyAccessible: true })).rejects.toThrow(/VPC Block Public Access is turned on/)
  await expect(update({ publiclyAccessible: true })).rejects.toThrow(/VPC Block Public Access is turned on/)
})

test('a deleted workgroup leaves the data', async () => {
  await lab.serverless().send(new DeleteWorkgroupCommand({ workgroupName: 'open-wg' }))
  expect((await get('open-wg'))?.status).toBe('DELETING')
  lab.move('4m')
  const { workgroups } = await lab.serverless().send(new ListWorkgroupsCommand({}))
  expect(workgroups?.map(({ workgroupName }) => workgroupName)).toEqual(['fresh-wg', 'sales-wg', 'secret-wg'])
  const { namespace } = await lab.serverless().send(new GetNamespaceCommand({ namespaceName: 'open' }))
  expect(namespace?.status).toBe('AVAILABLE')
  const others = await lab.serverless().send(new ListWorkgroupsCommand({ ownerAccount: partner }))
  expect(others.workgroups).toEqual([])
})

test('there are two tracks', async () => {
  const { tracks } = await lab.serverless().send(new ListTracksCommand({}))
  expect(tracks?.map(({ trackName }) => trackName)).toEqual(['current', 'trailing'])
  const { track } = await lab.serverless().send(new GetTrackCommand({ trackName: 'current' }))
  expect(track?.updateTargets).toEqual([{ trackName: 'trailing', workgroupVersion: '1.0.106452' }])
  await expect(lab.serverless().send(new GetTrackCommand({ trackName: 'side' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})
