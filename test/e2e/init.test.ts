// `redoubt init` through the built command: what it writes is read by Redoubt, and trusts nobody by itself.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Assessment } from '#model/assessment.ts'
import { emptyFolder, redoubt } from '../command.ts'
import { account, credentials, openRunningEstate, worldOf } from '../estate.ts'

const key = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-4333-8444-555555555555'

const loads = {
  name: 'loads',
  RolePolicyList: [
    {
      PolicyName: 'landing',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-landing/*' }],
      },
    },
  ],
}

const world = () => {
  const own = seeded()
  const seed = own.accounts[account]
  if (seed) seed.roles = [loads as never]
  return own
}

const seeded = () =>
  worldOf({
    keys: [{ KeyId: key.slice(key.indexOf('/') + 1) }],
    clusters: [
      { ClusterIdentifier: 'sales', KmsKeyId: key, Tags: [{ Key: 'owner', Value: 'data' }] },
      {
        ClusterIdentifier: 'web',
        IamRoles: [{ IamRoleArn: `arn:aws:iam::${account}:role/loads`, ApplyStatus: 'in-sync' }],
        Tags: [{ Key: 'owner', Value: 'web' }],
      },
      { ClusterIdentifier: 'lake', Tags: [{ Key: 'cost:center', Value: '7' }] },
    ],
    snapshots: ['one', 'two'].map((SnapshotIdentifier) => ({
      SnapshotIdentifier,
      ClusterIdentifier: 'sales',
      SnapshotType: 'manual',
      ManualSnapshotRetentionPeriod: 30,
      AccountsWithRestoreAccess: [{ AccountId: '099988887777' }],
    })),
  } as never)

async function scanned() {
  const cwd = await emptyFolder()
  const { lab } = await openRunningEstate(world())
  const run = (...words: string[]) =>
    redoubt([...words, '--endpoint-url', lab.url], { cwd, env: credentials })
  await run('scan')
  return { cwd, run }
}

/** Everything that is a candidate taken, as a person would who agrees with all of it. */
function agreed(text: string): string {
  const [, ...lines] = text.split('\n')
  return lines.map((line) => line.replace(/^# (?=\s*(- |[\w-]+:( |$)))/, '')).join('\n')
}

describe('init', () => {
  test('writes what the scan saw, as candidates where a person must decide', async () => {
    const { cwd, run } = await scanned()
    const ran = await run('init')
    expect(ran).toMatchObject({ code: 0, stdout: '' })
    expect(ran.stderr).toContain('Wrote redoubt.yaml.')
    const text = await readFile(join(cwd, 'redoubt.yaml'), 'utf8')
    const schema = /^# yaml-language-server: \$schema=(file:\S+)\n/.exec(text)?.[1] ?? ''
    expect(JSON.parse(await readFile(fileURLToPath(schema), 'utf8')).title).toBe('redoubt.settings/1')
    expect(text).toContain('\nregions:\n  - eu-west-1\n')
    expect(text).toContain(
      `\n# trustedAccounts:\n#   - "099988887777" # arn:aws:redshift:eu-west-1:${account}:snapshot:sales/one and 1 more\n`,
    )
    expect(text).toContain('\n#   - "cost:center" # on 1 of 3 resources\n#   - owner # on 2 of 3 resources\n')
    expect(text).toContain('\n# dataBuckets:\n#   - acme-landing # role loads may use it\n')
    expect(text).toContain(`\n# keys:\n#   eu-west-1: ${key}\n`)

    const shared = async () => {
      const { stdout } = await run('scan', '--practice', 'snapshot-shared', '-o', 'json')
      return (JSON.parse(stdout) as Assessment).counts
    }
    expect(await shared()).toMatchObject({ fail: 2, pass: 0 })
    await writeFile(join(cwd, 'redoubt.yaml'), agreed(text))
    expect(await shared()).toMatchObject({ fail: 0, pass: 2 })
  })

  test('tags that YAML would take for something else are texts, and examples are of the partition', async () => {
    const tags = ['true', 'NO', 'null', '12', 'a: b', '#c', "d'e"].map((Key) => ({ Key, Value: '1' }))
    const world = worldOf({ clusters: [{ ClusterIdentifier: 'sales', Tags: tags }] } as never)
    const own = world.accounts[account]
    if (!own) throw new Error('the world has no account')
    const [seed = {}] = Object.values(own.regions)
    world.accounts[account] = { ...own, partition: 'aws-cn', regions: { 'cn-north-1': seed } }
    const { lab } = await openRunningEstate(world)
    const cwd = await emptyFolder()
    const env = { ...credentials, AWS_REGION: 'cn-north-1' }
    const run = (...words: string[]) => redoubt([...words, '--endpoint-url', lab.url], { cwd, env })
    await run('scan')
    await run('init')
    const text = agreed(await readFile(join(cwd, 'redoubt.yaml'), 'utf8'))
    const { requiredTags, accounts, suppressions } = parse(text)
    expect([...requiredTags].sort()).toEqual(tags.map(({ Key }) => Key).sort())
    expect(accounts).toEqual([{ role: 'arn:aws-cn:iam::444455556666:role/redoubt-scan' }])
    expect(suppressions[0].resource).toBe(`arn:aws-cn:redshift:cn-north-1:${account}:cluster:scratch`)
  })

  test('does not overwrite, unless told to', async () => {
    const { cwd, run } = await scanned()
    await writeFile(join(cwd, 'mine.yaml'), 'regions: []\n')
    const ran = await run('init', '--settings', 'mine.yaml')
    expect(ran.code).toBe(252)
    expect(ran.stderr).toBe('redoubt: mine.yaml exists already.\nEdit it, or pass --force to replace it.\n')
    expect(await readFile(join(cwd, 'mine.yaml'), 'utf8')).toBe('regions: []\n')
    expect((await run('init', '--settings', 'mine.yaml', '--force')).code).toBe(0)
    expect(await readFile(join(cwd, 'mine.yaml'), 'utf8')).toContain('Settings of Redoubt')
  })

  test('needs a scan before it', async () => {
    const ran = await redoubt(['init'], { cwd: await emptyFolder(), env: credentials })
    expect(ran.code).toBe(252)
    expect(ran.stderr).toBe('redoubt: Nothing was scanned yet in .redoubt.\nRun "redoubt scan" first.\n')
  })
})
