// The policies that `redoubt policy` prints are enough and not too much: each verb runs in the lab under exactly its
// policy, and with one action less exactly that one is missed.

import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { leastPolicy, type PolicyText } from '#app/policy.ts'
import { choosePractices } from '#app/practices.ts'
import { scan } from '#app/scan.ts'
import { pool } from '#kit/pool.ts'
import type { World } from '#lab/index.ts'
import { loadWorld } from '#lab/worlds/index.ts'
import { permissionOf, type ReadAction, readActions } from '#model/action.ts'
import { explanationOf } from '#model/explanation.ts'
import type { Plan } from '#model/plan.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
import { Problem } from '#model/problem.ts'
import { defaultSettings } from '#model/settings.ts'
import { exampleNow } from '#practices/examples.ts'
import { practices } from '#practices/index.ts'
import { draftsOf, settingsOf } from '#practices/testing/example.ts'
import { type Driver, drive } from '#practices/testing/redoubt.ts'
import { key, place, worldOf } from '#practices/testing/world.ts'
import { credentials, worldOf as estateOf, openEstate } from './estate.ts'
import { worldWith } from './logged-world.ts'

const warehouse = '111122223333'
const lake = '444455556666'
const accounts = [{ role: 'arn:aws:iam::444455556666:role/redoubt-scan' }]
const shelf: readonly AnyPractice[] = practices
const enabled = choosePractices(defaultSettings)

/** A policy with one of its actions taken out. */
function without({ Statement, ...rest }: PolicyText, action: string): PolicyText {
  return {
    ...rest,
    Statement: Statement.flatMap((one) => {
      const Action = one.Action.filter((name) => name !== action)
      return Action.length > 0 ? [{ ...one, Action }] : []
    }),
  }
}

/** The world with users who hold nothing but these policies. */
function withUsers(world: World, account: string, policies: Record<string, PolicyText>): World {
  const own = world.accounts[account]
  if (!own) throw new Error(`${world.name} has no account ${account}`)
  const names = Object.keys(policies)
  const users = names.map((UserName) => ({
    UserName,
    UserPolicyList: [{ PolicyName: 'least', PolicyDocument: policies[UserName] as object }],
  }))
  const accessKeys = names.map((user, at) => ({
    id: `AKIALEAST${String(at).padStart(11, '0')}`,
    secret: 'a-secret',
    user,
  }))
  return {
    ...world,
    accounts: {
      ...world.accounts,
      [account]: {
        ...own,
        users: [...(own.users ?? []), ...users],
        accessKeys: [...accessKeys, ...own.accessKeys],
      },
    },
  }
}

