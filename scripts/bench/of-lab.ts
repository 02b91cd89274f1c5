// The figures of the lab: how fast it answers, starts, keeps its state, makes logs, and lets a year pass.

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keeping } from './keeping.ts'
import { requestsPerSecond, send, signedRequest } from './load.ts'
import { logs } from './logs.ts'
import { labOf, median, megabytesOf, processorMsOf, round, server, timed } from './process.ts'
import { largeWorldText } from './world.ts'

/** All of them, one after the other. */
export async function ofLab(folder: string, rounds: number) {
  const small = await server('scripts/bench/lab.ts', '10', '4')
  const large = await server('scripts/bench/lab.ts', '100', '100')
  const [describe, page] = asked as [Asked, Asked]
  return {
    answers: [await throughput(folder, small, describe), await throughput(folder, large, page)],
    start: await starting(folder, rounds),
    state: await keeping(folder),
    logs: await logs(folder),
    year: await year(),
  }
}

type Asked = { action: string; body: string; of: string }

// Both with signature, permissions and CloudTrail, as every call to a lab has them.
const asked: Asked[] = [
  {
    action: 'DescribeClusters',
    body: 'Action=DescribeClusters&Version=2012-12-01',
    of: `10 clusters`,
  },
  {
    action: 'DescribeClusterSnapshots',
    body: 'Action=DescribeClusterSnapshots&Version=2012-12-01&MaxRecords=100',
    of: '100 of 10,000 snapshots',
  },
]

/** One call of a lab against a bare server that sends the same bytes. */
async function throughput(folder: string, lab: string, { action, body, of }: Asked) {
  const answer = await send(lab, signedRequest(lab, body))
  const file = join(folder, `${action}.xml`)
  writeFileSync(file, answer)
  const bare = await server('scripts/bench/bare-server.ts', file)
  const ratios: number[] = []
  for (let index = 0; index < 15; index++) {
    const yardstick = await requestsPerSecond(bare, signedRequest(bare, body), 400)
    ratios.push((await requestsPerSecond(lab, signedRequest(lab, body), 400)) / yardstick)
  }
  return {
    action,
    of,
    bytes: answer.length,
    toBareServer: round(median(ratios)),
    aim: '≥ 0.25 × the bare server',
  }
}

/** Starting the built lab with 10,000 snapshots, until it says where it listens, against an empty node. */
async function starting(folder: string, rounds: number) {
  const file = join(folder, 'large.yaml')
  writeFileSync(file, largeWorldText())
  const empty: number[] = []
  const taken: Record<'mixed' | 'large', Start[]> = { mixed: [], large: [] }
  for (let index = 0; index < rounds; index++) {
    empty.push(await timed(['-e', '0']))
    taken.mixed.push(await startOf('mixed'))
    taken.large.push(await startOf(file))
  }
  const figuresOf = (starts: Start[]) => ({
    overEmptyMs: round(median(starts.map(({ ms }) => ms)) - median(empty)),
    processorMs: median(starts.map(({ processorMs }) => processorMs)),
    megabytes: median(starts.map(({ megabytes }) => megabytes)),
  })
  return {
    emptyMs: round(median(empty)),
    mixed: figuresOf(taken.mixed),
    large: { snapshots: 10_000, ...figuresOf(taken.large) },
    aim: '≤ 400 ms over an empty node',
  }
}

type Start = { ms: number; processorMs: number; megabytes: number }

async function startOf(world: string): Promise<Start> {
  const { child, ms } = await labOf(world)
  const start = { ms, processorMs: processorMsOf(child), megabytes: megabytesOf(child) }
  child.kill()
  await once(child, 'exit')
  return start
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
