// The errors of Redshift on the wire: codes, statuses and the messages that are known.

import * as client from '@aws-sdk/client-redshift'
import type { StaticErrorSchema } from '@smithy/types'
import { expect, test } from 'vitest'
import { useLab } from '../testing/lab.ts'
import { fault } from '../wire/errors.ts'
import { fullWorld } from './testing/world.ts'

// Redshift API Reference, the "Errors" of each operation: codes that are the class's name without "Fault" …
const shorter = `AccessToSnapshotDenied 400, AuthorizationAlreadyExists 400, AuthorizationNotFound 404,
AuthorizationQuotaExceeded 400, BatchDeleteRequestSizeExceeded 400, ClusterAlreadyExists 400, ClusterNotFound 404,
ClusterParameterGroupAlreadyExists 400, ClusterParameterGroupNotFound 404, ClusterParameterGroupQuotaExceeded 400,
ClusterSnapshotAlreadyExists 400, ClusterSnapshotNotFound 404, ClusterSnapshotQuotaExceeded 400,
DependentServiceAccessDenied 403, EndpointNotFound 404, EndpointAuthorizationNotFound 404,
InsufficientClusterCapacity 400, InvalidClusterParameterGroupState 400, InvalidClusterSnapshotState 400,
InvalidClusterState 400, InvalidRestore 406, NumberOfNodesQuotaExceeded 400, ResizeNotFound 404,
SnapshotScheduleNotFound 400, SubscriptionNotFound 404, UnsupportedOperation 400`
// … and those that are the whole of it.
const whole = `BatchModifyClusterSnapshotsLimitExceededFault 400, BucketNotFoundFault 400,
ClusterSubnetGroupNotFoundFault 400, HsmClientCertificateNotFoundFault 400, HsmConfigurationNotFoundFault 400,
InsufficientS3BucketPolicyFault 400, InvalidRetentionPeriodFault 400, InvalidS3BucketNameFault 400,
InvalidS3KeyPrefixFault 400, InvalidTagFault 400, LimitExceededFault 400, ResourceNotFoundFault 404,
SnapshotCopyAlreadyDisabledFault 400, SnapshotCopyAlreadyEnabledFault 400, SnapshotCopyDisabledFault 400,
SnapshotCopyGrantAlreadyExistsFault 400, SnapshotCopyGrantNotFoundFault 400, UnknownSnapshotCopyRegionFault 404`

function rows(text: string, ending: string): [string, string, number][] {
  return text.split(/,\s/).map((row) => {
    const [code = '', status] = row.split(' ')
    return [`${code}${ending}`, code, Number(status)]
  })
}

test.each([...rows(shorter, 'Fault'), ...rows(whole, '')])(
  '%s is sent as %s with %i',
  (name, code, status) => {
    const schemas = Object.values(client) as unknown[]
    const schema = schemas.find((value) => Array.isArray(value) && value[2] === name)
    expect(fault(schema as StaticErrorSchema, '')).toMatchObject({ code, status })
  },
)

const lab = useLab(fullWorld)

test.each([
  [new client.DescribeClustersCommand({ MaxRecords: 19 })],
  [new client.DescribeClustersCommand({ MaxRecords: 101 })],
])('no page is smaller than 20 or larger than 100', async (command) => {
  const error = { name: 'InvalidParameterValue', $metadata: { httpStatusCode: 400 } }
  await expect(lab.redshift().send(command)).rejects.toMatchObject(error)
})

test('recorded messages are those of AWS', async () => {
  const redshift = lab.redshift()
  const said = async (call: Promise<unknown>) => call.then(String, (error: Error) => error.message)
  const group = { ParameterGroupFamily: 'redshift-2.0', Description: 'again', ParameterGroupName: 'lax' }
  expect(
    await said(redshift.send(new client.DescribeClustersCommand({ ClusterIdentifier: 'gone' }))),
  ).toMatch(/^Cluster gone not found\.?$/)
  expect(
    await said(
      redshift.send(new client.DescribeClusterParameterGroupsCommand({ ParameterGroupName: 'gone' })),
    ),
  ).toBe('ClusterParameterGroup not found: gone')
  expect(await said(redshift.send(new client.CreateClusterParameterGroupCommand(group)))).toMatch(
    /^Parameter group lax already exists/,
  )
  expect(await said(redshift.send(new client.ModifyClusterCommand({ ClusterIdentifier: 'sales' })))).toMatch(
    /^No modifications were requested/,
  )
  expect(
    await said(
      redshift.send(
        new client.EnableLoggingCommand({ ClusterIdentifier: 'sales', BucketName: 'locked-bucket' }),
      ),
    ),
  ).toMatch(/^Cannot write to bucket locked-bucket/)
  await redshift.send(new client.RebootClusterCommand({ ClusterIdentifier: 'sales' }))
  expect(
    await said(
      redshift.send(
        new client.DeleteClusterCommand({ ClusterIdentifier: 'sales', SkipFinalClusterSnapshot: true }),
      ),
    ),
  ).toMatch(/^There is an operation running on the Cluster\./)
})
