// What is checked before a call to S3: action, ARN, the bucket's policy, and what the call says of itself.

import { expect, test } from 'vitest'
import { evaluate } from '#lab/iam/evaluate.ts'
import type { Caller } from '#lab/iam/types.ts'
import { type Context, emptyState } from '#lab/state.ts'
import { accessTo } from './access-to.ts'
import { newBucket } from './buckets.ts'
import { bucketKey } from './model.ts'
import { readPolicy } from './policies.ts'

const owner = '111122223333'
const stranger = '444455556666'
const [bucketArn, objectArn] = ['arn:aws:s3:::data', 'arn:aws:s3:::data/*']

function setUp(caller: string, Statement: object[], isRestricted = false, user = 'user/eve') {
  const state = emptyState()
  const bucket = newBucket({
    name: 'data',
    region: 'eu-west-1',
    account: { id: owner, partition: 'aws' } as never,
    now: 0,
  })
  bucket.policy = readPolicy(bucket, JSON.stringify({ Version: '2012-10-17', Statement }))
  bucket.publicAccessBlock = isRestricted ? { RestrictPublicBuckets: true } : undefined
  state.s3.buckets.set(bucketKey('aws', 'data'), bucket)
  const account = { id: caller, partition: 'aws' }
  const arn = `arn:aws:iam::${caller}:${user}`
  const context = { state, account, region: { name: 'eu-west-1', account }, principal: { arn }, now: 0 }
  return {
    context: context as unknown as Context,
    caller: { kind: 'user', account: caller, arn } satisfies Caller,
  }
}

/** Whether the bucket's policy lets the caller, who may do everything of its own account's accord. */
function isAllowed(operation: string, input: object, { context, caller }: ReturnType<typeof setUp>): boolean {
  const everything = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow' as const, Action: ['*'], Resource: ['*'] }],
  }
  return accessTo(operation, { Bucket: 'data', ...input }, context).every(
    ({ action, resource, resourceAccount = '', conditions = {}, policy }) =>
      evaluate(
        { identity: [{ name: 'all', document: everything }], ...(policy && { resource: policy }) },
        { caller, action, resource, resourceAccount, conditions },
      ).allowed,
  )
}

const open = {
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: [bucketArn, objectArn],
}

test.each([
  ['HeadObject', { Key: 'a' }, 's3:GetObject', 'arn:aws:s3:::data/a'],
  ['GetObject', { Key: 'a', VersionId: '1' }, 's3:GetObjectVersion', 'arn:aws:s3:::data/a'],
  ['ListObjectsV2', {}, 's3:ListBucket', bucketArn],
  ['HeadBucket', {}, 's3:ListBucket', bucketArn],
  ['GetBucketEncryption', {}, 's3:GetEncryptionConfiguration', bucketArn],
  ['GetPublicAccessBlock', {}, 's3:GetBucketPublicAccessBlock', bucketArn],
  ['GetObjectLockConfiguration', {}, 's3:GetBucketObjectLockConfiguration', bucketArn],
  ['GetBucketPolicyStatus', {}, 's3:GetBucketPolicyStatus', bucketArn],
  ['ListBuckets', {}, 's3:ListAllMyBuckets', '*'],
] as const)('%s is checked under the name that policies give it', (operation, input, action, resource) => {
  const { context } = setUp(owner, [open])
  expect(accessTo(operation, { Bucket: 'data', ...input }, context)).toMatchObject([{ action, resource }])
})

test('a policy lets another account in, unless public buckets are restricted', () => {
  expect(isAllowed('GetObject', { Key: 'a' }, setUp(stranger, [open]))).toBe(true)
  expect(isAllowed('PutObject', { Key: 'a' }, setUp(stranger, [open]))).toBe(false)
  expect(isAllowed('GetObject', { Key: 'a' }, setUp(stranger, [open], true))).toBe(false)
  expect(isAllowed('GetObject', { Key: 'a' }, setUp(owner, [open], true))).toBe(true)
  // Restriction concerns public policies only.
  const named = { ...open, Principal: { AWS: stranger } }
  expect(isAllowed('GetObject', { Key: 'a' }, setUp(stranger, [named], true))).toBe(true)
})

test('the lab stands for endpoints with TLS', () => {
  const insecure = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, objectArn] }
  const plain = { ...insecure, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  const old = { ...insecure, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }
  expect(isAllowed('GetObject', { Key: 'a' }, setUp(owner, [plain, old]))).toBe(true)
  expect(isAllowed('GetObject', { Key: 'a' }, setUp(owner, [insecure]))).toBe(false)
})

test('what a call says of itself is seen by conditions', () => {
  const prefix = { ...open, Condition: { StringLike: { 's3:prefix': 'logs/*' } } }
  expect(isAllowed('ListObjectsV2', { Prefix: 'logs/2026' }, setUp(stranger, [prefix]))).toBe(true)
  expect(isAllowed('ListObjectsV2', { Prefix: 'other' }, setUp(stranger, [prefix]))).toBe(false)
  expect(isAllowed('ListObjectsV2', {}, setUp(stranger, [prefix]))).toBe(false)
  const keyed = {
    ...open,
    Action: 's3:PutObject',
    Condition: {
      StringEquals: {
        's3:x-amz-acl': 'bucket-owner-full-control',
        's3:x-amz-server-side-encryption': 'aws:kms',
      },
    },
  }
  const said = { Key: 'a', ACL: 'bucket-owner-full-control', ServerSideEncryption: 'aws:kms' }
  expect(isAllowed('PutObject', said, setUp(stranger, [keyed]))).toBe(true)
  expect(isAllowed('PutObject', { ...said, ACL: 'private' }, setUp(stranger, [keyed]))).toBe(false)
})

test('the root user of the owner cannot be locked out of the policy, and of nothing else', () => {
  const lockout = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, objectArn] }
  const root = setUp(owner, [lockout], false, 'root')
  expect(isAllowed('DeleteBucketPolicy', {}, root)).toBe(true)
  expect(isAllowed('GetBucketAcl', {}, root)).toBe(false)
  expect(isAllowed('DeleteBucketPolicy', {}, setUp(owner, [lockout]))).toBe(false)
})
