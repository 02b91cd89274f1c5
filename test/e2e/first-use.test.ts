// What somebody meets who uses it for the first time: every line to type works, nothing is silent, words say what is.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyFolder, redoubt, start } from '../command.ts'
import {
  accessKey,
  account,
  arn,
  credentials,
  type Estate,
  openRunningEstate,
  region,
  worldOf,
} from '../estate.ts'

const sales = { ClusterIdentifier: 'sales', ParameterGroup: 'default.redshift-1.0' }

async function estateOf(seed: Parameters<typeof worldOf>[0] = { clusters: [sales] }, speed = 600) {
  const estate = await openRunningEstate(worldOf(seed), speed)
  const common = ['--endpoint-url', estate.lab.url, '--workspace', estate.workspace.folder]
  const cwd = await emptyFolder()
  const run = (...args: string[]) => redoubt([...args, ...common], { cwd, env: credentials })
  return {
    ...estate,
    common,
    cwd,
    run,
    suffix: ` --endpoint-url ${estate.lab.url} --workspace ${estate.workspace.folder}`,
  }
}

const deny = ({ control }: Pick<Estate, 'control'>, action: string) =>
  control('deny', { accessKeyId: accessKey, action })

/** The lines below `Next`, each as the words behind the program. */
const nextOf = (stdout: string) =>
  (stdout.split('\nNext\n')[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('  redoubt '))
    .map((line) => line.trim().split(' ').slice(1))

describe('lines to type', () => {
  test('each of a scan works as it stands, in another folder', async () => {
    const { run } = await estateOf()
    const lines = nextOf((await run('scan')).stdout)
    expect(lines.map(([verb]) => verb)).toEqual(['explain', 'show', 'plan'])
    for (const words of lines) {
      expect(await redoubt(words, { env: credentials, cwd: await emptyFolder() })).toMatchObject({ code: 0 })
    }
  })

  test('lead from the plan to apply, verify and undo, also of a plan in a file', async () => {
    const { run, cwd } = await estateOf()
    await run('scan')
    const out = join(cwd, 'plan.json')
    const planned = await run('plan', '--practice', 'cluster-require-ssl', '--out', out)
    const [apply = []] = nextOf(planned.stdout)
    expect(apply.slice(0, 2)).toEqual(['apply', out])
    const elsewhere = { env: credentials, cwd: await emptyFolder() }
    const applied = await redoubt([...apply, '--yes'], elsewhere)
    expect(applied.code).toBe(0)
    const [verify = [], undo = []] = nextOf(applied.stdout)
    expect(await redoubt(verify, elsewhere)).toMatchObject({ code: 0 })
    const undone = await redoubt([...undo, '--yes'], elsewhere)
    expect(undone.code).toBe(0)
    expect(nextOf(undone.stdout)[0]?.[0]).toBe('scan')
  })

  test('name the regions of the scan only where another scan is to look into them', async () => {
    const { run, cwd } = await estateOf()
    const regions = ['--region', 'eu-west-1', '--region', 'us-east-1']
    const scanned = await run('scan', ...regions)
    const lines = nextOf(scanned.stdout)
    expect(lines.map(([verb]) => verb)).toEqual(['explain', 'show', 'plan'])
    expect(lines.flat()).not.toContain('--region')
    const out = join(cwd, 'plan.json')
    await run('plan', '--practice', 'cluster-require-ssl', '--out', out)
    await run('apply', out, '--yes')
    const [scan = []] = nextOf((await run('undo', out, '--yes')).stdout)
    expect(scan.slice(0, 5)).toEqual(['scan', ...regions])
  })

  test('have another scan read as many days of logs as the one before, unless the settings do', async () => {
    const { run, cwd, control } = await estateOf()
    await deny({ control }, 'redshift:DescribeLoggingStatus')
    const again = async () => {
      const { stdout } = await run('plan', '--practice', 'bucket-refuses-plain-http')
      return /scan again:\n\s+(redoubt scan.*?) --endpoint-url/.exec(stdout)?.[1]
    }
    await run('scan', '--read-logs', '2')
    expect(await again()).toBe('redoubt scan --read-logs 2')
    await writeFile(join(cwd, 'redoubt.yaml'), 'readLogs: { days: 2 }\n')
    expect(await again()).toBe('redoubt scan')
    await run('scan', '--read-logs', '0')
    expect(await again()).toBe('redoubt scan')
  })

  test('begin with npm where npm began it', async () => {
    const { common, suffix, cwd } = await estateOf()
    const env = { ...credentials, npm_lifecycle_event: 'redoubt' }
    const only = ['--practice', 'cluster-require-ssl']
    const { stdout } = await redoubt(['scan', ...only, ...common], { env, cwd })
    expect(stdout).toContain(`  npm run -s redoubt -- plan --practice cluster-require-ssl${suffix}`)
    const nothing = await redoubt(['plan', '--workspace', 'empty'], { env, cwd })
    expect(nothing.stderr).toContain('Run "npm run -s redoubt -- scan --workspace empty" first.')
    const unknown = await redoubt(['scna'], { env, cwd })
    expect(unknown.stderr).toContain('Did you mean "npm run -s redoubt -- scan"?')
  })

  test('propose a plan only where there is a fix', async () => {
    const { run } = await estateOf({ clusters: [{ ClusterIdentifier: 'old' }] })
    const { stdout } = await run('scan', '--practice', 'cluster-admin-name')
    expect(nextOf(stdout).map(([verb]) => verb)).toEqual(['explain', 'show'])
    const shown = await run('show', arn('cluster:old'))
    expect(shown.stdout).toMatch(
      /\n {2}✗ fail .* cluster-admin-name .*\n {4}It has the usual administrator name /,
    )
    expect(shown.stdout).toContain('\nNext\n  redoubt explain cluster-admin-name\n')
    const planned = await run('plan', '--practice', 'cluster-admin-name')
    expect(planned.stdout).toContain(': 0 steps\n')
    expect(nextOf(planned.stdout).map(([verb]) => verb)).toEqual(['explain', 'show'])
  })
})

describe('plan', () => {
  test('says what it is not made for: findings that are unknown, and what they lack', async () => {
    const estate = await estateOf()
    await deny(estate, 'redshift:DescribeLoggingStatus')
    await estate.run('scan')
    const lines = (await estate.run('plan', '--practice', 'cluster-audit-logging')).stdout.split('\n')
    expect(lines.slice(0, 5)).toEqual([
      '? 1 finding is unknown and not planned for. Grant redshift:DescribeLoggingStatus and scan again:',
      `  redoubt scan${estate.suffix}`,
      '',
      'No resource has a failing finding of cluster-audit-logging: there is nothing to plan.',
      '',
    ])
    const json = await estate.run('plan', '--practice', 'cluster-audit-logging', '-o', 'json')
    expect(JSON.parse(json.stdout).schema).toBe('redoubt.plan/1')
    expect(json.stderr).toContain('? 1 finding is unknown and not planned for.')
  })

  test('says that the scan was interrupted', async () => {
    const { run, workspace, suffix } = await estateOf()
    await run('scan')
    const { interruptNewest } = await import('./interrupted-scan.ts')
    await interruptNewest(workspace)
    const { stdout } = await run('plan')
    expect(stdout).toMatch(
      /^! The scan was interrupted: what it had not seen by then is not planned for\. Scan again:\n/,
    )
    expect(stdout.split('\n')[1]).toBe(`  redoubt scan${suffix}`)
  })

  test('says when what was chosen has no failing finding', async () => {
    const { run } = await estateOf()
    await run('scan')
    const choice = ['--practice', 'manual-snapshot-retention', '--resource', arn('cluster:sales')]
    const { stdout, code, stderr } = await run('plan', ...choice)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^Cluster sales has no failing finding of manual-snapshot-retention: there is nothing to plan\.\n\nNext\n/,
    )
    expect(nextOf(stdout)[0]?.slice(0, 2)).toEqual(['show', arn('cluster:sales')])
    expect(stderr).toBe('')
  })

  test('counts many parameters, and says which step takes back which', async () => {
    const { run } = await estateOf()
    await run('scan')
    const { stdout } = await run('plan', '--practice', 'cluster-require-ssl')
    expect(stdout).toMatch(/changes {3}pendingAtReboot: \d+ parameters of group redoubt-sales → none/)
    expect(stdout).toContain('undo      with s1: the group is deleted as a whole')
    expect(stdout).toContain('  - every step can be undone\n  - s2 is undone with s1\n')
    expect(stdout).toContain('impact of the undo: reboot')
  })
})

