// The secrets of clusters' admins.

import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const arn = `arn:aws:secretsmanager:eu-west-1:${home}:secret:redshift!sales-awsuser-a1b2c3`

const lab = useLab(() => {
  const world = testWorld()
  const sales = world.accounts[home]?.regions['eu-west-1']?.clusters?.[0]
  if (sales) sales.MasterPasswordSecretArn = arn
  return world
})

test('the secret of an admin follows from the cluster', async () => {
  const client = lab.secretsmanager()
  const Filters = [{ Key: 'owning-service' as const, Values: ['redshift'] }]
  const { SecretList } = await client.send(new ListSecretsCommand({ Filters }))
  expect(SecretList?.map(({ Name, ARN }) => [Name, ARN])).toEqual([['redshift!sales-awsuser', arn]])
  const secret = await client.send(new DescribeSecretCommand({ SecretId: 'redshift!sales-awsuser' }))
  expect(secret).toMatchObject({ OwningService: 'redshift', RotationEnabled: true })
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
  expect(JSON.parse(SecretString)).toMatchObject({
    username: 'awsuser',
    password: expect.stringMatching(/^made-up-/),
  })
})
