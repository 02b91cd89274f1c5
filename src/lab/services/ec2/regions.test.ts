// EC2's regions through the SDK.

import {
  DescribeAvailabilityZonesCommand,
  DescribeRegionsCommand,
  type DescribeRegionsRequest,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  for (const account of Object.values(world.accounts))
    for (const name of Object.keys(account.regions)) account.regions[name] = {}
  return world
})

async function regions(input: DescribeRegionsRequest = {}) {
  const { Regions = [] } = await lab.ec2(alice).send(new DescribeRegionsCommand(input))
  return new Map(Regions.map(({ RegionName, OptInStatus }) => [RegionName, OptInStatus]))
}

test('without being asked for all, those the account can use', async () => {
  const usable = await regions()
  expect(usable.size).toBe(18)
  expect(usable.get('eu-west-1')).toBe('opt-in-not-required')
  expect(usable.get('me-south-1')).toBe('opted-in')
})

test('all of them say whether the account has opted in', async () => {
  const all = await regions({ AllRegions: true })
  expect(all.size).toBe(34)
  expect(all.get('af-south-1')).toBe('not-opted-in')
})

test('some by name', async () => {
  expect([...(await regions({ RegionNames: ['us-east-1', 'eu-west-1'] })).keys()]).toEqual([
    'us-east-1',
    'eu-west-1',
  ])
  await expect(regions({ RegionNames: ['eu-west-9'] })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  })
})

test('filters, with wildcards', async () => {
  const filtered = (Name: string, ...Values: string[]) =>
    regions({ AllRegions: true, Filters: [{ Name, Values }] })
  expect([...(await filtered('region-name', 'eu-west-*', 'us-east-?')).keys()]).toEqual([
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'us-east-1',
    'us-east-2',
  ])
  expect([...(await filtered('opt-in-status', 'opted-in')).keys()]).toEqual(['me-south-1'])
  expect([...(await filtered('endpoint', 'ec2.eu-west-1.amazonaws.com')).keys()]).toEqual(['eu-west-1'])
  await expect(filtered('colour', 'blue')).rejects.toThrow("The filter 'colour' is invalid")
})

test('a dry run says that it would have succeeded', async () => {
  await expect(regions({ DryRun: true })).rejects.toMatchObject({
    name: 'DryRunOperation',
    message: 'Request would have succeeded, but DryRun flag is set.',
    $metadata: { httpStatusCode: 412 },
  })
})

test('a region has three zones', async () => {
  const { AvailabilityZones } = await lab.ec2(alice).send(new DescribeAvailabilityZonesCommand({}))
  expect(AvailabilityZones?.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId])).toEqual([
    ['eu-west-1a', 'euw1-az1'],
    ['eu-west-1b', 'euw1-az2'],
    ['eu-west-1c', 'euw1-az3'],
  ])
})
