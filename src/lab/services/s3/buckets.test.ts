// Buckets through the SDK: names, regions, owners, policies and what protects them.

import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account) {
    account.regions['eu-west-1'] = {
      buckets: [
        { Name: 'seeded', TagSet: [{ Key: 'team', Value: 'audit' }] },
        {
          Name: 'old-and-open',
          PublicAccessBlockConfiguration: null,
          OwnershipControls: null,
          Policy: statement({
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: arn('old-and-open/*'),
          }),
          Grants: [
            {
              Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
              Permission: 'READ',
            },
          ],
        },
        { Name: 'locked', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
      ],
    }
  }
  return world
})

const arn = (resource: string) => `arn:aws:s3:::${resource}`
const statement = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const make = (Bucket: string) => lab.s3().send(new CreateBucketCommand({ Bucket }))

test('a new bucket is private, encrypted by S3 and without ACLs', async () => {
  expect(await make('fresh')).toMatchObject({ Location: '/fresh', BucketArn: arn('fresh') })
  const s3 = lab.s3()
  const Bucket = 'fresh'
  expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(
    {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  )
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }))
  expect(ServerSideEncryptionConfiguration?.Rules).toEqual([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ])
  const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))
  expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }])
  const { Owner, Grants } = await s3.send(new GetBucketAclCommand({ Bucket }))
  expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/)
  expect(Grants).toEqual([{ Grantee: { Type: 'CanonicalUser', ID: Owner?.ID }, Permission: 'FULL_CONTROL' }])
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
  expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined()
})

test('what a bucket does not have is said by a code of its own', async () => {
  const s3 = lab.s3()
  const Bucket = 'absences'
  await make(Bucket)
  const codes = [
    [new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy'],
    [new GetBucketPolicyStatusCommand({ Bucket }), 'NoSuchBucketPolicy'],
    [new GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet'],
    [new GetBucketLifecycleConfigurationCommand({ Bucket }), 'NoSuchLifecycleConfiguration'],
    [new GetObjectLockConfigurationCommand({ Bucket }), 'ObjectLockConfigurationNotFoundError'],
  ] as const
  for (const [command, name] of codes) {
    await expect(s3.send(command as GetBucketPolicyCommand)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 404 },
    })
  }
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  await expect(s3.send(new GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchPublicAccessBlockConfiguration',
    BucketName: Bucket,
  })
  const old = 'old-and-open'
  await expect(s3.send(new GetBucketOwnershipControlsCommand({ Bucket: old }))).rejects.toMatchObject({
    name: 'OwnershipControlsNotFoundError',
  })
})

test('a missing bucket', async () => {
  const Bucket = 'nowhere'
  await expect(lab.s3().send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(lab.s3().send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NotFound',
    $metadata: { httpStatusCode: 404 },
  })
})

test('a name is taken once in a partition', async () => {
  await make('taken-once')
  await expect(make('taken-once')).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' })
  const other = lab.s3(bob).send(new CreateBucketCommand({ Bucket: 'taken-once' }))
  await expect(other).rejects.toMatchObject({
    name: 'BucketAlreadyExists',
    $metadata: { httpStatusCode: 409 },
  })
  await expect(make('Bad_Name')).rejects.toMatchObject({ name: 'InvalidBucketName' })
  const virginia = lab.s3(alice, 'us-east-1')
  await virginia.send(new CreateBucketCommand({ Bucket: 'made-twice' }))
  expect(await virginia.send(new CreateBucketCommand({ Bucket: 'made-twice' }))).toMatchObject({
    Location: '/made-twice',
  })
})

test('a bucket stands in the region it was asked for in', async () => {
  await make('here')
  const { LocationConstraint } = await lab.s3().send(new GetBucketLocationCommand({ Bucket: 'here' }))
  expect(LocationConstraint).toBe('eu-west-1')
  const virginia = lab.s3(alice, 'us-east-1')
  await virginia.send(new CreateBucketCommand({ Bucket: 'there' }))
  expect(
    (await virginia.send(new GetBucketLocationCommand({ Bucket: 'there' }))).LocationConstraint,
  ).toBeUndefined()
  const elsewhere = new CreateBucketCommand({
    Bucket: 'odd',
    CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
  })
  await expect(lab.s3().send(elsewhere)).rejects.toMatchObject({
    name: 'IllegalLocationConstraintException',
    message:
      'The eu-central-1 location constraint is incompatible for the region specific endpoint this request was sent to.',
  })
})

