// Secrets through the SDK.

import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  type ListSecretsCommandInput,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: home }, Action: 'secretsmanager:GetSecretValue', Resource: '*' },
  ],
}

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account) {
    account.regions = {
      'eu-west-1': {
        secrets: [
          { Name: 'etl/password', SecretString: 'not-a-real-one', Tags: [{ Key: 'team', Value: 'etl' }] },
          { Name: 'shared', ResourcePolicy: policy, KmsKeyId: 'alias/company' },
          { Name: 'going', DeletedDate: '-2d' },
        ],
      },
    }
  }
  return world
})

const client = () => lab.secretsmanager()
const list = async (input: ListSecretsCommandInput = {}) => {
  const { SecretList = [], NextToken } = await client().send(new ListSecretsCommand(input))
  return { names: SecretList.map(({ Name }) => Name), NextToken }
}

test('a secret is found by name, by ARN, and by ARN without its last characters', async () => {
  const byName = await client().send(new DescribeSecretCommand({ SecretId: 'etl/password' }))
  expect(byName.ARN).toMatch(
    new RegExp(`^arn:aws:secretsmanager:eu-west-1:${home}:secret:etl/password-[0-9a-f]{6}$`),
  )
  const ARN = byName.ARN ?? ''
  for (const SecretId of [ARN, ARN.slice(0, -7)]) {
    expect((await client().send(new DescribeSecretCommand({ SecretId }))).Name).toBe('etl/password')
  }
  await expect(client().send(new DescribeSecretCommand({ SecretId: 'nothing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  })
})

test('values', async () => {
  const read = (SecretId: string, VersionStage?: string) =>
    client().send(new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }))
  expect(await read('etl/password')).toMatchObject({
    SecretString: 'not-a-real-one',
    VersionStages: ['AWSCURRENT'],
  })
  expect((await read('shared')).SecretString).toMatch(/^made-up-/)
  await expect(read('etl/password', 'AWSPREVIOUS')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(read('going')).rejects.toMatchObject({ name: 'InvalidRequestException' })
})

test('policies', async () => {
  const read = (SecretId: string) => client().send(new GetResourcePolicyCommand({ SecretId }))
  expect(JSON.parse((await read('shared')).ResourcePolicy ?? '')).toEqual(policy)
  expect((await read('etl/password')).ResourcePolicy).toBeUndefined()
})

test('listing, by filter and page by page', async () => {
  expect((await list()).names).toEqual(['etl/password', 'shared'])
  expect((await list({ IncludePlannedDeletion: true })).names).toEqual(['etl/password', 'going', 'shared'])
  expect((await list({ SortOrder: 'desc' })).names).toEqual(['shared', 'etl/password'])
  expect((await list({ Filters: [{ Key: 'name', Values: ['ETL/'] }] })).names).toEqual(['etl/password'])
  expect((await list({ Filters: [{ Key: 'name', Values: ['!etl'] }] })).names).toEqual(['shared'])
  expect((await list({ Filters: [{ Key: 'tag-value', Values: ['etl'] }] })).names).toEqual(['etl/password'])
  expect((await list({ Filters: [{ Key: 'owning-service', Values: ['redshift'] }] })).names).toEqual([])
  const first = await list({ MaxResults: 1 })
  expect(first.names).toEqual(['etl/password'])
  const second = await list({ MaxResults: 1, ...(first.NextToken && { NextToken: first.NextToken }) })
  expect(second).toEqual({ names: ['shared'], NextToken: undefined })
})
