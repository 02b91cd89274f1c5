// `redoubt do` from the wish to the undo, through the built command: what the lab holds before, after, and when it is taken
// back, and every wish that is refused.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
} from '@aws-sdk/client-kms'
import {
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeLoggingStatusCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import {
  GetNamespaceCommand,
  ListSnapshotCopyConfigurationsCommand,
  ListSnapshotsCommand,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless'
import { describe, expect, test } from 'vitest'
import { logBucket } from '#lab/services/redshift/logging/testing/log-bucket.ts'
import type { RegionSeed } from '#lab/world.ts'
import { redoubt } from '../command.ts'
import { account, credentials, type Estate, openRunningEstate, region, worldOf } from '../estate.ts'

const stranger = '444455556666'
const friend = '777788889999'
const used = '5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'
const off = '5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c12'
const keyArn = (id: string) => `arn:aws:kms:${region}:${account}:key/${id}`

const manual = { ClusterIdentifier: 'sales', SnapshotType: 'manual' as const, Encrypted: true }
const ofPlanning = { namespaceName: 'planning', kmsKeyId: keyArn(used), snapshotRetentionPeriod: 90 }
const world: RegionSeed = {
  keys: [{ KeyId: used }, { KeyId: off, KeyState: 'Disabled' }],
  buckets: [logBucket('audit')],
  namespaces: [
    { namespaceName: 'planning', kmsKeyId: keyArn(used) },
    { namespaceName: 'idle', kmsKeyId: keyArn(used) },
  ],
  workgroups: [{ workgroupName: 'planning', namespaceName: 'planning' }],
  snapshotCopyConfigurations: [
    { namespaceName: 'planning', destinationRegion: 'eu-central-1', snapshotRetentionPeriod: 30 },
  ],
  serverlessSnapshots: [
    { ...ofPlanning, snapshotName: 'quarter' },
    {
      ...ofPlanning,
      snapshotName: 'year',
      accountsWithRestoreAccess: [stranger, friend],
      accountsWithProvisionedRestoreAccess: [stranger],
    },
  ],
  clusters: [
    {
      ClusterIdentifier: 'sales',
      Encrypted: true,
      KmsKeyId: keyArn(used),
      ClusterSnapshotCopyStatus: {
        DestinationRegion: 'eu-central-1',
        RetentionPeriod: 5,
        ManualSnapshotRetentionPeriod: 40,
      },
    },
    { ClusterIdentifier: 'open', Encrypted: false },
    { ClusterIdentifier: 'locked', Encrypted: true, KmsKeyId: keyArn(off) },
    {
      ClusterIdentifier: 'managed',
      Encrypted: true,
      KmsKeyId: keyArn(used),
      MasterPasswordSecretArn: `arn:aws:secretsmanager:${region}:${account}:secret:redshift!managed-a1b2c3`,
      MasterPasswordSecretKmsKeyId: keyArn(used),
    },
    { ClusterIdentifier: 'asleep', Encrypted: false, ClusterStatus: 'paused' },
  ],
  snapshots: [
    { ...manual, SnapshotIdentifier: 'monthly', KmsKeyId: keyArn(used), ManualSnapshotRetentionPeriod: 90 },
    { ...manual, SnapshotIdentifier: 'half', KmsKeyId: keyArn(used), Status: 'failed' },
    { ...manual, SnapshotIdentifier: 'yearly', KmsKeyId: keyArn(used), ManualSnapshotRetentionPeriod: 90 },
    {
      ...manual,
      SnapshotIdentifier: 'shared',
      KmsKeyId: keyArn(used),
      ManualSnapshotRetentionPeriod: 90,
      AccountsWithRestoreAccess: [{ AccountId: stranger }],
    },
    { ...manual, ClusterIdentifier: 'open', SnapshotIdentifier: 'awsbackup:job-1', Encrypted: false },
    {
      ...manual,
      SnapshotIdentifier: 'rs:sales-2026-11-26-03-00-00',
      SnapshotType: 'automated',
      KmsKeyId: keyArn(used),
    },
  ],
}

/** The command on an estate that was scanned, in a folder of its own. */
async function scanned(settings = '') {
  const estate = await openRunningEstate(worldOf(world))
  const folder = estate.workspace.folder
  const settingsFile = join(folder, '..', 'redoubt.yaml')
  await writeFile(settingsFile, `trustedAccounts: ["${friend}"]\n${settings}`)
  const common = ['--endpoint-url', estate.lab.url, '--workspace', folder, '--settings', settingsFile]
  const run = (...words: string[]) => redoubt([...words, ...common], { env: credentials })
  expect((await run('scan', '--fail-on', 'none', '--no-fail-on-unknown')).stderr).not.toContain('redoubt:')
  return { estate, run, look: lookOf(estate) }
}

/** What the lab itself says. */
function lookOf({ lab }: Estate) {
  const client = new RedshiftClient({ endpoint: lab.url, region })
  const kms = new KMSClient({ endpoint: lab.url, region })
  const serverless = new RedshiftServerlessClient({ endpoint: lab.url, region })
  return {
    client,
    async snapshot(SnapshotIdentifier: string) {
      const { Snapshots = [] } = await client.send(new DescribeClusterSnapshotsCommand({}))
      const found = Snapshots.find((one) => one.SnapshotIdentifier === SnapshotIdentifier)
      if (!found) return undefined
      const {
        Status,
        SnapshotType,
        ManualSnapshotRetentionPeriod: days,
        AccountsWithRestoreAccess = [],
      } = found
      return {
        Status,
        SnapshotType,
        days,
        accounts: AccountsWithRestoreAccess.map(({ AccountId }) => AccountId),
      }
    },
    async cluster(ClusterIdentifier: string) {
      const { Clusters = [] } = await client.send(new DescribeClustersCommand({ ClusterIdentifier }))
      return Clusters[0] ?? {}
    },
    async logging(ClusterIdentifier: string) {
      const { $metadata: _, ...status } = await client.send(
        new DescribeLoggingStatusCommand({ ClusterIdentifier }),
      )
      return status
    },
    async serverlessSnapshot(snapshotName: string) {
      const { snapshots = [] } = await serverless.send(new ListSnapshotsCommand({}))
      const found = snapshots.find((one) => one.snapshotName === snapshotName)
      if (!found) return undefined
      const { status, snapshotRetentionPeriod: days } = found
      const clusters = found.accountsWithProvisionedRestoreAccess ?? []
      const accounts = [
        ...(found.accountsWithRestoreAccess ?? []),
        ...clusters.map((one) => `clusters of ${one}`),
      ]
      return { status, days, accounts }
    },
    async copiesOf(namespaceName: string) {
      const { snapshotCopyConfigurations = [] } = await serverless.send(
        new ListSnapshotCopyConfigurationsCommand({ namespaceName }),
      )
      return snapshotCopyConfigurations.map((one) => [one.destinationRegion, one.snapshotRetentionPeriod])
    },
    async logExports(namespaceName: string) {
      const { namespace } = await serverless.send(new GetNamespaceCommand({ namespaceName }))
      return [...(namespace?.logExports ?? [])].sort()
    },
    async key(KeyId: string) {
      return (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState
    },
    async keyCalled(alias: string) {
      const { Aliases = [] } = await kms.send(new ListAliasesCommand({}))
      const KeyId = Aliases.find(({ AliasName }) => AliasName === `alias/${alias}`)?.TargetKeyId
      if (!KeyId) return undefined
      const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }))
      return {
        KeyId,
        state: (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState,
        KeyRotationEnabled,
      }
    },
  }
}

type Look = ReturnType<typeof lookOf>
type Case = {
  words: string[]
  /** What is looked at in the lab, and what it is before, after, and when it was taken back. */
  seen(look: Look): Promise<unknown>
  before: unknown
  after: unknown
  back: unknown
  /** What the plan says besides. */
  says?: RegExp
  /** What undo says; that the facts are as they were, where nothing is said. */
  undo?: RegExp
}

const taken = (days: number) => ({ Status: 'available', SnapshotType: 'manual', days, accounts: [] })
const cases: Record<string, Case> = {
  'snapshot create': {
    words: ['--cluster', 'sales', '--name', 'now', '--retention', '30'],
    seen: ({ snapshot }) => snapshot('now'),
    before: undefined,
    after: taken(30),
    back: undefined,
    says: /kept for 30 days/,
  },
  'snapshot copy': {
    words: ['--snapshot', 'rs:sales-2026-11-26-03-00-00', '--name', 'kept', '--retention', '45'],
    seen: ({ snapshot }) => snapshot('kept'),
    before: undefined,
    after: taken(45),
    back: undefined,
    says: /Keep snapshot rs:sales-2026-11-26-03-00-00 as kept for 45 days/,
  },
  'snapshot retain': {
    words: ['--snapshot', 'monthly', '--snapshot', 'yearly', '--retention', '400'],
    seen: async ({ snapshot }) => [(await snapshot('monthly'))?.days, (await snapshot('yearly'))?.days],
    before: [90, 90],
    after: [400, 400],
    back: [90, 90],
    says: /Keep 2 snapshots for 400 days/,
  },
  'snapshot share': {
    words: ['--snapshot', 'monthly', '--account', friend],
    seen: async ({ snapshot }) => (await snapshot('monthly'))?.accounts,
    before: [],
    after: [friend],
    back: [],
    says: /777788889999 cannot restore it: the policy of its key does not let it decrypt/,
  },
  'snapshot create, serverless': {
    words: ['--namespace', 'planning', '--name', 'now', '--retention', '30'],
    seen: ({ serverlessSnapshot }) => serverlessSnapshot('now'),
    before: undefined,
    after: { status: 'AVAILABLE', days: 30, accounts: [] },
    back: undefined,
    says: /Take serverless snapshot now of planning, kept for 30 days[\s\S]*undoing it: deletes the snapshot that was taken/,
    undo: /✓ exists of .* is false, not true/,
  },
  'snapshot retain, serverless': {
    words: ['--snapshot', 'quarter', '--retention', '400'],
    seen: async ({ serverlessSnapshot }) => (await serverlessSnapshot('quarter'))?.days,
    before: 90,
    after: 400,
    back: 90,
    says: /impact of the undo: deletes data[\s\S]*! undoing it: AWS deletes it on \d{4}-\d\d-\d\d then, and refuses after that day/,
  },
  'snapshot share, serverless': {
    words: ['--snapshot', 'quarter', '--account', friend],
    seen: async ({ serverlessSnapshot }) => (await serverlessSnapshot('quarter'))?.accounts,
    before: [],
    after: [friend],
    back: [],
    says: /777788889999 cannot restore it: the policy of its key does not let it decrypt/,
  },
  'snapshot unshare, serverless': {
    words: ['--snapshot', 'year', '--account', stranger],
    seen: async ({ serverlessSnapshot }) => (await serverlessSnapshot('year'))?.accounts,
    before: [stranger, friend, `clusters of ${stranger}`],
    after: [friend],
    back: [stranger, friend, `clusters of ${stranger}`],
  },
  'copy disable, serverless': {
    words: ['--namespace', 'planning'],
    seen: ({ copiesOf }) => copiesOf('planning'),
    before: [['eu-central-1', 30]],
    after: [],
    back: [['eu-central-1', 30]],
  },
  'logging enable, serverless': {
    words: ['--namespace', 'planning', '--cloudwatch'],
    seen: ({ logExports }) => logExports('planning'),
    before: [],
    after: ['connectionlog', 'useractivitylog', 'userlog'],
    back: [],
  },
  'snapshot unshare': {
    words: ['--snapshot', 'shared', '--account', stranger],
    seen: async ({ snapshot }) => (await snapshot('shared'))?.accounts,
    before: [stranger],
    after: [],
    back: [stranger],
  },
  'copy disable': {
    words: ['--cluster', 'sales'],
    seen: async ({ cluster }) => (await cluster('sales')).ClusterSnapshotCopyStatus,
    before: world.clusters?.[0]?.ClusterSnapshotCopyStatus,
    after: undefined,
    back: world.clusters?.[0]?.ClusterSnapshotCopyStatus,
    says: /copied automated snapshots in eu-central-1 are deleted/,
  },
  'logging enable': {
    words: ['--cluster', 'sales', '--bucket', 'audit', '--prefix', 'sales/'],
    seen: async ({ logging }) => {
      const { LoggingEnabled, BucketName, S3KeyPrefix } = await logging('sales')
      return { LoggingEnabled, BucketName, S3KeyPrefix }
    },
    before: { LoggingEnabled: false },
    after: { LoggingEnabled: true, BucketName: 'audit', S3KeyPrefix: 'sales/' },
    back: { LoggingEnabled: false },
  },
  'keys rotate': {
    words: ['--cluster', 'sales'],
    seen: async ({ cluster }) => (await cluster('sales')).ClusterStatus,
    before: 'available',
    after: 'available',
    back: 'available',
    undo: /stays: a rotation needs no way back: the data stays readable/,
  },
  'key create': {
    words: ['--alias', 'warehouse'],
    seen: ({ keyCalled }) => keyCalled('warehouse'),
    before: undefined,
    after: { KeyId: expect.any(String), state: 'Enabled', KeyRotationEnabled: true },
    back: undefined,
  },
  'key disable': {
    words: ['--key', keyArn(used)],
    seen: ({ key }) => key(used),
    before: 'Enabled',
    after: 'Disabled',
    back: 'Enabled',
    says: /4 warehouses cannot be used, and AWS deletes what stays without its key for 14 days: idle, managed, planning, sales[\s\S]*7 snapshots cannot be restored: quarter, sales\/half, sales\/monthly, sales\/[\s\S]*, year[\s\S]*Secrets Manager gives no password of 1 warehouse: managed[\s\S]*s1 deletes data: Disable key/,
  },
  'key enable': {
    words: ['--key', keyArn(off)],
    seen: ({ key }) => key(off),
    before: 'Disabled',
    after: 'Enabled',
    back: 'Disabled',
  },
  'cluster encrypt': {
    words: ['--cluster', 'open', '--key', keyArn(used)],
    seen: async ({ cluster }) => {
      const { Encrypted, KmsKeyId } = await cluster('open')
      return { Encrypted, KmsKeyId }
    },
    before: { Encrypted: false, KmsKeyId: undefined },
    after: { Encrypted: true, KmsKeyId: keyArn(used) },
    back: { Encrypted: true, KmsKeyId: keyArn(used) },
    says: /irreversible/,
    undo: /stays: going back means restoring an older snapshot/,
  },
}

describe('from the wish to the undo', () => {
  test.each(Object.entries(cases))(
    '%s',
    async (
      name,
      { words, seen, before, after, back, says = /./, undo = /undone: the facts are as they were/ },
    ) => {
      const { run, look } = await scanned()
      const [action = ''] = name.split(', ')
      const out = await run('do', ...action.split(' '), ...words)
      expect(out).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('Kept as'),
        stdout: expect.stringMatching(says),
      })
      const [, id = ''] = /Kept as .*\/([^/]+)\.json/.exec(out.stderr) ?? []
      expect(await seen(look)).toEqual(before)
      expect(await run('apply', id)).toMatchObject({
        code: 252,
        stderr: expect.stringContaining('--yes'),
      })
      expect(await seen(look)).toEqual(before)
      expect(await run('apply', id, '--yes')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/Applied: [\s\S]*✓ \d+ facts? (is|are) as wished/),
      })
      expect(await seen(look)).toEqual(after)
      expect(await run('verify', id)).toMatchObject({ code: 0 })
      expect(await run('undo', id, '--yes')).toMatchObject({ code: 0, stdout: expect.stringMatching(undo) })
      expect(await seen(look)).toEqual(back)
    },
    120_000,
  )
})

