// What goes wrong outside Redoubt is said in two sentences, with the right exit code and never with a stack.

import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { hashOf } from '#kit/hash.ts'
import { readActions } from '#model/action.ts'
import { emptyFolder, type Ran, redoubt } from '../command.ts'
import { account, arn, credentials, openRunningEstate, worldOf } from '../estate.ts'

const reads: ReadonlySet<string> = new Set(readActions)

const world = () =>
  worldOf({ clusters: [{ ClusterIdentifier: 'sales', ParameterGroup: 'default.redshift-1.0' }] })

/** Two sentences on stderr, the exit code, nothing on stdout, no stack. */
function expectProblem(ran: Ran, code: number, what: string | RegExp, todo: string | RegExp) {
  const [first = '', second = '', ...rest] = ran.stderr.trimEnd().split('\n')
  expect(first).toMatch(what)
  expect(first).toMatch(/^redoubt: .*[.?]$/)
  expect(second).toMatch(todo)
  expect(rest).toEqual([])
  expect(ran).toMatchObject({ code, stdout: '' })
}

describe('credentials', () => {
  test('none at all', async () => {
    const ran = await redoubt(['scan', '--region', 'eu-west-1'], { cwd: await emptyFolder() })
    expectProblem(ran, 253, 'redoubt: No AWS credentials were found.', /AWS_PROFILE.*redoubt demo/)
  })

  test('expired: fails in under two seconds and says which line to run', async () => {
    const expired = worldOf({})
    const key = { id: 'AKIALABEXPIRED000001', secret: 'an-old-secret', user: 'tester', expired: true }
    expired.accounts[account]?.accessKeys.push({ ...key, sessionToken: 'an-old-token' })
    const { lab } = await openRunningEstate(expired)
    const cwd = await emptyFolder()
    const config = join(cwd, 'config')
    await writeFile(
      config,
      `[profile work]\nregion = eu-west-1\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\naws_session_token = an-old-token\n`,
    )
    const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: config }
    const ran = await redoubt(['scan', '--profile', 'work', '--endpoint-url', lab.url], { cwd, env })
    expectProblem(
      ran,
      253,
      'redoubt: The AWS credentials of profile work have expired.',
      'Run "aws sso login --profile work"',
    )
    expect(ran.milliseconds).toBeLessThan(2_000)
  })

  test('a secret that is wrong', async () => {
    const { lab } = await openRunningEstate(world())
    const env = { ...credentials, AWS_SECRET_ACCESS_KEY: 'wrong', AWS_ENDPOINT_URL: lab.url }
    const ran = await redoubt(['scan'], { cwd: await emptyFolder(), env })
    expectProblem(
      ran,
      253,
      'AWS does not accept these credentials: SignatureDoesNotMatch.',
      'aws sts get-caller-identity',
    )
  })
})

describe('region', () => {
  test('is not needed by who wants all of them', async () => {
    const { lab } = await openRunningEstate(world())
    const { AWS_REGION: _, ...env } = credentials
    const args = ['scan', '--all-regions', '--endpoint-url', lab.url, '--fail-on', 'none']
    const ran = await redoubt(args, { cwd: await emptyFolder(), env })
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain('1 account, 17 regions')
  })

  test.each([
    [
      'faults',
      { kind: 'error', code: 'InternalError', status: 500, count: 20 },
      'InternalError',
      'Try again,',
    ],
    [
      'deny',
      { accessKeyId: credentials.AWS_ACCESS_KEY_ID },
      'the permission ec2:DescribeRegions',
      'Grant it,',
    ],
  ] as const)('all, while EC2 does not list them: %s', async (path, how, what, todo) => {
    const { lab, control } = await openRunningEstate(world())
    await control(path, { ...how, action: 'ec2:DescribeRegions' })
    const args = ['scan', '--all-regions', '--endpoint-url', lab.url]
    const ran = await redoubt(args, { cwd: await emptyFolder(), env: credentials })
    expectProblem(ran, 254, `The regions could not be listed: ${what}`, todo)
  })

  test.each(['nowhere', 'eu-west-9', '../../etc'])('%s does not exist', async (region) => {
    const { lab } = await openRunningEstate(world())
    const args = ['scan', '--region', region, '--endpoint-url', lab.url]
    const ran = await redoubt(args, { cwd: await emptyFolder(), env: credentials })
    expectProblem(ran, 252, `redoubt: There is no AWS region "${region}".`, 'eu-west-1')
  })

  test('none given', async () => {
    const env = { ...credentials, AWS_REGION: '' }
    const ran = await redoubt(['scan'], { cwd: await emptyFolder(), env })
    expectProblem(ran, 253, 'redoubt: No AWS region is given.', /--region.*AWS_REGION/)
  })

  test('all and one', async () => {
    const ran = await redoubt(['scan', '--all-regions', '--region', 'eu-west-1'], {
      cwd: await emptyFolder(),
    })
    expectProblem(ran, 252, '--region and --all-regions contradict each other.', 'Leave out')
  })
})

