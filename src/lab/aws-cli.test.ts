// The AWS CLI drives the lab: a client built on botocore, which shares no code with the SDK the wire is made from.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fullWorld } from './fidelity/testing/world.ts'
import { useLab } from './testing/lab.ts'
import { alice, home } from './testing/world.ts'

const command = '/usr/bin/aws'
const isMissing = !existsSync(command)

const lab = useLab(() => {
  const world = fullWorld()
  const regions = world.accounts[home]?.regions
  if (regions) {
    regions['us-east-1'] = {
      clusters: Array.from({ length: 45 }, (_, index) => ({ ClusterIdentifier: `many-${index}` })),
    }
  }
  return world
})

function aws(...args: string[]): Promise<{ failed: boolean; out: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: alice.accessKeyId,
    AWS_SECRET_ACCESS_KEY: alice.secretAccessKey,
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const all = [...args, '--endpoint-url', lab.lab.url, '--output', 'json', '--no-cli-pager']
  return new Promise((resolve) => {
    execFile(command, all, { env }, (error, out, problems) =>
      resolve({ failed: Boolean(error), out: out + problems }),
    )
  })
}

async function json(...args: string[]) {
  const { failed, out } = await aws(...args)
  if (failed) throw new Error(out)
  return out.trim() === '' ? {} : JSON.parse(out)
}

/** What the CLI says of a call that is refused. */
async function refusal(...args: string[]): Promise<string> {
  const { failed, out } = await aws(...args)
  if (!failed) throw new Error(`not refused: ${out}`)
  return out.trim()
}

// A skipped test fails CI (.ci/run), which says what to install.
const driven = test.skipIf(isMissing)
const hint = isMissing ? ' (install the package awscli)' : ''

driven(`the AWS CLI takes a change of parameters through a reboot${hint}`, { timeout: 120_000 }, async () => {
  const { Clusters } = await json('redshift', 'describe-clusters', '--cluster-identifier', 'sales')
  expect(Clusters).toMatchObject([{ ClusterIdentifier: 'sales', Tags: [{ Key: 'team', Value: 'sales' }] }])
  const changed = await json(
    ...['redshift', 'modify-cluster-parameter-group', '--parameter-group-name', 'lax'],
    ...['--parameters', 'ParameterName=require_ssl,ParameterValue=true'],
  )
  expect(changed.ParameterGroupName).toBe('lax')
  const rebooting = await json('redshift', 'reboot-cluster', '--cluster-identifier', 'sales')
  expect(rebooting.Cluster).toMatchObject({
    ClusterStatus: 'rebooting',
    ClusterParameterGroups: [{ ParameterApplyStatus: 'pending-reboot' }],
  })
  lab.move('+3m')
  const after = await json('redshift', 'describe-clusters', '--cluster-identifier', 'sales')
  expect(after.Clusters[0].ClusterParameterGroups[0].ParameterApplyStatus).toBe('in-sync')
  const paged = await json('redshift', 'describe-clusters', '--page-size', '20', '--region', 'us-east-1')
  expect(paged.Clusters).toHaveLength(45)
  expect(await refusal('redshift', 'describe-logging-status', '--cluster-identifier', 'nowhere')).toContain(
    'An error occurred (ClusterNotFound) when calling the DescribeLoggingStatus operation',
  )
})

driven(`the AWS CLI reads who calls, and where${hint}`, { timeout: 120_000 }, async () => {
  const identity = await json('sts', 'get-caller-identity')
  expect(identity).toMatchObject({ Account: home, Arn: `arn:aws:iam::${home}:user/alice` })
  const roles = await json('iam', 'list-roles', '--page-size', '1')
  expect(roles.Roles.map(({ RoleName }: { RoleName: string }) => RoleName)).toEqual(
    expect.arrayContaining(['auditor', 'operator']),
  )
  expect(await refusal('iam', 'get-user', '--user-name', 'nobody')).toContain('(NoSuchEntity)')
  const regions = await json('ec2', 'describe-regions', '--region-names', 'eu-west-1')
  expect(regions.Regions).toMatchObject([{ RegionName: 'eu-west-1', OptInStatus: 'opt-in-not-required' }])
  const organization = await json('organizations', 'describe-organization')
  expect(organization.Organization.MasterAccountId).toBe(home)
})

driven(`the AWS CLI reads keys, secrets and buckets${hint}`, { timeout: 120_000 }, async () => {
  const key = await json('kms', 'describe-key', '--key-id', 'alias/mine')
  expect(key.KeyMetadata).toMatchObject({ KeyState: 'Enabled', KeyManager: 'CUSTOMER' })
  expect(await refusal('kms', 'describe-key', '--key-id', 'alias/nobody')).toContain('(NotFoundException)')
  const objects = await json('s3api', 'list-objects-v2', '--bucket', 'audit-bucket', '--prefix', 'first')
  expect(objects.Contents).toMatchObject([{ Key: 'first.txt', Size: 3 }])
  expect((await aws('s3', 'cp', 's3://audit-bucket/first.txt', '-')).out).toBe('one')
  const secret = await json('secretsmanager', 'get-secret-value', '--secret-id', 'redshift/sales')
  expect(secret.SecretString).toBe('{}')
})

driven(`the AWS CLI reads namespaces, statements, logs and trails${hint}`, { timeout: 120_000 }, async () => {
  const namespaces = await json('redshift-serverless', 'list-namespaces')
  expect(namespaces.namespaces).toHaveLength(2)
  const workgroup = ['redshift-serverless', 'get-workgroup', '--workgroup-name', 'nobody']
  expect(await refusal(...workgroup)).toContain('(ResourceNotFoundException)')
  const events = await json('logs', 'filter-log-events', '--log-group-name', '/aws/redshift/sales')
  expect(events.events).toMatchObject([{ message: 'hello', logStreamName: 'one' }])
  const asked = await json(
    ...['redshift-data', 'execute-statement', '--cluster-identifier', 'stock', '--database', 'dev'],
    ...['--db-user', 'awsuser', '--sql', 'select 1'],
  )
  expect(asked).toMatchObject({ ClusterIdentifier: 'stock', Database: 'dev' })
  const looked = await json('cloudtrail', 'lookup-events', '--max-items', '1')
  expect(JSON.parse(looked.Events[0].CloudTrailEvent).userAgent).toContain('aws-cli/2')
})
