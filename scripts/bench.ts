// `npm run bench`: prints ratios, all taken in one run, because the machines it runs on are shared and noisy.
// docs/performance.md says what each figure means and what it should be.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { estates } from './bench/estate.ts'
import { keeping } from './bench/keeping.ts'
import { requestsPerSecond, send, signedRequest } from './bench/load.ts'
import { logs } from './bench/logs.ts'
import { endServers, labOf, measured, median, megabytesOf, quiet, round, server } from './bench/process.ts'
import { credentials, largeWorldText, region } from './bench/world.ts'

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
    const empty: number[] = []
    for (let index = 0; index < 3; index++) empty.push(await timed(['-e', '0']))
    const figures = await logs(folder, median(empty), Number(process.argv[3] ?? 1_000_000))
    process.stdout.write(`${JSON.stringify({ node: process.version, logs: figures }, null, 2)}\n`)
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
    lab: {
      answers: perSecond,
      start,
      state: await keeping(folder),
      logs: await logs(folder, empty ?? 0),
      year: await year(),
    },
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
