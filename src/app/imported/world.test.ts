// A world made of a scan gives the scan's findings again: scan, import, start a lab of it, scan.

import { afterEach, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { startLab } from '#lab/index.ts'
import { readWorld } from '#lab/world-file.ts'
import { loadWorld, type WorldName } from '#lab/worlds/index.ts'
import type { Finding } from '#model/finding.ts'
import { type Driver, drive } from '#practices/testing/redoubt.ts'
import { importWorld } from './world.ts'

const regions = ['eu-central-1', 'eu-west-1', 'us-east-1']
const accounts = [{ role: 'arn:aws:iam::444455556666:role/redoubt-scan' }]
const dataBuckets = ['meridian-exchange', 'meridian-landing', 'nordlicht-landing', 'ostermaar-exports']
const settings = { trustedAccounts: ['444455556666'], accounts, dataBuckets }
const open: Driver[] = []
afterEach(async () => {
  for (const driver of open.splice(0)) await driver.stop()
})

async function scanOf(world: Parameters<typeof drive>[0], now: string) {
  const [account] = Object.values(world.accounts)
  const [key] = account?.accessKeys ?? []
  if (!key) throw new Error(`${world.name} has no access key`)
  const driver = await drive(world, { key, regions, settings, speed: 0, now })
  open.push(driver)
  return driver.scan()
}

const lines = (findings: readonly Finding[]) =>
  findings
    .map(({ practice, resource, status, reason }) => `${practice} ${resource} ${status}: ${reason}`)
    .sort()

describe.each(['neglected', 'mixed', 'hardened', 'company'] as WorldName[])('%s', (name) => {
  test('its scan, made a world and scanned again, says the same', async () => {
    const now = '2026-11-22T12:00:00Z'
    const first = await scanOf(await loadWorld(name), now)
    expect(first.findings.length).toBeGreaterThan(0)
    const { world, left } = await importWorld(first.inventory, accounts)
    expect(left.filter((line) => !/without its cluster/.test(line))).toEqual([])
    const again = await scanOf(readWorld(stringify(world), 'the import'), now)
    expect(lines(again.findings)).toEqual(lines(first.findings))
  })
})

test('what is named like a bucket and can be none is left out, and the rest is a lab', async () => {
  const key = { id: 'AKIALABNAMES00000001', secret: 'a-secret', user: 'redoubt' }
  const world = {
    name: 'names',
    about: 'One account.',
    accounts: { '111122223333': { accessKeys: [key], regions: { 'eu-west-1': {} } } },
  }
  const names = ['a-point-1a2b-s3alias', 'fast--use1-az4--x-s3', 'there']
  const driver = await drive(world, { key, regions, settings: { dataBuckets: names }, speed: 0 })
  open.push(driver)
  const imported = await importWorld((await driver.scan()).inventory, [])
  expect(imported.left).toEqual(
    names.slice(0, 2).map((name) => `arn:aws:s3:::${name}: a name that no bucket can be given`),
  )
  const lab = await startLab({ world: readWorld(stringify(imported.world), 'the import') })
  await lab.stop()
})

test('keys are where they lie: those of replicas, of copies and of other accounts', async () => {
  const key = { id: 'AKIALABKEYS000000001', secret: 'a-secret', user: 'redoubt' }
  const mrk = 'mrk-0a1b2c3d00004000800000000000000a'
  const related = (MultiRegionKeyType: string) => ({
    KeyId: mrk,
    MultiRegion: true,
    MultiRegionConfiguration: {
      MultiRegionKeyType,
      PrimaryKey: { Arn: `arn:aws:kms:us-west-2:111122223333:key/${mrk}`, Region: 'us-west-2' },
    },
  })
  const other = '0a1b2c3d-0000-4000-8000-00000000000b'
  const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }
  const Policy = { Version: '2012-10-17', Statement: [everybody] }
  const keys = {
    name: 'keys',
    about: 'Keys that lie elsewhere.',
    accounts: {
      '111122223333': {
        accessKeys: [key],
        regions: {
          'eu-west-1': {
            keys: [related('REPLICA')],
            clusters: [
              { ClusterIdentifier: 'replica', KmsKeyId: mrk },
              {
                ClusterIdentifier: 'foreign',
                KmsKeyId: `arn:aws:kms:eu-west-1:444455556666:key/${other}`,
              },
            ],
            namespaces: [{ namespaceName: 'copied' }],
            snapshotCopyConfigurations: [
              {
                namespaceName: 'copied',
                destinationRegion: 'us-west-2',
                destinationKmsKeyId: 'alias/aws/redshift',
              },
            ],
          },
          'us-west-2': { keys: [{ ...related('PRIMARY') }, { aliases: ['alias/aws/redshift'] }] },
        },
      },
      '444455556666': {
        accessKeys: [],
        roles: [{ name: 'redoubt-scan', trusts: ['111122223333'] }],
        regions: { 'eu-west-1': { keys: [{ KeyId: other, Policy }] } },
      },
    },
  }
  const now = '2026-11-22T12:00:00Z'
  const about = (findings: readonly Finding[]) => lines(findings).filter((line) => line.includes('key'))
  const first = await scanOf(readWorld(stringify(keys), 'keys'), now)
  const { world } = await importWorld(first.inventory, accounts)
  const { us, eu } = {
    us: world.accounts['111122223333']?.regions['us-west-2']?.keys,
    eu: world.accounts['444455556666']?.regions['eu-west-1']?.keys,
  }
  expect(us?.map((one) => one.aliases ?? one.KeyId)).toEqual([['alias/aws/redshift'], mrk])
  expect(eu?.map(({ KeyId }) => KeyId)).toEqual([other])
  const again = await scanOf(readWorld(stringify(world), 'the import'), now)
  expect(about(again.findings)).toEqual(about(first.findings))
  expect(about(first.findings)).toContain(
    `key-access arn:aws:kms:eu-west-1:444455556666:key/${other} fail: anybody`,
  )
})

