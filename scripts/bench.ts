// `npm run bench`: prints ratios, all taken in one run, because the machines it runs on are shared and noisy.
// docs/performance.md says what each figure means and what it should be.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { estates } from './bench/estate.ts'
import { logs } from './bench/logs.ts'
import { ofLab } from './bench/of-lab.ts'
import { permissions } from './bench/permissions.ts'
import { endServers, measured, median, round, server, timed } from './bench/process.ts'
import { openStatements } from './bench/statements.ts'
import { region } from './bench/world.ts'

const clusters = 10
const snapshotsEach = 4
const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-'))
/** The bare loop's clients read with nothing but the SDK. */
const bare: Plugin = {
  name: 'bare',
  setup({ onResolve }) {
    const path = fileURLToPath(new URL('bench/bare-protocol.ts', import.meta.url))
    onResolve({ filter: /\/query-protocol\.ts$/ }, () => ({ path }))
  },
}

/** A script as one file, as Redoubt itself is. */
async function bundled(name: string, plugins: Plugin[] = []): Promise<string> {
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
    plugins,
  })
  return outfile
}

async function main(): Promise<void> {
  const result = { schema: 'redoubt.bench/1', node: process.version, ...(await figuresOf(process.argv[2])) }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

async function figuresOf(only: string | undefined) {
  if (only === 'logs') return { logs: await logs(folder, Number(process.argv[3] ?? 1_000_000)) }
  if (only === 'code') return code()
  if (only === 'lab') return { lab: await ofLab(folder, 7) }
  const loop = await bundled('bare-loop', [bare])
  const estate = () => bundled('assess').then((assess) => estates(folder, loop, assess))
  if (only === 'estate') return { estate: await estate() }
  const rounds = Number(only ?? 15)
  return {
    ...(await one(loop, rounds)),
    ...code(),
    lab: await ofLab(folder, Math.min(rounds, 7)),
    estate: await estate(),
  }
}

/** What takes no process of its own. */
const code = () => ({ permissions: permissions(), openStatements: openStatements() })

/** A scan of one region. */
async function one(loop: string, rounds: number) {
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
  }
}

async function callsOfOneScan(lab: string, args: string[]): Promise<number> {
  await fetch(`${lab}/_lab/calls`, { method: 'DELETE' })
  await timed(args)
  const { total } = (await (await fetch(`${lab}/_lab/calls`)).json()) as { total: number }
  return total
}

try {
  await main()
} finally {
  endServers()
  rmSync(folder, { recursive: true, force: true })
}