test('us-east-1 tells where any bucket is', async () => {
  const read = (region: string) =>
    lab.s3(alice, region).send(new GetBucketLocationCommand({ Bucket: 'seeded' }))
  expect((await read('us-east-1')).LocationConstraint).toBe('eu-west-1')
  await expect(read('eu-central-1')).rejects.toMatchObject({ name: 'PermanentRedirect' })
})

test('calling another region redirects, and the SDK follows when told to', async () => {
  await make('stays')
  const frankfurt = lab.s3(alice, 'eu-central-1')
  await expect(frankfurt.send(new GetBucketPolicyCommand({ Bucket: 'stays' }))).rejects.toMatchObject({
    name: 'PermanentRedirect',
    $metadata: { httpStatusCode: 301 },
    Endpoint: 'stays.s3.eu-west-1.amazonaws.com',
  })
  const follower = lab.s3(alice, 'eu-central-1', { followRegionRedirects: true })
  expect((await follower.send(new HeadBucketCommand({ Bucket: 'stays' }))).BucketRegion).toBe('eu-west-1')
})

test('an account lists its own buckets of all regions, in order of name and in pages', async () => {
  await lab.s3(bob).send(new CreateBucketCommand({ Bucket: 'zz-bobs' }))
  await lab.s3(bob).send(new CreateBucketCommand({ Bucket: 'aa-bobs' }))
  const { Buckets } = await lab.s3(bob, 'us-east-1').send(new ListBucketsCommand({}))
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['aa-bobs', 'zz-bobs'])
  expect(Buckets?.[0]?.BucketRegion).toBeUndefined()
  const first = await lab.s3(bob).send(new ListBucketsCommand({ MaxBuckets: 1 }))
  expect(first.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
    ['aa-bobs', 'eu-west-1'],
  ])
  const { ContinuationToken } = first
  const second = await lab
    .s3(bob)
    .send(new ListBucketsCommand({ MaxBuckets: 1, ...(ContinuationToken && { ContinuationToken }) }))
  expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['zz-bobs'])
  expect(second.ContinuationToken).toBeUndefined()
})

test('a bucket goes only when it is empty', async () => {
  const Bucket = 'not-empty'
  await make(Bucket)
  await lab.s3().send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))
  await expect(lab.s3().send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'BucketNotEmpty',
  })
  await make('empty')
  await lab.s3().send(new DeleteBucketCommand({ Bucket: 'empty' }))
  await expect(lab.s3().send(new HeadBucketCommand({ Bucket: 'empty' }))).rejects.toMatchObject({
    name: 'NotFound',
  })
})

test('the owner a caller expects must be the owner', async () => {
  const call = (ExpectedBucketOwner: string) =>
    lab.s3().send(new GetBucketLocationCommand({ Bucket: 'seeded', ExpectedBucketOwner }))
  await expect(call('999999999999')).rejects.toMatchObject({ name: 'AccessDenied' })
  expect((await call(home)).LocationConstraint).toBe('eu-west-1')
})

const put = (Bucket: string, policy: object | string) =>
  lab.s3().send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: typeof policy === 'string' ? policy : JSON.stringify(policy),
    }),
  )

