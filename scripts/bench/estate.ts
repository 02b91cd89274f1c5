// The estate of a large company, twice: 17 regions with 12 clusters each and 20,000 snapshots, and with ten times the
// snapshots. The lab is a process of its own, so that its memory is not that of a scan.

import { join } from 'node:path'
import { type Measured, measured, server } from './process.ts'
import { regions } from './world.ts'

const round = (value: number) => Math.round(value * 100) / 100

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function scanOf(folder: string, loop: string, snapshots: number, rounds: number) {
  const lab = await server('scripts/bench/estate-lab.ts', String(snapshots))
  const workspace = join(folder, `estate-${snapshots}`)
  const scan = ['dist/redoubt.mjs', 'scan', ...regions.flatMap((region) => ['--region', region])]
  const options = [
    '--endpoint-url',
    lab,
    '--fail-on',
    'none',
    '--no-fail-on-unknown',
    '--workspace',
    workspace,
  ]
  const loops: Measured[] = []
  const scans: Measured[] = []
  let peak = 0
  let least = 0
  let made = 0
  for (let index = 0; index < rounds; index++) {
    // In turns, so that a slow minute of the machine falls on both alike.
    const looped = await measured(folder, [loop, lab, ...regions])
    least = JSON.parse(looped.stdout).least
    loops.push(looped)
    await fetch(`${lab}/_lab/calls`, { method: 'DELETE' })
    const scanned = await measured(folder, [...scan, ...options])
    scans.push(scanned)
    peak = Math.max(peak, scanned.megabytes)
    made = ((await (await fetch(`${lab}/_lab/calls`)).json()) as { total: number }).total
  }
  return {
    snapshots,
    calls: { made, least, ratio: round(made / least), aim: '≤ 1.02 × the least' },
    seconds: round(median(scans.map(({ ms }) => ms)) / 1_000),
    toBareLoop: round(median(scans.map(({ ms }) => ms)) / median(loops.map(({ ms }) => ms))),
    processorToBareLoop: round(
      median(scans.map(({ cpuMs }) => cpuMs)) / median(loops.map(({ cpuMs }) => cpuMs)),
    ),
    peakMegabytes: peak,
    workspace,
  }
}

/** Both estates. */
export async function estates(folder: string, loop: string, assess: string) {
  const small = await scanOf(folder, loop, 20_000, 3)
  const large = await scanOf(folder, loop, 200_000, 3)
  const judged = await measured(folder, [assess, small.workspace])
  const told = ({ workspace: _, ...figures }: typeof small) => figures
  return {
    regions: regions.length,
    clusters: regions.length * 12,
    small: { ...told(small), aim: '≤ 1.2 × the bare loop, ≤ 400 MB' },
    large: {
      ...told(large),
      peakToSmall: round(large.peakMegabytes / small.peakMegabytes),
      aim: 'peak ≤ 1.1 ×',
    },
    assess: { findingsPerSecond: Number(judged.stdout), aim: '≥ 200,000' },
  }
}
