// KMS through its client: keys, their states and deletion, rotation, aliases, grants, ciphertexts.

import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyLastUsageCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  ListKeysCommand,
  PutKeyPolicyCommand,
  paginateListKeys,
  ReEncryptCommand,
  RevokeGrantCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import { describe, expect, it } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, partner, testWorld } from '#lab/testing/world.ts'
import type { KeySeed } from './seed-types.ts'

const shared = '0a1b2c3d-0000-4000-8000-000000000001'
const imported = '0a1b2c3d-0000-4000-8000-000000000002'

const primary = `arn:aws:kms:us-east-1:${home}:key/mrk-0a1b2c3d00004000800000000000000a`
const replica = primary.replace('us-east-1', 'eu-west-1')

/** One of two keys that are one. */
function related(MultiRegionKeyType: 'PRIMARY' | 'REPLICA'): KeySeed {
  const MultiRegionConfiguration = {
    MultiRegionKeyType,
    PrimaryKey: { Arn: primary, Region: 'us-east-1' },
    ReplicaKeys: [{ Arn: replica, Region: 'eu-west-1' }],
  }
  return { KeyId: primary.slice(primary.indexOf('/') + 1), MultiRegion: true, MultiRegionConfiguration }
}

const test = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  const keys: KeySeed[] = [
    { KeyId: shared, Description: 'shared', aliases: ['shared'], rotation: { RotationPeriodInDays: 365 } },
    { KeyId: imported, Origin: 'EXTERNAL', aliases: ['alias/imported'] },
    { Description: 'leaving', KeyState: 'PendingDeletion', DeletionDate: '+5d', aliases: ['leaving'] },
  ]
  // Keys alone: no other service is needed.
  if (account)
    account.regions = {
      'eu-west-1': { keys: [...keys, related('REPLICA')] },
      'us-east-1': { keys: [related('PRIMARY')] },
    }
  return world
})
const bytes = Buffer.from('what nobody else may read')
const newKey = async () => (await test.kms().send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? ''

describe('ciphertexts', () => {
  it('are opened with the key they name and the context they are bound to, in any order', async () => {
    const kms = test.kms()
    const EncryptionContext = { a: '1', b: '2' }
    const { CiphertextBlob, KeyId } = await kms.send(
      new EncryptCommand({ KeyId: 'alias/shared', Plaintext: bytes, EncryptionContext }),
    )
    expect(KeyId).toBe(`arn:aws:kms:eu-west-1:${home}:key/${shared}`)
    const opened = await kms.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }),
    )
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(bytes)
    for (const wrong of [undefined, { a: '1' }, { a: '1', b: '3' }]) {
      await expect(
        kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: wrong })),
      ).rejects.toMatchObject({ name: 'InvalidCiphertextException' })
    }
    await expect(
      kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId: await newKey() })),
    ).rejects.toMatchObject({ name: 'IncorrectKeyException' })
  })

  it('stay readable after a rotation, under the material they were made with', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    const before = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }))
    const after = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))
    const old = await kms.send(new DecryptCommand({ CiphertextBlob: before.CiphertextBlob }))
    expect(old.Plaintext).toEqual(before.Plaintext)
    expect(old.KeyMaterialId).toBe(before.KeyMaterialId)
    expect(after.KeyMaterialId).not.toBe(before.KeyMaterialId)
    const described = await kms.send(new DescribeKeyCommand({ KeyId }))
    expect(described.KeyMetadata?.CurrentKeyMaterialId).toBe(after.KeyMaterialId)
    const usage = await kms.send(new GetKeyLastUsageCommand({ KeyId }))
    expect(usage.KeyLastUsage?.Operation).toBe('Decrypt')
  })

  it('move to another key without being shown', async () => {
    const kms = test.kms()
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: shared, Plaintext: bytes }))
    const DestinationKeyId = await newKey()
    const moved = await kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId }))
    expect(moved.SourceKeyId).toContain(shared)
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }))
    expect(opened.KeyId).toContain(DestinationKeyId)
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(bytes)
  })
})

