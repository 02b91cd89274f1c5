// The cases that other tools judge wrong, in one estate and through the official client: each test's name begins with
// the number that docs/peers.md gives the case. Cases that one practice alone decides may stand in its own test.

import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { DeleteClusterCommand, RedshiftClient } from '@aws-sdk/client-redshift'
import { DeleteNamespaceCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { apply, verify } from '#app/apply.ts'
import { makePlan, newest } from '#app/plans.ts'
import { scan } from '#app/scan.ts'
import type { RegionSeed } from '#lab/world.ts'
import type { Finding } from '#model/finding.ts'
import { cases } from '../scripts/pages/peer-cases.ts'
import { proofsOf } from '../scripts/pages/peers.ts'
import { accessKey, account, type Estate, openEstate, region, worldOf } from './estate.ts'

const tls = (name: string, value: boolean) => ({
  ParameterGroupName: name,
  ParameterGroupFamily: 'redshift-2.0',
  values: { require_ssl: value, enable_user_activity_logging: true },
})
const logs = { LoggingEnabled: true, LogDestinationType: 'cloudwatch' as const }
const allLogs = {
  ...logs,
  LogExports: ['connectionlog', 'useractivitylog', 'userlog'] as const,
  LastSuccessfulDeliveryTime: '-30m',
}

/** The findings of the newest scan. */
async function findingsOf({ workspace }: Estate): Promise<Finding[]> {
  const found: Finding[] = []
  for await (const finding of (await newest(workspace)).assessment.findings()) found.push(finding)
  return found
}

/** Opens an estate with some clusters, and scans it. */
async function judged(seed: RegionSeed, more: (estate: Estate) => Promise<unknown> = async () => {}) {
  const estate = await openEstate(worldOf(seed))
  await more(estate)
  await scan(estate.workspace, estate.connection)
  const findings = await findingsOf(estate)
  expect(findings.length).toBeGreaterThan(0)
  const of = (
    practice: string,
    name: string,
  ): Pick<Finding, 'status' | 'reason' | 'message' | 'permission'> => {
    const found = findings.filter((one) => one.practice === practice && one.resource.endsWith(`:${name}`))
    expect(found.map(({ resource }) => resource)).toHaveLength(1)
    return found[0] as Finding
  }
  return { estate, of, findings }
}

const cluster = (ClusterIdentifier: string, more: object = {}) => ({
  ClusterIdentifier,
  ParameterGroup: 'tls',
  AutomatedSnapshotRetentionPeriod: 7,
  ...more,
})

const deny = (estate: Estate, action: string) => estate.control('deny', { accessKeyId: accessKey, action })

/** Stands before the lab and gives its answers to DescribeClusterParameters in two pages. */
async function paged(lab: string, inTwo: (answer: string) => readonly [string, string]) {
  const { port } = new URL(lab)
  const asked = { first: 0, second: 0 }
  let second = { headers: {}, body: '' }
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    if (body.includes('Marker=second')) {
      asked.second++
      response.writeHead(200, second.headers).end(second.body)
      return
    }
    const { method, url: path, headers } = request
    const ask = send({ host: '127.0.0.1', port, method, path, headers }, async (answer) => {
      const whole = await buffer(answer)
      const { 'content-length': _, ...others } = answer.headers
      response.writeHead(answer.statusCode ?? 500, others)
      if (!body.includes('Action=DescribeClusterParameters&')) return response.end(whole)
      asked.first++
      const [first, rest] = inTwo(String(whole))
      second = { headers: others, body: rest }
      response.end(first)
    })
    ask.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${own}`, asked: () => asked, close: () => server.close() }
}

test('D2: automated snapshots are off, and a manual one does not stand in for them', async () => {
  const { of } = await judged({
    parameterGroups: [tls('tls', true)],
    clusters: [cluster('sales', { NodeType: 'dc2.large', AutomatedSnapshotRetentionPeriod: 0 })],
    snapshots: [{ SnapshotIdentifier: 'one', ClusterIdentifier: 'sales', SnapshotType: 'manual' }],
  })
  expect(of('cluster-automated-snapshots', 'cluster:sales')).toMatchObject({ status: 'fail', reason: 'off' })
})

test('D3: kept for 35 days and minutes old, a cluster without a snapshot passes, and it is told', async () => {
  const { of } = await judged({
    parameterGroups: [tls('tls', true)],
    clusters: [cluster('sales', { AutomatedSnapshotRetentionPeriod: 35, ClusterCreateTime: '-5m' })],
  })
  expect(of('cluster-automated-snapshots', 'cluster:sales')).toMatchObject({
    status: 'pass',
    message: 'keeps automated snapshots for 35 days; it is new and has none yet',
  })
})

test('D4, D16: what may not be read is unknown, and the permission is named', async () => {
  const { of } = await judged(
    { parameterGroups: [tls('tls', true)], clusters: [cluster('sales', { logging: allLogs })] },
    async (estate) => {
      await deny(estate, 'redshift:DescribeLoggingStatus')
      await deny(estate, 'redshift:DescribeClusterParameters')
    },
  )
  expect(of('cluster-audit-logging', 'cluster:sales')).toMatchObject({
    status: 'unknown',
    permission: 'redshift:DescribeLoggingStatus',
  })
  expect(of('cluster-require-ssl', 'cluster:sales')).toMatchObject({
    status: 'unknown',
    permission: 'redshift:DescribeClusterParameters',
  })
})

test('D5, D6, D11: what waits for a reboot is not in force, either way; the default group of family 2.0 is', async () => {
  const { of } = await judged({
    parameterGroups: [tls('on', true), tls('off', false)],
    clusters: [
      cluster('closing', { ParameterGroup: 'on', inForce: { require_ssl: false } }),
      cluster('opening', { ParameterGroup: 'off', inForce: { require_ssl: true } }),
      cluster('modern', { ParameterGroup: 'default.redshift-2.0' }),
    ],
  })
  const verdict = (name: string) => {
    const { status, reason } = of('cluster-require-ssl', `cluster:${name}`)
    return `${status} ${reason}`
  }
  expect(['closing', 'opening', 'modern'].map(verdict)).toEqual([
    'fail pending-reboot',
    'fail opens-at-reboot',
    'pass in-force',
  ])
})

test('D7: cluster and snapshot 101 are judged like the first', async () => {
  const { findings } = await judged({
    parameterGroups: [tls('tls', true)],
    clusters: Array.from({ length: 101 }, (_, at) => cluster(`c${at}`)),
    snapshots: Array.from({ length: 101 }, (_, at) => ({
      SnapshotIdentifier: `s${at}`,
      ClusterIdentifier: 'c0',
      SnapshotType: 'manual',
      ManualSnapshotRetentionPeriod: -1,
    })),
  })
  const count = (practice: string, status: string) =>
    findings.filter((one) => one.practice === practice && one.status === status).length
  expect(count('cluster-require-ssl', 'pass')).toBe(101)
  expect(count('manual-snapshot-retention', 'fail')).toBe(101)
})

test('D7: a parameter on the second page is judged like one on the first', async () => {
  const estate = await openEstate(
    worldOf({ parameterGroups: [tls('tls', true)], clusters: [cluster('sales')] }),
  )
  // No group of the lab has more than a page of parameters: what lies between tells require_ssl on a page of its own.
  const between = await paged(estate.lab.url, (answer) => {
    const own = /<Parameter><ParameterName>require_ssl<.*?<\/Parameter>/s.exec(answer)?.[0] ?? ''
    const others = answer.replace(own, '').replace('</Parameters>', '</Parameters><Marker>second</Marker>')
    return [others, answer.replace(/<Parameters>.*<\/Parameters>/s, `<Parameters>${own}</Parameters>`)]
  })
  try {
    await scan(estate.workspace, { ...estate.connection, endpointUrl: between.url })
  } finally {
    between.close()
  }
  const found = (await findingsOf(estate)).filter(({ practice }) => practice === 'cluster-require-ssl')
  expect(found.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['pass in-force'])
  expect(between.asked()).toEqual({ first: 1, second: 1 })
})

test('D8, D19: audit logging that is on passes, to CloudWatch as well; one that is off fails', async () => {
  const { of } = await judged({
    parameterGroups: [tls('tls', true)],
    clusters: [cluster('on', { logging: allLogs }), cluster('off')],
  })
  expect(of('cluster-audit-logging', 'cluster:on')).toMatchObject({ status: 'pass', reason: 'delivering' })
  expect(of('cluster-audit-logging', 'cluster:off')).toMatchObject({ status: 'fail', reason: 'off' })
})

test('D9, D10, D17, D20: whose key it is is told by KMS and not by an alias, and encrypted is another question', async () => {
  const own = '0a1b2c3d-0000-4000-8000-00000000000a'
  const other = `arn:aws:kms:${region}:444455556666:key/0a1b2c3d-0000-4000-8000-00000000000b`
  const world = worldOf({
    keys: [{ KeyId: own }, { Description: 'of AWS', aliases: ['alias/aws/redshift'] }],
    clusters: [
      cluster('managed', { ParameterGroup: 'default.redshift-2.0', KmsKeyId: 'alias/aws/redshift' }),
      cluster('without-alias', { ParameterGroup: 'default.redshift-2.0', KmsKeyId: own }),
      cluster('elsewhere', { ParameterGroup: 'default.redshift-2.0', KmsKeyId: other }),
      cluster('owned', { ParameterGroup: 'default.redshift-2.0' }),
      cluster('none', { ParameterGroup: 'default.redshift-2.0', Encrypted: false }),
    ],
    namespaces: [
      { namespaceName: 'managed', kmsKeyId: 'alias/aws/redshift' },
      { namespaceName: 'without-alias', kmsKeyId: own },
      { namespaceName: 'elsewhere', kmsKeyId: other },
      { namespaceName: 'owned' },
    ],
  })
  // Nobody of the first account may look at it.
  world.accounts['444455556666'] = {
    accessKeys: [],
    regions: { [region]: { keys: [{ KeyId: other.slice(other.indexOf('/') + 1) }] } },
  }
  const estate = await openEstate(world)
  await scan(estate.workspace, estate.connection)
  const found = await findingsOf(estate)
  const told = (id: string) =>
    found.filter(({ practice }) => practice === id).map(({ status, reason }) => `${status} ${reason}`)
  const kinds = [
    'fail aws-managed',
    'fail aws-owned',
    'pass customer-managed',
    'pass customer-managed-elsewhere',
  ]
  expect(told('cluster-customer-managed-key').sort()).toEqual([
    ...kinds.slice(0, 2),
    'fail not-encrypted',
    ...kinds.slice(2),
  ])
  expect(told('namespace-customer-managed-key').sort()).toEqual(kinds)
  expect(told('cluster-encrypted').sort()).toEqual(['fail not-encrypted', ...Array(4).fill('pass encrypted')])
  const messageOf = (name: string) =>
    found.find(
      ({ practice, resource }) => practice === 'cluster-customer-managed-key' && resource.endsWith(name),
    )?.message
  expect(messageOf(':elsewhere')).toBe(
    `lies under the customer-managed key ${other}, which belongs to another account`,
  )
  expect(messageOf(':without-alias')).toContain(own)
})

test('D13: a group that nobody uses has no finding; a cluster with the default of family 1.0 fails', async () => {
  const { of, findings } = await judged({
    parameterGroups: [tls('idle', false)],
    clusters: [cluster('legacy', { ParameterGroup: 'default.redshift-1.0' })],
  })
  expect(findings.filter(({ resource }) => resource.includes('idle'))).toEqual([])
  expect(of('cluster-require-ssl', 'cluster:legacy')).toMatchObject({ status: 'fail', reason: 'off' })
})

test('D15: groups of one name in two regions are each judged by their own values', async () => {
  const world = worldOf({
    parameterGroups: [tls('shared', true)],
    clusters: [cluster('a', { ParameterGroup: 'shared' })],
  })
  const regions = world.accounts[account]?.regions ?? {}
  regions['eu-north-1'] = {
    parameterGroups: [tls('shared', false)],
    clusters: [cluster('b', { ParameterGroup: 'shared' })],
  }
  const estate = await openEstate(world)
  await scan(estate.workspace, { ...estate.connection, regions: [region, 'eu-north-1'] })
  const found = (await findingsOf(estate)).filter(({ practice }) => practice === 'cluster-require-ssl')
  expect(found.map((one) => `${one.region} ${one.status}`).sort()).toEqual([
    'eu-north-1 fail',
    'eu-west-1 pass',
  ])
})

test('D15: groups of one name in two accounts are each judged by their own values', async () => {
  const other = '444455556666'
  const world = worldOf({
    parameterGroups: [tls('shared', true)],
    clusters: [cluster('a', { ParameterGroup: 'shared' })],
  })
  world.accounts[other] = {
    accessKeys: [],
    roles: [{ name: 'redoubt-scan', trusts: [account] }],
    regions: {
      [region]: {
        parameterGroups: [tls('shared', false)],
        clusters: [cluster('b', { ParameterGroup: 'shared' })],
      },
    },
  }
  const estate = await openEstate(world)
  const accounts = [{ role: `arn:aws:iam::${other}:role/redoubt-scan` }]
  estate.workspace.settings = { ...estate.workspace.settings, accounts }
  await scan(estate.workspace, estate.connection)
  const found = (await findingsOf(estate)).filter(({ practice }) => practice === 'cluster-require-ssl')
  expect(found.map((one) => `${one.account} ${one.status}`).sort()).toEqual([
    `${account} pass`,
    `${other} fail`,
  ])
})

test('D22: a share with AWS Support, a trusted account, a stranger without the key and one with it: four answers', async () => {
  const [support, friend, stranger] = ['amazon-redshift-support', '444455556666', '999988887777']
  const key = (KeyId: string, ...accounts: string[]) => ({
    KeyId,
    Policy: {
      Version: '2012-10-17',
      Statement: [account, ...accounts].map((one) => ({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${one}:root` },
        Action: 'kms:*',
        Resource: '*',
      })),
    },
  })
  const closed = key('0a1b2c3d-0000-4000-8000-00000000000a')
  const open = key('0a1b2c3d-0000-4000-8000-00000000000b', stranger)
  const shared = (SnapshotIdentifier: string, KmsKeyId: string, share: object) => ({
    SnapshotIdentifier,
    ClusterIdentifier: 'sales',
    KmsKeyId,
    ManualSnapshotRetentionPeriod: 30,
    AccountsWithRestoreAccess: [share],
  })
  const estate = await openEstate(
    worldOf({
      keys: [closed, open],
      parameterGroups: [tls('tls', true)],
      clusters: [cluster('sales')],
      snapshots: [
        shared('support', closed.KeyId, { AccountAlias: support }),
        shared('friend', closed.KeyId, { AccountId: friend }),
        shared('blocked', closed.KeyId, { AccountId: stranger }),
        shared('usable', open.KeyId, { AccountId: stranger }),
      ],
      namespaces: [{ namespaceName: 'planning', kmsKeyId: open.KeyId }],
      serverlessSnapshots: [
        {
          snapshotName: 'usable',
          namespaceName: 'planning',
          snapshotRetentionPeriod: 30,
          accountsWithRestoreAccess: [stranger],
        },
      ],
    }),
  )
  estate.workspace.settings = { ...estate.workspace.settings, trustedAccounts: [friend] }
  await scan(estate.workspace, estate.connection)
  const told = (await findingsOf(estate)).flatMap(({ practice, status, reason, message }) =>
    /snapshot-shared$/.test(practice) ? `${practice} ${status} ${reason}: ${message}` : [],
  )
  expect(told.sort()).toEqual([
    `serverless-snapshot-shared fail shared: is shared with ${stranger}, which can restore it: the policy of its key lets it decrypt`,
    `snapshot-shared fail shared-key-blocks: is shared with ${stranger}, which cannot restore it: the policy of its key does not let it decrypt`,
    `snapshot-shared fail shared-with-support: is shared with AWS Support (${support})`,
    `snapshot-shared fail shared: is shared with ${stranger}, which can restore it: the policy of its key lets it decrypt`,
    `snapshot-shared pass trusted-only: is shared with trusted accounts only: ${friend}`,
  ])
})

