// The lab as boto3 sees it: typed exceptions, paginators and waiters of a client that shares no code with our wire.

import { execFile, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { useLab } from './testing/lab.ts'
import { alice } from './testing/world.ts'

const python = '/usr/bin/python3'
const present = spawnSync(python, ['-c', 'import boto3']).status === 0
const lab = useLab()

const program = `
import boto3, json, sys
redshift = boto3.client('redshift', endpoint_url=sys.argv[1], region_name='eu-west-1')
seen = {}
try:
    redshift.describe_logging_status(ClusterIdentifier='nowhere')
except redshift.exceptions.ClusterNotFoundFault as error:
    seen['typed'] = error.response['Error']['Code']
    seen['status'] = error.response['ResponseMetadata']['HTTPStatusCode']
for index in range(12):
    redshift.create_cluster_parameter_group(
        ParameterGroupName='group-%d' % index, ParameterGroupFamily='redshift-2.0', Description='of a test')
pages = list(redshift.get_paginator('describe_cluster_parameter_groups').paginate(PaginationConfig={'PageSize': 20}))
seen['names'] = sorted(g['ParameterGroupName'] for page in pages for g in page['ParameterGroups'])[:2]
redshift.modify_cluster_parameter_group(ParameterGroupName='lax', Parameters=[
    {'ParameterName': 'require_ssl', 'ParameterValue': 'true'}])
cluster = redshift.describe_clusters(ClusterIdentifier='sales')['Clusters'][0]
seen['apply'] = cluster['ClusterParameterGroups'][0]['ParameterApplyStatus']
seen['created'] = cluster['ClusterCreateTime'].tzinfo is not None
redshift.get_waiter('cluster_available').wait(ClusterIdentifier='sales', WaiterConfig={'MaxAttempts': 1})
seen['account'] = boto3.client('sts', endpoint_url=sys.argv[1], region_name='eu-west-1').get_caller_identity()['Account']
print(json.dumps(seen))
`

// The lab answers from this process, so it must not be blocked while python asks.
function run(script: string): Promise<Record<string, unknown>> {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: alice.accessKeyId,
    AWS_SECRET_ACCESS_KEY: alice.secretAccessKey,
  }
  return new Promise((resolve, reject) => {
    execFile(python, ['-c', script, lab.lab.url], { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr))
      else resolve(JSON.parse(stdout))
    })
  })
}

test.skipIf(!present)(
  `boto3 reads what the lab writes${present ? '' : ' (install the package python3-boto3)'}`,
  async () => {
    expect(await run(program)).toEqual({
      typed: 'ClusterNotFound',
      status: 404,
      names: ['default.redshift-1.0', 'default.redshift-2.0'],
      apply: 'pending-reboot',
      created: true,
      account: '111122223333',
    })
  },
)
