// Reading logs in the lab: exactly the buckets that people's COPY and UNLOAD statements name are judged, and what could not
// be read is unknown where it lies, and nowhere else.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openSession } from '#aws/session.ts'
import { parseArn } from '#kit/arn.ts'
import { iso, isoDay } from '#kit/time.ts'
import type { World } from '#lab/index.ts'
import type { RegionSeed } from '#lab/world.ts'
import { loadWorld } from '#lab/worlds/index.ts'
import type { Finding } from '#model/finding.ts'
import { assessmentSchema } from '#model/schema.ts'
import { defaultSettings, type Settings } from '#model/settings.ts'
import { drive } from '#practices/testing/redoubt.ts'
import { accessKey, account, credentials, openEstate } from '../../test/estate.ts'
import { cluster, logBucket, other, toCloudWatch, worldWith } from '../../test/logged-world.ts'
import { wholeOf } from '../../test/whole.ts'
import { init } from './init.ts'
import { logReads, readLogs } from './read-logs.ts'
import { scan } from './scan.ts'

const regions = ['eu-west-1', 'us-east-1']

const own = (region: string) => `shop-data-${account}-${region}`
const irish = ['outer-harbour', 'partner-drop', 'shop-exports', 'web-exports', own('eu-west-1')].sort()

async function estateOf(world: World, settings: Partial<Settings> = { readLogs: { days: 1 } }) {
  const estate = await openEstate(world, 0)
  const connection = { ...estate.connection, regions }
  const workspace = { ...estate.workspace, settings: { ...defaultSettings, ...settings } }
  const scanned = async (options = {}) => {
    const { assessment, manifest } = await scan(workspace, connection, options)
    const whole = await wholeOf(assessment)
    expect(assessmentSchema.safeParse(whole).error).toBeUndefined()
    const { findings, gaps } = whole
    const about = findings.filter(({ practice }) => practice === 'bucket-refuses-plain-http')
    const told = [manifest.readLogs, whole.readLogs]
    return { findings, gaps, manifest, about, told, buckets: bucketsIn(about) }
  }
  return { ...estate, connection, workspace, scanned }
}

const nameOf = ({ resource }: Finding) => parseArn(resource)?.resource ?? ''
/** The buckets that were looked at, but for those of logs. */
const bucketsIn = (findings: Finding[]) =>
  findings
    .map(nameOf)
    .filter((name) => !/logs$|\*$/.test(name))
    .sort()
/** Where it is unknown which buckets there are, and why. */
const unlisted = (findings: Finding[]) =>
  findings.flatMap(({ resource, practice, account, region, status, permission, message }) =>
    resource.endsWith(':s3:::*')
      ? [[practice, account, region, status, permission, message].join(' | ')]
      : [],
  )

test('exactly the buckets that people name in COPY and UNLOAD are judged, wherever their logs lie', async () => {
  const { scanned, lab } = await estateOf(worldWith())
  const { about, buckets, gaps, findings } = await scanned()
  const { truth } = (await (await fetch(`${lab.url}/_lab/truth`)).json()) as { truth: Truth[] }
  const since = lab.clock.now() - 86_400_000
  const planted = truth
    .filter(
      ({ warehouse, lastAt }) => lastAt > since && !['silent', 'partly', 'muted'].includes(warehouse.name),
    )
    .flatMap(({ sentence }) => /s3:\/\/([\w-]+)/.exec(sentence)?.[1] ?? [])
  // The loads of every day come from the company's own buckets.
  expect(buckets).toEqual([...planted, own('eu-west-1'), own('us-east-1')].sort())
  expect(buckets).toEqual([...irish, 'virginia-exports', own('us-east-1')].sort())
  expect([gaps, unlisted(findings)]).toEqual([[], []])

  const lines = Object.fromEntries(
    about.map((one) => [nameOf(one), `${one.region} ${one.reason}: ${one.message}`]),
  )
  const on = isoDay(truth.find(({ kind }) => kind === 'bulk-unload')?.lastAt ?? 0)
  const gone = 'gone: does not exist: whoever makes a bucket of that name'
  const gets = 'gets what is unloaded there; seen in'
  expect(lines).toMatchObject({
    'outer-harbour': `eu-west-1 plain-http: takes plain HTTP from whoever may use it; seen in an UNLOAD of cluster sales on ${on}`,
    'web-exports': `eu-west-1 ${gone} ${gets} an UNLOAD of cluster web on ${on}`,
    'shop-exports': expect.stringMatching(`^eu-west-1 ${gone} ${gets} an UNLOAD of namespace shop on `),
    'partner-drop': expect.stringMatching(
      `^eu-west-1 ${gone} decides what is loaded from there; seen in a COPY of cluster sales on `,
    ),
    'virginia-exports': `eu-west-1 ${gone} ${gets} an UNLOAD of cluster west on ${on}`,
    logs: 'eu-west-1 plain-http: takes plain HTTP from whoever may use it',
  })
}, 60_000)

