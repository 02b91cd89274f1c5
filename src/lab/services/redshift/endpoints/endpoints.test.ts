// Redshift-managed VPC endpoints through the SDK, from the account of the cluster and from the one that connects.

import {
  AuthorizeEndpointAccessCommand,
  CreateEndpointAccessCommand,
  DeleteEndpointAccessCommand,
  DescribeEndpointAccessCommand,
  DescribeEndpointAuthorizationCommand,
  ModifyEndpointAccessCommand,
  RevokeEndpointAccessCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, partner, testWorld } from '#lab/testing/world.ts'

const vpc = 'vpc-0a1b2c3d4e5f60001'
const stranger = '999988887777'
const relocatable = { AvailabilityZoneRelocationStatus: 'enabled' }
const named = ['shared', 'narrow', 'busy', 'full', 'crowded']

const lab = useLab(() => {
  const world = testWorld()
  const here = world.accounts[home]?.regions['eu-west-1']
  if (here) {
    here.clusters?.push(
      ...named.map((ClusterIdentifier) => ({ ClusterIdentifier, ...relocatable })),
      { ClusterIdentifier: 'odd', ...relocatable, Endpoint: { Address: 'odd.example', Port: 6000 } },
      { ClusterIdentifier: 'two-zones', MultiAZ: 'Enabled' },
    )
    here.endpointAuthorizations = [
      {
        ClusterIdentifier: 'sales',
        Grantee: stranger,
        AllowedVPCs: [vpc],
        AuthorizeTime: '-5d',
        EndpointCount: 2,
      },
    ]
  }
  return world
})

const authorize = (ClusterIdentifier: string, VpcIds?: string[], Account = partner) =>
  lab.redshift().send(new AuthorizeEndpointAccessCommand({ ClusterIdentifier, Account, VpcIds }))
const revoke = (ClusterIdentifier: string, more: { VpcIds?: string[]; Force?: boolean } = {}) =>
  lab.redshift().send(new RevokeEndpointAccessCommand({ ClusterIdentifier, Account: partner, ...more }))
const create = (ClusterIdentifier: string, EndpointName: string, user = bob, ResourceOwner = home) =>
  lab.redshift(user).send(
    new CreateEndpointAccessCommand({
      ClusterIdentifier,
      EndpointName,
      ResourceOwner,
      SubnetGroupName: 'default',
    }),
  )
const authorizations = async (user: typeof alice, input: object = {}) =>
  (await lab.redshift(user).send(new DescribeEndpointAuthorizationCommand(input)))
    .EndpointAuthorizationList ?? []
const endpoints = async (user: typeof alice, input: object = {}) =>
  (await lab.redshift(user).send(new DescribeEndpointAccessCommand(input))).EndpointAccessList ?? []

test('an authorization is seen by both sides, and made once', async () => {
  const made = await authorize('shared')
  expect(made).toMatchObject({
    Grantor: home,
    Grantee: partner,
    ClusterIdentifier: 'shared',
    ClusterStatus: 'available',
    Status: 'Authorized',
    AllowedAllVPCs: true,
    EndpointCount: 0,
  })
  const theirs = await authorizations(bob, { Grantee: true, Account: home, ClusterIdentifier: 'shared' })
  expect(theirs).toMatchObject([{ Grantor: home, Grantee: partner, ClusterIdentifier: 'shared' }])
  expect(await authorizations(bob)).toEqual([])
  expect(await authorizations(alice, { ClusterIdentifier: 'shared' })).toHaveLength(1)
  await expect(authorize('shared')).rejects.toMatchObject({
    name: 'EndpointAuthorizationAlreadyExistsFault',
    message: 'The authorization already exists for this endpoint.',
  })
})

test('a seeded authorization is there, and its endpoints are counted', async () => {
  const now = Date.parse(String((await lab.control('GET', 'clock')).body.now))
  const [seeded] = await authorizations(alice, { ClusterIdentifier: 'sales' })
  expect(seeded).toMatchObject({
    Grantee: stranger,
    AllowedAllVPCs: false,
    AllowedVPCs: [vpc],
    EndpointCount: 2,
  })
  expect(now - Number(seeded?.AuthorizeTime)).toBeGreaterThan(5 * 86_400_000 - 2000)
})