describe('what is refused', () => {
  const create = ['snapshot', 'create', '--cluster', 'sales']
  const copy = ['snapshot', 'copy', '--snapshot', 'rs:sales-2026-11-26-03-00-00']
  const share = ['snapshot', 'share', '--snapshot', 'monthly']
  const refusals: [words: string[], what: string, todo: string][] = [
    [['snapshot'], "Missing required argument 'verb'.", 'See "redoubt do --help".'],
    [
      ['snapshot', 'shared'],
      'There is no action "snapshot shared".',
      'Did you mean "redoubt do snapshot share',
    ],
    [
      ['cluster', 'delete'],
      'There is no action "cluster delete".',
      'There are cluster encrypt, copy disable',
    ],
    [[...create, '--name', 'now'], '"do snapshot create" needs --retention.', 'Add what is missing'],
    [[...copy, '--name', 'now'], '"do snapshot copy" needs --retention.', 'Add what is missing'],
    ...['forever', '0', '-1', '3654', '30.5', 'a month', '1e2'].map((word): [string[], string, string] => [
      [...create, '--name', 'now', `--retention=${word}`],
      `--retention does not take "${word}".`,
      'Write a number of days from 1 to 3653.',
    ]),
    [
      [...copy, '--name', 'now', '--retention', 'forever'],
      '--retention does not take "forever".',
      'Write a number of days from 1 to 3653.',
    ],
    ...['1st', 'a--b', 'end-', 'Now', 'no space', 'ä'].map((word): [string[], string, string] => [
      [...create, '--name', word, '--retention', '30'],
      `No snapshot can be called "${word}".`,
      'Write small letters, digits and single hyphens',
    ]),
    [
      [...copy, '--name', 'monthly', '--retention', '30'],
      'There is a snapshot monthly in eu-west-1 already.',
      'A name serves once in an account and region.',
    ],
    [
      ['snapshot', 'copy', '--snapshot', 'monthly', '--name', 'x', '--retention', '30'],
      'Snapshot monthly is manual and available.',
      'Only an automated snapshot that is available can be copied.',
    ],
    [
      [...copy, '--snapshot', 'monthly', '--name', 'x', '--retention', '30'],
      'One snapshot is copied at a time.',
      'Give --snapshot once.',
    ],
    [
      ['snapshot', 'retain', '--snapshot', 'rs:sales-2026-11-26-03-00-00', '--retention', '30'],
      'Snapshot rs:sales-2026-11-26-03-00-00 is an automated one.',
      'Copy it to a manual one first',
    ],
    [
      ['snapshot', 'retain', '--snapshot', 'monthly', '--retention', '1'],
      'Snapshot monthly would be deleted on ',
      'Keep it longer: the days count from when it was taken.',
    ],
    [
      ['snapshot', 'retain', '--snapshot', 'monthly', '--retention', '90'],
      'Snapshot monthly is kept for 90 days already.',
      'There is nothing to do.',
    ],
    [
      [...share, '--account', stranger],
      `Account ${stranger} is not among trustedAccounts of redoubt.yaml.`,
      'Add it there, or repeat with --force.',
    ],
    [[...share, '--account', '12'], '"12" is no account.', 'Write the 12 digits of its id.'],
    [
      [...share, '--account', account, '--force'],
      `Snapshot monthly belongs to ${account}.`,
      'Name another account.',
    ],
    [
      ['snapshot', 'unshare', '--snapshot', 'monthly', '--account', stranger],
      `Snapshot monthly is not shared with ${stranger}.`,
      'There is nothing to do.',
    ],
    [
      ['snapshot', 'unshare', '--snapshot', 'quarter', '--account', stranger],
      `Snapshot quarter is not shared with ${stranger}.`,
      'There is nothing to do.',
    ],
    [
      ['snapshot', 'share', '--snapshot', 'year', '--account', friend],
      `Snapshot year is shared with ${friend} already.`,
      'There is nothing to do.',
    ],
    ...[
      ['snapshot', 'share', '--account', friend],
      ['snapshot', 'retain', '--retention', '400'],
    ].map((words): [string[], string, string] => [
      [...words, '--snapshot', 'half'],
      'Snapshot half is failed.',
      'Only a snapshot that is available can be changed.',
    ]),
    [
      ['snapshot', 'create', '--namespace', 'planning', '--name', 'quarter', '--retention', '30'],
      'There is a snapshot quarter in eu-west-1 already.',
      'A name serves once in an account and region.',
    ],
    [
      ['snapshot', 'create', '--namespace', 'idle', '--name', 'now', '--retention', '30'],
      'Namespace idle has no workgroup.',
      'Give it one, scan, and try again.',
    ],
    [
      [...create, '--namespace', 'planning', '--name', 'now', '--retention', '30'],
      'A wish is about one warehouse.',
      'Give either --cluster or --namespace.',
    ],
    [
      ['snapshot', 'create', '--namespace', 'planning', '--name', 'now'],
      '"do snapshot create" needs --retention.',
      'Add what is missing',
    ],
    [
      ['snapshot', 'create', '--cluster', 'asleep', '--name', 'now', '--retention', '30'],
      'Cluster asleep is paused.',
      'See that it is available, scan, and try again.',
    ],
    [
      ['snapshot', 'retain', '--snapshot', 'awsbackup:job-1', '--retention', '400'],
      'Snapshot awsbackup:job-1 is kept by AWS Backup, and Redshift does not let its retention be set.',
      'Set it in the backup plan that took the snapshot.',
    ],
    [['copy', 'disable', '--cluster', 'open'], 'open copies its snapshots nowhere.', 'nothing to do'],
    [['copy', 'disable', '--namespace', 'idle'], 'idle copies its snapshots nowhere.', 'nothing to do'],
    [['copy', 'disable'], 'A wish is about one warehouse.', 'Give either --cluster or --namespace.'],
    [['copy', 'disable', '--cluster', ''], 'The newest inventory has no cluster "".', 'Correct the name'],
    ...['', 's3://audit', 'no such; bucket', 'AUDIT'].map((word): [string[], string, string] => [
      ['logging', 'enable', '--cluster', 'sales', '--bucket', word],
      `No bucket can be called "${word}".`,
      'Write 3 to 63 small letters',
    ]),
    [
      ['logging', 'enable', '--cluster', 'sales', '--bucket', 'audit', '--prefix', `a'"$(id)`],
      'No key of an audit log can begin with',
      'Write letters, digits, spaces and',
    ],
    [
      ['logging', 'enable', '--namespace', 'planning', '--bucket', 'audit'],
      'The audit log of namespace planning can go to no bucket.',
      'Give --cloudwatch instead.',
    ],
    [['keys', 'rotate', '--cluster', 'locked'], `Key ${off} is Disabled.`, 'See that it is enabled'],
    [
      ['cluster', 'encrypt', '--cluster', 'open', '--key', keyArn(off)],
      `Key ${off} is Disabled.`,
      'See that it is enabled, scan, and try again.',
    ],
    [
      ['cluster', 'encrypt', '--cluster', 'open', '--key', keyArn(used).replace('aws', 'aws-cn')],
      'does not lie in eu-west-1.',
      'A cluster lies under a key of its own region.',
    ],
    [
      ['copy', 'disable', '--cluster', 'gone'],
      'The newest inventory has no cluster "gone".',
      'Correct the name',
    ],
    [
      ['logging', 'enable', '--cluster', 'sales'],
      'An audit log goes to one place.',
      'Give either --bucket or --cloudwatch.',
    ],
    [
      ['logging', 'enable', '--cluster', 'sales', '--cloudwatch', '--prefix', 'x'],
      'Only keys in a bucket begin with a prefix.',
      'Leave out --prefix, or give --bucket.',
    ],
    [['keys', 'rotate', '--cluster', 'open'], 'Cluster open is not encrypted.', 'do cluster encrypt'],
    [['key', 'create', '--alias', 'aws/mine'], 'No key can be called "aws/mine".', 'aws/ is for AWS.'],
    [
      ['key', 'create', '--alias', 'mine', '--at', 'mars'],
      'The newest scan has no region mars.',
      'It has eu-west-1; scan others first.',
    ],
    [['key', 'disable', '--key', keyArn(off)], `Key ${off} is Disabled.`, 'Only a key that is enabled'],
    [['key', 'enable', '--key', keyArn(used)], `Key ${used} is Enabled.`, 'Only a key that is disabled'],
    [['cluster', 'encrypt', '--cluster', 'sales'], 'Cluster sales is encrypted already.', 'nothing to do'],
    [
      ['cluster', 'encrypt', '--cluster', 'open', '--key', 'alias/mine'],
      '"alias/mine" is no ARN of a key.',
      'Write the ARN of a key in eu-west-1.',
    ],
    [
      ['cluster', 'encrypt', '--cluster', 'open', '--key', keyArn(used).replace(region, 'us-east-1')],
      'does not lie in eu-west-1.',
      'A cluster lies under a key of its own region.',
    ],
    [
      ['copy', 'disable', '--cluster', 'sales', '--force'],
      'does not take --force.',
      'It takes --cluster, --namespace.',
    ],
  ]

  test('each with one sentence what, one sentence what to do, and 252; nothing is called, nothing is kept', async () => {
    const { run, estate } = await scanned()
    const calls = estate.lab.calls().length
    for (const [words, what, todo] of refusals) {
      const { code, stdout, stderr } = await run('do', ...words)
      expect({ words, code, stdout }).toEqual({ words, code: 252, stdout: '' })
      expect(stderr).toContain(what)
      expect(stderr).toContain(todo)
      expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3)
      expect(stderr).not.toMatch(/\bat .*:\d+|Error:/)
    }
    expect(estate.lab.calls().length).toBe(calls)
  }, 180_000)

  test('a share with a stranger only when forced, and the plan says what the key makes of it', async () => {
    const { run } = await scanned()
    const forced = await run('do', ...share, '--account', stranger, '--force')
    expect(forced).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${stranger} cannot restore it`),
    })
  })
})
