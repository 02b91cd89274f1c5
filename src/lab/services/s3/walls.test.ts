// The wall of an account holds for all its buckets, whatever their own let through, and not for those of others.

import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import type { AnyClient } from '#lab/fidelity/clients.ts'
import { useLab } from '#lab/testing/lab.ts'
import { GetAccountPublicAccessBlockCommand } from '#lab/testing/s3-control.ts'
import { alice, bob, home, testWorld } from '#lab/testing/world.ts'

const open = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::old-and-open/*',
}
const bucket = (Name: string) => ({
  Name,
  PublicAccessBlockConfiguration: null,
  OwnershipControls: null,
  ...(Name === 'old-and-open' && { Policy: { Version: '2012-10-17', Statement: [open] } }),
  objects: [{ Key: 'a', Body: 'text' }],
})

const walled = (publicAccessBlock?: object) => {
  const world = testWorld()
  const account = world.accounts[home]
  if (!account) throw new Error('the world has no home')
  account.regions['eu-west-1'] = { buckets: ['old-and-open', 'other'].map(bucket) }
  if (publicAccessBlock) account.publicAccessBlock = publicAccessBlock
  return world
}

const lab = useLab(() =>
  walled({ BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }),
)
const bare = useLab(() => walled())

test('a public policy lets nobody else in, and a new one is refused', async () => {
  const read = (who: typeof alice) =>
    lab.s3(who).send(new GetObjectCommand({ Bucket: 'old-and-open', Key: 'a' }))
  await expect(read(bob)).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(await (await read(alice)).Body?.transformToString()).toBe('text')
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [open] })
  const put = lab.s3().send(new PutBucketPolicyCommand({ Bucket: 'old-and-open', Policy }))
  await expect(put).rejects.toThrow(/BlockPublicPolicy/)
})

test('public ACLs are refused', async () => {
  const put = lab.s3().send(new PutBucketAclCommand({ Bucket: 'other', ACL: 'public-read' }))
  await expect(put).rejects.toThrow(/BlockPublicAcls/)
  const object = new PutObjectCommand({ Bucket: 'other', Key: 'b', Body: 'text', ACL: 'public-read' })
  await expect(lab.s3().send(object)).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('it is told to its own account', async () => {
  const ask = (AccountId: string, one = lab) =>
    (one.s3() as AnyClient).send(new GetAccountPublicAccessBlockCommand({ AccountId }))
  expect(await ask(home)).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  })
  await expect(ask('999999999999')).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(ask(home, bare)).rejects.toMatchObject({
    name: 'NoSuchPublicAccessBlockConfiguration',
    $metadata: { httpStatusCode: 404 },
  })
})

test('its address is that of no object', async () => {
  await lab.s3().send(new CreateBucketCommand({ Bucket: 'v20180820' }))
  const Key = 'configuration/publicAccessBlock'
  await lab.s3().send(new PutObjectCommand({ Bucket: 'v20180820', Key, Body: 'text' }))
  const got = await lab.s3().send(new GetObjectCommand({ Bucket: 'v20180820', Key }))
  expect(await got.Body?.transformToString()).toBe('text')
})