describe('apply and undo', () => {
  test('an undo shows what it does before it does it', async () => {
    const { run } = await estateOf({ clusters: [{ ...sales, AutomatedSnapshotRetentionPeriod: 0 }] })
    await run('scan')
    const planned = await run('plan', '--practice', 'cluster-automated-snapshots', '-o', 'json')
    const { id } = JSON.parse(planned.stdout)
    const shown = await run('plan', '--practice', 'cluster-automated-snapshots')
    expect(shown.stdout).toContain('impact of the undo: deletes data')
    expect(shown.stdout).toContain('! undoing it: deletes every automated snapshot, at once')
    expect(shown.stdout).toContain('  - undoing s1: deletes every automated snapshot, at once\n')
    expect(shown.stdout).not.toContain('every step can be undone')
    await run('apply', id, '--yes')
    const { stderr } = await run('undo', id, '--yes')
    expect(stderr).toMatch(
      / {2}s1 {2}takes back "Keep automated snapshots of sales .*" {2}\[impact: deletes data\]\n/,
    )
    expect(stderr).toContain(
      `      aws redshift modify-cluster --cluster-identifier sales --automated-snapshot-retention-period 0 --region ${region}\n`,
    )
    expect(stderr).toContain('      ! deletes every automated snapshot, at once\n')
  })

  test('what closes later is said in words, with the line that looks again; the exit code is 8', async () => {
    const stale = { ...sales, ClusterCreateTime: '-90d', AutomatedSnapshotRetentionPeriod: 0 }
    const { run, suffix } = await estateOf({ clusters: [stale] }, 1)
    await run('scan')
    const planned = await run('plan', '--practice', 'cluster-automated-snapshots', '-o', 'json')
    const { id } = JSON.parse(planned.stdout)
    const { code, stdout } = await run('apply', id, '--yes')
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Every step is in force. 1 finding closes later: AWS takes the next automated snapshot within about eight hours, or as scheduled. ',
    )
    expect(stdout).toContain(`\nNext\n  redoubt verify ${id}${suffix}\n`)
    expect(code).toBe(8)
  })

  test('data is said to be deleted once, with its day', async () => {
    const snapshot = {
      ClusterIdentifier: 'sales',
      SnapshotIdentifier: 'keep',
      SnapshotType: 'manual' as const,
    }
    const { run } = await estateOf({
      clusters: [sales],
      snapshots: [{ ...snapshot, ManualSnapshotRetentionPeriod: -1 }],
    })
    await run('scan')
    const planned = await run('plan', '--practice', 'manual-snapshot-retention', '-o', 'json')
    const { stderr } = await run('apply', JSON.parse(planned.stdout).id)
    expect(stderr).toMatch(
      / {2}s1 {2}Let snapshot keep expire on [\d-]+ {2}\[impact: deletes data on \d{4}-\d\d-\d\d\]\n/,
    )
  })

  test('Ctrl-C says how it goes on, with the plan in the line; the journal says the same', async () => {
    // So slow that the reboot is still under way when it is interrupted.
    const { run, common, cwd, suffix } = await estateOf({ clusters: [sales] }, 60)
    await run('scan')
    const planned = await run('plan', '--practice', 'cluster-require-ssl', '-o', 'json')
    const { id } = JSON.parse(planned.stdout)
    const child = start(['apply', id, '--yes', ...common], { env: credentials, cwd })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    while (!said.includes('s3 Attach sales to parameter group redoubt-sales: in force')) {
      await once(child.stderr ?? child, 'data')
    }
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    expect(code).toBe(130)
    expect(said).toContain('redoubt: Interrupted while a step was under way.\n')
    expect(said).toContain(
      `Continue with "redoubt apply ${id} --resume${suffix}", or take it back with "redoubt undo ${id}${suffix}".\n`,
    )
    const journal = (await run('journal')).stdout.replace(/\s+/g, ' ')
    expect(journal).toContain('to go on: redoubt apply')
    expect(journal.replaceAll(' ', '')).toContain(`redoubtapply${id}--resume`)
  })
})