type Truth = { kind: string; sentence: string; lastAt: number; warehouse: { name: string } }

test('in the world of the demo, who scans may read the logs of all its accounts', async () => {
  const world = await loadWorld('company')
  const { connection } = await estateOf(world)
  const { id, secret } = world.accounts[account]?.accessKeys[0] ?? {}
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret })
  const roles = [other, '777788889999'].map((owner) => ({ role: `arn:aws:iam::${owner}:role/redoubt-scan` }))
  const session = await openSession({ ...connection, regions: ['eu-central-1', 'eu-west-1'] }, roles)
  const { buckets, gaps } = await readLogs(session, { days: 9 })
  session.close()
  expect([...gaps.values()]).toEqual([])
  expect([...buckets.keys()]).toEqual(
    expect.arrayContaining(['cold-storage-drop-7731', 'ostermaar-exports', 'outer-harbour-files']),
  )
}, 60_000)

test('a log of more days names more, and those of the settings are judged besides', async () => {
  const { scanned } = await estateOf(worldWith(), { dataBuckets: ['named'] })
  const { buckets, told } = await scanned({ logDays: 2 })
  expect(buckets).toEqual([...irish, 'long-ago', 'named', 'virginia-exports', own('us-east-1')].sort())
  // Inventory and assessment say over how many.
  expect(told).toEqual([{ days: 2 }, { days: 2 }])
}, 60_000)

test('without it, not one call more is made; the flag overrides the settings both ways', async () => {
  const world = worldWith()
  const { scanned, lab } = await estateOf(world)
  const calls = async (options: object) => {
    const before = lab.calls().length
    const { buckets, told } = await scanned(options)
    return {
      buckets,
      told,
      actions: lab
        .calls()
        .slice(before)
        .map(({ action }) => action),
    }
  }
  const off = await calls({ logDays: 0 })
  expect(off.buckets).toEqual([])
  expect(off.told).toEqual([undefined, undefined])
  expect(off.actions.filter((action = '') => /ListObjects|GetObject$|FilterLogEvents/.test(action))).toEqual(
    [],
  )
  expect(off.actions.filter((action) => action === 'redshift:DescribeClusters')).toHaveLength(regions.length)
  const plain = await estateOf(world, {})
  const before = plain.lab.calls().length
  await plain.scanned()
  expect(plain.lab.calls().slice(before)).toHaveLength(off.actions.length)
}, 60_000)

test('it makes the calls that it says, and no other', async () => {
  const { lab, connection } = await estateOf(worldWith())
  const session = await openSession(connection)
  const before = lab.calls().length
  const heard: string[] = []
  await readLogs(session, {
    days: 1,
    progress: (done, of, warehouse) => heard.push(`${done}/${of} ${warehouse}`),
  })
  session.close()
  const made = new Set(
    lab
      .calls()
      .slice(before)
      .map(({ action }) => action),
  )
  expect([...made].sort()).toEqual([...logReads].sort())
  expect(heard.map((line) => line.split(' ')[0])).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5'])
}, 60_000)

