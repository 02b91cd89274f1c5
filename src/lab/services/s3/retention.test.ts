// Retention and legal holds of single objects through the SDK: who may set and shorten them, and what they keep.

import { createHash } from 'node:crypto'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  type PutObjectRetentionCommandInput,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, carol, home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (!account) throw new Error('the test world has changed')
  account.regions['eu-west-1'] = {
    buckets: [
      { Name: 'locked', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
      {
        Name: 'kept',
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
        },
      },
      { Name: 'open', VersioningConfiguration: { Status: 'Enabled' } },
    ],
  }
  return world
})

const protectedBy = {
  name: 'AccessDenied',
  message: 'Access Denied because object protected by object lock.',
}
const inDays = (days: number) => new Date(Math.floor(lab.lab.clock.now() / 1_000) * 1_000 + days * 86_400_000)

async function put(Bucket: string, Key: string, more: Partial<PutObjectCommandInput> = {}) {
  const { VersionId } = await lab.s3().send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }))
  return VersionId ?? ''
}
const retain = (
  Key: string,
  Mode: 'GOVERNANCE' | 'COMPLIANCE' | undefined,
  days: number,
  more: Partial<PutObjectRetentionCommandInput> = {},
) => {
  const Retention = Mode ? { Mode, RetainUntilDate: inDays(days) } : {}
  return lab.s3().send(new PutObjectRetentionCommand({ Bucket: 'locked', Key, Retention, ...more }))
}
const retentionOf = async (Key: string, Bucket = 'locked', VersionId?: string) => {
  const command = new GetObjectRetentionCommand({ Bucket, Key, VersionId })
  return (await lab.s3().send(command)).Retention
}
const hold = (Key: string, Status: 'ON' | 'OFF') =>
  lab.s3().send(new PutObjectLegalHoldCommand({ Bucket: 'locked', Key, LegalHold: { Status } }))
const remove = (Key: string, VersionId: string, BypassGovernanceRetention?: boolean, Bucket = 'locked') =>
  lab.s3().send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }))

test('an object says what it is kept by, or that nothing keeps it', async () => {
  await put('locked', 'free')
  const unset = {
    name: 'NoSuchObjectLockConfiguration',
    message: 'The specified object does not have a ObjectLock configuration',
    $metadata: { httpStatusCode: 404 },
  }
  await expect(retentionOf('free')).rejects.toMatchObject(unset)
  const asking = new GetObjectLegalHoldCommand({ Bucket: 'locked', Key: 'free' })
  await expect(lab.s3().send(asking)).rejects.toMatchObject(unset)
  await retain('free', 'GOVERNANCE', 3)
  await hold('free', 'ON')
  expect(await retentionOf('free')).toEqual({ Mode: 'GOVERNANCE', RetainUntilDate: inDays(3) })
  expect((await lab.s3().send(asking)).LegalHold).toEqual({ Status: 'ON' })
  expect(await lab.s3().send(new HeadObjectCommand({ Bucket: 'locked', Key: 'free' }))).toMatchObject({
    ObjectLockMode: 'GOVERNANCE',
    ObjectLockRetainUntilDate: inDays(3),
    ObjectLockLegalHoldStatus: 'ON',
  })
})

test('governance is shortened and bypassed by those who may, compliance by nobody before its end', async () => {
  const soft = await put('locked', 'soft')
  const hard = await put('locked', 'hard')
  await retain('soft', 'GOVERNANCE', 10)
  await retain('hard', 'COMPLIANCE', 10)
  await expect(retain('soft', 'GOVERNANCE', 5)).rejects.toMatchObject(protectedBy)
  await expect(retain('hard', 'COMPLIANCE', 5)).rejects.toMatchObject(protectedBy)
  await retain('soft', 'GOVERNANCE', 5, { BypassGovernanceRetention: true })
  await retain('soft', 'COMPLIANCE', 11)
  await expect(remove('hard', hard, true)).rejects.toMatchObject(protectedBy)
  await expect(retain('hard', 'GOVERNANCE', 20, { BypassGovernanceRetention: true })).rejects.toMatchObject(
    protectedBy,
  )
  await retain('hard', 'COMPLIANCE', 12)
  expect(await retentionOf('hard')).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: inDays(12) })
  // Governance became compliance without a bypass, as that is stricter.
  expect(await retentionOf('soft')).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: inDays(11) })
  lab.move('12d')
  await remove('hard', hard)
  await remove('soft', soft)
})

test('a bypass takes its permission, and an empty retention takes governance away', async () => {
  const version = await put('locked', 'bypassed')
  await retain('bypassed', 'GOVERNANCE', 10)
  const denial = { accessKeyId: alice.accessKeyId, action: 's3:BypassGovernanceRetention' }
  await lab.control('POST', 'deny', denial)
  await expect(remove('bypassed', version, true)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('s3:BypassGovernanceRetention'),
  })
  await lab.control('POST', 'allow', denial)
  await expect(retain('bypassed', undefined, 0)).rejects.toMatchObject(protectedBy)
  await retain('bypassed', undefined, 0, { BypassGovernanceRetention: true })
  await expect(retentionOf('bypassed')).rejects.toMatchObject({ name: 'NoSuchObjectLockConfiguration' })
  await remove('bypassed', version)
})