describe('names', () => {
  const two = () => ({
    clusters: [sales, { ClusterIdentifier: 'archive-2019' }],
    snapshots: ['sales', 'archive-2019'].map((ClusterIdentifier) => ({
      ClusterIdentifier,
      SnapshotIdentifier: ClusterIdentifier === 'sales' ? 'archive-2019' : 'before',
      SnapshotType: 'manual' as const,
    })),
  })

  test('show takes a name that only one resource has', async () => {
    const { run } = await estateOf(two())
    await run('scan')
    const shown = await run('show', 'before')
    expect(shown.stdout).toContain(`snapshot archive-2019/before\n${arn('snapshot:archive-2019/before')}\n`)
    expect((await run('show', 'sales')).stdout).toMatch(/^cluster sales\n/)
    expect((await run('show', 'region/eu-west-1')).stdout).toContain('\n  aws cloudtrail describe-trails ')
  })

  test('plan takes the resources that show takes: names, ends of ARNs, and no name that several have', async () => {
    const { run } = await estateOf(two())
    await run('scan')
    const planFor = (word: string) => run('plan', '--resource', word, '-o', 'json')
    const resourcesOf = ({ stdout }: { stdout: string }) => [
      ...new Set(
        (JSON.parse(stdout).steps as { closes: string[] }[]).flatMap(({ closes }) =>
          closes.map((print) => print.split(' ')[1]),
        ),
      ),
    ]
    expect(resourcesOf(await planFor('sales'))).toEqual([arn('cluster:sales')])
    expect(resourcesOf(await planFor('snapshot:sales/archive-2019'))).toEqual([
      arn('snapshot:sales/archive-2019'),
    ])
    expect(await planFor('archive-2019')).toMatchObject({
      code: 252,
      stdout: '',
      stderr: `redoubt: 2 resources of the newest inventory are called archive-2019.\nName one of them: ${[arn('cluster:archive-2019'), arn('snapshot:sales/archive-2019')].join(', ')}.\n`,
    })
    expect((await planFor('nobody')).stderr).toMatch(
      /^redoubt: Nothing in the newest inventory is called nobody\./,
    )
  })

  test('show and plan take a bucket that is seen from two regions, with what both find', async () => {
    const logging = { LoggingEnabled: true, BucketName: 'acme-audit' }
    const clusters = [{ ...sales, logging }]
    const world = worldOf({ clusters, buckets: [{ Name: 'acme-audit' }] })
    Object.assign(world.accounts[account]?.regions ?? {}, { 'eu-central-1': { clusters } })
    const { lab, workspace } = await openRunningEstate(world)
    const run = async (...args: string[]) => {
      const common = ['--endpoint-url', lab.url, '--workspace', workspace.folder]
      return redoubt([...args, ...common], { cwd: await emptyFolder(), env: credentials })
    }
    await run('scan', '--region', region, '--region', 'eu-central-1')
    const shown = await run('show', 'acme-audit')
    expect(shown.stdout).toMatch(/^bucket acme-audit\narn:aws:s3:::acme-audit\n/)
    expect(shown.stdout).toContain(' It lies in eu-west-1, and Redshift delivers within eu-central-1 only.')
    expect(shown.stdout).toContain(' It does not let redshift.amazonaws.com deliver the audit log of sales.')
    expect((await run('show', 'arn:aws:s3:::acme-audit')).stdout).toBe(shown.stdout)
    expect((await run('plan', '--resource', 'acme-audit')).stdout).toContain(': 1 step\n')
  })

  test('show lists the ARNs of a name that several have', async () => {
    const { run } = await estateOf(two())
    await run('scan')
    const { code, stderr } = await run('show', 'archive-2019')
    expect(code).toBe(252)
    expect(stderr).toBe(
      `redoubt: 2 resources of the newest inventory are called archive-2019.\nName one of them: ${[arn('cluster:archive-2019'), arn('snapshot:sales/archive-2019')].join(', ')}.\n`,
    )
    expect((await run('show', 'nobody')).stderr).toMatch(
      /^redoubt: Nothing in the newest inventory is called nobody\.\nName it by its ARN/,
    )
  })
})

