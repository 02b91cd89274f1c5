// Resource policies of namespaces through the SDK.

import {
  DeleteResourcePolicyCommand,
  DescribeClustersCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { bob, carol, home, partner } from '#lab/testing/world.ts'

const lab = useLab()

const arnOf = async (ClusterIdentifier = 'sales') => {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))
  return Clusters?.[0]?.ClusterNamespaceArn ?? ''
}
const get = (ResourceArn: string, user?: typeof bob) =>
  lab.redshift(user).send(new GetResourcePolicyCommand({ ResourceArn }))
const put = (ResourceArn: string, Policy: string) =>
  lab.redshift().send(new PutResourcePolicyCommand({ ResourceArn, Policy }))
const policy = (more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${partner}:root` },
        Action: 'redshift:CreateInboundIntegration',
        ...more,
      },
    ],
  })
const missing = { name: 'ResourceNotFoundFault', message: 'The resource could not be found.' }

test('a policy is put, replaced, read as it was put, and deleted', async () => {
  const arn = await arnOf()
  await expect(get(arn)).rejects.toMatchObject(missing)
  await put(arn, policy())
  const second = policy({ Sid: 'second', Resource: arn })
  await put(arn, second)
  expect((await get(arn)).ResourcePolicy).toEqual({ ResourceArn: arn, Policy: second })
  await lab.redshift().send(new DeleteResourcePolicyCommand({ ResourceArn: arn }))
  await expect(get(arn)).rejects.toMatchObject(missing)
  await expect(
    lab.redshift().send(new DeleteResourcePolicyCommand({ ResourceArn: arn })),
  ).rejects.toMatchObject(missing)
})

test('only a policy, of this resource, with actions of Redshift', async () => {
  const arn = await arnOf()
  const invalid = { name: 'InvalidPolicyFault' }
  await expect(put(arn, '{')).rejects.toMatchObject(invalid)
  await expect(put(arn, policy({ Action: 's3:GetObject' }))).rejects.toMatchObject(invalid)
  await expect(put(arn, policy({ Resource: await arnOf('stock') }))).rejects.toMatchObject({
    ...invalid,
    message: "The resource policy isn't valid.",
  })
})

test('only of a namespace that is the caller’s', async () => {
  await expect(put(`${await arnOf()}0`, policy())).rejects.toMatchObject(missing)
  await expect(get(await arnOf(), bob)).rejects.toMatchObject(missing)
  const share = `arn:aws:redshift:eu-west-1:${home}:datashare:x/y`
  await expect(get(share)).rejects.toMatchObject({
    name: 'UnsupportedOperationFault',
    message: 'The lab models resource policies of namespaces only.',
  })
})

test('a refusal names the resource', async () => {
  const resource = await arnOf('stock')
  const denial = { accessKeyId: carol.accessKeyId, action: 'redshift:GetResourcePolicy', resource }
  await lab.control('POST', 'deny', denial)
  await expect(get(resource, carol)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`on resource: ${resource}`),
  })
})
