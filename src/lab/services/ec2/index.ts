// Amazon EC2 as far as a scan reads it: regions, networks, and who may talk to whom in them.

// Only what is named here ends up in a bundle; the whole of EC2's schemas is 28 MB.
import {
  AuthorizeSecurityGroupEgress$,
  AuthorizeSecurityGroupIngress$,
  CreateSecurityGroup$,
  DeleteSecurityGroup$,
  DescribeAddresses$,
  DescribeAvailabilityZones$,
  DescribeInternetGateways$,
  DescribeManagedPrefixLists$,
  DescribeNetworkInterfaces$,
  DescribeRegions$,
  DescribeRouteTables$,
  DescribeSecurityGroupRules$,
  DescribeSecurityGroups$,
  DescribeSubnets$,
  DescribeVpcBlockPublicAccessOptions$,
  DescribeVpcs$,
  GetManagedPrefixListEntries$,
  ModifyVpcBlockPublicAccessOptions$,
  RevokeSecurityGroupEgress$,
  RevokeSecurityGroupIngress$,
} from '@aws-sdk/client-ec2'
import { paired, type Service } from '#lab/wire/operations.ts'
import { ec2Query } from '#lab/wire/protocol.ts'
import { blockOperations } from './block-public-access.ts'
import { ruleOperations } from './change-rules.ts'
import { dryRun } from './errors.ts'
import { groupOperations } from './groups.ts'
import { interfaceOperations } from './interfaces.ts'
import { prefixListOperations } from './prefix-lists.ts'
import { regionOperations } from './regions.ts'
import { seedNetwork } from './seed.ts'
import { vpcOperations } from './vpcs.ts'

const operations = paired(
  {
    ...regionOperations,
    ...vpcOperations,
    ...groupOperations,
    ...ruleOperations,
    ...prefixListOperations,
    ...interfaceOperations,
    ...blockOperations,
  },
  {
    AuthorizeSecurityGroupEgress$,
    AuthorizeSecurityGroupIngress$,
    CreateSecurityGroup$,
    DeleteSecurityGroup$,
    DescribeAddresses$,
    DescribeAvailabilityZones$,
    DescribeInternetGateways$,
    DescribeManagedPrefixLists$,
    DescribeNetworkInterfaces$,
    DescribeRegions$,
    DescribeRouteTables$,
    DescribeSecurityGroupRules$,
    DescribeSecurityGroups$,
    DescribeSubnets$,
    DescribeVpcBlockPublicAccessOptions$,
    DescribeVpcs$,
    GetManagedPrefixListEntries$,
    ModifyVpcBlockPublicAccessOptions$,
    RevokeSecurityGroupEgress$,
    RevokeSecurityGroupIngress$,
  },
)

// Permissions are checked before; then a dry run is over, whatever the operation.
const obedient: Service['operations'] = new Map(
  [...operations].map(([name, { schema, run }]) => [
    name,
    {
      schema,
      run(input, context) {
        if (input.DryRun) throw dryRun()
        return run(input, context)
      },
    },
  ]),
)

/** Amazon EC2. */
export const ec2: Service = {
  name: 'ec2',
  protocol: ec2Query({
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15',
    defaultNamespace: 'com.amazonaws.ec2',
  }),
  operations: obedient,
  // Describe operations have no resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  resourceOf: (_action, { GroupId, PrefixListId }, { account, region }) => {
    const arn = `arn:${account.partition}:ec2:${region.name}:${account.id}:`
    if (GroupId !== undefined) return `${arn}security-group/${String(GroupId)}`
    return PrefixListId === undefined ? '*' : `${arn}prefix-list/${String(PrefixListId)}`
  },
  seedRegion: seedNetwork,
  refusal: 'UnauthorizedOperation',
}
