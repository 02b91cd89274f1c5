// Temporary database credentials through the SDK.

import {
  GetClusterCredentialsCommand,
  type GetClusterCredentialsMessage,
  GetClusterCredentialsWithIAMCommand,
  type GetClusterCredentialsWithIAMMessage,
} from '@aws-sdk/client-redshift'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, carol, home } from '#lab/testing/world.ts'

const lab = useLab()

const now = async () => Date.parse(String((await lab.control('GET', 'clock')).body.now))
const get = (more: Partial<GetClusterCredentialsMessage> = {}, user = alice) =>
  lab
    .redshift(user)
    .send(new GetClusterCredentialsCommand({ ClusterIdentifier: 'sales', DbUser: 'reader', ...more }))
const withIam = (more: GetClusterCredentialsWithIAMMessage = {}, user = alice) =>
  lab.redshift(user).send(new GetClusterCredentialsWithIAMCommand({ ClusterIdentifier: 'sales', ...more }))

test('the user says how it came in, the password is each time another', async () => {
  const first = await get()
  expect(first.DbUser).toBe('IAM:reader')
  expect((await get({ AutoCreate: true, DbGroups: ['etl'] })).DbUser).toBe('IAMA:reader')
  expect(first.DbPassword).toHaveLength(44)
  expect((await get()).DbPassword).not.toBe(first.DbPassword)
})

test('they last 900 seconds unless asked otherwise', async () => {
  const moment = await now()
  const lasts = (expiration: Date | undefined) => Math.round((Number(expiration) - moment) / 1_000)
  expect(lasts((await get()).Expiration)).toBeCloseTo(900, -1)
  expect(lasts((await withIam({ DurationSeconds: 3_600 })).Expiration)).toBeCloseTo(3_600, -1)
  await expect(get({ DurationSeconds: 899 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Invalid value 899 for DurationSeconds. Must be between 900 and 3600',
  })
  await expect(withIam({ DurationSeconds: 3_601 })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
})

test('with IAM the user is who calls', async () => {
  expect((await withIam()).DbUser).toBe('IAM:alice')
  const { Credentials } = await lab
    .sts()
    .send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${home}:role/operator`, RoleSessionName: 'night' }))
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  expect((await withIam({}, session)).DbUser).toBe('IAMR:operator')
})

test('names, clusters and domains must be right', async () => {
  const invalid = { name: 'InvalidParameterValue' }
  await expect(get({ DbUser: 'PUBLIC' })).rejects.toMatchObject(invalid)
  await expect(get({ DbUser: 'a:b' })).rejects.toMatchObject(invalid)
  await expect(get({ DbUser: 'Select' })).rejects.toMatchObject(invalid)
  await expect(get({ DbName: 'table' })).rejects.toMatchObject(invalid)
  await expect(get({ DbGroups: ['group'] })).rejects.toMatchObject(invalid)
  await expect(get({ DbName: '1st' })).rejects.toMatchObject(invalid)
  await expect(get({ DbGroups: ['Etl'] })).rejects.toMatchObject({
    ...invalid,
    message: 'The parameter DbGroups is not a valid name: Etl',
  })
  await expect(get({ ClusterIdentifier: 'gone' })).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
  await expect(withIam({ CustomDomainName: 'dwh.example' })).rejects.toMatchObject({
    name: 'ClusterNotFoundFault',
  })
})

test('a policy may name user and database', async () => {
  const resource = `arn:aws:redshift:eu-west-1:${home}:dbuser:sales/admin`
  await lab.control('POST', 'deny', {
    accessKeyId: carol.accessKeyId,
    action: 'redshift:GetClusterCredentials',
    resource,
  })
  await expect(get({ DbUser: 'admin' }, carol)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`redshift:GetClusterCredentials on resource: ${resource}`),
  })
  expect((await get({ DbUser: 'guest' }, carol)).DbUser).toBe('IAM:guest')
})