test('a legal hold keeps a version until it is lifted, whatever the retention', async () => {
  const version = await put('locked', 'held', { ObjectLockLegalHoldStatus: 'ON' })
  await expect(remove('held', version, true)).rejects.toMatchObject(protectedBy)
  lab.move('1000d')
  await expect(remove('held', version)).rejects.toMatchObject(protectedBy)
  await hold('held', 'OFF')
  await remove('held', version)
})

test('what is put in a bucket with a default is kept by that of the moment, or by what the call says', async () => {
  const before = await put('kept', 'a')
  const own = await put('kept', 'b', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(2) })
  const copied = new CopyObjectCommand({ Bucket: 'kept', Key: 'c', CopySource: 'kept/b' })
  await lab.s3().send(copied)
  expect(await retentionOf('b', 'kept', own)).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: inDays(2) })
  expect(await retentionOf('c', 'kept')).toMatchObject({ Mode: 'GOVERNANCE' })
  const ObjectLockConfiguration = {
    ObjectLockEnabled: 'Enabled' as const,
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE' as const, Days: 1 } },
  }
  await lab.s3().send(new PutObjectLockConfigurationCommand({ Bucket: 'kept', ObjectLockConfiguration }))
  lab.move('2d')
  await expect(remove('a', before, false, 'kept')).rejects.toMatchObject(protectedBy)
  await remove('b', own, false, 'kept')
})

test('a put into a bucket that keeps objects says the digest of its body', async () => {
  const silent = lab.s3(alice, 'eu-west-1', { requestChecksumCalculation: 'WHEN_REQUIRED' })
  const named = { Bucket: 'kept', Key: 'plain', Body: 'x' }
  await expect(silent.send(new PutObjectCommand(named))).rejects.toMatchObject({
    name: 'InvalidRequest',
    message:
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
  })
  const ContentMD5 = createHash('md5').update('x').digest('base64')
  await silent.send(new PutObjectCommand({ ...named, ContentMD5 }))
})

test('without Object Lock there is nothing to set', async () => {
  await put('open', 'a')
  await expect(retentionOf('a', 'open')).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Bucket is missing Object Lock Configuration',
  })
  await expect(put('open', 'b', { ObjectLockLegalHoldStatus: 'ON' })).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Bucket is missing ObjectLockConfiguration',
  })
})

test('moments lie ahead, a mode has a moment, and versions must be there', async () => {
  await put('locked', 'strict')
  await expect(retain('strict', 'GOVERNANCE', -1)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'The retain until date must be in the future!',
  })
  await expect(put('locked', 'strict', { ObjectLockMode: 'GOVERNANCE' })).rejects.toMatchObject({
    name: 'InvalidArgument',
  })
  await expect(retentionOf('strict', 'locked', '0'.repeat(32))).rejects.toMatchObject({
    name: 'NoSuchVersion',
  })
  await expect(retentionOf('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test('retention and hold are permissions of their own, also on the way in', async () => {
  const actions = ['GetObjectRetention', 'PutObjectRetention', 'GetObjectLegalHold', 'PutObjectLegalHold']
  await put('locked', 'guarded', { ObjectLockLegalHoldStatus: 'ON' })
  const { accessKeyId } = carol
  for (const action of actions) await lab.control('POST', 'deny', { accessKeyId, action: `s3:${action}` })
  const s3 = lab.s3(carol)
  const named = { Bucket: 'locked', Key: 'guarded' }
  const denied = { name: 'AccessDenied' }
  await expect(s3.send(new GetObjectRetentionCommand(named))).rejects.toMatchObject(denied)
  await expect(s3.send(new GetObjectLegalHoldCommand(named))).rejects.toMatchObject(denied)
  const putting = new PutObjectCommand({ ...named, Body: 'y', ObjectLockLegalHoldStatus: 'ON' })
  await expect(s3.send(putting)).rejects.toMatchObject(denied)
  const got = await s3.send(new GetObjectCommand(named))
  expect(got).not.toHaveProperty('ObjectLockLegalHoldStatus')
})

test('a policy may say how long an object is kept at most, whichever call says it', async () => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...{
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObjectRetention',
          Resource: 'arn:aws:s3:::locked/*',
        },
        Condition: { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': '10' } },
      },
    ],
  })
  await lab.s3().send(new PutBucketPolicyCommand({ Bucket: 'locked', Policy }))
  await put('locked', 'bounded')
  await expect(retain('bounded', 'GOVERNANCE', 11)).rejects.toMatchObject({ name: 'AccessDenied' })
  await retain('bounded', 'GOVERNANCE', 9)
  const said = (days: number) => ({
    ...{ ObjectLockMode: 'GOVERNANCE' as const, ObjectLockRetainUntilDate: inDays(days) },
  })
  await expect(put('locked', 'bounded', said(11))).rejects.toMatchObject({ name: 'AccessDenied' })
  await put('locked', 'bounded', said(9))
})
