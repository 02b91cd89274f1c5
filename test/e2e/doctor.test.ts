// `redoubt doctor` through the built command: a line for each thing, and the right exit code.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { day, hour, iso, isoDay } from '#kit/time.ts'
import { emptyFolder, redoubt } from '../command.ts'
import { accessKey, account, credentials, openRunningEstate, region, worldOf } from '../estate.ts'
import { cluster, logBucket, worldWith } from '../logged-world.ts'

async function doctor(settings?: string, world = worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] })) {
  const cwd = await emptyFolder()
  if (settings !== undefined) await writeFile(join(cwd, 'redoubt.yaml'), settings)
  const estate = await openRunningEstate(world, 1)
  const look = async (...words: string[]) => {
    const ran = await redoubt(['doctor', '--endpoint-url', estate.lab.url, ...words], {
      cwd,
      env: credentials,
    })
    return { ...ran, lines: ran.stdout.trimEnd().split('\n') }
  }
  return { ...estate, cwd, look }
}

test('all is well: each thing has its line, and nothing is written', async () => {
  const { look, lab } = await doctor('regions: []\n')
  // Its time began to run when its world was there, which may have taken seconds.
  lab.clock.change({ set: new Date().toISOString() })
  const { code, lines, stderr } = await look()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(lines.every((line) => line.startsWith('✓ ok '))).toBe(true)
  const text = lines.join('\n')
  for (const line of [
    `Node.js: version ${process.versions.node}`,
    'workspace: .redoubt does not exist yet and can be made',
    'settings: redoubt.yaml is valid',
    `endpoint: ${lab.url}`,
    `credentials: AWS knows the caller as arn:aws:iam::${account}:user/tester`,
    `regions: ${region}`,
    'clock: agrees with that of AWS',
    `redshift in ${account} ${region}: every question is answered`,
    `s3 in ${account} ${region}: nothing that was seen here points at it`,
  ])
    expect(text).toContain(line)
  expect(lab.calls().filter(({ action = '' }) => !/:(Describe|Get|List|Lookup)/.test(action))).toEqual([])
})

test.each([
  ['+10m', 'ok', '9 min behind that of AWS'],
  ['+20m', 'problem', '19 min behind that of AWS'],
])('a clock that AWS is ahead of by %s', async (move, mark, saw) => {
  const { look, lab } = await doctor()
  lab.clock.change({ move })
  const { lines } = await look()
  const line = lines.find((one) => one.includes('clock:')) ?? ''
  expect(line).toContain(saw)
  expect(line).toContain(mark)
})

test('254: missing permissions are named by service, with what prints them all', async () => {
  const { look, control } = await doctor()
  for (const action of ['redshift:DescribeLoggingStatus', 'cloudtrail:DescribeTrails'])
    await control('deny', { accessKeyId: accessKey, action })
  const { code, stdout } = await look()
  expect(code).toBe(254)
  expect(stdout).toContain(
    `✗ problem  redshift in ${account} ${region}: missing: redshift:DescribeLoggingStatus\n           todo: Grant it: "redoubt policy --for scan`,
  )
  expect(stdout).toContain(
    `✗ problem  cloudtrail in ${account} ${region}: missing: cloudtrail:DescribeTrails\n`,
  )
})

test('254: a bucket that the settings name and that may not be read', async () => {
  const world = worldOf({ buckets: [{ Name: 'acme-exchange' }] })
  const { look, control } = await doctor('dataBuckets: [acme-exchange]\n', world)
  expect((await look()).stdout).toContain(`s3 in ${account} ${region}: every question is answered`)
  await control('deny', { accessKeyId: accessKey, action: 's3:GetBucketPolicy' })
  const { code, stdout } = await look()
  expect(code).toBe(254)
  expect(stdout).toContain(`✗ problem  s3 in ${account} ${region}: missing: s3:GetBucketPolicy\n`)
})

test('254: logs that the settings have a scan read, and that may not be read', async () => {
  const { look, control, lab } = await doctor('readLogs: { days: 1 }\n', worldWith())
  const name = `audit logs in ${account} ${region}`
  expect((await look()).stdout).toContain(`✓ ok       ${name}: every question is answered\n`)
  const calls = lab.calls().filter(({ action = '' }) => /:(GetObject|FilterLogEvents)$/.test(action))
  // One file of a day's folder, of two days at the most, and one page of events.
  expect(calls.length).toBeLessThanOrEqual(3)
  for (const action of ['s3:GetObject', 'logs:FilterLogEvents'])
    await control('deny', { accessKeyId: accessKey, action })
  const { code, stdout } = await look()
  expect(code).toBe(254)
  expect(stdout).toContain(`✗ problem  ${name}: missing: logs:FilterLogEvents, s3:GetObject\n`)
})

test('254: the file that is tried is one that a scan reads, not the first of its folder', async () => {
  const now = Math.floor(Date.now() / day + 2) * day + 23 * hour
  const objects = [now - 26 * hour, now - 24 * hour].map((at) => {
    const folder = `AWSLogs/${account}/redshift/us-east-1/${isoDay(at).replaceAll('-', '/')}`
    const name = `${account}_redshift_us-east-1_west_useractivitylog_${iso(at).slice(0, 16)}.gz`
    return { Key: `${folder}/${name}`, Body: 'not read' }
  })
  const virginia = { buckets: [{ ...logBucket('virginia-logs'), objects }], clusters: [quiet('west')] }
  const { look, control, lab } = await doctor('readLogs: { days: 1 }\n', worldWith({ virginia }))
  lab.clock.change({ set: iso(now) })
  await control('deny', { accessKeyId: accessKey, action: 's3:GetObject' })
  const { stdout } = await look('--region', 'us-east-1')
  expect(stdout).toContain(`✗ problem  audit logs in ${account} us-east-1: missing: s3:GetObject\n`)
})

