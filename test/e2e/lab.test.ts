// The lab as a command: starts, says what to type, is scanned, told the time, and ends.

import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { emptyFolder, redoubt, start } from '../command.ts'

const running: ReturnType<typeof start>[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Starts a lab on a free port and waits until it has said everything. */
async function startLab(...args: string[]) {
  const child = start(['lab', '--port', '0', ...args])
  running.push(child)
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  while (!said.includes('aws redshift describe-clusters')) {
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
    if (child.exitCode !== null) throw new Error(`the lab ended with ${child.exitCode}`)
  }
  const variables = [...said.matchAll(/(AWS_[A-Z_]+)=(\S+)/g)].map(
    ([, name, value]) => [name, value] as const,
  )
  return { child, said, env: Object.fromEntries(variables) as Record<string, string> }
}

test('what it prints can be typed', async () => {
  const { said, env, child } = await startLab('--world', 'hardened')
  expect(said).toContain('world hardened: ')
  expect(said).toMatch(/\n {2}redoubt lab clock --speed 60 # what takes AWS minutes, .* takes seconds\n/)
  expect(said).toMatch(/- \d{12} \(.*\): .*; access keys\s+AKIALAB/)
  // Version 1 of the AWS CLI reads no other variable for the region.
  expect(env.AWS_DEFAULT_REGION).toBe(env.AWS_REGION)
  const keys = said.replace(/\s+/g, ' ').match(/AKIALAB\d{13} \(secret [^)]+\)/g) ?? []
  expect(keys.length).toBeGreaterThan(1)
  expect(said).toContain(`(secret ${env.AWS_SECRET_ACCESS_KEY})`)
  const cwd = await emptyFolder()
  // One of its clusters copies its snapshots, to where this company allows it.
  await writeFile(join(cwd, 'redoubt.yaml'), 'allowedRegions: [eu-central-1, eu-west-1, us-east-1]\n')
  const ran = await redoubt(['scan', '--all-regions'], { env, cwd })
  expect(ran.code).toBe(0)
  expect(ran.stdout).toMatch(/✗ 0 fail {3}\? 0 unknown {3}! 0 manual {3}✓ [1-9]/)
  const calls = await redoubt(['lab', 'calls'], { env })
  expect(calls.stdout).toMatch(/sts:GetCallerIdentity +200/)
  expect(calls.stdout).toMatch(/\d+ in all\n$/)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('its time is shown, moved and never turned back', async () => {
  const { env } = await startLab('--world', 'hardened', '--clock', '2026-11-22T12:00:00Z', '--speed', '0')
  const clock = (...words: string[]) => redoubt(['lab', 'clock', ...words], { env })
  expect(await clock()).toMatchObject({ code: 0, stdout: '2026-11-22T12:00:00Z  (speed 0)\n' })
  expect(await clock('+1d')).toMatchObject({ code: 0, stdout: '2026-11-23T12:00:00Z  (speed 0)\n' })
  expect(await clock('2026-12-01T00:00:00Z', '--speed', '60')).toMatchObject({
    stdout: '2026-12-01T00:00:00Z  (speed 60)\n',
  })
  const back = await clock('2026-11-22T12:00:00Z')
  expect(back).toMatchObject({ code: 252, stdout: '' })
  expect(back.stderr).toMatch(/^redoubt: The lab refuses: time cannot move backwards/)
})

test('a port that is taken', async () => {
  const { env } = await startLab('--world', 'hardened')
  const port = new URL(env.AWS_ENDPOINT_URL ?? '').port
  const ran = await redoubt(['lab', '--port', port])
  expect(ran).toMatchObject({ code: 253, stdout: '' })
  expect(ran.stderr).toBe(
    `redoubt: The lab cannot listen on port ${port} (EADDRINUSE).\nChoose another --port.\n`,
  )
})

test('its state is kept in a file, and the next lab goes on from it', async () => {
  const folder = await emptyFolder()
  const state = join(folder, 'estate.lab')
  const first = await startLab(
    '--world',
    'hardened',
    '--clock',
    '2026-11-22T12:00:00Z',
    '--speed',
    '0',
    '--state',
    state,
  )
  await redoubt(['lab', 'clock', '+3d'], { env: first.env })
  first.child.kill('SIGINT')
  expect(await once(first.child, 'exit')).toEqual([0, null])
  const second = await startLab('--state', state)
  expect(second.said).toContain('world hardened: ')
  expect(await redoubt(['lab', 'clock'], { env: second.env })).toMatchObject({
    stdout: '2026-11-25T12:00:00Z  (speed 0)\n',
  })
  await writeFile(join(folder, 'broken.lab'), 'redoubt-lab-state/2 0000\nnothing')
  const broken = await redoubt(['lab', '--port', '0', '--state', join(folder, 'broken.lab')])
  expect(broken).toMatchObject({ code: 253, stdout: '' })
  expect(broken.stderr).toMatch(
    /broken\.lab is damaged: .*\nCorrect or choose another file; see docs\/lab\.md\.\n$/s,
  )
})

test('a lab that is killed loses nothing that was answered, and while it runs its file is its own', async () => {
  const state = join(await emptyFolder(), 'estate.lab')
  const first = await startLab(
    ...['--world', 'hardened', '--clock', '2026-11-22T12:00:00Z', '--speed', '0', '--state', state],
  )
  const other = await redoubt(['lab', '--port', '0', '--state', state])
  expect(other).toMatchObject({ code: 253, stdout: '' })
  expect(other.stderr).toBe(
    `redoubt: ${state} is the state of a running lab, process ${first.child.pid}.\nStop that lab, or choose another --state; if that is no lab, remove ${state}.lock.\n`,
  )
  await redoubt(['lab', 'clock', '+3d'], { env: first.env })
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await startLab('--state', state)
  expect(await redoubt(['lab', 'clock'], { env: second.env })).toMatchObject({
    stdout: '2026-11-25T12:00:00Z  (speed 0)\n',
  })
})

test('faults come from a file', async () => {
  const folder = await emptyFolder()
  const faults = join(folder, 'faults.yaml')
  await writeFile(faults, '- kind: error\n  code: AccessDenied\n  status: 403\n  action: sts:*\n')
  const { env } = await startLab('--world', 'hardened', '--faults', faults)
  const ran = await redoubt(['scan', '--all-regions'], { env, cwd: folder })
  expect(ran.code).not.toBe(0)
  expect(ran.stderr).toContain('AccessDenied')
  await writeFile(faults, '- kind: explode\n')
  const refused = await redoubt(['lab', '--port', '0', '--faults', faults])
  expect(refused.code).toBe(253)
  expect(refused.stderr).toMatch(
    /faults\.yaml cannot be used: fault 1: kind must be one of error, .*not explode\.\n/,
  )
  const missing = await redoubt(['lab', '--port', '0', '--faults', join(folder, 'none.yaml')])
  expect(missing.stderr).toMatch(/^redoubt: There is no file .*none\.yaml\.\n/)
})

test('a polite kill saves the state as Ctrl-C does; a state that cannot be kept is told', async () => {
  const folder = await emptyFolder()
  const state = join(folder, 'inner', 'estate.lab')
  await mkdir(join(folder, 'inner'))
  const first = await startLab('--world', 'hardened', '--speed', '0', '--state', state)
  await redoubt(['lab', 'clock', '+3d'], { env: first.env })
  const { stdout: moved } = await redoubt(['lab', 'clock'], { env: first.env })
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')
  const second = await startLab('--state', state)
  expect((await redoubt(['lab', 'clock'], { env: second.env })).stdout).toBe(moved)
  await rm(join(folder, 'inner'), { recursive: true })
  let told = ''
  second.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  second.child.kill('SIGINT')
  await once(second.child, 'close')
  expect(told).toContain('The state was not saved: ENOENT')
  const nowhere = await redoubt(['lab', '--port', '0', '--state', state])
  expect(nowhere).toMatchObject({ code: 253 })
  expect(nowhere.stderr).toMatch(
    /^redoubt: The state cannot be kept in .*estate\.lab \(ENOENT\)\.\nChoose another --state\.\n$/,
  )
  const port = await redoubt(['lab', '--port', '70000'])
  expect(port).toMatchObject({
    code: 252,
    stderr: 'redoubt: 70000 is no port.\nChoose a --port from 0 to 65535.\n',
  })
})
