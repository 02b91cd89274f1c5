// redoubt.yaml through the built command: what it decides, and what is said when it cannot be read.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Assessment } from '#model/assessment.ts'
import type { Plan } from '#model/plan.ts'
import { emptyFolder, redoubt } from '../command.ts'
import { credentials, openRunningEstate, worldOf } from '../estate.ts'

const world = () =>
  worldOf({
    clusters: [
      {
        ClusterIdentifier: 'sales',
        ParameterGroup: 'default.redshift-2.0',
        AutomatedSnapshotRetentionPeriod: 1,
      },
    ],
  })

async function withSettings(yaml: string) {
  const cwd = await emptyFolder()
  await writeFile(join(cwd, 'redoubt.yaml'), yaml)
  const { lab } = await openRunningEstate(world())
  const run = (...words: string[]) =>
    redoubt([...words, '--endpoint-url', lab.url], { cwd, env: credentials })
  const scan = async (...words: string[]) => {
    const { findings } = JSON.parse((await run('scan', '-o', 'json', ...words)).stdout) as Assessment
    return new Map(findings.map(({ practice, status }) => [practice, status]))
  }
  return { run, scan }
}

describe('a practice that is switched off', () => {
  const yaml = 'practices:\n  cluster-automated-snapshots:\n    enabled: false\n'

  test('yields no finding and no step, but for whoever names it', async () => {
    const { run, scan } = await withSettings(yaml)
    const found = await scan()
    expect(found.has('cluster-automated-snapshots')).toBe(false)
    expect(found.size).toBeGreaterThan(4)
    expect([...(await scan('--practice', 'cluster-automated-snapshots'))]).toEqual([
      ['cluster-automated-snapshots', 'fail'],
    ])
    const { stdout } = await run('plan', '-o', 'json')
    const { steps, policy } = JSON.parse(stdout) as Plan
    expect(steps).toEqual([])
    expect(policy.practices).toEqual({ 'cluster-automated-snapshots': { enabled: false } })
  })
})

test('what a plan was made with is what its verification goes by', async () => {
  const yaml = [
    'trustedAccounts: ["444455556666"]',
    'allowedRegions: [eu-west-1]',
    'requiredTags: [owner]',
    'dataBuckets: [acme-exchange]',
    'keys: { eu-west-1: "arn:aws:kms:eu-west-1:111122223333:key/1234" }',
  ]
  const { run } = await withSettings(yaml.join('\n'))
  await run('scan')
  const { stdout } = await run('plan', '-o', 'json')
  expect((JSON.parse(stdout) as Plan).policy).toEqual({
    trustedAccounts: ['444455556666'],
    allowedRegions: ['eu-west-1'],
    requiredTags: ['owner'],
    dataBuckets: ['acme-exchange'],
    keys: { 'eu-west-1': 'arn:aws:kms:eu-west-1:111122223333:key/1234' },
    practices: {},
  })
})

test('the regions of the file are looked into, whatever AWS_REGION says, and --region wins', async () => {
  const { run } = await withSettings('regions: [eu-west-2]\n')
  const looked = async (...words: string[]) =>
    (JSON.parse((await run('scan', '-o', 'json', ...words)).stdout) as Assessment).regions
  expect(credentials.AWS_REGION).toBe('eu-west-1')
  expect(await looked()).toEqual(['eu-west-2'])
  expect(await looked('--region', 'eu-central-1')).toEqual(['eu-central-1'])
})

test.each([
  ['allowedRegions: [europe]', 'allowedRegions.0: write a region such as eu-west-1'],
  [
    'dataBuckets: ["s3://acme/exports"]',
    'dataBuckets.0: write the name of a bucket alone, without s3:// and without a pattern',
  ],
  [
    'dataBuckets: ["arn:aws:s3:::acme"]',
    'dataBuckets.0: write the name of a bucket alone, without s3:// and without a pattern',
  ],
  [
    'dataBuckets: ["acme-*"]',
    'dataBuckets.0: write the name of a bucket alone, without s3:// and without a pattern',
  ],
  ['readLogs: { days: 0 }', 'readLogs.days: write 1 to 90, or take readLogs out.'],
  ['readLogs: { days: 91 }', 'readLogs.days: write 1 to 90.'],
  ['readLogs: {}', 'readLogs.days: write it: it is required.'],
  ['readLogs: 1', 'readLogs: write members, each with a colon and its value.'],
  ['requiredTags: [""]', 'requiredTags.0: write at least one character'],
  ['keys: { eu-west-1: alias/mine }', 'keys.eu-west-1: write the ARN of a key, not of an alias'],
  [
    'keys: { eu-west-1: "arn:aws:kms:eu-west-2:111122223333:key/1234" }',
    'keys.eu-west-1: write the ARN of a key that lies in eu-west-1',
  ],
  [
    'practices: { snapshot-shared: { enabled: 1 } }',
    'practices.snapshot-shared.enabled: write true or false.',
  ],
  [
    'practices: { cluster-automated-snapshots: { days: "7" } }',
    'practices.cluster-automated-snapshots.days: write a whole number, without quotes and without a unit.',
  ],
  ['regions: eu-west-1', 'line 1, column 10: regions: write a list, such as [one, two].'],
  ['regions:', 'regions: write a list, such as [one, two], or take the line out.'],
  ['regins: [eu-west-1]', 'line 1, column 1: the file: there is no member "regins"; did you mean regions?'],
  ['a list', 'the file: write members, each with a colon and its value.'],
  ['trustedAccounts: [444455556666]', 'trustedAccounts.0: write account ids as 12 digits in quotes.'],
  ['accounts: [{}]', 'accounts.0.role: write it: it is required.'],
  [
    'practices: { cluster-requir-ssl: {} }',
    'practices: there is no member "cluster-requir-ssl"; did you mean cluster-require-ssl?',
  ],
  [
    'practices: { cluster-reachable: { wideIpv4: 33 } }',
    'practices.cluster-reachable.wideIpv4: write 0 to 32.',
  ],
  ['practices: { cluster-audit-logging: { hours: -1 } }', 'hours: write 0 or more.'],
  ['regions: []\nregions: []', 'line 2, column 1: this member is there twice; put both into one.'],
  ['regions: []\n---\nkeys: {}', 'line 2, column 1: the settings end at ---; put all of them before it.'],
])('%s is refused', async (yaml, why) => {
  const { run } = await withSettings(yaml)
  const { code, stderr } = await run('scan')
  expect(stderr).toContain(why)
  expect(code).toBe(253)
})