describe('endpoint', () => {
  const servers: Server[] = []

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(answer)
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  const scanAt = async (url: string) =>
    redoubt(['scan', '--endpoint-url', url], { cwd: await emptyFolder(), env: credentials })

  test('is down', async () => {
    const url = await serve(() => undefined)
    servers.pop()?.close()
    expectProblem(
      await scanAt(url),
      253,
      `redoubt: Nothing answers at ${url} (ECONNREFUSED).`,
      'Check --endpoint-url or AWS_ENDPOINT_URL',
    )
  })

  test.each([200, 404, 502])('answers HTML with status %i', async (status) => {
    const url = await serve((_, response) => {
      response
        .writeHead(status, { 'content-type': 'text/html' })
        .end('<!doctype html><p>Welcome to nginx!</p>')
    })
    const ran = await scanAt(url)
    expectProblem(ran, 253, `${url} answers, but not as AWS does`, 'Check --endpoint-url')
  })

  test('answers with what was never a protocol', async () => {
    const url = await serve((_, response) => response.end('\u0000\u0001\u0002 {"a":'))
    expectProblem(await scanAt(url), 253, 'answers, but not as AWS does', 'Check --endpoint-url')
  })

  test('hangs: does not hang with it', async () => {
    const ran = await scanAt(await serve(() => undefined))
    expectProblem(ran, 253, 'does not answer in time.', 'Check --endpoint-url')
    expect(ran.milliseconds).toBeLessThan(20_000)
  })

  test.each(['nonsense', 'ftp://127.0.0.1', '127.0.0.1:4566'])('%s is not a web address', async (url) => {
    expectProblem(
      await scanAt(url),
      252,
      `--endpoint-url is not a web address: "${url}".`,
      'http://127.0.0.1:4566',
    )
  })
})

describe('redoubt.yaml', () => {
  async function scanWith(yaml: string, file = 'redoubt.yaml', args: string[] = []): Promise<Ran> {
    const cwd = await emptyFolder()
    await writeFile(join(cwd, file), yaml)
    const { lab } = await openRunningEstate(world())
    return redoubt(['scan', '--endpoint-url', lab.url, ...args], { cwd, env: credentials })
  }

  test('is not YAML', async () => {
    const ran = await scanWith('regions:\n  - eu-west-1\n bad: [\n')
    expectProblem(ran, 253, /redoubt\.yaml cannot be used: line 3, column \d+: /, 'Correct that line')
  })

  test('has a member that nobody knows', async () => {
    const ran = await scanWith('trustedAccount:\n  - "111122223333"\n')
    expectProblem(
      ran,
      253,
      /redoubt\.yaml cannot be used: line 1, column \d+: .*trustedAccount/,
      'Correct that line',
    )
  })

  test('has a value of the wrong kind, in a file of another name', async () => {
    const ran = await scanWith('regions:\n  - eu-west-1\n  - 7\n', 'mine.yaml', ['--settings', 'mine.yaml'])
    expectProblem(ran, 253, /mine\.yaml cannot be used: line 3, column 5: regions\.1: /, 'Correct that line')
  })

  test.each([
    ['cluster-automated-snapshots', 'days: 60', '1 to 35'],
    ['cluster-manual-retention', 'days: 5000', '1 to 3653'],
    ['cluster-copy-retention', 'days: 0', '1 to 3653'],
    ['namespace-copy-region', 'copyDays: 3654', '1 to 3653'],
  ])('asks in %s for a retention that AWS refuses', async (id, setting, bounds) => {
    const ran = await scanWith(`practices:\n  ${id}: { ${setting} }\n`)
    const [name] = setting.split(':')
    const said = new RegExp(`line 2, column \\d+: practices\\.${id}\\.${name}: write ${bounds}`)
    expectProblem(ran, 253, said, 'Correct that line')
  })

  test('follows an alias that leads nowhere', async () => {
    const ran = await scanWith('trustedAccounts:\n  - "111122223333"\nregions: *nope\n')
    expectProblem(
      ran,
      253,
      /redoubt\.yaml cannot be used: line 3, column 10: .*alias.*nope/i,
      'Correct that line',
    )
  })

  test('is named but does not exist', async () => {
    const ran = await redoubt(['scan', '--settings', 'none.yaml'], {
      cwd: await emptyFolder(),
      env: credentials,
    })
    expectProblem(ran, 253, 'redoubt: There is no settings file none.yaml.', 'Correct --settings.')
  })
})

