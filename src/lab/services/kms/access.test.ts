// Who may use a key: its policy, across accounts, and its grants with their constraints.

import {
  CreateGrantCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import { describe, expect, it } from 'vitest'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { bob, home, partner, testWorld } from '#lab/testing/world.ts'
import type { KeySeed } from './seed-types.ts'
import { getKey, mayAccountUse } from './use.ts'

const id = (number: number) => `0a1b2c3d-0000-4000-8000-00000000000${number}`
const arn = (number: number) => `arn:aws:kms:eu-west-1:${home}:key/${id(number)}`
const own = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${home}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const policy = (principal: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    own,
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${partner}:${principal}` },
      Action: 'kms:Decrypt',
      Resource: '*',
      ...more,
    },
  ],
})

const test = useLab(() => {
  const world = testWorld()
  const keys: KeySeed[] = [
    { KeyId: id(1) },
    { KeyId: id(2), Policy: policy('root') },
    { KeyId: id(3), Policy: policy('user/bob') },
    {
      KeyId: id(4),
      Policy: policy('root', {
        Condition: { StringEquals: { 'kms:ViaService': 'redshift.eu-west-1.amazonaws.com' } },
      }),
    },
    { KeyId: id(5), aliases: ['alias/aws/redshift'] },
  ]
  for (const [account, seed] of Object.entries(world.accounts))
    seed.regions = { 'eu-west-1': account === home ? { keys } : {} }
  return world
})

const denied = { name: 'AccessDeniedException' }
const sealed = async (number: number, EncryptionContext?: Record<string, string>) =>
  (
    await test
      .kms()
      .send(new EncryptCommand({ KeyId: arn(number), Plaintext: Buffer.from('hello'), EncryptionContext }))
  ).CiphertextBlob
const bobOpens = async (number: number, EncryptionContext?: Record<string, string>) =>
  test
    .kms(bob)
    .send(new DecryptCommand({ CiphertextBlob: await sealed(number, EncryptionContext), EncryptionContext }))

describe('key policies', () => {
  it('let another account in only when they say so, and only for what they say', async () => {
    await expect(bobOpens(1)).rejects.toMatchObject(denied)
    expect(Buffer.from((await bobOpens(2)).Plaintext ?? []).toString()).toBe('hello')
    await expect(
      test.kms(bob).send(new EncryptCommand({ KeyId: arn(2), Plaintext: Buffer.from('hello') })),
    ).rejects.toMatchObject(denied)
    expect((await bobOpens(3)).KeyId).toBe(arn(3))
  })

  it('may let in through a service alone', async () => {
    await expect(bobOpens(4)).rejects.toMatchObject(denied)
  })

  it('of a key that AWS manages allow its own account to look, not to change', async () => {
    const { KeyMetadata } = await test.kms().send(new DescribeKeyCommand({ KeyId: 'alias/aws/redshift' }))
    expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' })
    await expect(test.kms().send(new ScheduleKeyDeletionCommand({ KeyId: id(5) }))).rejects.toMatchObject(
      denied,
    )
  })

  it('tell what another account can do as far as they say', () => {
    const { state, clock } = test.lab
    const account = state.accounts.get(home)
    if (!account) throw new Error('the account is gone')
    const where = { state, region: regionIn(account, 'eu-west-1'), now: clock.now() }
    const via = { 'kms:ViaService': 'redshift.eu-west-1.amazonaws.com' }
    const may = (number: number, conditions = {}) =>
      mayAccountUse(getKey(where, account, id(number)), partner, 'Decrypt', conditions)
    expect([1, 2, 3, 4, 5].map((number) => may(number))).toEqual(['no', 'yes', 'some', 'no', 'no'])
    expect(may(4, via)).toBe('yes')
    expect(may(5, via)).toBe('no')
  })
})

describe('grants', () => {
  it('let in whom they name, within their constraints', async () => {
    const grant = (Constraints: object) =>
      test.kms().send(
        new CreateGrantCommand({
          KeyId: arn(1),
          GranteePrincipal: `arn:aws:iam::${partner}:user/bob`,
          Operations: ['Decrypt'],
          Constraints,
        }),
      )
    await grant({ EncryptionContextSubset: { team: 'sales' } })
    await expect(bobOpens(1)).rejects.toMatchObject(denied)
    await expect(bobOpens(1, { team: 'stock' })).rejects.toMatchObject(denied)
    expect((await bobOpens(1, { team: 'sales', table: 'orders' })).KeyId).toBe(arn(1))
    await grant({ EncryptionContextEquals: { team: 'stock' } })
    expect((await bobOpens(1, { team: 'stock' })).KeyId).toBe(arn(1))
    await expect(bobOpens(1, { team: 'stock', table: 'orders' })).rejects.toMatchObject(denied)
  })
})
