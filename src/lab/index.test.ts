// The thread through the lab: official clients over HTTP, signed, answered from the world.

import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  ClusterNotFoundFault,
  DescribeClusterParametersCommand,
  DescribeClustersCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Lab, startLab } from './index.ts'
import { alice, home, testWorld } from './testing/world.ts'

let lab: Lab
const settings = () => ({ endpoint: lab.url, region: 'eu-west-1', credentials: alice })

beforeAll(async () => {
  lab = await startLab({ world: testWorld() })
})
afterAll(() => lab.stop())

test('the caller learns who it is', async () => {
  const identity = await new STSClient(settings()).send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({ Account: home, Arn: `arn:aws:iam::${home}:user/alice` })
})

test('clusters come from the world, with what AWS would give for the rest', async () => {
  const { Clusters } = await new RedshiftClient(settings()).send(new DescribeClustersCommand({}))
  expect(Clusters?.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(['sales', 'scratch', 'stock'])
  expect(Clusters?.[0]).toMatchObject({
    ClusterStatus: 'available',
    Encrypted: true,
    PubliclyAccessible: false,
  })
})

test('a missing cluster is the error class of the client', async () => {
  const call = new RedshiftClient(settings()).send(
    new DescribeClustersCommand({ ClusterIdentifier: 'nowhere' }),
  )
  await expect(call).rejects.toBeInstanceOf(ClusterNotFoundFault)
})

test('a parameter set in the world has the user as its source', async () => {
  const command = new DescribeClusterParametersCommand({ ParameterGroupName: 'strict', Source: 'user' })
  const { Parameters } = await new RedshiftClient(settings()).send(command)
  expect(Parameters).toMatchObject([
    { ParameterName: 'require_ssl', ParameterValue: 'true', ApplyType: 'static' },
  ])
})

test('regions are those the account can use', async () => {
  const { Regions } = await new EC2Client(settings()).send(new DescribeRegionsCommand({}))
  const names = Regions?.map(({ RegionName }) => RegionName)
  expect(names).toContain('me-south-1')
  expect(names).not.toContain('af-south-1')
})

test('a world that contradicts itself is refused in one sentence', async () => {
  const world = testWorld()
  const [account] = Object.values(world.accounts)
  if (account) account.regions['eu-west-9'] = {}
  await expect(startLab({ world })).rejects.toThrow(`account ${home} names the unknown region eu-west-9`)
})

test('a world is of the moment it begins at, to the millisecond, however busy the machine and fast the time', async () => {
  let moment = Date.now()
  // Between any two looks at the machine's clock something else had its turn.
  vi.spyOn(Date, 'now').mockImplementation(() => {
    moment += 7
    return moment
  })
  try {
    const busy = await startLab({ world: testWorld(), now: '2026-11-22T12:00:00.802Z', speed: 300 })
    await busy.stop()
    const { redshift } = busy.state.accounts.get(home)?.regions.get('eu-west-1') ?? {}
    // Ninety days old when nothing else is said.
    const created = redshift?.clusters.get('sales')?.facts.ClusterCreateTime
    expect(created?.toISOString()).toBe('2026-08-24T12:00:00.802Z')
  } finally {
    vi.restoreAllMocks()
  }
})
