// `redoubt policy` through the built command: JSON on stdout, ARNs of the right partition, and clear refusals.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyFolder, redoubt } from '../command.ts'
import { credentials, openRunningEstate, worldOf } from '../estate.ts'

type Statement = { Sid: string; Action: string[]; Resource: string | string[]; Condition?: object }

async function policy(...words: string[]) {
  const cwd = await emptyFolder()
  const ran = await redoubt(['policy', ...words], { cwd })
  return { ...ran, statements: (JSON.parse(ran.stdout || '{}').Statement ?? []) as Statement[] }
}

test('scan needs neither credentials nor a network, and only reads', async () => {
  const { code, statements } = await policy('--for', 'scan')
  expect(code).toBe(0)
  expect(statements.map(({ Sid }) => Sid)).toEqual(['RedoubtRead'])
  const [read] = statements
  expect(read?.Action).toContain('redshift:DescribeClusters')
  expect(read?.Action.filter((action) => !/:(Describe|Get|List|Lookup)/.test(action))).toEqual([])
})

test('keys are used through Redshift alone', async () => {
  const { statements } = await policy('--for', 'apply', '--action', 'cluster-encrypt', '--partition', 'aws')
  const using = statements.filter(({ Action }) => Action.includes('kms:Decrypt'))
  expect(using).toEqual([
    {
      Sid: 'RedoubtUseKeys',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: ['arn:aws:kms:*:*:key/*'],
      Condition: {
        StringLike: {
          'kms:ViaService': ['redshift.*.amazonaws.com', 'redshift-serverless.*.amazonaws.com'],
        },
      },
    },
  ])
})

