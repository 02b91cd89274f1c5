// Authentication profiles, and cluster security groups that accounts with VPCs cannot have, through the SDK.

import {
  AuthorizeClusterSecurityGroupIngressCommand,
  CreateAuthenticationProfileCommand,
  CreateClusterSecurityGroupCommand,
  DeleteAuthenticationProfileCommand,
  DeleteClusterSecurityGroupCommand,
  DescribeAuthenticationProfilesCommand,
  DescribeClusterSecurityGroupsCommand,
  ModifyAuthenticationProfileCommand,
  RevokeClusterSecurityGroupIngressCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'

const lab = useLab()
const AuthenticationProfileName = 'analysts'
const create = (AuthenticationProfileContent: string, name = AuthenticationProfileName) =>
  lab.redshift().send(
    new CreateAuthenticationProfileCommand({
      AuthenticationProfileName: name,
      AuthenticationProfileContent,
    }),
  )
const list = async (name?: string) =>
  (
    await lab
      .redshift()
      .send(new DescribeAuthenticationProfilesCommand({ ...(name && { AuthenticationProfileName: name }) }))
  ).AuthenticationProfiles

test('profiles are made, changed, listed and deleted', async () => {
  const content = '{"AllowDBUserOverride":"1","Client_ID":"ExampleClientID"}'
  expect(await create(content)).toMatchObject({ AuthenticationProfileContent: content })
  await expect(create(content)).rejects.toMatchObject({ name: 'AuthenticationProfileAlreadyExistsFault' })
  await create('{}', 'others')
  const changed = { AuthenticationProfileName, AuthenticationProfileContent: '{"App_ID":"x"}' }
  await lab.redshift().send(new ModifyAuthenticationProfileCommand(changed))
  expect(await list(AuthenticationProfileName)).toEqual([changed])
  expect(await list()).toHaveLength(2)
  await lab.redshift().send(new DeleteAuthenticationProfileCommand({ AuthenticationProfileName }))
  await expect(list(AuthenticationProfileName)).rejects.toMatchObject({
    name: 'AuthenticationProfileNotFoundFault',
  })
})

test.each([
  ['not json', 'fine'],
  ['[]', 'fine'],
  ['{}', 'not_fine'],
])('content %s under the name %s is refused', async (content, name) => {
  await expect(create(content, name)).rejects.toMatchObject({
    name: 'InvalidAuthenticationProfileRequestFault',
  })
})

test('cluster security groups are refused', async () => {
  const ClusterSecurityGroupName = 'old'
  const redshift = lab.redshift()
  const calls = [
    redshift.send(new CreateClusterSecurityGroupCommand({ ClusterSecurityGroupName, Description: 'x' })),
    redshift.send(new DescribeClusterSecurityGroupsCommand({})),
    redshift.send(new DeleteClusterSecurityGroupCommand({ ClusterSecurityGroupName })),
    redshift.send(
      new AuthorizeClusterSecurityGroupIngressCommand({ ClusterSecurityGroupName, CIDRIP: '10.0.0.0/8' }),
    ),
    redshift.send(
      new RevokeClusterSecurityGroupIngressCommand({ ClusterSecurityGroupName, CIDRIP: '10.0.0.0/8' }),
    ),
  ]
  for (const call of calls)
    await expect(call).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'VPC-by-Default customers cannot use cluster security groups',
    })
})
