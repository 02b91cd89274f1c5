// The three worlds, scanned as a person scans them: through the official client, over the wire, two accounts at once.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { World } from '#lab/index.ts'
import { loadWorld, worldNames } from '#lab/worlds/index.ts'
import type { Finding } from '#model/finding.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
import type { Policy } from '#model/settings.ts'
import { practices } from '#practices/index.ts'
import { type Driver, drive } from '#practices/testing/redoubt.ts'
import { linesOf, loadColumns } from './mixed/columns.ts'
import { clusterPractices, snapshotPractices, expectedLines as tableLines } from './mixed.table.ts'

const warehouse = '111122223333'
const lake = '444455556666'
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1']
const hardened = await loadWorld('hardened')
const mixed = await loadWorld('mixed')
const neglected = await loadWorld('neglected')
const accounts = [{ role: `arn:aws:iam::${lake}:role/redoubt-scan` }]

/** What the company of the world `mixed` decided. */
const mixedPolicy: Partial<Policy> = {
  trustedAccounts: [warehouse, lake],
  allowedRegions: ['eu-central-1', 'eu-west-1'],
  requiredTags: ['owner'],
  dataBuckets: ['meridian-exchange', 'meridian-landing'],
}

/** Practices that are off by default are judged as well. */
const allOn = Object.fromEntries(practices.map(({ id }) => [id, { enabled: true }]))

type Scan = Awaited<ReturnType<Driver['scan']>>

/** Starts a world before the tests of a block, and scans it with the first key of the warehouse account, or another. */
function useScan(world: World, policy: Partial<Policy>, keyNumber = 0): { driver: Driver; found: Scan } {
  const scanned = {} as { driver: Driver; found: Scan }
  beforeAll(async () => {
    const key = world.accounts[warehouse]?.accessKeys[keyNumber]
    if (!key) throw new Error(`${world.name} has no such access key`)
    scanned.driver = await drive(world, {
      key,
      regions,
      allRegions: true,
      settings: { accounts, ...policy, practices: allOn },
    })
    scanned.found = await scanned.driver.scan()
  })
  afterAll(() => scanned.driver.stop())
  return scanned
}

const columns = await loadColumns()

/** What is right for the world `mixed`: the table, and the columns of the practices that have a file of their own. */
const expectedLines = () =>
  [...tableLines(), ...[...columns].flatMap(([id, column]) => linesOf(id, column))].sort()

/** A practice with a column of its own says there which permission an unknown finding lacks. */
const lineOf = ({ practice, resource, status, reason, permission }: Finding) =>
  `${practice} ${resource} ${status} ${reason}${columns.has(practice) && permission ? ` ${permission}` : ''}`

const shelf: readonly AnyPractice[] = practices

describe('every world', () => {
  test.each([hardened, mixed, neglected])('$name has two accounts in three regions', (world) => {
    expect(Object.keys(world.accounts)).toEqual([warehouse, lake])
    for (const account of Object.values(world.accounts)) expect(Object.keys(account.regions)).toEqual(regions)
  })

  test.each(worldNames)('in %s each managed password is in a secret of its own cluster', async (name) => {
    const { accounts: all } = await loadWorld(name)
    const secrets = Object.entries(all).flatMap(([account, { regions: here }]) =>
      Object.entries(here).flatMap(([region, seed]) =>
        (seed?.clusters ?? []).flatMap(({ ClusterIdentifier: id, MasterPasswordSecretArn: arn }) =>
          arn === undefined
            ? []
            : [{ arn, start: `arn:aws:secretsmanager:${region}:${account}:secret:redshift!${id}-` }],
        ),
      ),
    )
    for (const { arn, start } of secrets) expect(arn.slice(0, start.length)).toBe(start)
  })

  test('no access key is in two worlds', async () => {
    // Chaos is the company on a bad day, with its keys.
    const worlds = await Promise.all(worldNames.filter((name) => name !== 'chaos').map(loadWorld))
    const keys = worlds.flatMap(({ accounts: all }) => Object.values(all)).flatMap((a) => a.accessKeys)
    expect(new Set(keys.map(({ id }) => id)).size).toBe(keys.length)
    for (const { id } of keys) expect(id).toMatch(/^AKIALAB\d{13}$/)
  })
})