test('a policy is kept as it was put, and must be about the bucket', async () => {
  const Bucket = 'with-policy'
  await make(Bucket)
  const policy = statement({
    Effect: 'Allow',
    Principal: { Service: 'redshift.amazonaws.com' },
    Action: ['s3:PutObject', 's3:GetBucketAcl'],
    Resource: [arn(Bucket), arn(`${Bucket}/*`)],
  })
  await put(Bucket, policy)
  expect((await lab.s3().send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(JSON.stringify(policy))
  const { PolicyStatus } = await lab.s3().send(new GetBucketPolicyStatusCommand({ Bucket }))
  expect(PolicyStatus).toEqual({ IsPublic: false })
  const wrong = (change: object) =>
    put(
      Bucket,
      statement({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: arn(Bucket), ...change }),
    )
  await expect(wrong({ Resource: arn('another') })).rejects.toMatchObject({
    name: 'MalformedPolicy',
    message: 'Policy has invalid resource',
  })
  await expect(wrong({ Action: 'ec2:*' })).rejects.toThrow('Policy has invalid action')
  await expect(wrong({ Principal: undefined })).rejects.toThrow('Missing required field Principal')
  await expect(put(Bucket, 'nonsense')).rejects.toMatchObject({ name: 'MalformedPolicy' })
  await lab.s3().send(new DeleteBucketPolicyCommand({ Bucket }))
  await expect(lab.s3().send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchBucketPolicy',
  })
})

test('public policies are refused while they are blocked, and those already there stay', async () => {
  const Bucket = 'old-and-open'
  const { PolicyStatus } = await lab.s3().send(new GetBucketPolicyStatusCommand({ Bucket }))
  expect(PolicyStatus).toEqual({ IsPublic: true })
  const open = statement({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: arn(`${Bucket}/*`),
  })
  await put(Bucket, open)
  const PublicAccessBlockConfiguration = { BlockPublicPolicy: true }
  await lab.s3().send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
  await expect(put(Bucket, open)).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  })
  const block = await lab.s3().send(new GetPublicAccessBlockCommand({ Bucket }))
  expect(block.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  })
  expect((await lab.s3().send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain('"Principal":"*"')
})

test('ACLs: off by default, and public ones blocked', async () => {
  const Bucket = 'with-acls'
  await make(Bucket)
  const s3 = lab.s3()
  const acl = (ACL: 'public-read' | 'private') => s3.send(new PutBucketAclCommand({ Bucket, ACL }))
  await expect(acl('private')).rejects.toMatchObject({
    name: 'AccessControlListNotSupported',
    message: 'The bucket does not allow ACLs',
  })
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] }
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }))
  await expect(acl('public-read')).rejects.toMatchObject({ name: 'AccessDenied' })
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  await acl('public-read')
  const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket }))
  expect(Grants?.[1]).toEqual({
    Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
    Permission: 'READ',
  })
  const enforced = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' as const }] }
  await expect(
    s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: enforced })),
  ).rejects.toMatchObject({ name: 'InvalidBucketAclWithObjectOwnership' })
})

test('encryption is set, shown, and falls back to S3 keys', async () => {
  const Bucket = 'encrypted'
  await make(Bucket)
  const s3 = lab.s3()
  const rule = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: `arn:aws:kms:eu-west-1:${home}:key/1` }
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] }
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }))
  const read = async () =>
    (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]
      ?.ApplyServerSideEncryptionByDefault
  expect(await read()).toEqual(rule)
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))
  expect(put).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: rule.KMSMasterKeyID })
  await s3.send(new DeleteBucketEncryptionCommand({ Bucket }))
  expect(await read()).toEqual({ SSEAlgorithm: 'AES256' })
})

test('Object Lock needs versions and keeps them', async () => {
  const Bucket = 'lockable'
  await make(Bucket)
  const s3 = lab.s3()
  const lock = new PutObjectLockConfigurationCommand({
    Bucket,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
    },
  })
  await expect(s3.send(lock)).rejects.toMatchObject({
    name: 'InvalidBucketState',
    $metadata: { httpStatusCode: 409 },
  })
  const versions = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))
  await versions('Enabled')
  await s3.send(lock)
  const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))
  expect(ObjectLockConfiguration?.Rule?.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Days: 30 })
  await expect(versions('Suspended')).rejects.toMatchObject({ name: 'InvalidBucketState' })
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: 'locked' }))).Status).toBe('Enabled')
})

test('lifecycle, access logging and tags are kept', async () => {
  const Bucket = 'configured'
  await make(Bucket)
  const s3 = lab.s3()
  const Rules = [{ Status: 'Enabled' as const, Filter: { Prefix: 'logs/' }, Expiration: { Days: 400 } }]
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }))
  const lifecycle = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
  expect(lifecycle.Rules).toEqual([{ ...Rules[0], ID: 'rule-1' }])
  const logTo = (TargetBucket: string) =>
    s3.send(
      new PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: 'access/' } },
      }),
    )
  await expect(logTo('nowhere')).rejects.toMatchObject({ name: 'InvalidTargetBucketForLogging' })
  await logTo('seeded')
  expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual({
    TargetBucket: 'seeded',
    TargetPrefix: 'access/',
  })
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }))
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'a', Value: 'b' }])
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket: 'seeded' }))).TagSet).toEqual([
    { Key: 'team', Value: 'audit' },
  ])
})