describe('states', () => {
  it('a disabled key neither encrypts nor grants, and works again when enabled', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    await kms.send(new DisableKeyCommand({ KeyId }))
    const refused = {
      name: 'DisabledException',
      message: `arn:aws:kms:eu-west-1:${home}:key/${KeyId} is disabled.`,
    }
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: bytes }))).rejects.toMatchObject(refused)
    const grant = {
      KeyId,
      GranteePrincipal: `arn:aws:iam::${partner}:user/bob`,
      Operations: ['Decrypt' as const],
    }
    await expect(kms.send(new CreateGrantCommand(grant))).rejects.toMatchObject(refused)
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }))
    expect(KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled' })
    await kms.send(new EnableKeyCommand({ KeyId }))
    await kms.send(new EncryptCommand({ KeyId, Plaintext: bytes }))
  })

  it('a key pending deletion is gone when its window ends; cancelling leaves it disabled', async () => {
    const kms = test.kms()
    const [leaving, staying] = [await newKey(), await newKey()]
    await expect(
      kms.send(new ScheduleKeyDeletionCommand({ KeyId: leaving, PendingWindowInDays: 6 })),
    ).rejects.toMatchObject({ name: 'ValidationException' })
    for (const KeyId of [leaving, staying])
      await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
    await expect(kms.send(new EnableKeyCommand({ KeyId: leaving }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: `arn:aws:kms:eu-west-1:${home}:key/${leaving} is pending deletion.`,
    })
    await kms.send(new CancelKeyDeletionCommand({ KeyId: staying }))
    const kept = await kms.send(new DescribeKeyCommand({ KeyId: staying }))
    expect(kept.KeyMetadata).toMatchObject({ KeyState: 'Disabled' })
    expect(kept.KeyMetadata?.DeletionDate).toBeUndefined()
    await kms.send(new DescribeKeyCommand({ KeyId: 'alias/leaving' }))
    test.move('8d')
    await kms.send(new DescribeKeyCommand({ KeyId: staying }))
    await expect(kms.send(new DescribeKeyCommand({ KeyId: leaving }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Key 'arn:aws:kms:eu-west-1:${home}:key/${leaving}' does not exist`,
    })
    await expect(kms.send(new DescribeKeyCommand({ KeyId: 'alias/leaving' }))).rejects.toMatchObject({
      message: `Alias arn:aws:kms:eu-west-1:${home}:alias/leaving is not found.`,
    })
  })

  it('imported material can be deleted, and is not rotated', async () => {
    const kms = test.kms()
    await expect(kms.send(new EnableKeyRotationCommand({ KeyId: imported }))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    })
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: imported }))
    await expect(kms.send(new EncryptCommand({ KeyId: imported, Plaintext: bytes }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: expect.stringContaining('is pending import.'),
    })
  })
})

describe('rotation over time', () => {
  it('happens by period while the key is enabled, once when it was disabled meanwhile', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }))
    const rotations = async () => (await kms.send(new ListKeyRotationsCommand({ KeyId }))).Rotations ?? []
    test.move('200d')
    expect(await rotations()).toHaveLength(2)
    await kms.send(new DisableKeyCommand({ KeyId }))
    test.move('200d')
    expect(await rotations()).toHaveLength(2)
    await kms.send(new EnableKeyCommand({ KeyId }))
    expect(await rotations()).toHaveLength(3)
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }))
    const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId }))
    expect(status.KeyRotationEnabled).toBe(false)
  })

  it('is switched off and on again', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    const isOn = async () => (await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled
    await kms.send(new EnableKeyRotationCommand({ KeyId }))
    expect(await isOn()).toBe(true)
    await kms.send(new DisableKeyRotationCommand({ KeyId }))
    expect(await isOn()).toBe(false)
    test.move('400d')
    expect((await kms.send(new ListKeyRotationsCommand({ KeyId }))).Rotations ?? []).toEqual([])
  })

  it('is told by id or ARN, not by alias', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/turning', TargetKeyId: KeyId }))
    const status = (ref: string) => kms.send(new GetKeyRotationStatusCommand({ KeyId: ref }))
    const { KeyId: arn = '', KeyRotationEnabled } = await status(KeyId)
    expect([arn.endsWith(KeyId), KeyRotationEnabled]).toEqual([true, false])
    expect((await status(arn)).KeyId).toBe(arn)
    for (const ref of ['alias/turning', arn.replace(/key\/.*/, 'alias/turning')])
      await expect(status(ref)).rejects.toMatchObject({
        name: 'InvalidArnException',
        message: `${ref} is not a valid key ARN or key ID`,
      })
  })
})

describe('lists', () => {
  it('come in pages', async () => {
    const kms = test.kms()
    await newKey()
    const page = await kms.send(new ListKeysCommand({ Limit: 1 }))
    expect(page).toMatchObject({ Truncated: true, Keys: [{}] })
    const seen: string[] = []
    for await (const { Keys } of paginateListKeys({ client: kms, pageSize: 2 }, {}))
      seen.push(...(Keys ?? []).map(({ KeyId }) => KeyId ?? ''))
    const all = await kms.send(new ListKeysCommand({}))
    expect(seen).toEqual(all.Keys?.map(({ KeyId }) => KeyId))
    await expect(kms.send(new ListKeysCommand({ Marker: 'nonsense' }))).rejects.toMatchObject({
      name: 'InvalidMarkerException',
    })
  })

  it('name the alias of AWS before anybody has used its key, without a target', async () => {
    const { Aliases } = await test.kms().send(new ListAliasesCommand({}))
    const own = Aliases?.find(({ AliasName }) => AliasName === 'alias/aws/redshift')
    expect(own).toBeDefined()
    expect(own?.TargetKeyId).toBeUndefined()
    await expect(
      test.kms().send(new CreateAliasCommand({ AliasName: 'alias/aws/mine', TargetKeyId: shared })),
    ).rejects.toMatchObject({ name: 'InvalidAliasNameException' })
    await expect(
      test.kms().send(new CreateAliasCommand({ AliasName: 'alias/shared', TargetKeyId: shared })),
    ).rejects.toMatchObject({ name: 'AlreadyExistsException' })
  })
})

describe('keys of several regions', () => {
  it('are rotated by what is set on the primary key, and by nothing else', async () => {
    const there = test.kms(alice, 'us-east-1')
    const status = async () =>
      (await test.kms().send(new GetKeyRotationStatusCommand({ KeyId: replica }))).KeyRotationEnabled
    const unsupported = { name: 'UnsupportedOperationException' }
    for (const command of [EnableKeyRotationCommand, DisableKeyRotationCommand, RotateKeyOnDemandCommand])
      await expect(test.kms().send(new command({ KeyId: replica }))).rejects.toMatchObject(unsupported)
    expect(await status()).toBe(false)
    await there.send(new EnableKeyRotationCommand({ KeyId: primary }))
    expect(await status()).toBe(true)
    await there.send(new DisableKeyRotationCommand({ KeyId: primary }))
    expect(await status()).toBe(false)
  })
})

describe('policies and grants', () => {
  it('a policy that locks its writer out is refused unless asked for', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    const { Policy: usual } = await kms.send(new GetKeyPolicyCommand({ KeyId }))
    expect(JSON.parse(usual ?? '').Statement[0].Principal.AWS).toBe(`arn:aws:iam::${home}:root`)
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${partner}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    })
    await expect(kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    })
    await expect(kms.send(new PutKeyPolicyCommand({ KeyId, Policy: '{' }))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    })
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true }))
  })

  it('GetKeyPolicy works in the own account only, DescribeKey by ARN across', async () => {
    const KeyId = `arn:aws:kms:eu-west-1:${home}:key/${shared}`
    await expect(test.kms(bob).send(new GetKeyPolicyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    await expect(test.kms(bob).send(new DescribeKeyCommand({ KeyId: shared }))).rejects.toMatchObject({
      name: 'NotFoundException',
    })
  })

  it('a grant is listed until it is revoked, and made once under one name', async () => {
    const kms = test.kms()
    const KeyId = await newKey()
    const wish = {
      KeyId,
      Name: 'for-bob',
      GranteePrincipal: `arn:aws:iam::${partner}:user/bob`,
      Operations: ['Decrypt' as const],
      Constraints: { EncryptionContextSubset: { team: 'sales' } },
    }
    const { GrantId } = await kms.send(new CreateGrantCommand(wish))
    expect((await kms.send(new CreateGrantCommand(wish))).GrantId).toBe(GrantId)
    const { Grants } = await kms.send(new ListGrantsCommand({ KeyId }))
    expect(Grants).toMatchObject([{ GrantId, Name: 'for-bob', Constraints: wish.Constraints }])
    await kms.send(new RevokeGrantCommand({ KeyId, GrantId }))
    expect((await kms.send(new ListGrantsCommand({ KeyId }))).Grants).toEqual([])
  })
})