describe('hardened', () => {
  const scanned = useScan(hardened, {
    allowedRegions: regions,
    requiredTags: ['owner'],
    dataBuckets: ['nordlicht-landing'],
  })

  test('nothing fails, and nothing is left unknown', () => {
    expect(scanned.found.findings.filter(({ status }) => status !== 'pass').map(lineOf)).toEqual([])
    expect(scanned.found.gaps).toEqual([])
  })

  // A module in use wants a person's word, and another should not be there.
  const absent = ['hsm-certificate-unused', 'hsm-unused']
  const judging = shelf.map(({ id }) => id).filter((id) => !absent.includes(id))
  test.each(judging)('%s has something to judge', (id) => {
    const judged = scanned.found.findings.filter(({ practice }) => practice === id)
    const missing = `add something that ${id} judges to src/lab/worlds/hardened.yaml, as it should be`
    expect(judged.length, missing).toBeGreaterThan(0)
  })
})

describe('neglected', () => {
  const scanned = useScan(neglected, { requiredTags: ['owner'] })

  test.each(shelf.map((practice) => [practice.id, practice] as const))(
    '%s fails, for every reason',
    (id, practice) => {
      const { fail, manual = {} } = practice.examples
      const reasons = Object.values<Example>({ ...fail, ...manual }).map(({ reason }) => reason)
      const found = scanned.found.findings.filter(
        (finding) => finding.practice === id && ['fail', 'manual'].includes(finding.status),
      )
      const missing = `add to src/lab/worlds/neglected.yaml what makes ${id} fail, for each reason of its examples`
      expect(new Set(found.map(({ reason }) => reason)), missing).toEqual(new Set(reasons))
    },
  )

  test('nothing is unknown', () => {
    expect(scanned.found.gaps).toEqual([])
  })
})

