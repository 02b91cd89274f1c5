// Processes that are measured: servers that print their address, and commands with their time and largest memory.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { credentials } from './world.ts'

const children: ChildProcess[] = []

/** Starts a script of ours that prints its address when it is ready. */
export async function server(script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${script} did not start`)))
  const [address] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
  ended.catch(() => undefined)
  return address.toString().trim()
}

/** Ends all servers. */
export function endServers(): void {
  for (const child of children.splice(0)) child.kill()
}

export const quiet = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_EC2_METADATA_DISABLED: 'true',
}

/** Wall and processor milliseconds, and the largest memory. */
export type Measured = { ms: number; cpuMs: number; megabytes: number; stdout: string }

/** Runs a node process to its end. */
export async function measured(folder: string, args: string[]): Promise<Measured> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const probe = join(folder, 'probe.cjs')
  const told = join(folder, 'usage.json')
  writeFileSync(
    probe,
    `process.on('exit',()=>require('fs').writeFileSync(${JSON.stringify(told)},JSON.stringify(process.resourceUsage())))`,
  )
  const started = performance.now()
  const child = spawn(process.execPath, ['--require', probe, ...args], {
    env: { ...env, ...credentials, ...quiet },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
  const ms = performance.now() - started
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(told, 'utf8'))
  const cpuMs = (userCPUTime + systemCPUTime) / 1_000
  return { ms, cpuMs, megabytes: Math.round(maxRSS / 1_024), stdout }
}

/** The built lab, once it says where it listens. */
export async function labOf(world: string, ...options: string[]) {
  const started = performance.now()
  const child = spawn(
    process.execPath,
    ['dist/redoubt.mjs', 'lab', '--world', world, '--port', '0', ...options],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...quiet },
    },
  )
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error(`the lab with ${world} did not start`)),
  )
  ended.catch(() => undefined)
  const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(said.toString()) ?? []
  return { child, url, ms: performance.now() - started }
}

/** The processor time of a process until now, in steps of ten milliseconds; on Linux, as its memory. */
export function processorMsOf({ pid = 0 }: ChildProcess): number {
  try {
    // What follows the name, which may have blanks: the times of the process in ticks are the 14th and 15th of all.
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return 10 * (Number(user) + Number(system))
  } catch {
    return Number.NaN
  }
}

/** The resident memory of a process. Linux tells it of any; elsewhere there is no figure. */
export function megabytesOf({ pid = 0 }: ChildProcess): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes) / 1_024)
  } catch {
    return Number.NaN
  }
}

/** The least processor time of each work over some rounds, in turns: microseconds, which other processes leave alone. */
export function leastOf<Name extends string>(
  rounds: number,
  works: Record<Name, () => void>,
): Record<Name, number> {
  const least = {} as Record<Name, number>
  for (let round = 0; round < rounds; round++)
    for (const [name, work] of Object.entries(works) as [Name, () => void][]) {
      const started = process.cpuUsage()
      work()
      least[name] = Math.min(least[name] ?? Number.POSITIVE_INFINITY, process.cpuUsage(started).user)
    }
  return least
}

/** To two places. */
export const round = (value: number) => Math.round(value * 100) / 100

/** The one in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that a node process takes from start to end. */
export async function timed(args: string[]): Promise<number> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const started = performance.now()
  const child = spawn(process.execPath, args, { env: { ...env, ...credentials, ...quiet }, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
  return performance.now() - started
}