describe('scan', () => {
  const policy = leastPolicy('scan', { enabled, partition: 'aws', accounts })
  const actions = policy.Statement.flatMap(({ Action }) => Action)

  test('under exactly its policy nothing is refused, and with one action less exactly that one', async () => {
    const missed: Record<string, string[]> = {}
    // What one account has no reason to ask for cannot be missed in it.
    for (const [name, account] of [
      ['neglected', warehouse],
      ['mixed', warehouse],
      ['mixed', lake],
    ] as const) {
      const idle = actions.filter((action) => !(action in missed))
      Object.assign(missed, await missedIn(name, account, idle))
    }
    expect(missed).toEqual(Object.fromEntries(Object.keys(missed).map((action) => [action, [action]])))
    expect(actions.filter((action) => !(action in missed))).toEqual(whatNoWorldAsks)
  }, 300_000)

  test('without ec2:DescribeRegions all regions cannot be looked into, and it is named', async () => {
    const [id = ''] = Object.keys(estateWorld.accounts)
    const world = withUsers(estateWorld, id, { less: without(policy, 'ec2:DescribeRegions') })
    const { workspace, connection } = await openEstate(world, 0)
    signIn(world, id, 'less')
    await expect(scan(workspace, { ...connection, regions: [], allRegions: true })).rejects.toMatchObject({
      exit: 'refused',
      what: 'The regions could not be listed: the permission ec2:DescribeRegions is missing.',
    })
    const { assessment } = await scan(workspace, connection)
    expect(assessment.gaps).toEqual([])
  })

  /** For each of some actions that a scan of a world calls, what is refused to who may do all but that one. */
  async function missedIn(name: 'neglected' | 'mixed', account: string, some: readonly string[]) {
    const lessers = Object.fromEntries(some.map((action) => [action, without(policy, action)]))
    const world = withUsers(await loadWorld(name), account, { all: policy, ...lessers })
    const { lab, workspace, connection } = await openEstate(world, 0)
    const settings = { ...defaultSettings, accounts: account === warehouse ? accounts : [] }
    const scanAs = async (user: string) => {
      signIn(world, account, user)
      const regions = ['eu-central-1', 'eu-west-1', 'us-east-1']
      const before = lab.calls().length
      const { assessment } = await scan({ ...workspace, settings }, { ...connection, regions })
      const refused = assessment.gaps
        // What the role of the other account may not read is another matter.
        .filter(
          (one) => one.gap === 'refused' && (one.account === account || one.source === 'sts:AssumeRole'),
        )
        .map(({ source }) => permissionOf(source))
      const calls = lab.calls().slice(before)
      return {
        refused: [...new Set(refused)],
        called: new Set(
          calls.flatMap((call) =>
            call.account === account ? [permissionOf(call.action as ReadAction)] : [],
          ),
        ),
      }
    }
    const whole = await scanAs('all')
    expect(whole.refused).toEqual([])
    const missed: Record<string, string[]> = {}
    for (const action of some.filter((one) => whole.called.has(one)))
      missed[action] = (await scanAs(action)).refused
    return missed
  }
})

