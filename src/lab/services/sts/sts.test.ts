// STS through the SDK: roles across accounts, their conditions, and credentials that run out.

import { DescribeClustersCommand } from '@aws-sdk/client-redshift'
import { AssumeRoleCommand, type AssumeRoleRequest, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, partner } from '#lab/testing/world.ts'

const lab = useLab()
const auditor = `arn:aws:iam::${home}:role/auditor`

const assume = (change: Partial<AssumeRoleRequest> = {}, credentials = bob) =>
  lab.sts(credentials).send(
    new AssumeRoleCommand({
      RoleArn: auditor,
      RoleSessionName: 'visit',
      ExternalId: 'shared-word',
      ...change,
    }),
  )

test('a trusted account gets credentials that work in the other account until they expire', async () => {
  const { Credentials, AssumedRoleUser } = await assume({ DurationSeconds: 900 })
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${home}:assumed-role/auditor/visit`)
  expect(Credentials?.Expiration?.getTime()).toBe(lab.lab.clock.now() + 900_000)
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  const identity = await lab.sts(session).send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({
    Account: home,
    Arn: AssumedRoleUser?.Arn,
    UserId: AssumedRoleUser?.AssumedRoleId,
  })
  await expect(lab.redshift(session).send(new DescribeClustersCommand({}))).resolves.toBeDefined()

  lab.move('+15m')
  await expect(lab.redshift(session).send(new DescribeClustersCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
  })
})

test.each([
  ['no external id', { ExternalId: undefined }],
  ['another external id', { ExternalId: 'guess' }],
  ['a role that is not there', { RoleArn: `arn:aws:iam::${home}:role/nobody` }],
  ['a role that does not trust the caller', { RoleArn: `arn:aws:iam::${home}:role/operator` }],
  ['an account that is not there', { RoleArn: 'arn:aws:iam::999999999999:role/auditor' }],
])('%s: access denied', async (_what, change) => {
  await expect(assume(change as Partial<AssumeRoleRequest>)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(
      `User: arn:aws:iam::${partner}:user/bob is not authorized to perform: sts:AssumeRole`,
    ),
  })
})

test('the role’s own account is not trusted by itself', async () => {
  await expect(assume({}, alice)).rejects.toMatchObject({ name: 'AccessDenied' })
})

test.each([{ RoleArn: 'auditor-of-the-house-x' }, { RoleSessionName: 'two words' }, { DurationSeconds: 60 }])(
  '%j is not valid',
  async (change) => {
    await expect(assume(change)).rejects.toMatchObject({ name: 'ValidationError' })
  },
)