describe('the environment', () => {
  test.each([
    [['--profile', 'nope'], {}],
    [[], { AWS_PROFILE: 'nope' }],
  ])('a profile that does not exist: %j %j', async (args, env) => {
    const ran = await redoubt(['scan', ...args], { env, cwd: await emptyFolder() })
    expect(ran).toMatchObject({ code: 253, stdout: '' })
    expect(ran.stderr).toBe(
      'redoubt: There is no AWS profile nope.\nChoose one of "aws configure list-profiles", or add it with "aws configure".\n',
    )
  })

  test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS'])('%s that is dead is named', async (name) => {
    const env = { ...credentials, [name]: 'http://127.0.0.1:9' }
    const ran = await redoubt(['scan'], { env, cwd: await emptyFolder() })
    expect(ran).toMatchObject({ code: 253, stdout: '' })
    expect(ran.stderr).toBe(
      `redoubt: Nothing answers at http://127.0.0.1:9 (ECONNREFUSED).\nCheck ${name}, and that the server is running.\n`,
    )
  })

  test('AWS_ENDPOINT_URL_REDSHIFT that is dead is named', async () => {
    const { lab, cwd } = await estateOf()
    const endpoints = { AWS_ENDPOINT_URL: lab.url, AWS_ENDPOINT_URL_REDSHIFT: 'http://127.0.0.1:9' }
    const ran = await redoubt(['scan'], { env: { ...credentials, ...endpoints }, cwd })
    expect(ran.code).toBe(253)
    expect(ran.stderr).toContain(
      'redoubt: Redshift does not answer at http://127.0.0.1:9 (ECONNREFUSED): nothing could be judged.\nCheck AWS_ENDPOINT_URL_REDSHIFT, and that the server is running.\n',
    )
  })

  test('COLUMNS is obeyed in a pipe; nothing but ARNs and lines to type is wider', async () => {
    const { common, cwd } = await estateOf()
    const { stdout } = await redoubt(['scan', ...common], { env: { ...credentials, COLUMNS: '80' }, cwd })
    expect(stdout).toMatch(/\n {2}status +severity +practice +configured +in force +observed\n/)
    for (const line of stdout.split('\n')) {
      if (!/arn:|^ {2}redoubt /.test(line)) expect(line.length).toBeLessThanOrEqual(80)
    }
  })
})

test('explain says when a finding closes later than its fix is in force', async () => {
  const { stdout } = await redoubt(['explain', 'cluster-automated-snapshots'])
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'The finding closes later: AWS takes the next automated snapshot within about eight hours, or as scheduled.',
  )
})

test('a practice without controls has no empty section of them', async () => {
  const { stdout } = await redoubt(['explain', 'manual-snapshot-retention'])
  expect(stdout).not.toContain('Answers to')
  expect((await redoubt(['explain', 'cluster-require-ssl'])).stdout).toContain(
    'Answers to\n  - AWS Security Hub: Redshift.2\n  - AWS Config: redshift-require-tls-ssl\n',
  )
})

test('the order of an undo stands in the guide as it is in the code', () => {
  const guide = readFileSync(new URL('../../docs/guides/fixing.md', import.meta.url), 'utf8')
  expect(guide).toContain('the changes, last first, then the reboots, then what was created')
})