describe('scan that reads logs', () => {
  const wish = { enabled, partition: 'aws', accounts: [] }
  const hunt = leastPolicy('hunt', wish)
  const both = leastPolicy('scan', { ...wish, readsLogs: true })
  const alone = leastPolicy('scan', wish)
  const actionsOf = ({ Statement }: PolicyText) => Statement.flatMap(({ Action }) => Action)

  test('under exactly the policies of scan and hunt, or of scan with readLogs, nothing is refused', async () => {
    const policies = { two: [alone, hunt], one: [both] }
    for (const [user, own] of Object.entries(policies))
      expect([user, await scanUnder(own)]).toEqual([user, {}])
    expect([...new Set(actionsOf(both))].sort()).toEqual(
      [...new Set([...actionsOf(alone), ...actionsOf(hunt)])].sort(),
    )
  }, 60_000)

  test.each(actionsOf(hunt).filter((action) => action !== 'ec2:DescribeRegions'))(
    'without %s that is missed, and the buckets there are unknown',
    async (action) => {
      const missed = await scanUnder([without(alone, action), without(hunt, action)])
      expect([...new Set(Object.values(missed).flat())]).toEqual([action])
      // One log of Virginia lies in a bucket, those of Ireland in CloudWatch as well.
      const isThere = action !== 'logs:FilterLogEvents'
      expect(Object.keys(missed)).toEqual(isThere ? ['eu-west-1', 'us-east-1'] : ['eu-west-1'])
    },
    60_000,
  )

  test('of what lies in buckets only logs of user activity may be read', async () => {
    const world = withUsers(worldWith(), warehouse, { hunter: hunt })
    const { lab } = await openEstate(world, 0)
    const id = world.accounts[warehouse]?.accessKeys.find((one) => one.user === 'hunter')?.id ?? ''
    const client = (accessKeyId: string, secretAccessKey: string) =>
      new S3Client({
        region: 'eu-west-1',
        endpoint: lab.url,
        forcePathStyle: true,
        credentials: { accessKeyId, secretAccessKey },
      })
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = credentials
    const [s3, all] = [client(id, 'a-secret'), client(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)]
    const refused = { name: 'AccessDenied' }
    await expect(
      s3.send(new GetObjectCommand({ Bucket: 'outer-harbour', Key: 'customers' })),
    ).rejects.toMatchObject(refused)
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'logs' }))).rejects.toMatchObject(refused)
    const folder = `audit/AWSLogs/${warehouse}/redshift/eu-west-1/`
    const { Contents = [] } = await all.send(new ListObjectsV2Command({ Bucket: 'logs', Prefix: folder }))
    for (const [type, mayBeRead] of [
      ['connectionlog', false],
      ['userlog', false],
      ['useractivitylog', true],
    ] as const) {
      const Key = Contents.map((one) => one.Key ?? '').find((key) => key.includes(`_${type}_`)) ?? ''
      const Prefix = Key.slice(0, -'2026-11-27T10:53.gz'.length)
      for (const command of [
        new GetObjectCommand({ Bucket: 'logs', Key }),
        new ListObjectsV2Command({ Bucket: 'logs', Prefix }),
      ]) {
        const answer = s3.send(command as GetObjectCommand).then(
          () => true,
          ({ name }) => name !== 'AccessDenied',
        )
        expect([type, Key === '', await answer]).toEqual([type, false, mayBeRead])
      }
    }
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'logs', Prefix: folder }))).rejects.toMatchObject(
      refused,
    )
    s3.destroy()
    all.destroy()
  })

  /** By region, the permissions that a scan which reads logs names where buckets are unknown; policies of one user. */
  async function scanUnder(policies: PolicyText[]): Promise<Record<string, (string | null)[]>> {
    const all = policies.flatMap(({ Statement }) => Statement)
    const Statement = all.map((one, at) => ({ ...one, Sid: `${one.Sid}${at}` }))
    const world = withUsers(worldWith(), warehouse, { user: { Version: '2012-10-17', Statement } })
    const { workspace, connection } = await openEstate(world, 0)
    signIn(world, warehouse, 'user')
    const regions = ['eu-west-1', 'us-east-1']
    const { assessment } = await scan(workspace, { ...connection, regions }, { logDays: 1 })
    const missed: Record<string, (string | null)[]> = {}
    for await (const { practice, status, resource, region, permission } of assessment.findings())
      if (practice === 'bucket-refuses-plain-http' && status === 'unknown' && resource.endsWith('*'))
        missed[region] = [...(missed[region] ?? []), permission]
    const gaps = assessment.gaps
      .filter(({ gap }) => gap === 'refused')
      .map(({ source }) => permissionOf(source))
    const named = Object.values(missed).flat()
    expect(gaps.filter((one) => !named.includes(one))).toEqual([])
    return missed
  }
})

/** Regions are listed for --all-regions, below; no world gives a warehouse a role with a managed policy of its own. */
const whatNoWorldAsks = ['ec2:DescribeRegions', 'iam:GetPolicy', 'iam:GetPolicyVersion']

/** A world with nothing in it but one cluster. */
const estateWorld = estateOf({ clusters: [{ ClusterIdentifier: 'sales' }] })

/** Makes the SDK call as a user of a world. */
function signIn(world: World, account: string, user: string): void {
  const id = world.accounts[account]?.accessKeys.find((one) => one.user === user)?.id
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'a-secret' })
}

const fixable = shelf.filter(({ remediation }) => remediation)

/** The first example that calls can mend, by its name. */
function mendable(practice: AnyPractice): Example | undefined {
  return Object.values<Example>(practice.examples.fail).find(
    (example) => draftsOf(practice, example).length > 0,
  )
}

/** When a permission is lost: before anything is called, with the first call that changes something, or before the undo. */
const moments = ['apply', 'proof', 'undo'] as const
type Moment = (typeof moments)[number]
type Loss = { permission: string; at: Moment }

/**
 * What is read again because it may decide, and does not for the first example of these: a bucket that its own policy
 * keeps closed, a cluster that keeps no snapshots, logging that its parameter alone keeps off, and a snapshot that has an
 * end or is shared with nobody are judged without it.
 */
