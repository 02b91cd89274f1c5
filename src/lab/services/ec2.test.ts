// EC2's regions through the SDK.

import { DescribeRegionsCommand, type DescribeRegionsRequest } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import { useLab } from '../testing/lab.ts'
import { alice } from '../testing/world.ts'

const lab = useLab()

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

test('what is not modelled is refused', async () => {
  await expect(regions({ Filters: [{ Name: 'region-name', Values: ['eu-*'] }] })).rejects.toThrow(
    'without Filters',
  )
})
