// EC2, as far as Redoubt needs it: which regions there are.

import type * as client from '@aws-sdk/client-ec2'
// Only what is named here ends up in a bundle; the whole of EC2's schemas is 28 MB.
import { DescribeRegions$ } from '@aws-sdk/client-ec2'
import { needsOptIn, type Partition, regionNames } from '../regions.ts'
import type { Account } from '../state.ts'
import { common } from '../wire/errors.ts'
import { type Operations, paired, type Service } from '../wire/operations.ts'
import { ec2Query } from '../wire/protocol.ts'

const suffixes: Record<Partition, string> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
}

const operations = {
  DescribeRegions({ RegionNames, AllRegions, Filters, DryRun }, { account }) {
    if (DryRun || Filters?.length)
      throw common('InvalidParameterValue', 'The lab answers DescribeRegions without Filters and DryRun.')
    const known = regionNames(account.partition)
    const unknown = RegionNames?.find((name) => !known.includes(name))
    // Code: "Error codes for the Amazon EC2 API", InvalidParameterValue.
    if (unknown !== undefined)
      throw common('InvalidParameterValue', `Invalid region names (${unknown}) provided`)
    const wanted = RegionNames?.length ? RegionNames : known
    const regions = wanted.map((name) => describe(account, name))
    return { Regions: regions.filter(({ OptInStatus }) => AllRegions || OptInStatus !== 'not-opted-in') }
  },
} satisfies Operations<typeof client>

// An account has opted in to exactly those opt-in regions its world puts something into.
function describe(account: Account, name: string) {
  const optIn = needsOptIn(account.partition, name)
  const OptInStatus = !optIn ? 'opt-in-not-required' : account.optedIn.has(name) ? 'opted-in' : 'not-opted-in'
  return { RegionName: name, Endpoint: `ec2.${name}.${suffixes[account.partition]}`, OptInStatus }
}

/** Amazon EC2. */
export const ec2: Service = {
  name: 'ec2',
  protocol: ec2Query({
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15',
    defaultNamespace: 'com.amazonaws.ec2',
  }),
  operations: paired(operations, { DescribeRegions$ }),
  resourceOf: () => '*',
  refusal: 'UnauthorizedOperation',
}