test('a log is read to its end, however many pages its files and its events have', async () => {
  const yesterday = Math.floor(Date.now() / 86_400_000 - 1) * 86_400_000
  const files = Array.from({ length: 1_100 }, (_, minute) => {
    const time = new Date(yesterday + minute * 60_000).toISOString()
    const folder = `AWSLogs/${account}/redshift/us-east-1/${time.slice(0, 10).replaceAll('-', '/')}`
    const bucket = minute === 1_099 ? 'on-the-last-page' : 'on-every-page'
    const record = `'${time.slice(0, 19)}Z UTC [ db=dev user=a pid=1 userid=1 xid=1 ]' LOG: COPY t FROM 's3://${bucket}/x'`
    return {
      Key: `${folder}/${account}_redshift_us-east-1_west_useractivitylog_${time.slice(0, 16)}.gz`,
      Body: gzipSync(record).toString('base64'),
      isBase64: true,
    }
  })
  const busy = {
    seed: 7,
    linesPerHour: 3_000,
    incidents: [{ kind: 'bulk-unload', at: '-1h', bucket: 'late-exports' }],
  }
  const world = worldWith({
    ireland: {
      clusters: [cluster('web', toCloudWatch, '', { people: busy })],
      namespaces: [],
      workgroups: [],
    },
    virginia: { buckets: [{ ...logBucket('virginia-logs'), objects: files }] },
  })
  const { scanned, lab } = await estateOf(world)
  const { buckets, gaps } = await scanned({ logDays: 2 })
  const added = ['late-exports', 'on-every-page', 'on-the-last-page', 'virginia-exports']
  expect({ buckets, gaps }).toEqual({
    buckets: [...added, own('eu-west-1'), own('us-east-1')].sort(),
    gaps: [],
  })
  const calls = (name: string) => lab.calls().filter(({ action }) => action === name).length
  // One more page than there are folders of days.
  expect(calls('s3:ListObjectsV2')).toBeGreaterThanOrEqual(4)
  expect(calls('logs:FilterLogEvents')).toBeGreaterThan(5)
}, 120_000)

test('a bucket of another account is read through the account that may', async () => {
  const world = worldWith()
  const there = world.accounts[other]?.regions ?? {}
  there['eu-west-1'] = { buckets: [logBucket('logs')] } as unknown as RegionSeed
  const here = world.accounts[account]?.regions['eu-west-1'] as { buckets: { Name: string }[] }
  here.buckets = here.buckets.filter(({ Name }) => Name !== 'logs')
  const accounts = [{ role: `arn:aws:iam::${other}:role/redoubt-scan` }]
  const { scanned } = await estateOf(world, { readLogs: { days: 1 }, accounts })
  const { buckets, gaps } = await scanned()
  expect({ buckets, gaps }).toEqual({
    buckets: [...irish, 'virginia-exports', own('us-east-1')].sort(),
    gaps: [],
  })
}, 60_000)

test('nothing of a statement is kept, and nothing of one is said', async () => {
  const { scanned, workspace } = await estateOf(worldWith())
  await scanned()
  const files = await readdir(workspace.folder, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async (file) => {
        const bytes = await readFile(join(file.parentPath ?? '', file.name))
        return (file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
      }),
  )
  expect(texts.join('\n')).toContain('outer-harbour')
  expect(texts.join('\n')).not.toMatch(/s3:\/\/|select |iam_role|daily_sales/i)
}, 60_000)

test('a bucket that a log shows is mended, and its undo opens it again', async () => {
  const key = { id: accessKey, secret: credentials.AWS_SECRET_ACCESS_KEY }
  const driver = await drive(worldWith(), { key, regions, settings: { readLogs: { days: 1 } }, speed: 600 })
  const arn = 'arn:aws:s3:::outer-harbour'
  const said = async () => {
    const { findings } = await driver.scan()
    return findings
      .find(({ practice, resource }) => practice === id && resource === arn)
      ?.message.split(' of ')[0]
  }
  const id = 'bucket-refuses-plain-http'
  try {
    expect(await said()).toBe('takes plain HTTP from whoever may use it; seen in an UNLOAD')
    const plan = await driver.plan({ resources: [arn], practice: id })
    expect((await driver.apply(plan))?.outcome.failed).toEqual([])
    expect((await driver.verify(plan)).findings.map(({ status }) => status)).toEqual(['pass'])
    expect(await said()).toBe('refuses plain HTTP to everybody; seen in an UNLOAD')
    expect((await driver.undo(plan))?.outcome.failed).toEqual([])
    expect(await said()).toBe('takes plain HTTP from whoever may use it; seen in an UNLOAD')
  } finally {
    await driver.stop()
  }
}, 60_000)

