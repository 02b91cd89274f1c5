// Data on stdout, everything else on stderr; colour, closed pipes, interruption and hostile text.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cleanEnv, commandFile, emptyFolder, redoubt, start } from '../command.ts'
import { accessKey, arn, credentials, openRunningEstate, region, worldOf } from '../estate.ts'
import { worldWith } from '../logged-world.ts'

const esc = '\u001b'

async function estateWith(...clusters: Parameters<typeof worldOf>[0]['clusters'] & object) {
  const estate = await openRunningEstate(worldOf({ clusters }))
  const common = ['--endpoint-url', estate.lab.url, '--workspace', estate.workspace.folder]
  const cwd = await emptyFolder()
  const run = (args: string[], env = {}) =>
    redoubt([...args, ...common], { cwd, env: { ...credentials, ...env } })
  return { ...estate, cwd, common, run }
}

/** The one tool that makes a terminal for a test; every Debian has it. */
const hasScript = spawnSync('script', ['--version']).status === 0
const terminalTest = test.skipIf(!hasScript)
const needs = hasScript ? '' : ' (install the package bsdutils)'

const sales = { ClusterIdentifier: 'sales', ParameterGroup: 'default.redshift-1.0' }

describe('stdout and stderr', () => {
  test('what reading the logs came to stands on stderr, and no line of a log anywhere', async () => {
    const { lab, workspace } = await openRunningEstate(worldWith(), 0)
    const common = ['--endpoint-url', lab.url, '--workspace', workspace.folder, '--read-logs', '1']
    const ran = await redoubt(['scan', '-o', 'json', ...common], {
      cwd: await emptyFolder(),
      env: credentials,
    })
    expect(ran.stderr).toMatch(/AWS calls\.\nCOPY and UNLOAD name 5 buckets in the logs of the last day\.\n$/)
    expect(JSON.parse(ran.stdout).readLogs).toEqual({ days: 1 })
    expect(ran.stdout).toContain('seen in an UNLOAD of cluster sales')
    expect(ran.stdout + ran.stderr).not.toMatch(/s3:\/\/|iam_role/i)
  })

  test('show tells what the logs said of a bucket from what S3 said', async () => {
    const { lab, workspace } = await openRunningEstate(worldWith(), 0)
    const common = ['--endpoint-url', lab.url, '--workspace', workspace.folder]
    const run = async (...args: string[]) =>
      redoubt([...args, ...common], { cwd: await emptyFolder(), env: credentials })
    await run('scan', '--read-logs', '1')
    const sections = async (name: string) =>
      (await run('show', name)).stdout.split('\n\n').filter((text) => text.startsWith('What '))
    const there = await sections('outer-harbour')
    expect(there.slice(0, 3)).toEqual([
      'What was known of it before it was asked about\n  Name            outer-harbour\n  TakesAuditLogs  false\n  AskedBy         111122223333',
      expect.stringMatching(
        /^What the user activity logs of the last day said\n {2}Sightings\n {4}- statement UNLOAD, warehouse cluster sales, arn \S+, at \S+$/,
      ),
      'What s3:GetBucketLocation said\n  value  eu-west-1',
    ])
    const gone = await sections('web-exports')
    expect(gone.slice(2)).toEqual(['What s3:GetBucketLocation said\n  none'])
    expect(await sections('logs')).not.toContainEqual(expect.stringContaining('activity'))
  })

  test('json on stdout is the assessment and nothing else', async () => {
    const { run, workspace } = await estateWith(sales)
    const { stdout, stderr, code } = await run(['scan', '-o', 'json'])
    const assessment = JSON.parse(stdout)
    expect(assessment).toMatchObject({
      schema: 'redoubt.assessment/1',
      accounts: ['111122223333'],
      regions: [region],
    })
    expect(stderr).toBe(
      `Kept in ${workspace.folder}: assessment ${assessment.id}, ${stderr.match(/\d+(?= AWS calls)/)} AWS calls.\n`,
    )
    expect(code).toBe(3)
  })

  test('one scan writes a table to stdout and the same assessment to a file', async () => {
    const { run, cwd } = await estateWith(sales)
    const { stdout } = await run(['scan', '-o', 'table', '-o', 'json=report.json'])
    const { findings } = JSON.parse(await readFile(join(cwd, 'report.json'), 'utf8'))
    expect(stdout).toContain('It accepts plain-text connections (group default.redshift-1.0).')
    const open = findings.filter(({ status }: { status: string }) => status !== 'pass')
    expect(open.length).toBeGreaterThan(0)
    for (const { resource } of open) expect(stdout).toContain(resource)
  })

  test('a table in a file has no colour, whatever --color says', async () => {
    const { run, cwd } = await estateWith(sales)
    await run(['scan', '-o', 'table=report.txt', '--color', 'always'])
    expect(await readFile(join(cwd, 'report.txt'), 'utf8')).not.toContain(esc)
  })

  test('help of everything comes from stdout, without a command from stderr', async () => {
    const asked = await redoubt(['--help'])
    expect(asked).toMatchObject({ code: 0, stderr: '' })
    expect(asked.stdout).toContain('redoubt <command> [options]')
    const bare = await redoubt([])
    expect(bare).toMatchObject({ code: 252, stdout: '', stderr: asked.stdout })
  })

  test.each(['scan', 'plan', 'apply', 'lab', 'lab clock'])('help of %s', async (name) => {
    const { code, stdout, stderr } = await redoubt([...name.split(' '), '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`redoubt ${name}`)
    expect(stdout).toContain('--endpoint-url <url>')
    expect(await redoubt(['help', ...name.split(' ')])).toMatchObject({ stdout })
  })

  test('--version is the version of the package', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await redoubt(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('colour', () => {
  test('is not used in a pipe, and is with --color always', async () => {
    const { run } = await estateWith(sales)
    expect((await run(['scan'])).stdout).not.toContain(esc)
    const painted = await run(['scan', '--color', 'always'])
    expect(painted.stdout).toContain(`${esc}[31m✗ fail`)
    const bare = painted.stdout.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')
    expect(bare).toContain('✗ fail')
  })

  terminalTest(`is used on a terminal, but not with NO_COLOR${needs}`, async () => {
    const { common } = await estateWith(sales)
    const env = { ...credentials, TERM: 'xterm' }
    expect(await onTerminal(['scan', ...common], env)).toContain(`${esc}[31m✗ fail`)
    expect(await onTerminal(['scan', ...common], { ...env, NO_COLOR: '1' })).not.toContain(`${esc}[31m`)
    expect(await onTerminal(['scan', ...common, '--color', 'never'], env)).not.toContain(`${esc}[31m`)
  })
})

terminalTest(`progress is shown on a terminal only${needs}`, async () => {
  const { common, run } = await estateWith(sales)
  expect((await run(['scan'])).stderr).not.toContain('Scanning')
  expect(await onTerminal(['scan', ...common], { ...credentials, TERM: 'xterm' })).toContain('Scanning: ')
})

test('a reader that closes early is no error', async () => {
  const clusters = Array.from({ length: 300 }, (_, at) => ({ ...sales, ClusterIdentifier: `sales-${at}` }))
  const { common } = await estateWith(...clusters)
  await redoubt(['scan', ...common], { env: credentials })
  const child = start(['scan', '-o', 'json', ...common], { env: credentials })
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout?.once('data', () => child.stdout?.destroy())
  const [code, signal] = await once(child, 'close')
  expect(stderr).not.toMatch(/EPIPE|Error|at /)
  expect({ code, signal }).not.toEqual({ code: 1, signal: null })
})

test('Ctrl-C ends a scan with 130 and says so once', async () => {
  const { common, lab } = await estateWith(sales)
  const child = start(['scan', ...common, '--endpoint-url', await silence(lab.url)], { env: credentials })
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  setTimeout(() => child.kill('SIGINT'), 700)
  const [code] = await once(child, 'close')
  expect(code).toBe(130)
  expect(stderr).toContain('redoubt: stopping; press Ctrl-C again to stop at once.')
  expect(stderr).not.toMatch(/\n {4}at /)
})

describe('hostile text', () => {
  const evil = `${esc}]0;owned\u0007${esc}[2J\u202Egnp.exe\r\n`

  test('from AWS is shown, not obeyed', async () => {
    const { run, lab } = await estateWith({
      ...sales,
      logging: {
        LoggingEnabled: true,
        BucketName: 'logs',
        LastFailureTime: '-1h',
        LastFailureMessage: `no such bucket ${evil}`,
      },
    })
    const table = await run(['scan', '--fail-on', 'none', '--no-fail-on-unknown'])
    expect(table.code).toBe(0)
    // XML cannot carry most control characters; those it can are here.
    expect(table.stdout.replace(/\s+/g, ' ')).toMatch(/no such bucket .*\\u\{202e\}gnp\.exe\\u\{d\}\\u\{a\}/)
    const shown = await run(['show', arn('cluster:sales')])
    expect(shown.stdout).toContain('\\u{202e}gnp.exe')
    for (const text of [table.stdout, table.stderr, shown.stdout])
      expect(text).not.toMatch(/[\u001b\u0007\u202e]/)
    expect(lab.calls().length).toBeGreaterThan(0)
  })

  test('from the command line is shown, not obeyed', async () => {
    const ran = await redoubt([`scan${evil}`])
    expect(ran.stderr).not.toMatch(/[\u001b\u0007\u202e\r]/)
    expect(ran.code).toBe(252)
    const shown = await redoubt(['show', `arn:aws:redshift:eu-west-1:111122223333:cluster:${evil}`])
    expect(shown.stderr).not.toMatch(/[\u001b\u0007\u202e\r]/)
  })
})

test('a refused call is unknown, named, and never pass', async () => {
  const { run, control } = await estateWith(sales)
  await control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeLoggingStatus' })
  const { code, stdout } = await run(['scan', '--fail-on', 'none'])
  expect(code).toBe(4)
  expect(stdout).toContain(
    'It could not be judged: the permission redshift:DescribeLoggingStatus is missing.',
  )
  expect(stdout).toContain('What could not be seen')
  expect((await run(['scan', '--fail-on', 'none', '--no-fail-on-unknown'])).code).toBe(0)
})

/** Runs the command on a pseudo-terminal, which script(1) of util-linux makes, and gives everything it showed. */
async function onTerminal(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const line = [process.execPath, commandFile, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  await once(child, 'close')
  return output
}

/** A port that accepts connections and says nothing. */
async function silence(url: string): Promise<string> {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return url.replace(/:\d+$/, `:${port}`)
}
