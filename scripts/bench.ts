// `npm run bench`: prints ratios, all taken in one run, because the machines it runs on are shared and noisy.
// docs/performance.md says what each figure means and what it should be.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { build } from 'esbuild'
import { estates } from './bench/estate.ts'
import { requestsPerSecond, send, signedRequest } from './bench/load.ts'
import { endServers, measured, quiet, server } from './bench/process.ts'
import { account, credentials, largeWorldText, logBucket, logWorldText, region } from './bench/world.ts'

const clusters = 10
const snapshotsEach = 4
const rounds = Number(process.argv[2] ?? 15)
const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-'))
/** Milliseconds that a node process takes from start to end. */
async function timed(args: string[]): Promise<number> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const started = performance.now()
  const child = spawn(process.execPath, args, { env: { ...env, ...credentials, ...quiet }, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
  return performance.now() - started
}

const round = (value: number) => Math.round(value * 100) / 100

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** A script as one file, as Redoubt itself is. */
async function bundled(name: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [`scripts/bench/${name}.ts`],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    outfile,
  })
  return outfile
}

async function main(): Promise<void> {
  const loop = await bundled('bare-loop')
  if (process.argv[2] === 'logs') {
    const empty = median(await Promise.all([1, 2, 3].map(() => timed(['-e', '0']))))
    process.stdout.write(
      `${JSON.stringify({ node: process.version, logs: await logs(empty, Number(process.argv[3] ?? 1_000_000)) }, null, 2)}\n`,
    )
    return
  }
  const only = process.argv[2] === 'estate'
  const result = { schema: 'redoubt.bench/1', node: process.version, ...(only ? {} : await one(loop)) }
  const estate = await estates(folder, loop, await bundled('assess'))
  process.stdout.write(`${JSON.stringify({ ...result, estate }, null, 2)}\n`)
}

/** One region, and the lab. */
async function one(loop: string) {
  const lab = await server('scripts/bench/lab.ts', String(clusters), String(snapshotsEach))
  const scan = [
    'dist/redoubt.mjs',
    'scan',
    '--region',
    region,
    '--endpoint-url',
    lab,
    '-o',
    'json',
    '--fail-on',
    'none',
  ]
  const scanArgs = [...scan, '--workspace', join(folder, 'workspace')]
  const figures: Record<string, number[]> = { empty: [], help: [], scan: [], loop: [] }
  for (let index = 0; index < rounds; index++) {
    // Interleaved, so that a slow minute of the machine falls on all alike.
    figures.empty?.push(await timed(['-e', '0']))
    figures.help?.push(await timed(['dist/redoubt.mjs', '--help']))
    figures.loop?.push(await timed([loop, lab, region]))
    figures.scan?.push(await timed(scanArgs))
  }
  const [empty, help, scanned, looped] = ['empty', 'help', 'scan', 'loop'].map((name) =>
    median(figures[name] ?? []),
  )
  const calls = await callsOfOneScan(lab, scanArgs)
  const large = await server('scripts/bench/lab.ts', '100', '100')
  const [describe, page] = asked as [Asked, Asked]
  const perSecond = [await throughput(lab, describe), await throughput(large, page)]
  const start = await starting(empty ?? 0)
  const { least } = JSON.parse((await measured(folder, [loop, lab, region])).stdout)
  return {
    rounds,
    help: {
      overEmptyMs: round((help ?? 0) - (empty ?? 0)),
      toEmpty: round((help ?? 0) / (empty ?? 1)),
      aim: '≤ 20 ms over empty',
    },
    scan: {
      clusters,
      toEmpty: round((scanned ?? 0) / (empty ?? 1)),
      toBareLoop: round((scanned ?? 0) / (looped ?? 1)),
      aim: '≤ 1.5 × the bare loop',
    },
    calls: { made: calls, least, ratio: round(calls / least), aim: '1' },
    lab: { answers: perSecond, start, logs: await logs(empty ?? 0), year: await year() },
  }
}

async function callsOfOneScan(lab: string, args: string[]): Promise<number> {
  await fetch(`${lab}/_lab/calls`, { method: 'DELETE' })
  await timed(args)
  const { total } = (await (await fetch(`${lab}/_lab/calls`)).json()) as { total: number }
  return total
}

type Asked = { action: string; body: string; of: string }

// Both with signature, permissions and CloudTrail, as every call to a lab has them.
const asked: Asked[] = [
  {
    action: 'DescribeClusters',
    body: 'Action=DescribeClusters&Version=2012-12-01',
    of: `${clusters} clusters`,
  },
  {
    action: 'DescribeClusterSnapshots',
    body: 'Action=DescribeClusterSnapshots&Version=2012-12-01&MaxRecords=100',
    of: '100 of 10,000 snapshots',
  },
]

