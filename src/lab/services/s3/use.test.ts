// Whether a service may deliver into a bucket, and what is public.

import { expect, test } from 'vitest'
import { parsePolicy } from '#lab/iam/parse.ts'
import { emptyState } from '#lab/state.ts'
import { newBucket } from './buckets.ts'
import { type Bucket, bucketKey } from './model.ts'
import { readPolicy } from './policies.ts'
import { isPublicPolicy } from './public.ts'
import { deliveryRefusal } from './use.ts'

const allow = {
  Effect: 'Allow',
  Principal: { Service: 'redshift.amazonaws.com' },
  Action: ['s3:PutObject', 's3:GetBucketAcl'],
  Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
}

function refusalOf(change: (bucket: Bucket) => void = () => undefined, more = {}) {
  const state = emptyState()
  const account = { id: '111122223333', partition: 'aws' }
  const bucket = newBucket({ name: 'logs', region: 'eu-west-1', account: account as never, now: 0 })
  allowing(allow)(bucket)
  change(bucket)
  state.s3.buckets.set(bucketKey('aws', 'logs'), bucket)
  return deliveryRefusal(state, {
    partition: 'aws',
    bucket: 'logs',
    key: 'prefix/AWSLogs/x.gz',
    service: 'redshift.amazonaws.com',
    region: 'eu-west-1',
    plainOnly: true,
    ...more,
  })
}

function allowing(...statements: object[]) {
  return (bucket: Bucket) => {
    bucket.policy = readPolicy(bucket, JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  }
}

test('a bucket with the policy that AWS documents takes deliveries', () => {
  expect(refusalOf()).toBeUndefined()
})

test.each([
  ['there is no such bucket', 'no-bucket', () => undefined, { bucket: 'others' }],
  ['it is in another partition', 'no-bucket', () => undefined, { partition: 'aws-cn' }],
  ['it is in another region', 'other-region', () => undefined, { region: 'eu-central-1' }],
  [
    'it has no policy',
    'policy',
    (bucket: Bucket) => {
      bucket.policy = undefined
    },
    {},
  ],
  [
    'the policy lets another service in',
    'policy',
    () => undefined,
    { service: 'redshift.me-south-1.amazonaws.com' },
  ],
  ['the ACL may not be read', 'policy', allowing({ ...allow, Action: 's3:PutObject' }), {}],
  ['nothing may be written', 'policy', allowing({ ...allow, Action: 's3:GetBucketAcl' }), {}],
  [
    'another prefix may be written',
    'policy',
    allowing({ ...allow, Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/a/*'] }),
    {},
  ],
  [
    'the policy denies it',
    'policy',
    allowing(allow, {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
    }),
    {},
  ],
  [
    'the policy names another source',
    'policy',
    allowing({ ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }),
    { conditions: { 'aws:SourceAccount': '111122223333' } },
  ],
  [
    'Object Lock is on',
    'object-lock',
    (bucket: Bucket) => {
      bucket.objectLock = { ObjectLockEnabled: 'Enabled' }
    },
    {},
  ],
  [
    'objects are encrypted by KMS',
    'encryption',
    (bucket: Bucket) => {
      bucket.encryption = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }]
    },
    {},
  ],
] as const)('not when %s', (_why, refused, change, more) => {
  expect(refusalOf(change, more)).toBe(refused)
})

test('a service that needs no plain bucket takes Object Lock and KMS', () => {
  const lock = (bucket: Bucket) => {
    bucket.objectLock = { ObjectLockEnabled: 'Enabled' }
  }
  expect(refusalOf(lock, { plainOnly: false })).toBeUndefined()
})

const statement = (Principal: unknown, Condition?: object, Effect = 'Allow') => ({
  Effect,
  Principal,
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::logs/*',
  ...(Condition && { Condition }),
})

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
test.each([
  [true, 'everybody', statement('*')],
  [true, 'everybody, as a list', statement({ AWS: ['*'] })],
  [false, 'an account', statement({ AWS: 'arn:aws:iam::111122223333:root' })],
  [false, 'a service', statement({ Service: 'redshift.amazonaws.com' })],
  [false, 'a denial', statement('*', undefined, 'Deny')],
  [true, 'over TLS', statement('*', { Bool: { 'aws:SecureTransport': 'true' } })],
  [false, 'one VPC', statement('*', { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } })],
  [true, 'any VPC', statement('*', { StringLike: { 'aws:SourceVpc': 'vpc-*' } })],
  [true, 'all but one VPC', statement('*', { StringNotEquals: { 'aws:SourceVpc': 'vpc-91237329' } })],
  [false, 'an address', statement('*', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })],
  [true, 'half of the addresses', statement('*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } })],
  [true, 'too much of IPv6', statement('*', { IpAddress: { 'aws:SourceIp': '2001::/16' } })],
  [false, 'an organization', statement('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  [true, 'sessions of a role', statement('*', { StringLike: { 'aws:userid': 'AROA123:*' } })],
] as const)('public is %s: %s', (isPublic, _what, one) => {
  expect(isPublicPolicy(parsePolicy({ Version: '2012-10-17', Statement: [one] }))).toBe(isPublic)
})
