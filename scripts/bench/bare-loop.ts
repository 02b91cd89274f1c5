// What a scan is measured against: the SDK alone, fetching the same as fast as it can, and doing nothing with it.

import {
  DescribeClusterParameterGroupsCommand,
  DescribeClusterParametersCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeLoggingStatusCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

const endpoint = process.argv[2] ?? ''
await new STSClient({ endpoint }).send(new GetCallerIdentityCommand({}))
const redshift = new RedshiftClient({ endpoint })
const [{ Clusters = [] }] = await Promise.all([
  redshift.send(new DescribeClustersCommand({})),
  redshift.send(new DescribeClusterParameterGroupsCommand({})),
  redshift.send(new DescribeClusterSnapshotsCommand({})),
])
await Promise.all(
  Clusters.flatMap(({ ClusterIdentifier, ClusterParameterGroups = [] }) => [
    redshift.send(new DescribeLoggingStatusCommand({ ClusterIdentifier })),
    ...ClusterParameterGroups.map(({ ParameterGroupName }) =>
      redshift.send(new DescribeClusterParametersCommand({ ParameterGroupName })),
    ),
  ]),
)
