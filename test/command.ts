// Runs the built command in a process of its own, far from the credentials and settings of whoever runs the tests.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'

/** What a run of the command left behind. */
export type Ran = { code: number | null; stdout: string; stderr: string; milliseconds: number }

export type RunOptions = { env?: NodeJS.ProcessEnv; cwd?: string }

export const commandFile = fileURLToPath(new URL('../dist/redoubt.mjs', import.meta.url))

const folders: string[] = []

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** An empty folder that is removed after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-test-'))
  folders.push(folder)
  return folder
}

/** An environment with nothing of AWS in it but what is given. */
export function cleanEnv(env: NodeJS.ProcessEnv = {}, home = tmpdir()): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return { PATH, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...env }
}

/** Starts the command; its output comes through pipes, its input is closed. */
export function start(args: readonly string[], { env = {}, cwd = tmpdir() }: RunOptions = {}): ChildProcess {
  const stdio = ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[]
  return spawn(process.execPath, [commandFile, ...args], { env: cleanEnv(env, cwd), cwd, stdio })
}

/** Runs the command to its end. */
export async function redoubt(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const began = Date.now()
  const child = start(args, options)
  const ran = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    ran.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ran.stderr += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...ran, milliseconds: Date.now() - began }
}
