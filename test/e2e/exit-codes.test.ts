// The exit code of each situation, from the built command against a lab.

import { expect, test } from 'vitest'
import { readActions } from '#model/action.ts'
import { redoubt } from '../command.ts'
import { accessKey, arn, credentials, openRunningEstate, worldOf } from '../estate.ts'

const legacy = { ClusterIdentifier: 'sales', ParameterGroup: 'default.redshift-1.0' }
async function commandsOn(seed: Parameters<typeof worldOf>[0]) {
  const estate = await openRunningEstate(worldOf(seed))
  const common = ['--endpoint-url', estate.lab.url, '--workspace', estate.workspace.folder]
  const run = (...args: string[]) => redoubt([...args, ...common], { env: credentials })
  const deny = async (...actions: string[]) => {
    for (const action of actions) await estate.control('deny', { accessKeyId: accessKey, action })
  }
  const planOf = async (...args: string[]) => {
    await run('scan')
    return JSON.parse((await run('plan', '-o', 'json', ...args)).stdout) as { id: string }
  }
  return { ...estate, run, deny, planOf }
}

test('0: everything is as wanted', async () => {
  const { run } = await commandsOn({})
  const ran = await run('scan')
  expect(ran.code).toBe(0)
  expect(ran.stdout).toContain('Nothing was found that any practice judges.')
})

test('3 and 0: --fail-on decides, and --min-severity does not', async () => {
  const { run } = await commandsOn({ clusters: [legacy] })
  expect((await run('scan')).code).toBe(3)
  expect((await run('scan', '--fail-on', 'critical')).code).toBe(0)
  expect((await run('scan', '--fail-on', 'none')).code).toBe(0)
  const hidden = await run('scan', '--min-severity', 'critical')
  expect(hidden.code).toBe(3)
  expect(hidden.stdout).toMatch(/\d findings below critical not shown \(--min-severity\)\./)
  expect(hidden.stdout).not.toContain('It accepts plain-text connections')
  const report = await run('scan', '--min-severity', 'critical', '-o', 'json')
  expect(JSON.parse(report.stdout).findings.length).toBeGreaterThan(3)
})

test('3 wins over 4, 4 over 0', async () => {
  const { run, deny } = await commandsOn({ clusters: [legacy] })
  await deny('redshift:DescribeLoggingStatus')
  expect((await run('scan')).code).toBe(3)
  expect((await run('scan', '--fail-on', 'none')).code).toBe(4)
  expect((await run('scan', '--fail-on', 'none', '--no-fail-on-unknown')).code).toBe(0)
})

test('254: everything was refused', async () => {
  const { run, deny } = await commandsOn({ clusters: [legacy] })
  await deny(...readActions)
  const ran = await run('scan')
  expect(ran.code).toBe(254)
  expect(ran.stdout).toContain('What could not be seen')
  expect(ran.stdout).toMatch(/✗ 0 fail {3}\? [1-9]\d* unknown .* ✓ 0 pass/)
  expect(ran.stderr).toContain('redoubt: AWS refused everything: nothing could be judged.')
})

test('2: a plan with something to change, if asked so', async () => {
  const { run } = await commandsOn({ clusters: [legacy] })
  await run('scan')
  expect((await run('plan')).code).toBe(0)
  expect((await run('plan', '--detailed-exitcode')).code).toBe(2)
  expect((await run('plan', '--detailed-exitcode', '--practice', 'snapshot-shared')).code).toBe(0)
})

test('8, 0, 5: verify before and after, and apply twice', async () => {
  const { run, planOf } = await commandsOn({ clusters: [legacy] })
  const { id } = await planOf('--practice', 'cluster-require-ssl')
  expect((await run('verify', id)).code).toBe(8)
  const applied = await run('apply', id, '--yes')
  expect(applied.code).toBe(0)
  expect(applied.stdout).toContain('configured true · in force true')
  expect((await run('verify', id)).code).toBe(0)
  const again = await run('apply', id, '--yes')
  expect(again).toMatchObject({ code: 5, stdout: '' })
  expect(again.stderr).toContain(`redoubt: Plan ${id} is applied already.`)
})