test('254: a bucket of logs that is gone, and how to have another', async () => {
  const virginia = { buckets: [], clusters: [quiet('west')] }
  const { look } = await doctor('readLogs: { days: 1 }\n', worldWith({ virginia }))
  const { stdout } = await look('--region', 'us-east-1')
  expect(stdout).toMatch(
    /NoSuchBucket: bucket virginia-logs does not exist\n *todo: Have the logs go to a bucket that exists:\s+"redoubt do logging enable/,
  )
})

test('254: logs are tried in each region where they lie, with few calls however many warehouses there are', async () => {
  const ireland = {
    clusters: Array.from({ length: 30 }, (_, at) => ({ ClusterIdentifier: `unlogged-${at}` })),
    namespaces: [],
    workgroups: [],
  }
  const { look, control, lab } = await doctor('readLogs: { days: 1 }\n', worldWith({ ireland }))
  await control('deny', { accessKeyId: accessKey, action: 's3:GetObject' })
  const two = await look('--region', region, '--region', 'us-east-1')
  const nothing = 'nothing that was seen here logs what users do'
  expect(two.lines.filter((line) => line.includes('audit logs'))).toEqual([
    `✓ ok       audit logs in ${account} ${region}: ${nothing}`,
    `✗ problem  audit logs in ${account} us-east-1: missing: s3:GetObject`,
  ])
  const asked = (action: string) => lab.calls().filter((call) => call.action === action).length
  // One more is asked about its logging like everything else.
  expect(asked('redshift:DescribeLoggingStatus')).toBe(20 + 1 + 1)
  expect(asked('s3:GetObject')).toBe(1)
  const all = await look('--all-regions')
  expect(all.stdout).toMatch(new RegExp(`✓ ok {7}audit logs in ${account} \\d\\d regions: ${nothing}\\n`))
  expect(all.stdout).toContain(`✗ problem  audit logs in ${account} us-east-1: missing: s3:GetObject\n`)
})

/** A cluster whose logs have stopped to come. */
function quiet(name: string) {
  const logging = { BucketName: 'virginia-logs', LastSuccessfulDeliveryTime: '-3d' }
  return cluster(name, logging, 'never', { ParameterGroup: 'default.redshift-2.0' })
}

test('nothing is read of logs where there are none, or the settings do not ask for it', async () => {
  const { look } = await doctor('readLogs: { days: 1 }\n')
  expect((await look()).stdout).toContain(
    `audit logs in ${account} ${region}: nothing that was seen here logs what users do\n`,
  )
  const silent = await doctor('regions: []\n', worldWith())
  expect((await silent.look()).stdout).not.toContain('audit logs in')
})

test('254: a role that cannot be assumed', async () => {
  const { look } = await doctor('accounts: [{ role: "arn:aws:iam::444455556666:role/none" }]\n')
  const { code, stdout } = await look()
  expect(code).toBe(254)
  expect(stdout).toMatch(
    /✗ problem {2}account 444455556666: its role cannot be assumed \(\w+\)\n {11}todo: Grant sts/,
  )
})

test('253: settings that cannot be read, and the rest is looked at all the same', async () => {
  const { look } = await doctor('regins: []\n')
  const { code, stdout } = await look()
  expect(code).toBe(253)
  expect(stdout).toMatch(/✗ problem {2}settings: redoubt.yaml cannot be used: line 1, column \d+: .*regins/)
  expect(stdout).toContain('✓ ok       credentials')
})

test('253: no credentials, and no endpoint', async () => {
  const cwd = await emptyFolder()
  const none = await redoubt(['doctor', '--region', region], { cwd })
  expect(none.code).toBe(253)
  expect(none.stdout).toContain(
    '✗ problem  AWS: No AWS credentials were found.\n           todo: Set AWS_PROFILE',
  )
  const env = { ...credentials, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
  const silent = await redoubt(['doctor'], { cwd, env })
  expect(silent.code).toBe(253)
  expect(silent.stdout).toContain('endpoint: http://127.0.0.1:9 (AWS_ENDPOINT_URL)')
  expect(silent.stdout).toContain('✗ problem  AWS: Nothing answers at http://127.0.0.1:9 (ECONNREFUSED).')
})

test('253: no region; endpoints of single services are told beside that of all', async () => {
  const { AWS_REGION: _, ...noRegion } = credentials
  const env = { ...noRegion, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' }
  const { code, stdout } = await redoubt(['doctor'], { cwd: await emptyFolder(), env })
  expect(code).toBe(253)
  expect(stdout).toContain("✓ ok       endpoint: AWS's own, http://127.0.0.1:9 (AWS_ENDPOINT_URL_S3)\n")
  expect(stdout).toContain('✗ problem  AWS: No AWS region is given.\n')
})

test('253: a workspace that is no folder', async () => {
  const { look, cwd } = await doctor()
  await writeFile(join(cwd, 'file'), '')
  const { code, stdout } = await look('--workspace', 'file/inside')
  expect(code).toBe(253)
  expect(stdout).toContain('✗ problem  workspace: file/inside cannot be written (ENOTDIR)')
})
