// A scan as a whole: what it says when AWS refuses, fails or is looked at from two accounts.

import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { collectors } from '#collectors/index.ts'
import { assess } from '#engine/assess.ts'
import { stored } from '#engine/source.ts'
import type { Assessment } from '#model/assessment.ts'
import { fingerprint } from '#model/finding.ts'
import { accessKey, account, arn, type Estate, openEstate, region, worldOf } from '../../test/estate.ts'
import { whole, wholeOf } from '../../test/whole.ts'
import { blindness, sawNothing } from './blindness.ts'
import { makePlan, newest } from './plans.ts'
import { choosePractices } from './practices.ts'
import { scan as scanKept } from './scan.ts'

const scan = (...given: Parameters<typeof scanKept>) => whole(scanKept(...given))

const estateOf = () =>
  openEstate(
    worldOf({
      parameterGroups: [{ ParameterGroupName: 'lax', ParameterGroupFamily: 'redshift-1.0' }],
      clusters: [
        { ClusterIdentifier: 'sales', ParameterGroup: 'lax', AutomatedSnapshotRetentionPeriod: 7 },
        { ClusterIdentifier: 'old', ParameterGroup: 'default.redshift-1.0', Encrypted: false },
      ],
      snapshots: [
        {
          SnapshotIdentifier: 'rs:sales-1',
          ClusterIdentifier: 'sales',
          SnapshotType: 'automated',
          SnapshotCreateTime: '-3h',
        },
        {
          SnapshotIdentifier: 'keep',
          ClusterIdentifier: 'sales',
          SnapshotType: 'manual',
          ManualSnapshotRetentionPeriod: -1,
        },
      ],
    }),
    0,
  )

/** The practices that these tests know; others come and go without them. */
const practices = [
  'cluster-audit-logging',
  'cluster-automated-snapshots',
  'cluster-encrypted',
  'cluster-require-ssl',
  'manual-snapshot-retention',
  'snapshot-shared',
]

const verdicts = ({ findings }: Assessment) =>
  Object.fromEntries(findings.map((finding) => [fingerprint(finding), `${finding.status} ${finding.reason}`]))

async function scanWithout(estate: Estate, action: string) {
  await estate.control('deny', { accessKeyId: accessKey, action })
  return scan(estate.workspace, estate.connection, { practices })
}

/** The practices that cannot judge anything without a permission. */
const blind = {
  'redshift:DescribeClusters': [
    'cluster-audit-logging',
    'cluster-automated-snapshots',
    'cluster-encrypted',
    'cluster-require-ssl',
  ],
  'redshift:DescribeLoggingStatus': ['cluster-audit-logging'],
  'redshift:DescribeClusterParameters': ['cluster-require-ssl'],
  'redshift:DescribeClusterParameterGroups': [],
  'redshift:DescribeClusterSnapshots': [
    'cluster-automated-snapshots',
    'manual-snapshot-retention',
    'snapshot-shared',
  ],
}

