// What Redshift's own use of keys leaves in CloudTrail, asked of LookupEvents.

import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import {
  CreateClusterCommand,
  CreateClusterSnapshotCommand,
  CreateSnapshotCopyGrantCommand,
  DescribeClusterSnapshotsCommand,
  EnableSnapshotCopyCommand,
  ModifyClusterCommand,
  PauseClusterCommand,
  RebootClusterCommand,
  RestoreFromClusterSnapshotCommand,
  ResumeClusterCommand,
  RotateEncryptionKeyCommand,
} from '@aws-sdk/client-redshift'
import { CreateNamespaceCommand } from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home, testWorld } from '#lab/testing/world.ts'

const firstKey = '0a1b2c3d-0000-4000-8000-00000000000a'
const secondKey = '0a1b2c3d-0000-4000-8000-00000000000b'

const lab = useLab(() => {
  const made = testWorld()
  const account = made.accounts[home]
  const region = account?.regions['eu-west-1']
  if (!account || !region) throw new Error('the world has changed')
  region.keys = [{ KeyId: firstKey, aliases: ['first'] }]
  account.regions['eu-north-1'] = { keys: [{ KeyId: secondKey, aliases: ['second'] }] }
  region.clusters = [
    { ClusterIdentifier: 'sales', KmsKeyId: 'alias/first' },
    { ClusterIdentifier: 'lost', KmsKeyId: 'alias/first' },
    { ClusterIdentifier: 'open', Encrypted: false },
  ]
  region.snapshots = [{ SnapshotIdentifier: 'one', ClusterIdentifier: 'sales', SnapshotType: 'manual' }]
  return made
})

type Event = {
  eventName: string
  awsRegion: string
  sourceIPAddress: string
  errorCode?: string
  readOnly: boolean
  recipientAccountId: string
  sharedEventID?: string
  userIdentity: { accountId?: string; invokedBy?: string; userName?: string }
  requestParameters: Record<string, unknown> & { encryptionContext?: Record<string, string> }
  responseElements: Record<string, unknown> | null
  resources: { ARN: string }[]
}

/** The events of KMS in a region since a virtual moment, oldest first, those of Redshift only. */
async function events(since: number, region = 'eu-west-1'): Promise<Event[]> {
  const { Events = [] } = await lab.cloudtrail(alice, region).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'kms.amazonaws.com' }],
      StartTime: new Date(since),
    }),
  )
  return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as Event)
    .filter(({ sharedEventID }) => sharedEventID !== undefined)
    .reverse()
}

/** What happens from here on, in a second of its own. */
async function during(what: () => Promise<unknown>, region?: string) {
  lab.move('1s')
  const since = lab.lab.clock.now()
  await what()
  return events(since, region)
}

const arnOf = (cluster: string) => `arn:aws:redshift:eu-west-1:${home}:cluster:${cluster}`
const named = (all: Event[]) => all.map(({ eventName }) => eventName)
const boundTo = ({ requestParameters: { encryptionContext, constraints } }: Event) =>
  (encryptionContext ??
    (constraints as { encryptionContextSubset?: Record<string, string> } | undefined)
      ?.encryptionContextSubset)?.['aws:redshift:arn']

test('a world begins without any', async () => {
  expect(await events(lab.lab.clock.now() - 86_400_000)).toEqual([])
})