describe('plan', () => {
  async function planned() {
    const { lab, workspace } = await openRunningEstate(world())
    const common = ['--endpoint-url', lab.url, '--workspace', workspace.folder]
    const cwd = await emptyFolder()
    const file = join(cwd, 'plan.json')
    const run = (...args: string[]) => redoubt([...args, ...common], { cwd, env: credentials })
    await run('scan')
    const { code } = await run('plan', '--practice', 'cluster-require-ssl', '--out', file)
    expect(code).toBe(0)
    const edit = async (change: (text: string) => string) =>
      writeFile(file, change(await readFile(file, 'utf8')))
    return { run, file, edit, lab }
  }

  test('that was edited', async () => {
    const { run, file, edit, lab } = await planned()
    await edit((text) => text.replace('"ParameterValue": "true"', '"ParameterValue": "false"'))
    expectProblem(
      await run('apply', file, '--yes'),
      5,
      'was changed after it was made: its hash does not fit.',
      'new plan',
    )
    expect(lab.calls().some(({ action }) => action?.includes('Create'))).toBe(false)
  })

  test('of another schema version', async () => {
    const { run, file, edit } = await planned()
    await edit((text) => text.replace('redoubt.plan/1', 'redoubt.plan/2'))
    expectProblem(await run('apply', file, '--yes'), 5, 'has the schema "redoubt.plan/2"', 'Make a new plan')
  })

  test('that was forged, with a hash that fits', async () => {
    const { run, file, lab } = await planned()
    const { hash: _, ...plan } = JSON.parse(await readFile(file, 'utf8'))
    plan.steps[0].call = { action: 'redshift:DeleteCluster', input: { ClusterIdentifier: 'sales' } }
    await writeFile(file, JSON.stringify({ ...plan, hash: hashOf(plan) }))
    const ran = await run('apply', file, '--yes')
    expectProblem(ran, 5, 'is no plan of this version: steps.0.call.action: ', 'Make a new plan')
    expect(lab.calls().some(({ action }) => action?.includes('Delete'))).toBe(false)
  })

  test('that forces a deletion, leads out of the workspace, or closes what nobody can judge', async () => {
    const { run, file, lab } = await planned()
    const { hash: _, ...plan } = JSON.parse(await readFile(file, 'utf8'))
    const forged = async (
      change: (plan: { id: string; steps: { call: object; closes: string[] }[] }) => void,
    ) => {
      const copy = structuredClone(plan)
      change(copy)
      await writeFile(file, JSON.stringify({ ...copy, hash: hashOf(copy) }))
      return run('apply', file, '--yes')
    }
    const input = { SnapshotIdentifier: 'keep', ManualSnapshotRetentionPeriod: 1, Force: true }
    const force = await forged(({ steps: [first] }) => {
      if (first) first.call = { action: 'redshift:ModifyClusterSnapshot', input }
    })
    expectProblem(force, 5, 'steps.0.call: is never called so', 'Make a new plan')
    const escaped = await forged((copy) => {
      copy.id = '../../escaped'
    })
    expectProblem(escaped, 5, 'is no plan of this version: id: ', 'Make a new plan')
    const unjudged = await forged(({ steps: [first] }) =>
      first?.closes.push('no-practice arn:aws:s3:::bucket'),
    )
    expectProblem(unjudged, 5, 'closes "no-practice arn:aws:s3:::bucket"', 'Make a new plan')
    expect(lab.calls().every(({ action }) => reads.has(action ?? ''))).toBe(true)
  })

  test('that is no JSON', async () => {
    const { run, file, edit } = await planned()
    await edit((text) => text.slice(0, 40))
    expectProblem(
      await run('verify', file),
      252,
      'is not a JSON document',
      'Name a document that Redoubt wrote.',
    )
  })

  test('that does not exist', async () => {
    const { run } = await planned()
    expectProblem(
      await run('apply', 'nothing.json'),
      252,
      'redoubt: There is no plan nothing.json.',
      'redoubt plan',
    )
  })

  test('that needs an answer, and nobody is there', async () => {
    const { run, file, lab } = await planned()
    const ran = await run('apply', file)
    expect(ran).toMatchObject({ code: 252, stdout: '' })
    expect(ran.stderr).toContain('redoubt: This needs an answer from a person, and there is no terminal.\n')
    expect(ran.stderr).toContain('s1  Create parameter group redoubt-sales')
    expect(lab.calls().some(({ action }) => action?.includes('Create'))).toBe(false)
  })

  test('when nothing was scanned yet', async () => {
    const ran = await redoubt(['plan'], { cwd: await emptyFolder() })
    expectProblem(ran, 252, 'redoubt: Nothing was scanned yet in .redoubt.', 'Run "redoubt scan" first.')
  })
})