test('5: the world has moved', async () => {
  const { run, planOf, lab } = await commandsOn({ clusters: [legacy] })
  const first = await planOf('--practice', 'cluster-require-ssl')
  const second = await planOf('--practice', 'cluster-require-ssl')
  expect((await run('apply', first.id, '--yes')).code).toBe(0)
  const before = lab.calls().filter(({ action }) => !action?.includes(':Describe')).length
  const ran = await run('apply', second.id, '--yes')
  expect(ran.code).toBe(5)
  expect(ran.stderr).toContain(`redoubt: The world is not the one plan ${second.id} was made from`)
  const changes = lab
    .calls()
    .slice(before)
    .filter(({ action }) => /:(Create|Modify|Reboot)/.test(action ?? ''))
  expect(changes).toHaveLength(4)
})

test('7, then 0: apply stops at a refusal, and resumes when it is allowed', async () => {
  const { run, deny, planOf, control } = await commandsOn({ clusters: [legacy] })
  const { id } = await planOf('--practice', 'cluster-require-ssl')
  await deny('redshift:ModifyCluster')
  const stopped = await run('apply', id, '--yes')
  expect(stopped.code).toBe(7)
  expect(stopped.stdout).toContain('not authorized to perform: redshift:ModifyCluster')
  expect(stopped.stdout).toMatch(/– s4 {2}Reboot cluster sales\n +skipped: it needs step s3/)
  expect(stopped.stdout).toContain(`redoubt apply ${id} --resume`)
  await control('allow', { accessKeyId: accessKey, action: 'redshift:ModifyCluster' })
  expect((await run('apply', id, '--resume', '--yes')).code).toBe(0)
})

test('7, then 0: undo goes on past a refusal, names what it left, and takes that up when it is allowed', async () => {
  const { run, deny, planOf, control } = await commandsOn({
    clusters: [legacy, { ClusterIdentifier: 'stock', AutomatedSnapshotRetentionPeriod: 1 }],
  })
  const { id } = await planOf('--practice', 'cluster-require-ssl', '--practice', 'cluster-audit-logging')
  expect((await run('apply', id, '--yes')).code).not.toBe(7)
  await deny('redshift:ModifyCluster')
  const stopped = await run('undo', id, '--yes')
  expect(stopped.code).toBe(7)
  expect(stopped.stdout).toMatch(
    /✗ (s\d+) {2}Attach sales to parameter group redoubt-sales\n +failed: the permission redshift:ModifyCluster is missing[\s\S]*– s\d+ {2}Reboot cluster sales\n +skipped: step \1 is not taken back/,
  )
  expect(stopped.stdout).toMatch(/✓ s\d+ {2}Send all three audit logs of stock to CloudWatch Logs\n +undone/)
  expect(stopped.stdout).toContain(`redoubt undo ${id}`)
  await control('allow', { accessKeyId: accessKey, action: 'redshift:ModifyCluster' })
  expect((await run('undo', id, '--yes')).code).toBe(0)
})

test('--stage leaves the reboot for --resume, and the journal tells', async () => {
  const { run, planOf, succeeded } = await commandsOn({ clusters: [legacy] })
  const { id } = await planOf('--practice', 'cluster-require-ssl')
  const staged = await run('apply', id, '--stage', '--yes')
  expect(staged.code).toBe(0)
  expect(staged.stdout).toContain(`Staged: plan ${id}`)
  expect(staged.stdout).toMatch(/… s4 {2}Reboot cluster sales\n +waits for its window/)
  expect(succeeded('redshift:RebootCluster')).toBe(0)
  expect((await run('journal')).stdout).toContain('staged: its reboots wait')
  expect((await run('apply', id, '--resume', '--yes')).code).toBe(0)
  expect(succeeded('redshift:RebootCluster')).toBe(1)
  const journal = await run('journal', id)
  expect(journal.stdout).toContain('staged; s4 wait for --resume')
  expect(journal.stdout).toMatch(
    /s4 +in force: parameterApplyStatus\.require_ssl in-sync, pendingAtReboot\s+none/,
  )
})

test('252: the resource of --resource has no finding', async () => {
  const { run } = await commandsOn({ clusters: [legacy] })
  await run('scan')
  const ran = await run('plan', '--resource', arn('cluster:other'))
  expect(ran.code).toBe(252)
  expect(ran.stderr).toContain(`The newest assessment has no finding on ${arn('cluster:other')}.`)
})