test('CreateCluster: grant and data key in the name of the caller, then Redshift’s own role decrypts', async () => {
  const seen = await during(() =>
    lab.redshift().send(
      new CreateClusterCommand({
        ClusterIdentifier: 'fresh',
        NodeType: 'ra3.xlplus',
        ClusterType: 'single-node',
        MasterUsername: 'awsuser',
        MasterUserPassword: 'Password1',
        KmsKeyId: 'alias/first',
      }),
    ),
  )
  expect(named(seen)).toEqual(['CreateGrant', 'GenerateDataKey', 'Decrypt'])
  const [grant, dataKey, decrypt] = seen
  for (const event of [grant, dataKey]) {
    expect(event).toMatchObject({
      userIdentity: { accountId: home, userName: 'alice', invokedBy: 'redshift.amazonaws.com' },
      sourceIPAddress: 'redshift.amazonaws.com',
      awsRegion: 'eu-west-1',
      recipientAccountId: home,
      resources: [{ ARN: `arn:aws:kms:eu-west-1:${home}:key/${firstKey}` }],
    })
  }
  expect(grant).toMatchObject({
    readOnly: false,
    requestParameters: { granteePrincipal: 'redshift.amazonaws.com' },
    responseElements: { grantId: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(dataKey).toMatchObject({ readOnly: true, responseElements: null })
  expect(decrypt).toMatchObject({
    userIdentity: { type: 'AssumedRole', accountId: '246478207311' },
    requestParameters: {
      encryptionContext: {
        'aws:redshift:arn': arnOf('fresh'),
        'aws:redshift:createtime': expect.stringMatching(/^\d{8}T\d{4}Z$/),
      },
    },
  })
  expect(decrypt?.userIdentity).not.toHaveProperty('invokedBy')
  expect(seen.map(boundTo)).toEqual(Array(3).fill(arnOf('fresh')))
})

test('a key that AWS owns is in nobody’s trail', async () => {
  const seen = await during(() =>
    lab.redshift().send(
      new CreateClusterCommand({
        ClusterIdentifier: 'owned',
        NodeType: 'ra3.xlplus',
        ClusterType: 'single-node',
        MasterUsername: 'awsuser',
        MasterUserPassword: 'Password1',
      }),
    ),
  )
  expect(seen).toEqual([])
})

test('a restore decrypts what the snapshot is under, and encrypts under keys of its own', async () => {
  const seen = await during(() =>
    lab
      .redshift()
      .send(
        new RestoreFromClusterSnapshotCommand({ ClusterIdentifier: 'restored', SnapshotIdentifier: 'one' }),
      ),
  )
  expect(seen.map((event) => [event.eventName, boundTo(event)])).toEqual([
    ['CreateGrant', arnOf('restored')],
    ['Decrypt', arnOf('sales')],
    ['GenerateDataKey', arnOf('restored')],
    ['Decrypt', arnOf('restored')],
  ])
})

test.each([
  ['a reboot', [new RebootClusterCommand({ ClusterIdentifier: 'sales' })], ['Decrypt']],
  [
    'a pause and a resume',
    [
      new PauseClusterCommand({ ClusterIdentifier: 'sales' }),
      new ResumeClusterCommand({ ClusterIdentifier: 'sales' }),
    ],
    ['Decrypt'],
  ],
  [
    'a rotation, for the cluster and its snapshots together',
    [new RotateEncryptionKeyCommand({ ClusterIdentifier: 'sales' })],
    ['Decrypt', 'GenerateDataKey', 'Decrypt', 'Decrypt'],
  ],
])('%s is Redshift’s own doing', async (_, calls, expected) => {
  const seen = await during(async () => {
    for (const call of calls) {
      await lab.redshift().send(call as RebootClusterCommand)
      lab.move('30m')
    }
  })
  expect(named(seen)).toEqual(expected)
  for (const event of seen) {
    expect(event.userIdentity).toMatchObject({ type: 'AssumedRole', accountId: '246478207311' })
    expect(boundTo(event)).toBe(arnOf('sales'))
  }
})

test('encrypting a cluster', async () => {
  const seen = await during(async () => {
    await lab
      .redshift()
      .send(new ModifyClusterCommand({ ClusterIdentifier: 'open', Encrypted: true, KmsKeyId: 'alias/first' }))
    lab.move('3d')
  })
  expect(named(seen)).toEqual(['CreateGrant', 'GenerateDataKey', 'Decrypt'])
  expect(seen.map(boundTo)).toEqual(Array(3).fill(arnOf('open')))
})

test('a copy decrypts here and encrypts there, under the grant’s key', async () => {
  const there = await during(
    () =>
      lab
        .redshift(alice, 'eu-north-1')
        .send(
          new CreateSnapshotCopyGrantCommand({ SnapshotCopyGrantName: 'copies', KmsKeyId: 'alias/second' }),
        ),
    'eu-north-1',
  )
  expect(there).toMatchObject([{ eventName: 'CreateGrant', userIdentity: { userName: 'alice' } }])
  const copy = async () => {
    await lab.redshift().send(
      new EnableSnapshotCopyCommand({
        ClusterIdentifier: 'sales',
        DestinationRegion: 'eu-north-1',
        SnapshotCopyGrantName: 'copies',
      }),
    )
    await lab
      .redshift()
      .send(new CreateClusterSnapshotCommand({ ClusterIdentifier: 'sales', SnapshotIdentifier: 'two' }))
    lab.move('2h')
  }
  const since = lab.lab.clock.now() + 1_000
  expect(named(await during(copy))).toContain('Decrypt')
  expect(await events(since, 'eu-north-1')).toMatchObject([
    {
      eventName: 'Encrypt',
      awsRegion: 'eu-north-1',
      resources: [{ ARN: `arn:aws:kms:eu-north-1:${home}:key/${secondKey}` }],
      requestParameters: { encryptionContext: { 'aws:redshift:arn': arnOf('sales') } },
    },
  ])
})

test('a namespace is bound to its own ARN', async () => {
  const seen = await during(() =>
    lab.serverless().send(new CreateNamespaceCommand({ namespaceName: 'lake', kmsKeyId: 'alias/first' })),
  )
  expect(named(seen)).toEqual(['CreateGrant', 'GenerateDataKey', 'Decrypt'])
  expect(seen[2]?.requestParameters.encryptionContext).toEqual({
    'aws:redshift-serverless:arn': expect.stringContaining(':namespace/'),
  })
})

test('a key that is disabled: the reboot’s Decrypt fails in the trail, and Redshift takes a backup', async () => {
  const own = async () =>
    (
      await lab
        .redshift()
        .send(new DescribeClusterSnapshotsCommand({ ClusterIdentifier: 'lost', SnapshotType: 'automated' }))
    ).Snapshots?.map(({ SnapshotIdentifier }) => SnapshotIdentifier) ?? []
  const before = await own()
  await lab.kms().send(new DisableKeyCommand({ KeyId: firstKey }))
  const seen = await during(async () => {
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'lost' }))
    lab.move('10m')
  })
  expect(seen).toMatchObject([{ eventName: 'Decrypt', errorCode: 'DisabledException' }])
  const taken = (await own()).filter((id) => !before.includes(id))
  expect(taken).toEqual([expect.stringMatching(/^rs:lost-/)])
  await lab.kms().send(new EnableKeyCommand({ KeyId: firstKey }))
  lab.move('1h')
  const restored = await lab
    .redshift()
    .send(new RestoreFromClusterSnapshotCommand({ ClusterIdentifier: 'back', SnapshotIdentifier: taken[0] }))
  expect(restored.Cluster?.ClusterStatus).toBe('creating')
})
