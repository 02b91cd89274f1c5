// The AWS CLI drives the lab: a client built on botocore, which shares no code with the SDK the wire is made from.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { useLab } from './testing/lab.ts'
import { alice, home, testWorld } from './testing/world.ts'

const command = '/usr/bin/aws'
const isMissing = !existsSync(command)

const lab = useLab(() => {
  const world = testWorld()
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
  return JSON.parse(out)
}

test.skipIf(isMissing)(
  'the AWS CLI drives the lab (skipped? install the package awscli)',
  { timeout: 120_000 },
  async () => {
    const identity = await json('sts', 'get-caller-identity')
    expect(identity).toMatchObject({ Account: home, Arn: `arn:aws:iam::${home}:user/alice` })

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
    const regions = await json('ec2', 'describe-regions', '--region-names', 'eu-west-1')
    expect(regions.Regions).toMatchObject([{ RegionName: 'eu-west-1', OptInStatus: 'opt-in-not-required' }])

    const missing = await aws('redshift', 'describe-logging-status', '--cluster-identifier', 'nowhere')
    expect(missing.out).toContain(
      'An error occurred (ClusterNotFound) when calling the DescribeLoggingStatus operation',
    )
  },
)