describe('mixed', () => {
  const scanned = useScan(mixed, mixedPolicy)

  test('every practice has its column in the table', () => {
    const shown: readonly string[] = [...clusterPractices, ...snapshotPractices, ...columns.keys()]
    const missing = shelf.map(({ id }) => id).filter((id) => !shown.includes(id))
    const todo = `write test/mixed/${missing.join('.ts, ')}.ts by hand from the facts of the world`
    expect(missing, todo).toEqual([])
  })

  test('each practice says of each resource what the table says, and nothing else', () => {
    expect(
      scanned.found.findings.map(lineOf).sort(),
      'correct the cell in test/mixed.table.ts or test/mixed/, or the practice; a new resource wants its row there',
    ).toEqual(expectedLines())
  })

  test('what is unknown names the permission that is missing', () => {
    const unknown = scanned.found.findings.filter(
      ({ status, practice }) => status === 'unknown' && !columns.has(practice),
    )
    const lines = unknown.map(({ practice, resource, permission }) => {
      const [, , , region, account, ...rest] = resource.split(':')
      return `${practice} ${account} ${region} ${rest.join(':')}: ${permission}`
    })
    expect(lines.sort()).toEqual(
      [
        `cluster-audit-logging ${warehouse} eu-west-1 cluster:claims: redshift:DescribeLoggingStatus`,
        `cluster-require-ssl ${warehouse} eu-west-1 cluster:claims: redshift:DescribeClusterParameters`,
        `cluster-automated-snapshots ${warehouse} us-east-1 cluster:mart: redshift:DescribeClusterSnapshots`,
        `manual-snapshot-retention ${warehouse} us-east-1 snapshot:*: redshift:DescribeClusterSnapshots`,
        `snapshot-shared ${warehouse} us-east-1 snapshot:*: redshift:DescribeClusterSnapshots`,
        `cluster-audit-logging ${lake} us-east-1 cluster:*: redshift:DescribeClusters`,
        `cluster-automated-snapshots ${lake} us-east-1 cluster:*: redshift:DescribeClusters`,
        `cluster-encrypted ${lake} us-east-1 cluster:*: redshift:DescribeClusters`,
        `cluster-require-ssl ${lake} us-east-1 cluster:*: redshift:DescribeClusters`,
      ].sort(),
    )
  })

  test('snapshots whose cluster is gone are told, and none is taken for such that could not be looked up', () => {
    const orphans = scanned.found.findings.filter(
      ({ practice, message }) => practice === 'manual-snapshot-retention' && message.includes('is gone'),
    )
    expect(orphans.map(({ resource }) => resource.slice(resource.indexOf('/') + 1)).sort()).toEqual([
      'campaigns-2021-final',
      'campaigns-2021-midyear',
    ])
  })

  test('the reboot of returns tells what others left pending', async () => {
    const plan = await scanned.driver.plan({ practice: 'cluster-require-ssl' })
    const reboots = plan.steps.flatMap(({ title, reboot }) => (reboot ? [[title, reboot.alsoApplies]] : []))
    expect(reboots).toContainEqual([
      'Reboot cluster returns',
      // A new maintenance track waits for the maintenance window.
      ['AutomatedSnapshotRetentionPeriod=14'],
    ])
  })

  test('snapshots that must be named stay out of the plan, each with its reason', async () => {
    const plan = await scanned.driver.plan({ practice: 'manual-snapshot-retention' })
    const nameOf = (arn: string) => arn.slice(arn.indexOf('/') + 1)
    expect(plan.leftOut.map(({ resource, why }) => [nameOf(resource), why]).sort()).toEqual([
      ['awsbackup:job-7f3a', 'AWS Backup keeps it: set its retention in the backup plan that took it'],
      ['campaigns-2021-final', 'it is the last copy of the data of campaigns-2021: name it with --resource'],
      ['claims-right-now', 'it is still being taken: plan again when it is available'],
      ['sandbox-final', 'it is the last copy of the data of sandbox: name it with --resource'],
      ['trial-2025', 'could not be judged: the permission redshift:DescribeClusters is missing'],
    ])
    expect(
      plan.steps.flatMap(({ effects }) => effects.map(({ resource }) => nameOf(resource))).sort(),
    ).toEqual([
      'campaigns-2021-midyear',
      'orders-close-001',
      'orders-close-050',
      'orders-close-101',
      'orders-close-120',
    ])
    const grace = Date.parse(scanned.found.madeAt) + 30 * 24 * 60 * 60 * 1000
    for (const { deletesDataAt } of plan.steps) {
      expect(Date.parse(deletesDataAt ?? '')).toBeGreaterThanOrEqual(grace)
    }
  })
})

describe('mixed, seen by an auditor who may read less', () => {
  const scanned = useScan(mixed, mixedPolicy, 1)

  test.each([
    ['cluster-audit-logging', 'redshift:DescribeLoggingStatus'],
    ['cluster-require-ssl', 'redshift:DescribeClusterParameters'],
  ])('%s is unknown for every cluster, for want of %s', (id, permission) => {
    const findings = scanned.found.findings.filter((f) => f.practice === id && f.account === warehouse)
    expect(findings).toHaveLength(10)
    for (const finding of findings) expect(finding).toMatchObject({ status: 'unknown', permission })
  })

  test('everything else is judged as before', () => {
    const others = (text: string) =>
      !/^(cluster-(audit-logging|fips-tls|require-ssl|system-tables-published|user-activity-logging)|parameter-group-tags) arn:aws:redshift:[^:]+:1111|^[a-z-]*bucket[a-z-]* /.test(
        text,
      )
    expect(scanned.found.findings.map(lineOf).filter(others).sort()).toEqual(expectedLines().filter(others))
  })
})