const decidesNothing: Readonly<Record<string, readonly string[]>> = {
  'audit-log-bucket': ['redshift:DescribeLoggingStatus', 's3:GetBucketPublicAccessBlock'],
  'bucket-refuses-plain-http': ['s3:GetBucketPolicyStatus', 's3:GetBucketPublicAccessBlock'],
  'cluster-automated-snapshots': ['redshift:DescribeClusterSnapshots'],
  'cluster-user-activity-logging': ['redshift:DescribeLoggingStatus'],
  'manual-snapshot-retention': ['redshift:DescribeClusters'],
  'region-trail': ['cloudtrail:GetEventSelectors'],
  'serverless-snapshot-retention': ['redshift-serverless:ListNamespaces'],
  'serverless-snapshot-shared': ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'],
  'workgroup-user-activity-logging': ['redshift-serverless:ListNamespaces'],
}

/**
 * What decides as long as nothing is known to be wrong, and no more once the undo has made it wrong again: a bucket that
 * does not let Redshift write takes no logs, whatever else is wrong with it.
 */
const decidesNoMore: Readonly<Record<string, readonly string[]>> = {
  'audit-log-bucket': [
    's3:GetBucketAcl',
    's3:GetBucketLocation',
    's3:GetBucketObjectLockConfiguration',
    's3:GetBucketPolicyStatus',
    's3:GetEncryptionConfiguration',
  ],
}

describe('apply, verify and undo', () => {
  describe.concurrent.each(fixable.map((practice) => [practice.id, practice] as const))(
    '%s',
    (id, practice) => {
      const policy = leastPolicy('apply', { practices: [practice], enabled, partition: 'aws', accounts: [] })

      test('under exactly its policy, and not with any one change less', async () => {
        const { missing, refused, changes } = await mended(practice, policy)
        expect({ missing, refused }).toEqual({ missing: [], refused: [] })
        const { permissions = [], undoPermissions = [] } =
          explanationOf(practice, exampleNow).remediation ?? {}
        expect([...permissions, ...undoPermissions]).toEqual(expect.arrayContaining(changes))
        // What lies under no key of anybody's leaves nothing to ask of KMS.
        const isKeyless = id === 'snapshot-shared'
        const needed = changes.filter((change) => !isKeyless || !change.startsWith('kms:'))
        const silent = await pool(needed, 4, async (change) => {
          const [why = ''] = (await mended(practice, without(policy, change))).missing
          return why.includes(change) ? [] : [`without ${change}: ${why || 'nothing is refused'}`]
        })
        expect(silent.flat()).toEqual([])
      }, 300_000)

      test('what may not be read any more is said by its name, whenever it is lost', async () => {
        const { reads } = await mended(practice, policy)
        const losses = moments.flatMap((at) => reads[at].map((permission): Loss => ({ permission, at })))
        expect(losses.length).toBeGreaterThan(0)
        const silent = await pool(losses, 4, async (loss) => {
          const { missing } = await mended(practice, policy, loss)
          const isNamed = missing.some((why) => why.includes(`the permission ${loss.permission} is missing`))
          return isNamed ? [] : [{ ...loss, missing }]
        })
        const unnoticed = silent.flat()
        expect(unnoticed.filter(({ missing }) => missing.length > 0)).toEqual([])
        const after = decidesNoMore[id] ?? []
        const isAfter = ({ permission, at }: Loss) => at === 'undo' && after.includes(permission)
        expect(
          unnoticed
            .filter(isAfter)
            .map(({ permission }) => permission)
            .sort(),
        ).toEqual(after)
        const idle = new Set(unnoticed.filter((loss) => !isAfter(loss)).map(({ permission }) => permission))
        expect([...idle].sort()).toEqual(decidesNothing[id] ?? [])
      }, 300_000)
    },
  )
})

/**
 * What became of a fix, which calls after the scan AWS refused, which permissions its changes take, and what was read from
 * each of the moments on.
 */
