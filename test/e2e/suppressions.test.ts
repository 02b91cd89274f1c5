// Suppressions through the built command: what they cover and what not, what they do to counts, exit code and plan,
// and what is said of those that have ended or cover nothing.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Assessment } from '#model/assessment.ts'
import type { Plan } from '#model/plan.ts'
import { emptyFolder, redoubt } from '../command.ts'
import { accessKey, arn, credentials, openRunningEstate, worldOf } from '../estate.ts'

const world = () =>
  worldOf({
    clusters: ['sales', 'sales2'].map((ClusterIdentifier) => ({
      ClusterIdentifier,
      ParameterGroup: 'default.redshift-2.0',
      AutomatedSnapshotRetentionPeriod: 1,
    })),
  })

const practice = 'cluster-automated-snapshots'

/** A suppression in YAML; a member given as undefined is left out. */
function suppression(more: Record<string, string | undefined> = {}): string {
  const whole = {
    practice,
    resource: arn('cluster:sales'),
    reason: 'the data is loaded anew each night',
    owner: 'data team',
    expires: '2099-12-31',
    ...more,
  }
  const [first = '', ...rest] = Object.entries(whole).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`],
  )
  return [`  - ${first}`, ...rest.map((line) => `    ${line}`)].join('\n')
}

async function withSuppressions(...suppressions: string[]) {
  const cwd = await emptyFolder()
  await writeFile(join(cwd, 'redoubt.yaml'), ['suppressions:', ...suppressions, ''].join('\n'))
  const estate = await openRunningEstate(world())
  const run = (...words: string[]) =>
    redoubt([...words, '--endpoint-url', estate.lab.url], { cwd, env: credentials })
  const scan = async (...words: string[]) => {
    const ran = await run('scan', '--practice', practice, '-o', 'json', ...words)
    const assessment = JSON.parse(ran.stdout) as Assessment
    const found = assessment.findings.map(
      ({ practice: id, resource, status, suppression: accepted }) =>
        `${id} ${resource.split(':').at(-1)} ${status}${accepted ? ' suppressed' : ''}`,
    )
    return { code: ran.code, assessment, found }
  }
  return { ...estate, run, scan }
}

describe('a suppression', () => {
  test('by an exact ARN keeps the status, counts for nothing, and covers no other name that begins so', async () => {
    const { scan } = await withSuppressions(suppression())
    const { assessment, found } = await scan('--fail-on', 'low')
    expect(found).toEqual([`${practice} sales fail suppressed`, `${practice} sales2 fail`])
    expect(assessment.findings[0]?.suppression).toEqual({
      reason: 'the data is loaded anew each night',
      owner: 'data team',
      expires: '2099-12-31',
    })
    expect(assessment.counts).toEqual({ pass: 0, fail: 1, unknown: 0, manual: 0, suppressed: 1 })
  })

  test('by a glob covers what the glob describes, and the exit code follows', async () => {
    const { scan } = await withSuppressions(suppression({ resource: arn('cluster:*').replace('eu-', '*-') }))
    const { code, found } = await scan('--fail-on', 'low')
    expect(found).toEqual([`${practice} sales fail suppressed`, `${practice} sales2 fail suppressed`])
    expect(code).toBe(0)
  })

  test('of another practice covers nothing, and is unused only when its practice was judged by', async () => {
    const { scan } = await withSuppressions(suppression({ practice: 'cluster-encrypted' }))
    expect((await scan()).found).toEqual([`${practice} sales fail`, `${practice} sales2 fail`])
    const all = await scan('--practice', 'cluster-encrypted')
    expect(all.found).toContain('suppression-unused sales fail')
  })

  test('is shown apart in the table, and leaves the finding out of plans with its reason', async () => {
    const { run } = await withSuppressions(suppression())
    const { stdout } = await run('scan', '--practice', practice)
    expect(stdout).toMatch(/✗ 1 fail .*– 1 suppressed/)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `Suppressed ${practice}: suppressed until 2099-12-31 (owner: data team): the data is loaded anew each night ✗ fail ${arn('cluster:sales')}`,
    )
    const { steps, leftOut } = JSON.parse((await run('plan', '-o', 'json')).stdout) as Plan
    expect(leftOut).toEqual([
      {
        practice,
        resource: arn('cluster:sales'),
        why: 'suppressed until 2099-12-31 (owner: data team): the data is loaded anew each night',
      },
    ])
    expect(steps.map(({ call }) => call.input)).toMatchObject([{ ClusterIdentifier: 'sales2' }])
    const shown = await run('show', 'sales')
    expect(shown.stdout.replace(/\s+/g, ' ')).toContain(
      'It is suppressed until 2099-12-31 (owner: data team)',
    )
    expect(shown.stdout).not.toContain('plan --resource')
  })

  test('of a finding that is unknown keeps it out of exit code 4', async () => {
    const { scan, control } = await withSuppressions(suppression({ resource: arn('*') }))
    await control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusterSnapshots' })
    const { code, assessment } = await scan('--fail-on', 'none', '--fail-on-unknown')
    expect(assessment.counts.unknown).toBe(0)
    expect(assessment.counts.suppressed).toBe(2)
    expect(code).toBe(0)
  })
})

describe('a suppression that has ended', () => {
  test('covers nothing any more, is a finding, and ends in 6 where nothing worse holds', async () => {
    const { scan, run } = await withSuppressions(suppression({ expires: '2020-01-31' }))
    const { code, assessment, found } = await scan('--fail-on', 'critical')
    expect(found.sort()).toEqual([
      `${practice} sales fail`,
      `${practice} sales2 fail`,
      'suppression-expired sales fail',
    ])
    const own = assessment.findings.find(({ kind }) => kind === 'suppression')
    expect(own).toMatchObject({ account: '111122223333', region: 'eu-west-1', severity: 'medium' })
    expect(own?.message).toBe(
      `has a suppression of ${practice} that held until 2020-01-31 (owner: data team); mend what it covers, or give it a new end`,
    )
    expect(code).toBe(6)
    expect((await scan('--fail-on', 'low')).code).toBe(3)
    const { stdout } = await run('scan', '--practice', practice)
    expect(stdout).toContain('suppression-expired')
    expect(stdout).not.toContain('explain suppression')
  })

  test('holds through its last day', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const { scan } = await withSuppressions(suppression({ expires: today }))
    expect((await scan()).found).toContain(`${practice} sales fail suppressed`)
  })
})

describe('a suppression that covers nothing', () => {
  test.each([
    ['a resource that is not there', 'cluster:gone', true],
    ['a name that only begins so', 'cluster:sal', true],
    ['what lies where nobody looked', 'elsewhere', false],
  ])('%s', async (_, name, isUnused) => {
    const resource = name === 'elsewhere' ? arn('cluster:sales').replace('eu-west-1', 'eu-west-2') : arn(name)
    const { scan } = await withSuppressions(suppression({ resource }))
    const { code, assessment } = await scan('--fail-on', 'medium')
    const own = assessment.findings.filter(({ practice: id }) => id === 'suppression-unused')
    expect(own.map(({ message }) => message)).toEqual(
      isUnused
        ? [
            `has a suppression of ${practice} (owner: data team) that covers no open finding of this scan; take it out of redoubt.yaml`,
          ]
        : [],
    )
    expect(code).toBe(3)
  })

  test('a practice that is switched off', async () => {
    const { run } = await withSuppressions(suppression(), 'practices:', `  ${practice}: { enabled: false }`)
    const { findings } = JSON.parse((await run('scan', '-o', 'json')).stdout) as Assessment
    expect(findings.flatMap(({ kind, practice: id }) => (kind === 'suppression' ? [id] : []))).toEqual([
      'suppression-unused',
    ])
  })

  test('nobody knows, where the resources could not be listed', async () => {
    const { scan, control } = await withSuppressions(suppression({ resource: arn('cluster:gone') }))
    await control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusters' })
    expect((await scan()).found).toEqual([`${practice} * unknown`])
  })
})

test.each([
  ['practice', 'suppressions.0.practice: name the practice by its id'],
  ['reason', 'suppressions.0.reason: say why it is accepted'],
  ['owner', 'suppressions.0.owner: say who answers for it'],
  ['expires', 'suppressions.0.expires: write the last day on which it holds, such as 2027-03-31'],
  ['resource', 'suppressions.0.resource: name the resource by its ARN, or by a glob with *'],
])('without %s it is refused', async (member, why) => {
  const { run } = await withSuppressions(suppression({ [member]: undefined }))
  const { code, stderr } = await run('scan')
  expect(stderr).toContain(why)
  expect(code).toBe(253)
})

test.each([
  [{ resource: 'sales' }, 'suppressions.0.resource: write a whole ARN; only * stands for any characters'],
  [{ expires: 'never' }, 'suppressions.0.expires: write the last day on which it holds'],
  [
    { practice: 'cluster-encrypt' },
    'suppressions.0.practice: there is no "cluster-encrypt"; did you mean cluster-encrypted?',
  ],
  [{ reason: '  ' }, 'suppressions.0.reason: say why it is accepted'],
  [{ expires: '2027-02-30' }, 'suppressions.0.expires: write the last day on which it holds'],
])('%j is refused', async (more, why) => {
  const { run } = await withSuppressions(suppression(more))
  const { code, stderr } = await run('scan')
  expect(stderr).toContain(why)
  expect(code).toBe(253)
})