test('buckets are where they lie, and those whose policy may not be read let Redshift write, in any partition', async () => {
  const logging = (BucketName: string) => ({
    LoggingEnabled: true,
    BucketName,
    LastSuccessfulDeliveryTime: '-1h',
  })
  const key = { id: 'AKIALABGOV0000000001', secret: 'a-secret', user: 'redoubt' }
  const arn = 'arn:aws-us-gov:s3:::acme-sealed'
  const gov = {
    name: 'gov',
    about: 'A bucket that may not be read, and one that lies elsewhere.',
    accounts: {
      '111122223333': {
        partition: 'aws-us-gov',
        accessKeys: [{ ...key, denied: [{ action: 's3:GetBucketPolicy', resource: arn }] }],
        regions: {
          'us-gov-east-1': {
            buckets: [{ Name: 'acme-sealed' }],
            clusters: [
              { ClusterIdentifier: 'sales', logging: logging('acme-sealed') },
              { ClusterIdentifier: 'web', logging: logging('acme-west') },
            ],
          },
          'us-gov-west-1': { buckets: [{ Name: 'acme-west' }] },
        },
      },
    },
  }
  const driver = await drive(readWorld(stringify(gov), 'gov'), { key, regions: ['us-gov-east-1'], speed: 0 })
  open.push(driver)
  const { findings, inventory } = await driver.scan()
  expect(lines(findings.filter(({ practice }) => practice === 'audit-log-bucket'))).toEqual([
    'audit-log-bucket arn:aws-us-gov:s3:::acme-sealed unknown: refused',
    'audit-log-bucket arn:aws-us-gov:s3:::acme-west fail: other-region',
  ])
  const { world } = await importWorld(inventory, [])
  const { regions: imported = {} } = world.accounts['111122223333'] ?? {}
  expect(imported['us-gov-east-1']?.buckets).toMatchObject([
    { Name: 'acme-sealed', Policy: { Statement: [{ Resource: [arn, `${arn}/*`] }] } },
  ])
  expect(imported['us-gov-west-1']?.buckets).toMatchObject([{ Name: 'acme-west' }])
})

test('a question that was refused is refused there by its permission, which S3 names otherwise', async () => {
  const key = { id: 'AKIALABSEALED0000001', secret: 'a-secret', user: 'redoubt' }
  const sealed = {
    name: 'sealed',
    about: 'A bucket whose encryption may not be read.',
    accounts: {
      '111122223333': {
        accessKeys: [{ ...key, denied: [{ action: 's3:GetEncryptionConfiguration' }] }],
        regions: {
          'eu-west-1': {
            buckets: [{ Name: 'acme-sealed' }],
            clusters: [
              { ClusterIdentifier: 'web', logging: { LoggingEnabled: true, BucketName: 'acme-sealed' } },
            ],
          },
        },
      },
    },
  }
  const driver = await drive(readWorld(stringify(sealed), 'sealed'), {
    key,
    regions: ['eu-west-1'],
    speed: 0,
  })
  open.push(driver)
  const { world } = await importWorld((await driver.scan()).inventory, [])
  expect(world.accounts['111122223333']?.accessKeys[0]?.denied).toEqual([
    { action: 's3:GetEncryptionConfiguration', region: 'eu-west-1', resource: 'arn:aws:s3:::acme-sealed' },
  ])
})