test('the first settings propose it, and what suppresses it is not unused where no log was read', async () => {
  const { scanned, workspace } = await estateOf(worldWith(), {
    suppressions: ['outer-harbour', 'logs', 'never'].map((name) => ({
      practice: 'bucket-refuses-plain-http',
      resource: `arn:aws:s3:::${name}`,
      reason: 'test',
      owner: 'test',
      expires: '2099-12-31',
    })),
  })
  const idle = ({ findings }: { findings: Finding[] }) =>
    findings.filter(({ practice }) => practice === 'suppression-unused').map(nameOf)
  expect(idle(await scanned())).toEqual([])
  const { findings, about } = await scanned({ logDays: 1 })
  expect(about.find((one) => nameOf(one) === 'outer-harbour')?.suppression).toBeDefined()
  expect(idle({ findings })).toEqual([])
  const file = join(workspace.folder, 'first.yaml')
  await init(workspace, { file, force: false, schema: 'settings-1.json' })
  const text = await readFile(file, 'utf8')
  expect(text).toMatch(/\n# {3}- outer-harbour # in UNLOAD of cluster sales on \d{4}-\d\d-\d\d\n/)
  expect(text).toContain('\n# readLogs: { days: 1 }\n')
}, 60_000)

describe('what cannot be read is unknown in its region alone', () => {
  const missing = (action: string) => `the permission ${action} is missing`
  const deny = (Action: string) => logBucket('logs', { Effect: 'Deny', Action })
  const withoutBucket = {
    ireland: { buckets: [{ Name: 'outer-harbour' }] },
  }
  test.each([
    ['a list of files', { logs: deny('s3:ListBucket') }, 's3:ListBucket', missing('s3:ListBucket')],
    ['the files', { logs: deny('s3:GetObject') }, 's3:GetObject', missing('s3:GetObject')],
    [
      'a bucket that is gone',
      withoutBucket,
      null,
      's3:GetBucketLocation answered NoSuchBucket: bucket logs does not exist',
    ],
  ])(
    '%s',
    async (_, change, permission, why) => {
      const { scanned, lab } = await estateOf(worldWith(change))
      const { findings, buckets, gaps } = await scanned()
      expect(findings.filter(({ resource }) => resource.endsWith('*'))).toHaveLength(1)
      if (permission === 's3:GetObject') {
        // What is refused once is not asked for again.
        const refused = lab.calls().filter(({ action, status }) => action === permission && status === 403)
        expect(refused).toHaveLength(1)
      }
      expect(unlisted(findings)).toEqual([
        `bucket-refuses-plain-http | ${account} | eu-west-1 | unknown | ${permission ?? ''} | (any bucket here) could not be judged: ${why}`,
      ])
      const others = irish.filter((name) => !['outer-harbour', 'partner-drop'].includes(name))
      expect(buckets).toEqual([...others, 'virginia-exports', own('us-east-1')].sort())
      expect(gaps.map(({ source, region, gap }) => `${source} ${region} ${gap}`)).toEqual([
        `${why.startsWith('s3:') ? 's3:GetBucketLocation' : source(permission)} eu-west-1 ${permission ? 'refused' : 'failed'}`,
      ])
    },
    60_000,
  )

  const source = (permission: string | null) =>
    permission === 's3:ListBucket' ? 's3:ListObjectsV2' : permission

  test.each([
    ['logs:FilterLogEvents'],
    ['redshift-serverless:ListNamespaces'],
    ['redshift:DescribeClusters'],
    ['redshift:DescribeLoggingStatus'],
  ])(
    '%s',
    async (action) => {
      const { scanned, control } = await estateOf(worldWith())
      await control('deny', { accessKeyId: accessKey, action })
      const { findings } = await scanned()
      const lines = unlisted(findings).filter((line) => line.startsWith('bucket-refuses'))
      const places = action === 'logs:FilterLogEvents' ? ['eu-west-1'] : regions
      expect(lines).toEqual(
        places.map(
          (region) =>
            `bucket-refuses-plain-http | ${account} | ${region} | unknown | ${action} | (any bucket here) could not be judged: ${missing(action)}`,
        ),
      )
    },
    60_000,
  )

  test('a file that is broken, and the others are read', async () => {
    const folder = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')
    const at = Date.now() - 2 * 3_600_000
    const stamp = new Date(at).toISOString().slice(0, 16)
    const Key = `audit/AWSLogs/${account}/redshift/eu-west-1/${folder(at)}/${account}_redshift_eu-west-1_sales_useractivitylog_${stamp}.gz`
    const whole = gzipSync(
      `'${stamp}:00Z UTC [ db=dev user=a pid=1 userid=1 xid=1 ]' LOG: COPY t FROM 's3://half-read/x'\n`.repeat(
        200,
      ),
    )
    for (const [Body, why] of [
      ['no gzip at all', 'incorrect header check'],
      [whole.subarray(0, -12), 'unexpected end of file'],
    ] as const) {
      const { scanned } = await estateOf(
        worldWith({ logs: { ...logBucket('logs'), objects: [{ Key, Body }] } }),
      )
      const { findings, buckets } = await scanned()
      expect(unlisted(findings)).toEqual([expect.stringContaining(`s3:GetObject answered Z_`)])
      expect(unlisted(findings)[0]).toContain(`${Key} in logs: ${why}`)
      expect(buckets).toEqual(expect.arrayContaining(irish))
      expect(buckets.includes('half-read')).toBe(why.startsWith('unexpected'))
    }
  }, 60_000)
})

const record = (sql: string, at = '2026-11-26T22:00:03Z') =>
  `'${at} UTC [ db=dev user=a pid=1 userid=1 xid=1 ]' LOG: ${sql}\n`

/** A world in which one cluster logs, an hour ago in one file. */
function oneLog(text: string, ending = '.gz'): World {
  const time = new Date(Date.now() - 3_600_000).toISOString()
  const folder = `AWSLogs/${account}/redshift/us-east-1/${time.slice(0, 10).replaceAll('-', '/')}`
  const Key = `${folder}/${account}_redshift_us-east-1_west_useractivitylog_${time.slice(0, 16)}${ending}`
  const file = { Key, Body: gzipSync(text).toString('base64'), isBase64: true }
  return worldWith({
    ireland: { clusters: [], namespaces: [], workgroups: [] },
    virginia: {
      parameterGroups: [{ ParameterGroupName: 'plain', ParameterGroupFamily: 'redshift-2.0' }],
      buckets: [{ ...logBucket('virginia-logs'), objects: [file] }],
      clusters: [cluster('west', { BucketName: 'virginia-logs' }, 'never', { ParameterGroup: 'plain' })],
    },
  })
}

test('a time that a forged record makes up stops nothing and hides nothing', async () => {
  const real = iso(Date.now() - 3_600_000)
  const times = ['9999-99-99T99:99:99Z', '2026-02-03T25:00:00Z', '9999-12-31T23:59:59Z']
  const forged = times.map((at) => record("COPY t FROM 's3://real/x'", at)).join('')
  const { scanned } = await estateOf(oneLog(`${record("COPY t FROM 's3://real/x'", real)}${forged}`))
  const { about } = await scanned({ logDays: 2 })
  expect(about.find((one) => nameOf(one) === 'real')?.message).toMatch(` on ${isoDay(real)}`)
}, 60_000)

test('a file whose name tells no time is read', async () => {
  const { scanned } = await estateOf(oneLog(record("COPY t FROM 's3://real/x'"), ':31.gz'))
  expect((await scanned()).buckets).toEqual(['real'])
}, 60_000)

test('what is named like a bucket and is none is unknown by itself, and not asked about', async () => {
  const names = ['a-point-1a2b-s3alias', 'fast--use1-az4--x-s3', 'many.mrap', 'real']
  const { scanned, lab } = await estateOf(
    oneLog(names.map((name) => record(`COPY t FROM 's3://${name}/x'`)).join('')),
  )
  const { about } = await scanned()
  expect(about.filter(({ status }) => status === 'unknown').map((one) => one.message)).toEqual(
    names
      .slice(0, 3)
      .map(
        (name) =>
          `could not be judged: ${name} is an access point or a directory, and what it leads to is not looked for`,
      ),
  )
  expect(lab.calls().filter(({ action }) => action === undefined)).toEqual([])
}, 60_000)

test('a name that is mistyped so that no bucket may have it is nothing that anybody can take', async () => {
  const names = ['My_Bucket', 'two..dots', 'x'.repeat(64), 'free', '2026', 'Capitals']
  const { scanned } = await estateOf(
    oneLog(names.map((name) => record(`COPY t FROM 's3://${name}/x'`)).join('')),
  )
  const { about } = await scanned()
  const said = about
    .filter((one) => names.includes(nameOf(one)))
    .map((one) => [nameOf(one), one.status, one.message.split('; ')[0]])
  const never = 'does not exist, and nobody can make a bucket of that name'
  const free = 'does not exist: whoever makes a bucket of that name decides what is loaded from there'
  expect(said.sort()).toEqual([
    ['2026', 'fail', free],
    ['Capitals', 'fail', free],
    ['My_Bucket', 'pass', never],
    ['free', 'fail', free],
    ['two..dots', 'pass', never],
    ['x'.repeat(64), 'pass', never],
  ])
}, 60_000)

describe('a log that is read and leaves something untold is a gap', () => {
  const copies = (count: number) =>
    Array.from({ length: count }, (_, at) => record(`COPY t FROM 's3://bucket-${at}/x'`)).join('')
  const wrong = 's3:GetObject failed'
  test.each([
    [
      'no log at all',
      'hello\n',
      0,
      [`${wrong} UnknownFormat: the log of cluster west has no record of user activity in it`],
    ],
    [
      'statements that do not end',
      `${record('select 1 /* oops').repeat(20)}${copies(1)}`,
      1,
      [
        `${wrong} UnreadableRecord: the log of cluster west has 4 statements that could not be read to their end`,
      ],
    ],
    [
      'buckets without end',
      copies(1_003),
      1_000,
      [
        `${wrong} TooManyBuckets: the log of cluster west names more buckets than the 1000 that are looked at`,
      ],
    ],
    ['nothing untold', copies(1_000), 1_000, []],
  ])('%s', async (_, text, count, expected) => {
    const { connection } = await estateOf(oneLog(text))
    const session = await openSession(connection)
    const { buckets, gaps } = await readLogs(session, { days: 1 })
    session.close()
    const told = [...gaps.values()]
      .flat()
      .map(({ source, gap, code, message }) => `${source} ${gap} ${code}: ${message}`)
    expect({ count: buckets.size, told }).toEqual({ count, told: expected })
    expect([...gaps.keys()]).toEqual(expected.map(() => `${account} us-east-1`))
  })
})

test('what goes wrong with several logs is told of each, and what is the same of all once', async () => {
  const clusters = ['one', 'two'].map((name) =>
    cluster(name, { BucketName: `${name}-logs`, LastSuccessfulDeliveryTime: '-3d' }, 'never', {
      ParameterGroup: 'default.redshift-2.0',
    }),
  )
  const world = worldWith({ virginia: { buckets: [], clusters } })
  const { connection, control } = await estateOf(world)
  const messages = async () => {
    const session = await openSession({ ...connection, regions: ['us-east-1'] })
    const { gaps } = await readLogs(session, { days: 1 })
    session.close()
    return [...gaps.values()].flat().map(({ message }) => message)
  }
  expect(await messages()).toEqual(['bucket one-logs does not exist', 'bucket two-logs does not exist'])
  await control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeLoggingStatus' })
  expect(await messages()).toHaveLength(1)
}, 60_000)

test('an interruption ends it at once, and is said', async () => {
  const { connection, lab, workspace } = await estateOf(worldWith())
  const stop = new AbortController()
  const read = () => lab.calls().filter(({ action }) => action === 's3:GetObject').length
  const watch = setInterval(() => read() > 2 && stop.abort(), 1)
  const { manifest } = await scan(workspace, { ...connection, signal: stop.signal })
  clearInterval(watch)
  expect(manifest.interrupted).toBe(true)
  expect(read()).toBeLessThan(20)
  const codes = manifest.shards.flatMap((shard) => shard.gaps.map(({ code }) => code))
  expect(codes).toContain('Interrupted')
  expect(codes.filter((code) => code !== 'Interrupted' && code !== 'NotCollected')).toEqual([])
}, 60_000)