describe('a permission that is missing', () => {
  for (const [action, expected] of Object.entries(blind)) {
    it(`${action}: unknown with its name where it matters, the same verdict elsewhere`, async () => {
      const estate = await estateOf()
      const whole = verdicts((await scan(estate.workspace, estate.connection, { practices })).assessment)
      const { assessment } = await scanWithout(estate, action)
      const unknown = assessment.findings.filter(({ status }) => status === 'unknown')
      expect([...new Set(unknown.map(({ practice }) => practice))].sort()).toEqual(expected)
      for (const { permission, message, reason } of unknown) {
        expect(permission).toBe(action)
        expect(reason).toBe('refused')
        expect(message).toContain(`could not be judged: the permission ${action} is missing`)
      }
      for (const [print, verdict] of Object.entries(verdicts(assessment))) {
        if (!verdict.startsWith('unknown')) expect([print, verdict]).toEqual([print, whole[print]])
      }
      expect(assessment.gaps).toContainEqual(expect.objectContaining({ source: action, account, region }))
    })
  }

  it('that only a fix needs leaves the fix out, and says so', async () => {
    const estate = await estateOf()
    await scanWithout(estate, 'redshift:DescribeClusterParameterGroups')
    const { plan } = await makePlan(estate.workspace, { resources: [arn('cluster:old')] })
    expect(plan.leftOut).toContainEqual({
      practice: 'cluster-require-ssl',
      resource: arn('cluster:old'),
      why: 'could not be judged: the permission redshift:DescribeClusterParameterGroups is missing',
    })
  })

  it('of everything is told from an estate that is empty', async () => {
    const estate = await estateOf()
    for (const action of collectors.flatMap(({ reads }) => reads))
      await estate.control('deny', { accessKeyId: accessKey, action })
    const { manifest, assessment } = await scan(estate.workspace, estate.connection, { practices })
    expect(sawNothing(manifest)).toBe(true)
    expect(assessment.counts).toEqual({
      pass: 0,
      fail: 0,
      unknown: practices.length,
      manual: 0,
      suppressed: 0,
    })
    const empty = await openEstate(worldOf({}), 0)
    expect(sawNothing((await scan(empty.workspace, empty.connection)).manifest)).toBe(false)
  })
})

describe('an assessment', () => {
  it('of the same inventory is the same to the byte', async () => {
    const estate = await estateOf()
    const { assessment } = await scan(estate.workspace, estate.connection)
    const { inventory } = await newest(estate.workspace)
    const chosen = choosePractices(estate.workspace.settings, undefined)
    const again = await wholeOf(
      await assess(await stored(inventory), chosen, estate.workspace.settings, estate.workspace.folder),
    )
    expect(JSON.stringify(again)).toBe(JSON.stringify(assessment))
  })

  it('shows for each state the value, who told it and when', async () => {
    const estate = await estateOf()
    const { assessment } = await scan(estate.workspace, estate.connection)
    const tls = assessment.findings.find(
      (f) => f.practice === 'cluster-require-ssl' && f.resource === arn('cluster:old'),
    )
    expect(tls).toMatchObject({
      configured: {
        value: 'false',
        source: 'redshift:DescribeClusterParameters',
        at: expect.stringMatching(/Z$/),
      },
      inForce: { value: 'false', source: 'redshift:DescribeClusters' },
      observed: null,
      evidence: [
        { source: 'redshift:DescribeClusters', requestId: expect.any(String) },
        { source: 'redshift:DescribeClusterParameters', requestId: expect.any(String) },
      ],
    })
  })
})

describe('the newest assessment', () => {
  it('is the one that was made last here, whatever time it was in its world', async () => {
    const future = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'future' }] }), 0)
    future.lab.clock.change({ move: '+300d' })
    await scan(future.workspace, future.connection)
    const today = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'today' }] }), 0)
    for (let round = 0; round < 5; round++) {
      const { assessment } = await scan(future.workspace, today.connection)
      expect((await newest(future.workspace)).assessment.id).toBe(assessment.id)
    }
  })
})

describe('credentials that run out while a scan goes on', () => {
  it('are told with the line to run, not as missing permissions', async () => {
    const estate = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }), 0)
    const { assessment, manifest } = await scan(estate.workspace, estate.connection)
    const gap = {
      source: 'redshift:DescribeClusters',
      takenAt: '',
      gap: 'failed',
      code: 'ExpiredToken',
      message: '',
    } as const
    const shards = manifest.shards.map((shard) => ({ ...shard, resources: {}, gaps: [gap] }))
    const blind = { ...assessment, gaps: [{ ...gap, account, region }] }
    expect(blindness(blind, { ...manifest, shards }, { AWS_PROFILE: 'audit' })).toMatchObject({
      exit: 'environment',
      what: 'The AWS credentials of profile audit have expired.',
      todo: expect.stringContaining('aws sso login --profile audit'),
    })
    expect(blindness(assessment, manifest, {})).toBeUndefined()
  })
})