test('what stands around a whole account goes along: its wall, boundaries of roles, what gave clusters new keys', async () => {
  const key = { id: 'AKIALABAROUND0000001', secret: 'a-secret', user: 'redoubt' }
  const open = { Effect: 'Allow', Principal: '*', Action: ['s3:PutObject', 's3:GetBucketAcl'] }
  const loads = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }
  const reading = { Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] }
  const role = (name: string, PermissionsBoundaryArn: string) => ({
    name,
    RolePolicyList: [{ PolicyName: 'loads', PolicyDocument: loads }],
    PermissionsBoundary: { PermissionsBoundaryArn },
  })
  const around = (denied: { action: string }[]) => ({
    name: 'around',
    about: 'What stands around an account.',
    accounts: {
      '111122223333': {
        accessKeys: [{ ...key, denied }],
        publicAccessBlock: { RestrictPublicBuckets: true },
        policies: [{ PolicyName: 'reading', Path: '/limits/', PolicyVersionList: [{ Document: reading }] }],
        roles: [
          role('etl', 'arn:aws:iam::111122223333:policy/limits/reading'),
          role('ml', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'),
        ],
        regions: {
          'eu-central-1': {
            clusters: [
              {
                ClusterIdentifier: 'sales',
                ClusterCreateTime: '-300d',
                IamRoles: ['etl', 'ml'].map((name) => ({
                  IamRoleArn: `arn:aws:iam::111122223333:role/${name}`,
                })),
                logging: { LoggingEnabled: true, BucketName: 'acme-open' },
              },
            ],
            buckets: [
              {
                Name: 'acme-open',
                PublicAccessBlockConfiguration: null,
                Policy: {
                  Statement: [{ ...open, Resource: ['arn:aws:s3:::acme-open', 'arn:aws:s3:::acme-open/*'] }],
                },
              },
            ],
            events: [
              {
                eventTime: '-9d',
                eventSource: 'redshift.amazonaws.com',
                eventName: 'ModifyCluster',
                user: 'redoubt',
                requestParameters: { clusterIdentifier: 'sales', encrypted: true },
                responseElements: { pendingModifiedValues: { encryptionType: 'KMS' } },
              },
            ],
          },
        },
      },
    },
  })
  const said = (findings: readonly Finding[]) =>
    findings
      .filter(({ account }) => account === '111122223333')
      .filter(({ practice }) => /^(audit-log-bucket|cluster-iam-roles|cluster-keys-rotated)$/.test(practice))
      .map(({ practice, status, reason, permission }) => [practice, status, reason, permission].join(' '))
      .sort()
  const twice = async (denied: { action: string }[]) => {
    const now = '2026-11-22T12:00:00Z'
    const first = await scanOf(readWorld(stringify(around(denied)), 'around'), now)
    const { world } = await importWorld(first.inventory, accounts)
    const again = await scanOf(readWorld(stringify(world), 'the import'), now)
    expect(said(again.findings)).toEqual(said(first.findings))
    return said(first.findings)
  }
  expect(await twice([])).toEqual([
    'audit-log-bucket pass ready ',
    'cluster-iam-roles pass narrow ',
    'cluster-keys-rotated pass encrypted ',
  ])
  const sealed = ['cloudtrail:LookupEvents', 'iam:GetRole', 's3:GetAccountPublicAccessBlock']
  expect(await twice(sealed.map((action) => ({ action })))).toEqual([
    'audit-log-bucket unknown refused s3:GetAccountPublicAccessBlock',
    'cluster-iam-roles unknown refused iam:GetRole',
    'cluster-keys-rotated unknown refused cloudtrail:LookupEvents',
  ])
})

test('credentials and secrets of the estate are not in it', async () => {
  const world = await loadWorld('mixed')
  const { inventory } = await scanOf(world, '2026-11-22T12:00:00Z')
  const text = stringify((await importWorld(inventory, accounts)).world)
  for (const { accessKeys } of Object.values(world.accounts))
    for (const { id, secret } of accessKeys) {
      expect(text).not.toContain(id)
      expect(text).not.toContain(secret)
    }
  expect(parse(text).accounts['111122223333'].accessKeys[0].id).toMatch(/^AKIAIMPORTED\d{8}$/)
  // It is a world that a lab takes.
  await (await startLab({ world: readWorld(text, 'the import') })).stop()
})