describe('workspace', () => {
  test('a file is in its way', async () => {
    const { lab } = await openRunningEstate(world())
    const cwd = await emptyFolder()
    await writeFile(join(cwd, '.redoubt'), 'not a folder')
    const ran = await redoubt(['scan', '--endpoint-url', lab.url], { cwd, env: credentials })
    expectProblem(ran, 253, /\.redoubt .*(ENOTDIR|EEXIST|cannot|not)/, /./)
  })

  test('a file is in the way of its inventories', async () => {
    const { lab } = await openRunningEstate(world())
    const cwd = await emptyFolder()
    await mkdir(join(cwd, '.redoubt'))
    await writeFile(join(cwd, '.redoubt', 'inventories'), 'not a folder')
    const ran = await redoubt(['scan', '--endpoint-url', lab.url], { cwd, env: credentials })
    expectProblem(ran, 253, /\.redoubt/, /./)
  })

  test('a report cannot be written', async () => {
    const { lab } = await openRunningEstate(world())
    const args = ['scan', '--endpoint-url', lab.url, '-o', 'json=nowhere/report.json']
    const ran = await redoubt(args, { cwd: await emptyFolder(), env: credentials })
    expectProblem(
      ran,
      253,
      'redoubt: nowhere/report.json cannot be written (ENOENT).',
      'a folder that exists',
    )
  })
})

describe('words', () => {
  test.each([
    [['scam'], 'There is no command "scam".', 'Did you mean "redoubt scan"?'],
    [['frobnicate'], 'There is no command "frobnicate".', 'See "redoubt --help".'],
    [
      ['scan', '--fail-no', 'low'],
      "Unknown option '--fail-no'.",
      'Did you mean --fail-on? See "redoubt scan --help".',
    ],
    [
      ['scan', '--fail-on', 'huge'],
      '--fail-on does not know "huge".',
      'It takes informational, low, medium,',
    ],
    [
      ['plan', '--max-impact', 'deletes'],
      '--max-impact does not know "deletes".',
      'reboot, read-only window,',
    ],
    [['scan', 'everything'], 'Too many arguments', 'See "redoubt scan --help".'],
    [['scan', '-o', 'pdf'], 'There is no format "pdf".', 'Choose one of table, json.'],
    [['scan', '-o', 'json', '-o', 'table'], 'Two formats cannot both go to stdout.', '-o table=FILE'],
    [['scan', '-o', 'json='], 'names no file', '-o json=FILE'],
    [
      ['scan', '--practice', 'cluster-require-tls'],
      'There is no practice "cluster-require-tls".',
      'cluster-require-ssl',
    ],
    [['apply'], "Missing required argument 'plan'.", 'See "redoubt apply --help".'],
    [['explain', 'tls'], 'There is no practice "tls".', 'cluster-require-ssl'],
    [
      ['explain', 'cluster-requre-ssl'],
      'There is no practice "cluster-requre-ssl".',
      'Did you mean cluster-require-ssl?',
    ],
    [['show', 'arn:sales'], '"arn:sales" is not the ARN of a Redshift resource.', 'arn:aws:redshift:'],
    [
      ['lab', 'clock', '-1d'],
      'Time in a lab cannot go back, not even by 1d.',
      'Move it on, as with "redoubt lab clock +1d"',
    ],
    [
      ['scan', '--read-logs', '1.5'],
      '--read-logs takes 0 to 90 whole days, not 1.5.',
      'Write --read-logs 1, or a number up to 90; 0 reads none.',
    ],
    [['scan', '--read-logs', '91'], '--read-logs takes 0 to 90 whole days, not 91.', '--read-logs'],
    [['scan', '--read-logs', '-1'], '--read-logs needs a number, not "-1".', '--read-logs'],
    [['lab', '--port', 'x'], '--port needs a number, not "x".', '--port'],
    [['lab', '--world', 'perfect'], 'There is no world "perfect".', 'neglected'],
    [['lab', 'clock', '--lab', 'http://127.0.0.1:1'], 'No lab answers at http://127.0.0.1:1.', 'redoubt lab'],
  ])('%j', async (words, what, todo) => {
    const ran = await redoubt(words, { cwd: await emptyFolder(), env: credentials })
    expectProblem(ran, words.includes('http://127.0.0.1:1') ? 253 : 252, escaped(what), escaped(todo))
  })

  test('arn of nothing that was scanned', async () => {
    const { lab, workspace } = await openRunningEstate(world())
    const common = ['--endpoint-url', lab.url, '--workspace', workspace.folder]
    await redoubt(['scan', ...common], { env: credentials })
    const ran = await redoubt(['show', arn('cluster:none'), ...common], { env: credentials })
    expectProblem(
      ran,
      252,
      `redoubt: The newest inventory has no ${arn('cluster:none')}.`,
      'Scan its account',
    )
  })
})

function escaped(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
