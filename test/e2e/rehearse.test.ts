// An estate as a lab of its own, and a plan rehearsed there before it is taken in earnest.

import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { emptyFolder, redoubt, start } from '../command.ts'

const running: ReturnType<typeof start>[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

async function startLab(world: string) {
  const child = start([
    'lab',
    '--port',
    '0',
    '--world',
    world,
    '--clock',
    '2026-11-22T12:00:00.802Z',
    '--speed',
    '0',
  ])
  running.push(child)
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  while (!said.includes('aws redshift describe-clusters')) {
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
    if (child.exitCode !== null) throw new Error(`the lab ended with ${child.exitCode}`)
  }
  return Object.fromEntries(
    [...said.matchAll(/(AWS_[A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>
}

const totalOf = async (env: Record<string, string>) =>
  ((await (await fetch(`${env.AWS_ENDPOINT_URL}/_lab/calls`)).json()) as { total: number }).total

test('a scan becomes a world, and a lab of it gives the same scan', async () => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  const first = await redoubt(['scan', '--all-regions', '-o', 'json'], { env, cwd })
  const imported = await redoubt(['lab', 'import', '--out', 'estate.yaml'], { env, cwd })
  expect(imported).toMatchObject({ code: 0 })
  expect(imported.stdout).toContain('lab --world ./estate.yaml')
  expect((await stat(join(cwd, 'estate.yaml'))).mode & 0o777).toBe(0o600)
  const again = await redoubt(['scan', '--all-regions', '-o', 'json'], {
    env: await startLab(join(cwd, 'estate.yaml')),
    cwd: await emptyFolder(),
  })
  const told = (text: string) =>
    (JSON.parse(text).findings as { practice: string; resource: string; status: string }[])
      .map(({ practice, resource, status }) => `${practice} ${resource} ${status}`)
      .sort()
  expect(told(again.stdout)).toEqual(told(first.stdout))
  expect(told(again.stdout).length).toBeGreaterThan(10)
  const nothing = await redoubt(['lab', 'import'], { env, cwd: await emptyFolder() })
  expect(nothing).toMatchObject({ code: 252, stdout: '' })
  expect(nothing.stderr).toMatch(/Nothing was scanned yet in .*\nRun "redoubt scan" first/)
})

test('a plan is rehearsed there and back, and nothing else is touched', async () => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  await redoubt(['scan', '--all-regions'], { env, cwd })
  const planned = await redoubt(['plan', '--practice', 'cluster-require-ssl', '--out', 'plan.json'], {
    env,
    cwd,
  })
  expect(planned.code).toBe(0)
  const before = await totalOf(env)
  const journals = async () => (await readdir(join(cwd, '.redoubt'))).sort()
  const folders = await journals()
  const ran = await redoubt(['apply', 'plan.json', '--rehearse'], { env, cwd })
  expect(ran.stderr).not.toContain('mistake')
  expect(ran.code).toBe(0)
  expect(ran.stdout).toMatch(/^Rehearsed, and it held: plan \S+, \d+ steps, in a lab made of its scan/)
  expect(ran.stdout).toMatch(/✓ s1 .*\n\s+in force (at once|after .+); undone, and as it was before/)
  expect(ran.stdout).toMatch(/in force after [\dm]+ .*undone/)
  // The estate itself was not asked for anything, and the plan is as if nobody had touched it.
  expect(await totalOf(env)).toBe(before)
  expect(await journals()).toEqual(folders)
  const steps = JSON.parse(await readFile(join(cwd, 'plan.json'), 'utf8')).steps as unknown[]
  expect(ran.stdout.match(/in force (at once|after [^;]+); (undone|stays)/g)).toHaveLength(steps.length)
})

test('how long a step takes is told as AWS takes it, and that apply does not wait so long, where it does not', async () => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  await redoubt(['scan', '--all-regions'], { env, cwd })
  const rehearsed = async (...wishes: string[]) => {
    await redoubt(['plan', ...wishes, '--out', 'plan.json'], { env, cwd })
    return (await redoubt(['apply', 'plan.json', '--rehearse'], { env, cwd })).stdout
  }
  const fleet = 'arn:aws:redshift:us-east-1:111122223333:cluster:fleet'
  // 15 minutes for the migration and 2 around it.
  expect(await rehearsed('--practice', 'cluster-customer-managed-key', '--resource', fleet)).toMatch(
    /Move cluster fleet under the new key\n\s+in force after 1[78] min; stays/,
  )
  expect(await rehearsed('--practice', 'cluster-encrypted')).toMatch(
    /Encrypt cluster sales\n\s+in force after 2 h \(apply waits 30 min: go on with --resume\); stays/,
  )
})

test.each([
  ['cluster-automated-snapshots', '9 h', /It keeps automated snapshots for \d+ days; the newest is/],
  ['cluster-audit-logging', '60 min', /It sends its audit log to CloudWatch Logs, last delivered/],
])('findings of %s, which close only with time, get the time', async (practice, time, word) => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  await redoubt(['scan', '--all-regions'], { env, cwd })
  await redoubt(['plan', '--practice', practice, '--out', 'plan.json'], { env, cwd })
  const { stdout, stderr } = await redoubt(['apply', 'plan.json', '--rehearse'], { env, cwd })
  expect(stdout, stderr).toContain('The findings, there')
  const findings = stdout.slice(stdout.indexOf('The findings, there'))
  expect(findings).toMatch(new RegExp(`^The findings, there, ${time} later\\n`))
  expect(findings).toMatch(word)
  expect(findings).not.toContain('✗ fail')
})

test('what cannot be taken back is said so, and does not make a rehearsal fail: copy grants of keys out of use', async () => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  await redoubt(['scan', '--all-regions'], { env, cwd })
  await redoubt(['plan', '--practice', 'copy-grant-unused', '--out', 'plan.json'], { env, cwd })
  const { code, stdout } = await redoubt(['apply', 'plan.json', '--rehearse'], { env, cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/Delete copy grant store-is-off\n\s+in force .*; stays: its key is Unavailable: /)
})

test('a plan without steps is done already, in a rehearsal too', async () => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  await redoubt(['scan', '--all-regions'], { env, cwd })
  await redoubt(['plan', '--practice', 'cluster-admin-name', '--out', 'plan.json'], { env, cwd })
  for (const [words, verb] of [
    [['apply', 'plan.json', '--rehearse'], 'rehearse'],
    [['apply', 'plan.json', '--yes'], 'apply'],
    [['verify', 'plan.json'], 'verify'],
  ] as const) {
    const { code, stdout } = await redoubt([...words], { env, cwd })
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^Plan \\S+ has no steps: there is nothing to ${verb}\\.\n$`)),
    ])
  }
})

test('a rehearsal that does not hold says where', async () => {
  const env = await startLab('neglected')
  const cwd = await emptyFolder()
  await redoubt(['scan', '--all-regions'], { env, cwd })
  await redoubt(['plan', '--practice', 'cluster-require-ssl', '--out', 'plan.json'], { env, cwd })
  const elsewhere = await emptyFolder()
  await writeFile(join(elsewhere, 'plan.json'), await readFile(join(cwd, 'plan.json')))
  const lost = await redoubt(['apply', 'plan.json', '--rehearse'], { env, cwd: elsewhere })
  expect(lost).toMatchObject({ code: 252, stdout: '' })
  expect(lost.stderr).toMatch(
    /The scan that plan \S+ was made from is not in .*\nRehearse it in the workspace it was made in/,
  )
})