describe('other accounts', () => {
  const partner = '444455556666'
  const two = () => {
    const world = worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] })
    world.accounts[partner] = {
      accessKeys: [],
      roles: [{ name: 'audit', trusts: [account], externalId: 'word' }],
      regions: { [region]: { clusters: [{ ClusterIdentifier: 'partner' }] } },
    }
    return world
  }
  const role = `arn:aws:iam::${partner}:role/audit`

  it('are looked into through their role', async () => {
    const estate = await openEstate(two(), 0)
    const settings = { ...estate.workspace.settings, accounts: [{ role, externalId: 'word' }] }
    const { assessment } = await scan({ ...estate.workspace, settings }, estate.connection)
    const clusters = new Set(assessment.findings.map(({ resource }) => resource))
    expect(clusters).toContain(`arn:aws:redshift:${region}:${partner}:cluster:partner`)
    expect(clusters).toContain(arn('cluster:sales'))
  })

  it('are unknown when their role cannot be assumed', async () => {
    const estate = await openEstate(two(), 0)
    const settings = { ...estate.workspace.settings, accounts: [{ role, externalId: 'wrong' }] }
    const workspace = { ...estate.workspace, settings }
    const { assessment } = await scan(workspace, estate.connection, { practices })
    const theirs = assessment.findings.filter((finding) => finding.account === partner)
    expect(theirs).toHaveLength(practices.length)
    for (const finding of theirs)
      expect(finding).toMatchObject({ status: 'unknown', permission: 'sts:AssumeRole' })
  })
})

describe('something that stands between us and AWS', () => {
  const page = '<html><body>Please sign in</body></html>'
  const error = '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>'
  const nothing = '<DescribeClusterSnapshotsResult><Snapshots/></DescribeClusterSnapshotsResult>'
  it.each<[string, string, (answer: string) => string, hasId?: boolean]>([
    ['answers with a page of its own', 'NotFromAws', () => page, false],
    ['puts a page of its own under the head of the answer', 'NotFromAws', () => page],
    ['turns an error into an answer', 'NotFromAws', () => error],
    ['leaves nothing of the answer', 'NotFromAws', () => ''],
    ['leaves the result out', 'NotFromAws', (answer) => answer.replace(/<(\w+Result)>.*<\/\1>/s, '')],
    ['gives the elements other names', 'NotFromAws', (answer) => answer.replace(/<(\/?)(?=\w)/g, '<$1aws:')],
    ['answers twice', 'SyntaxError', (answer) => answer.replace('<ResponseMetadata>', `${nothing}$&`)],
    ['cuts the answer off', 'Error', (answer) => answer.slice(0, -10)],
    ['spoils a number', 'TypeError', (answer) => answer.replace(/<NumberOfNodes>/, '$&many')],
    ['spoils a switch', 'TypeError', (answer) => answer.replace(/<Encrypted>/, '$&un')],
  ])('leaves a gap, not an empty list, when it %s', async (_, code, damaged, hasId = true) => {
    const estate = await estateOf()
    const proxy = createServer(async (incoming, outgoing) => {
      const asked = await buffer(incoming)
      const { method, headers } = incoming
      request(estate.lab.url, { method, headers }, async (answer) => {
        const told = await buffer(answer)
        const isDamaged = asked.includes('Action=DescribeClusterSnapshots&')
        const { 'content-length': _length, ...head } = answer.headers
        if (isDamaged && !hasId) delete head['x-amzn-requestid']
        outgoing.writeHead(answer.statusCode ?? 500, head)
        outgoing.end(isDamaged ? damaged(told.toString()) : told)
      }).end(asked)
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    try {
      const endpointUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
      const { assessment } = await scan(estate.workspace, { ...estate.connection, endpointUrl })
      const shared = assessment.findings.filter(({ practice }) => practice === 'snapshot-shared')
      expect(shared.map(({ status, reason }) => [status, reason])).toEqual([['unknown', 'failed']])
      expect(assessment.gaps).toContainEqual(expect.objectContaining({ code }))
    } finally {
      proxy.closeAllConnections()
      proxy.close()
    }
  })
})
