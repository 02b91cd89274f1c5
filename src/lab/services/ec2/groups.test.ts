// Security groups and their rules through the SDK.

import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type DescribeSecurityGroupsCommandInput,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import { defaultVpcId } from './use.ts'

const redshift = 'sg-0aaaaaaaaaaaaaaa1'
const port = { IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439 }

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account) {
    account.regions = {
      'eu-west-1': {
        securityGroups: [
          {
            GroupId: redshift,
            GroupName: 'warehouse',
            Description: 'Redshift',
            IpPermissions: [
              { ...port, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'VPN' }, { CidrIp: '0.0.0.0/0' }] },
              { ...port, UserIdGroupPairs: [{ GroupId: redshift }] },
            ],
            Tags: [{ Key: 'team', Value: 'data' }],
          },
        ],
      },
    }
  }
  return world
})

const groups = async (input: DescribeSecurityGroupsCommandInput = {}) =>
  (await lab.ec2().send(new DescribeSecurityGroupsCommand(input))).SecurityGroups ?? []
const rules = async (id: string) =>
  (
    await lab
      .ec2()
      .send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [id] }] }))
  ).SecurityGroupRules ?? []
const create = async (GroupName: string) => {
  const { GroupId = '' } = await lab
    .ec2()
    .send(new CreateSecurityGroupCommand({ GroupName, Description: `group ${GroupName}` }))
  return GroupId
}
const allow = (GroupId: string, ...IpPermissions: IpPermission[]) =>
  lab.ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
const revoke = (GroupId: string, ...IpPermissions: IpPermission[]) =>
  lab.ec2().send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }))

test('rules are shown grouped by their ports, and one by one', async () => {
  const [group] = await groups({ GroupIds: [redshift] })
  expect(group).toMatchObject({
    GroupName: 'warehouse',
    OwnerId: home,
    VpcId: defaultVpcId({ name: 'eu-west-1', account: { id: home } }),
    SecurityGroupArn: `arn:aws:ec2:eu-west-1:${home}:security-group/${redshift}`,
    IpPermissions: [
      {
        ...port,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'VPN' }, { CidrIp: '0.0.0.0/0' }],
        UserIdGroupPairs: [{ GroupId: redshift, UserId: home }],
      },
    ],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  })
  const single = await rules(redshift)
  expect(single).toHaveLength(4)
  const open = single.find(({ CidrIpv4, IsEgress }) => CidrIpv4 === '0.0.0.0/0' && !IsEgress)
  expect(open).toMatchObject({ ...port, GroupId: redshift, GroupOwnerId: home })
  expect(open?.SecurityGroupRuleId).toMatch(/^sgr-0[0-9a-f]{16}$/)
})

test('filters', async () => {
  const named = async (Name: string, ...Values: string[]) =>
    (await groups({ Filters: [{ Name, Values }] })).map(({ GroupName }) => GroupName)
  expect(await named('ip-permission.cidr', '0.0.0.0/0')).toEqual(['warehouse'])
  expect(await named('ip-permission.from-port', '5439')).toEqual(['warehouse'])
  expect(await named('tag:team', 'data')).toEqual(['warehouse'])
  expect(await named('group-name', 'def*')).toEqual(['default'])
  expect(await named('egress.ip-permission.cidr', '10.0.0.0/8')).toEqual([])
})

test('a group that is not there', async () => {
  await expect(groups({ GroupIds: ['sg-0123456789abcdef0'] })).rejects.toMatchObject({
    name: 'InvalidGroup.NotFound',
    message: "The security group 'sg-0123456789abcdef0' does not exist",
    $metadata: { httpStatusCode: 400 },
  })
  await expect(groups({ GroupIds: ['nonsense'] })).rejects.toMatchObject({ name: 'InvalidGroupId.Malformed' })
  await expect(groups({ GroupNames: ['nobody'] })).rejects.toThrow("'nobody' does not exist in default VPC")
})