test('D24: a parameter that was mended without a reboot is not in force, and verify says so', async () => {
  const { estate } = await judged({
    parameterGroups: [tls('off', false)],
    clusters: [cluster('sales', { ParameterGroup: 'off' })],
  })
  const { plan } = await makePlan(estate.workspace, { practices: ['cluster-require-ssl'] })
  const attendance = { approve: async () => true, watch: () => {} }
  await apply(estate.workspace, estate.connection, plan, { stage: true, resume: false }, attendance)
  const { findings } = await verify(estate.workspace, estate.connection, plan)
  expect(findings.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['fail pending-reboot'])
})

test('D26: what a cluster and a namespace leave behind when they are deleted is for ever, and told to be orphans', async () => {
  const estate = await openEstate(
    worldOf({
      parameterGroups: [tls('tls', true)],
      clusters: [cluster('sales')],
      namespaces: [{ namespaceName: 'planning' }],
    }),
  )
  const client = { region, endpoint: estate.lab.url }
  await new RedshiftClient(client).send(
    new DeleteClusterCommand({ ClusterIdentifier: 'sales', FinalClusterSnapshotIdentifier: 'sales-final' }),
  )
  await new RedshiftServerlessClient(client).send(
    new DeleteNamespaceCommand({ namespaceName: 'planning', finalSnapshotName: 'planning-final' }),
  )
  await estate.control('clock', { move: '+2h' })
  await scan(estate.workspace, estate.connection)
  const told = (await findingsOf(estate)).flatMap(({ practice, status, reason, message }) =>
    /snapshot-(retention|orphaned)$/.test(practice) ? `${practice} ${status} ${reason}: ${message}` : [],
  )
  expect(told.sort()).toEqual([
    'manual-snapshot-retention fail never-expires: never expires, though its cluster sales is gone',
    'serverless-snapshot-retention fail never-expires: never expires, though its namespace planning is gone',
    'snapshot-orphaned fail for-ever: outlives its cluster sales, which is gone, for ever',
  ])
})