test('hunt reads logs and nothing else that lies in buckets', async () => {
  const { code, statements } = await policy('--for', 'hunt', '--partition', 'aws-cn')
  expect(code).toBe(0)
  const read = ['ec2:DescribeRegions', 'redshift-serverless:ListNamespaces', 'redshift:DescribeClusters']
  const prefixes = ['AWSLogs/*/redshift/*_useractivitylog_', '*/AWSLogs/*/redshift/*_useractivitylog_']
  const [allowed, groups] = [
    { Effect: 'Allow' },
    'arn:aws-cn:logs:*:*:log-group:/aws/redshift/*/useractivitylog*',
  ]
  expect(statements).toEqual([
    {
      ...allowed,
      Sid: 'RedoubtRead',
      Action: [...read, 'redshift:DescribeLoggingStatus', 's3:GetBucketLocation'],
      Resource: '*',
    },
    {
      ...allowed,
      Sid: 'RedoubtListLogs',
      Action: ['s3:ListBucket'],
      Resource: ['arn:aws-cn:s3:::*'],
      Condition: { StringLike: { 's3:prefix': prefixes } },
    },
    {
      ...allowed,
      Sid: 'RedoubtReadLogs',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws-cn:s3:::*/AWSLogs/*/redshift/*_useractivitylog_*'],
    },
    { ...allowed, Sid: 'RedoubtReadLogGroups', Action: ['logs:FilterLogEvents'], Resource: [groups] },
  ])
})

test('scan reads logs where the settings say so, and then for the practices that need it', async () => {
  const cwd = await emptyFolder()
  await writeFile(join(cwd, 'redoubt.yaml'), 'readLogs: { days: 7 }\n')
  const sids = async (...words: string[]) => {
    const { stdout } = await redoubt(['policy', '--partition', 'aws', ...words], { cwd })
    return (JSON.parse(stdout).Statement as Statement[]).map(({ Sid }) => Sid)
  }
  const logs = ['RedoubtListLogs', 'RedoubtReadLogs', 'RedoubtReadLogGroups']
  expect(await sids('--for', 'scan')).toEqual(['RedoubtRead', ...logs])
  expect(await sids('--for', 'scan', '--practice', 'bucket-refuses-plain-http')).toEqual([
    'RedoubtRead',
    ...logs,
  ])
  expect(await sids('--for', 'scan', '--practice', 'audit-log-bucket')).toEqual(['RedoubtRead'])
  expect(await sids('--for', 'apply', '--practice', 'bucket-refuses-plain-http')).not.toContain(
    'RedoubtReadLogs',
  )
})

test('plan needs what the scan before it needs, and says so', async () => {
  const plan = await policy('--for', 'plan')
  expect(plan.stdout).toBe((await policy('--for', 'scan')).stdout)
  expect(plan.stderr).toBe('plan calls nothing: this is what the scan before it needs.\n')
})

test('the roles of the settings, and no others, may be assumed', async () => {
  const cwd = await emptyFolder()
  const role = 'arn:aws:iam::444455556666:role/redoubt-scan'
  await writeFile(join(cwd, 'redoubt.yaml'), `accounts: [{ role: "${role}" }]\n`)
  const { stdout } = await redoubt(['policy', '--for', 'scan'], { cwd })
  expect(JSON.parse(stdout).Statement[1]).toEqual({
    Sid: 'RedoubtAssume',
    Effect: 'Allow',
    Action: ['sts:AssumeRole'],
    Resource: [role],
  })
})

test('what a practice judges is only found where what leads to it may be read', async () => {
  const { statements } = await policy('--for', 'scan', '--practice', 'bucket-refuses-plain-http')
  expect(statements[0]?.Action).toEqual([
    'ec2:DescribeRegions',
    'redshift:DescribeClusters',
    'redshift:DescribeLoggingStatus',
    's3:GetAccountPublicAccessBlock',
    's3:GetBucketLocation',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketPublicAccessBlock',
  ])
})

test('--practice narrows what is read and what is changed', async () => {
  const { statements } = await policy(
    '--for',
    'apply',
    '--practice',
    'cluster-audit-logging',
    '--partition',
    'aws-cn',
  )
  expect(statements).toMatchObject([
    {
      Sid: 'RedoubtRead',
      Action: [
        'cloudtrail:LookupEvents',
        'ec2:DescribeRegions',
        'redshift:DescribeClusters',
        'redshift:DescribeLoggingStatus',
        's3:GetBucketLocation',
        's3:GetBucketObjectLockConfiguration',
        's3:GetBucketPolicy',
        's3:GetBucketPolicyStatus',
        's3:GetBucketPublicAccessBlock',
        's3:GetEncryptionConfiguration',
      ],
      Resource: '*',
    },
    {
      Sid: 'RedoubtChangeRedshift',
      Action: ['redshift:DisableLogging', 'redshift:EnableLogging'],
      Resource: '*',
    },
    {
      Sid: 'RedoubtChangeS3',
      Action: ['s3:PutBucketPolicy', 's3:PutObject'],
      Resource: ['arn:aws-cn:s3:::*'],
    },
  ])
})

test('--action narrows to what an action of "redoubt do" looks at, makes, takes back and proves', async () => {
  const { statements } = await policy('--for', 'apply', '--action', 'snapshot create', '--partition', 'aws')
  expect(statements).toEqual([
    {
      Sid: 'RedoubtRead',
      Effect: 'Allow',
      Action: [
        'ec2:DescribeRegions',
        'redshift-serverless:ListNamespaces',
        'redshift-serverless:ListSnapshots',
        'redshift-serverless:ListWorkgroups',
        'redshift:DescribeClusterSnapshots',
        'redshift:DescribeClusters',
      ],
      Resource: '*',
    },
    {
      Sid: 'RedoubtChangeRedshift',
      Effect: 'Allow',
      Action: ['redshift:CreateClusterSnapshot', 'redshift:DeleteClusterSnapshot'],
      Resource: '*',
    },
    {
      Sid: 'RedoubtChangeRedshiftServerless',
      Effect: 'Allow',
      Action: ['redshift-serverless:CreateSnapshot', 'redshift-serverless:DeleteSnapshot'],
      Resource: '*',
    },
  ])
  const all = await policy('--for', 'apply', '--partition', 'aws')
  const allowed = all.statements.flatMap(({ Action }) => Action)
  expect(allowed).toEqual(
    expect.arrayContaining(['redshift:CopyClusterSnapshot', 'redshift:BatchModifyClusterSnapshots']),
  )
})

test('the partition is the caller’s where none is given', async () => {
  const world = worldOf({})
  const [id = ''] = Object.keys(world.accounts)
  const { regions: _, ...own } = world.accounts[id] ?? { accessKeys: [] }
  world.accounts[id] = { ...own, partition: 'aws-us-gov', regions: { 'us-gov-west-1': {} } }
  const { lab } = await openRunningEstate(world)
  const ran = await redoubt(
    ['policy', '--for', 'apply', '--practice', 'cluster-audit-logging', '--endpoint-url', lab.url],
    { cwd: await emptyFolder(), env: { ...credentials, AWS_REGION: 'us-gov-west-1' } },
  )
  expect(ran.stdout).toContain('"arn:aws-us-gov:s3:::*"')
  const alone = await policy('--for', 'apply', '--region', 'eu-west-1')
  expect(alone).toMatchObject({ code: 253, stdout: '' })
  expect(alone.stderr).toContain('redoubt: No AWS credentials were found.')
})

test.each([
  [
    ['--for', 'hunt', '--practice', 'cluster-encrypted'],
    'policy --for hunt takes neither --practice nor --action: it is reading the logs.\nLeave them out.',
  ],
  [['--for', 'apply', '--action', 'snapshot creat'], 'There is no action "snapshot creat".'],
  [[], 'policy needs to know what for.'],
  [['--for', 'scan', '--practice', 'cluster-encrypt'], 'There is no practice "cluster-encrypt".'],
])('%j is refused', async (words, why) => {
  const { code, stderr, stdout } = await policy(...words)
  expect(stderr).toContain(`redoubt: ${why}\n`)
  expect({ code, stdout }).toEqual({ code: 252, stdout: '' })
})
