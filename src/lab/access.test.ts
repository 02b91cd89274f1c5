// Denials: by key, region, resource and role, given by the world or at run time.

import { DescribeRegionsCommand } from '@aws-sdk/client-ec2'
import {
  DescribeClustersCommand,
  DescribeLoggingStatusCommand,
  RebootClusterCommand,
} from '@aws-sdk/client-redshift'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { useLab } from './testing/lab.ts'
import { alice, carol, home } from './testing/world.ts'

const lab = useLab()
const logging = (ClusterIdentifier: string) => new DescribeLoggingStatusCommand({ ClusterIdentifier })
const clusterArn = (name: string) => `arn:aws:redshift:eu-west-1:${home}:cluster:${name}`

test('a denied call is refused in the words AWS uses', async () => {
  await expect(lab.redshift(carol).send(logging('sales'))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message: `User: arn:aws:iam::${home}:user/carol is not authorized to perform: redshift:DescribeLoggingStatus on resource: ${clusterArn('sales')} because no identity-based policy allows the redshift:DescribeLoggingStatus action`,
  })
})

test('EC2 refuses in its own way', async () => {
  const call = lab.ec2(carol).send(new DescribeRegionsCommand({}))
  await expect(call).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    $metadata: { httpStatusCode: 403 },
  })
})

test('asking who one is cannot be denied', async () => {
  await expect(lab.sts(carol).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
    Account: home,
  })
})

test('a denial can be for one region or one resource, and taken back', async () => {
  const denial = {
    accessKeyId: alice.accessKeyId,
    action: 'redshift:DescribeLoggingStatus',
    resource: clusterArn('stock'),
  }
  await lab.control('POST', 'deny', denial)
  await lab.control('POST', 'deny', {
    accessKeyId: alice.accessKeyId,
    action: 'redshift:DescribeClusters',
    region: 'us-east-1',
  })
  await expect(lab.redshift().send(logging('stock'))).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(lab.redshift().send(logging('sales'))).resolves.toMatchObject({ LoggingEnabled: false })
  const clusters = new DescribeClustersCommand({})
  await expect(lab.redshift(alice, 'us-east-1').send(clusters)).rejects.toMatchObject({
    name: 'AccessDenied',
  })
  await expect(lab.redshift().send(clusters)).resolves.toBeDefined()

  await lab.control('POST', 'allow', denial)
  await expect(lab.redshift().send(logging('stock'))).resolves.toBeDefined()
})

test('a role brings its own denials', async () => {
  const command = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${home}:role/operator`,
    RoleSessionName: 'night',
  })
  const { Credentials } = await lab.sts().send(command)
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  await expect(lab.redshift(session).send(new DescribeClustersCommand({}))).resolves.toBeDefined()
  const reboot = lab.redshift(session).send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
  await expect(reboot).rejects.toThrow(`arn:aws:sts::${home}:assumed-role/operator/night is not authorized`)
})