test('D27: logging that fails, never came, or came days ago fails for three reasons', async () => {
  const bucket = { LoggingEnabled: true, BucketName: 'audit' }
  const { of } = await judged({
    buckets: [{ Name: 'audit' }],
    parameterGroups: [tls('tls', true)],
    clusters: [
      cluster('failing', {
        logging: {
          ...bucket,
          LastSuccessfulDeliveryTime: '-2d',
          LastFailureTime: '-1h',
          LastFailureMessage: 'no',
        },
      }),
      cluster('never', { logging: { ...bucket, LastSuccessfulDeliveryTime: 'never' } }),
      cluster('stale', {
        logging: { ...allLogs, LastSuccessfulDeliveryTime: '-2d' },
        ClusterStatus: 'available',
      }),
    ],
  })
  const reason = (name: string) => of('cluster-audit-logging', `cluster:${name}`).reason
  expect([reason('failing'), reason('never')]).toEqual(['failing', 'never-delivered'])
  expect(reason('stale')).toBe('stale')
})

test('D28: of many fixes one is refused; the others are made, and the one is told', async () => {
  const { estate } = await judged({
    parameterGroups: [tls('tls', true)],
    // More than are mended at once, so that some begin after the refusal.
    clusters: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) =>
      cluster(name, { ManualSnapshotRetentionPeriod: -1 }),
    ),
  })
  const { plan } = await makePlan(estate.workspace, { practices: ['cluster-manual-retention'] })
  const denied = `arn:aws:redshift:${region}:${account}:cluster:b`
  await estate.control('deny', { accessKeyId: accessKey, action: 'redshift:ModifyCluster', resource: denied })
  const attendance = { approve: async () => true, watch: () => {} }
  const applied = await apply(
    estate.workspace,
    estate.connection,
    plan,
    { stage: false, resume: false },
    attendance,
  )
  expect(applied?.outcome.done).toHaveLength(7)
  expect(applied?.outcome.failed).toEqual([
    {
      step: expect.any(String),
      error: expect.stringContaining('the permission redshift:ModifyCluster is missing'),
    },
  ])
  const { findings } = await verify(estate.workspace, estate.connection, plan)
  expect(findings.map(({ resource, status }) => `${resource.at(-1)} ${status}`).sort()).toEqual([
    'a pass',
    'b fail',
    ...['c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name} pass`),
  ])
})

test('each of D1 to D28 is held by a test', () => {
  const proofs = proofsOf(['src/practices', 'src/model', 'src/engine', 'src/app', 'test', 'test/e2e'])
  expect(cases.map(({ id }) => id)).toEqual(Array.from({ length: 28 }, (_, at) => `D${at + 1}`))
  expect(cases.filter(({ id }) => !proofs.has(id)).map(({ id }) => id)).toEqual([])
})