test('whoever is let in makes an endpoint, which takes its time', async () => {
  await expect(create('busy', 'early')).rejects.toMatchObject({
    name: 'AccessToClusterDeniedFault',
    message: 'You are not authorized to access the cluster.',
  })
  await authorize('busy')
  const made = await create('busy', 'reports')
  expect(made).toMatchObject({
    ClusterIdentifier: 'busy',
    ResourceOwner: home,
    EndpointName: 'reports',
    EndpointStatus: 'creating',
    Port: 5439,
    SubnetGroupName: 'default',
  })
  expect(made.Address).toMatch(/^reports-endpoint-[0-9a-f]+\..*eu-west-1\.redshift\.amazonaws\.com$/)
  expect(made.VpcEndpoint?.VpcEndpointId).toMatch(/^vpce-[0-9a-f]{17}$/)
  await expect(create('busy', 'reports')).rejects.toMatchObject({ name: 'EndpointAlreadyExistsFault' })
  const remove = () => lab.redshift(bob).send(new DeleteEndpointAccessCommand({ EndpointName: 'reports' }))
  await expect(remove()).rejects.toMatchObject({ name: 'InvalidEndpointStateFault' })
  lab.move('3m')
  expect(await endpoints(bob, { ClusterIdentifier: 'busy' })).toMatchObject([{ EndpointStatus: 'active' }])
  expect(await authorizations(alice, { ClusterIdentifier: 'busy' })).toMatchObject([{ EndpointCount: 1 }])
  const changed = await lab.redshift(bob).send(
    new ModifyEndpointAccessCommand({
      EndpointName: 'reports',
      VpcSecurityGroupIds: ['sg-0a1b2c3d4e5f60001'],
    }),
  )
  expect(changed).toMatchObject({
    EndpointStatus: 'modifying',
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60001', Status: 'active' }],
  })
  lab.move('3m')
  expect(await remove()).toMatchObject({ EndpointStatus: 'deleting' })
  lab.move('3m')
  await expect(endpoints(bob, { EndpointName: 'reports' })).rejects.toMatchObject({
    name: 'EndpointNotFoundFault',
  })
})

test('only the VPCs that are allowed, and more may follow', async () => {
  await authorize('narrow', [vpc])
  await expect(create('narrow', 'inside')).rejects.toMatchObject({ name: 'AccessToClusterDeniedFault' })
  const [mine] = await endpoints(bob)
  expect(mine).toBeUndefined()
  const other = 'vpc-0a1b2c3d4e5f60002'
  expect(await authorize('narrow', [other])).toMatchObject({ AllowedVPCs: [vpc, other] })
  expect(await revoke('narrow', { VpcIds: [vpc] })).toMatchObject({
    Status: 'Authorized',
    AllowedVPCs: [other],
  })
  await expect(revoke('narrow', { VpcIds: [vpc] })).rejects.toMatchObject({
    name: 'InvalidAuthorizationStateFault',
  })
})

test('a revocation needs force where there are endpoints, and takes them along', async () => {
  await create('shared', 'doomed')
  lab.move('3m')
  await expect(revoke('shared')).rejects.toMatchObject({ name: 'InvalidAuthorizationStateFault' })
  expect(await revoke('shared', { Force: true })).toMatchObject({ Status: 'Revoking' })
  expect(await endpoints(bob, { EndpointName: 'doomed' })).toMatchObject([{ EndpointStatus: 'deleting' }])
  lab.move('3m')
  expect(await authorizations(alice, { ClusterIdentifier: 'shared' })).toEqual([])
  expect(await endpoints(bob)).toEqual([])
  await expect(revoke('shared')).rejects.toMatchObject({ name: 'EndpointAuthorizationNotFoundFault' })
})

test('a cluster has ten grantees, an authorization ten endpoints', async () => {
  for (let index = 0; index < 10; index += 1) await authorize('full', undefined, `50000000000${index}`)
  await expect(authorize('full')).rejects.toMatchObject({
    name: 'EndpointAuthorizationsPerClusterLimitExceededFault',
  })
  await authorize('crowded')
  for (let index = 0; index < 10; index += 1) await create('crowded', `many-${index}`)
  await expect(create('crowded', 'one-more')).rejects.toMatchObject({
    name: 'EndpointsPerAuthorizationLimitExceededFault',
  })
  for (let index = 0; index < 20; index += 1) await create('crowded', `own-${index}`, alice)
  await expect(create('crowded', 'own-more', alice)).rejects.toMatchObject({
    name: 'EndpointsPerClusterLimitExceededFault',
  })
})

test('a cluster must be one that endpoints can lead to', async () => {
  const refused = { name: 'UnsupportedOperationFault' }
  await expect(create('scratch', 'old-nodes', alice)).rejects.toMatchObject(refused)
  await expect(create('odd', 'port', alice)).rejects.toMatchObject({
    ...refused,
    message: "Redshift-managed VPC endpoints aren't supported on port 6000.",
  })
  await expect(create('stock', 'fixed', alice)).rejects.toMatchObject({
    ...refused,
    message: 'To use Redshift-managed VPC endpoints, turn on cluster relocation or Multi-AZ for the cluster.',
  })
  await create('two-zones', 'fine', alice)
  await expect(create('two-zones', 'not--fine', alice)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  })
  await expect(create('nowhere', 'fine', alice)).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
})