/** One call of a lab against a bare server that sends the same bytes. */
async function throughput(lab: string, { action, body, of }: Asked) {
  const answer = await send(lab, signedRequest(lab, body))
  const file = join(folder, `${action}.xml`)
  writeFileSync(file, answer)
  const bare = await server('scripts/bench/bare-server.ts', file)
  const seconds: Record<string, number[]> = { lab: [], bare: [] }
  for (let index = 0; index < 5; index++) {
    seconds.bare?.push(await requestsPerSecond(bare, signedRequest(bare, body), 1_000))
    seconds.lab?.push(await requestsPerSecond(lab, signedRequest(lab, body), 1_000))
  }
  const ratio = median(seconds.lab ?? []) / median(seconds.bare ?? [])
  return { action, of, bytes: answer.length, toBareServer: round(ratio), aim: '≥ 0.25 × the bare server' }
}

/** Starting the built lab with 10,000 snapshots, until it says where it listens, against an empty node. */
async function starting(emptyMs: number) {
  const file = join(folder, 'large.yaml')
  writeFileSync(file, largeWorldText())
  const taken: Record<'small' | 'large', number[]> = { small: [], large: [] }
  let memory = 0
  for (let index = 0; index < Math.min(rounds, 7); index++) {
    taken.small.push((await startOf('mixed')).ms)
    const large = await startOf(file)
    taken.large.push(large.ms)
    memory = large.megabytes
  }
  return {
    mixedOverEmptyMs: round(median(taken.small) - emptyMs),
    largeOverEmptyMs: round(median(taken.large) - emptyMs),
    largeMegabytes: memory,
    snapshots: 10_000,
    aim: '≤ 400 ms over an empty node',
  }
}

async function startOf(world: string) {
  const { child, ms } = await labOf(world)
  const megabytes = megabytesOf(child)
  child.kill()
  await once(child, 'exit')
  return { ms, megabytes }
}

/** The built lab, once it says where it listens. */
async function labOf(world: string) {
  const started = performance.now()
  const child = spawn(process.execPath, ['dist/redoubt.mjs', 'lab', '--world', world, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...quiet },
  })
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error(`the lab with ${world} did not start`)),
  )
  ended.catch(() => undefined)
  const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(said.toString()) ?? []
  return { child, url, ms: performance.now() - started }
}

// Linux tells it of any process; elsewhere there is no figure.
function megabytesOf({ pid = 0 }: ChildProcess): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes) / 1_024)
  } catch {
    return Number.NaN
  }
}

/**
 * The built lab with 10,000 snapshots and a warehouse of a million log lines a day: its start, and a day of log files
 * listed and read as a hunter would, with the memory that the lab has then.
 */
async function logs(emptyMs: number, linesADay = 1_000_000) {
  const file = join(folder, 'logs.yaml')
  writeFileSync(file, logWorldText(linesADay))
  const { url, child, ms } = await labOf(file)
  try {
    const started = megabytesOf(child)
    const begun = performance.now()
    const lines = await linesOfDay(url)
    return {
      snapshots: 10_000,
      startOverEmptyMs: round(ms - emptyMs),
      startMegabytes: started,
      lines,
      seconds: round((performance.now() - begun) / 1_000),
      megabytes: megabytesOf(child),
    }
  } finally {
    child.kill()
  }
}

/** Lists the log files of yesterday and reads them all. */
async function linesOfDay(url: string): Promise<number> {
  const client = new S3Client({
    endpoint: url,
    region,
    forcePathStyle: true,
    credentials: {
      accessKeyId: credentials.AWS_ACCESS_KEY_ID,
      secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
    },
  })
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/')
  const Prefix = `AWSLogs/${account}/redshift/${region}/${yesterday}/`
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: logBucket, Prefix }))
  if (Contents.length === 0) throw new Error(`no log files under ${Prefix}`)
  let lines = 0
  for (const { Key } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: logBucket, Key }))
    const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array())
    for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) lines += 1
  }
  return lines
}

/** A year of virtual time over 200 clusters: automated snapshots, their ends, their copies, maintenance. */
async function year() {
  const lab = await server('scripts/bench/year.ts', '200')
  const started = performance.now()
  const response = await fetch(`${lab}/_lab/clock`, {
    method: 'POST',
    body: JSON.stringify({ move: '365d' }),
  })
  if (!response.ok) throw new Error(await response.text())
  return { clusters: 200, seconds: round((performance.now() - started) / 1_000), aim: '< 20 s' }
}

try {
  await main()
} finally {
  endServers()
  rmSync(folder, { recursive: true, force: true })
}