test('a rule is added once, and taken away by what it says or by its id', async () => {
  const id = await create('changing')
  const office = { ...port, IpRanges: [{ CidrIp: '198.51.100.0/24', Description: 'office' }] }
  const { SecurityGroupRules } = await allow(id, office, {
    IpProtocol: '-1',
    Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
  })
  expect(SecurityGroupRules).toMatchObject([
    { ...port, CidrIpv4: '198.51.100.0/24', Description: 'office', IsEgress: false },
    { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv6: '2001:db8::/32' },
  ])
  // Another description is still the same rule.
  await expect(allow(id, { ...port, IpRanges: [{ CidrIp: '198.51.100.0/24' }] })).rejects.toMatchObject({
    name: 'InvalidPermission.Duplicate',
    message:
      'the specified rule "peer: 198.51.100.0/24, TCP, from port: 5439, to port: 5439, ALLOW" already exists',
  })
  const revoked = await revoke(id, { ...port, IpRanges: [{ CidrIp: '198.51.100.0/24' }] })
  expect(revoked).toMatchObject({
    Return: true,
    RevokedSecurityGroupRules: [{ CidrIpv4: '198.51.100.0/24' }],
  })
  await expect(revoke(id, office)).rejects.toMatchObject({
    name: 'InvalidPermission.NotFound',
    message: 'The specified rule does not exist in this security group.',
  })
  const ruleId = SecurityGroupRules?.[1]?.SecurityGroupRuleId ?? ''
  const byId = new RevokeSecurityGroupIngressCommand({ GroupId: id, SecurityGroupRuleIds: [ruleId] })
  await lab.ec2().send(byId)
  await expect(lab.ec2().send(byId)).rejects.toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' })
  expect((await rules(id)).filter(({ IsEgress }) => !IsEgress)).toEqual([])
})

test('what goes out is apart from what comes in', async () => {
  const GroupId = await create('outgoing')
  const all = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
  await lab.ec2().send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: all }))
  expect((await groups({ GroupIds: [GroupId] }))[0]?.IpPermissionsEgress).toEqual([])
  await allow(GroupId, ...all)
  await lab.ec2().send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: all }))
  expect(await rules(GroupId)).toHaveLength(2)
})

test('nonsense is refused', async () => {
  const id = await create('strict')
  const bad = (permission: IpPermission) => expect(allow(id, permission)).rejects
  await bad({ ...port, IpRanges: [{ CidrIp: '10.0.0.0' }] }).toThrow('CIDR block 10.0.0.0 is malformed')
  await bad({ ...port, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }).toThrow(
    'Invalid TCP/UDP port range (5439:80)',
  )
  await bad({ ...port, UserIdGroupPairs: [{ GroupId: 'sg-0123456789abcdef0' }] }).toMatchObject({
    name: 'InvalidGroup.NotFound',
  })
  await bad({ ...port, PrefixListIds: [{ PrefixListId: 'pl-0123' }] }).toMatchObject({
    name: 'InvalidPrefixListID.NotFound',
  })
  await bad({ ...port }).toMatchObject({ name: 'MissingParameter' })
  const many = Array.from({ length: 61 }, (_, index) => ({ CidrIp: `10.0.${index}.0/24` }))
  await bad({ ...port, IpRanges: many }).toMatchObject({ name: 'RulesPerSecurityGroupLimitExceeded' })
  await expect(
    lab
      .ec2()
      .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, DryRun: true, IpPermissions: [port] })),
  ).rejects.toMatchObject({ name: 'DryRunOperation' })
})

test('groups are made once and deleted when nothing needs them', async () => {
  const GroupId = await create('temporary')
  await expect(create('temporary')).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' })
  await expect(
    lab.ec2().send(new CreateSecurityGroupCommand({ GroupName: 'x', Description: 'x', VpcId: 'vpc-0123' })),
  ).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' })
  const other = await create('other')
  await allow(other, { ...port, UserIdGroupPairs: [{ GroupId }] })
  const remove = (id: string) => lab.ec2().send(new DeleteSecurityGroupCommand({ GroupId: id }))
  await expect(remove(GroupId)).rejects.toMatchObject({ name: 'DependencyViolation' })
  await remove(other)
  await remove(GroupId)
  await expect(groups({ GroupIds: [GroupId] })).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' })
  const [standing] = await groups({ GroupNames: ['default'] })
  await expect(remove(standing?.GroupId ?? '')).rejects.toMatchObject({ name: 'CannotDelete' })
})