type Mended = { missing: string[]; refused: string[]; changes: string[]; reads: Record<Moment, string[]> }

/** Fixes the first example of a practice that calls can mend and takes it back, as a user who holds a policy alone. */
async function mended(practice: AnyPractice, policy: PolicyText, loss?: Loss): Promise<Mended> {
  const example = mendable(practice)
  if (!example) throw new Error(`${practice.id} has no example that calls can mend`)
  const { world, regions, arn } = worldOf(practice.resource, example)
  const lab = await drive(asHolder(world, policy), {
    key,
    regions,
    allRegions: practice.needs.includes('users'),
    settings: settingsOf(practice, example),
    speed: 600,
    watch: ({ doing }) => {
      if (doing === 'calling') reach('proof')
    },
  })
  const begins: Partial<Record<Moment, number>> = {}
  const reach = (moment: Moment) => {
    begins[moment] ??= lab.lab.calls().length
    if (loss?.at === moment) lab.lab.state.principals.get(key.id)?.denied.push({ action: loss.permission })
  }
  const readFrom = (moment: Moment) => {
    const calls = lab.lab.calls().slice(begins[moment] ?? Number.POSITIVE_INFINITY)
    const read = new Set(calls.map(({ action }) => action))
    return readActions.filter((one) => read.has(one) && !needsNoPermission.has(one)).map(permissionOf)
  }
  try {
    const { findings } = await lab.scan()
    const found = findings.find(({ practice: by, resource }) => by === practice.id && resource === arn)
    expect([found?.status, found?.reason]).toEqual(['fail', example.reason])
    const plan = await lab.plan({ resources: [arn], practice: practice.id })
    expect(plan.steps.length).toBeGreaterThan(0)
    const needs = plan.steps.flatMap(({ permissions, undo }) => [...permissions, ...(undo.permissions ?? [])])
    const missing = await missingIn(lab, plan, reach)
    const reads = { apply: readFrom('apply'), proof: readFrom('proof'), undo: readFrom('undo') }
    const refused = lab.lab
      .calls()
      .slice(begins.apply)
      .flatMap(({ action = '', errorCode = '' }) => (/denied|unauthorized/i.test(errorCode) ? [action] : []))
    return { missing, refused: [...new Set(refused)], changes: [...new Set(needs)], reads }
  } finally {
    await lab.stop()
  }
}

const needsNoPermission = new Set<ReadAction>(['sts:GetCallerIdentity'])

/** The world with one user, who holds a policy alone. */
function asHolder(world: World, policy: PolicyText): World {
  const own = world.accounts[place.account]
  const [accessKey] = own?.accessKeys ?? []
  if (!own || !accessKey) throw new Error(`${world.name} has nobody in ${place.account}`)
  const UserPolicyList = [{ PolicyName: 'least', PolicyDocument: policy }]
  const users = [{ UserName: 'example', UserPolicyList }]
  return {
    ...world,
    accounts: { ...world.accounts, [place.account]: { ...own, accessKeys: [accessKey], users } },
  }
}

/** What kept a plan from being applied, proved or taken back. */
async function missingIn(lab: Driver, plan: Plan, reach: (moment: Moment) => void): Promise<string[]> {
  try {
    reach('apply')
    const applied = await lab.apply(plan)
    const failed = applied?.outcome.failed.map(({ error }) => error) ?? []
    if (failed.length > 0) return failed
    lab.lab.clock.change({ move: '+9h' })
    const open = (await lab.verify(plan)).findings.filter(({ status }) => status !== 'pass')
    if (open.length > 0) return open.map(({ message }) => message)
    if (!plan.steps.some(({ undo }) => 'call' in undo)) return []
    reach('undo')
    const undone = await lab.undo(plan)
    const unknown = undone?.verification.findings.filter(({ permission }) => permission) ?? []
    return [
      ...(undone?.outcome.failed ?? []).map(({ error }) => error),
      ...unknown.map(({ message }) => message),
    ]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [error.what]
  }
}
