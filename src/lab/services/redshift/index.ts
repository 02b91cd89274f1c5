// Amazon Redshift as the lab speaks it.

import {
  AuthorizeSnapshotAccess$,
  CreateClusterParameterGroup$,
  DeleteClusterParameterGroup$,
  DescribeClusterParameterGroups$,
  DescribeClusterParameters$,
  DescribeClusterSnapshots$,
  DescribeClusters$,
  DescribeLoggingStatus$,
  DisableLogging$,
  EnableLogging$,
  ModifyCluster$,
  ModifyClusterParameterGroup$,
  ModifyClusterSnapshot$,
  RevokeSnapshotAccess$,
} from '@aws-sdk/client-redshift'
import { paired, type Service } from '#lab/wire/operations.ts'
import { awsQuery } from '#lab/wire/protocol.ts'
import { resourceOf } from './arns.ts'
import { clusterOperations } from './clusters.ts'
import { lifecycleOperations, lifecycleSchemas, lifecycleTasks } from './lifecycle/index.ts'
import { loggingOperations } from './logging.ts'
import { parameterGroupOperations } from './parameter-groups.ts'
import { seedRedshift } from './seed.ts'
import { takeAutomatedSnapshot } from './snapshots/automated.ts'
import { expire } from './snapshots/expiry.ts'
import { snapshotOperations } from './snapshots/operations.ts'
import { finishWork } from './work.ts'

/** Amazon Redshift. */
export const redshift: Service = {
  name: 'redshift',
  protocol: awsQuery({
    xmlNamespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
    defaultNamespace: 'com.amazonaws.redshift',
  }),
  operations: paired(
    {
      ...clusterOperations,
      ...parameterGroupOperations,
      ...snapshotOperations,
      ...lifecycleOperations,
      ...loggingOperations,
    },
    {
      ...lifecycleSchemas,
      AuthorizeSnapshotAccess$,
      CreateClusterParameterGroup$,
      DeleteClusterParameterGroup$,
      DescribeClusterParameterGroups$,
      DescribeClusterParameters$,
      DescribeClusterSnapshots$,
      DescribeClusters$,
      DescribeLoggingStatus$,
      DisableLogging$,
      EnableLogging$,
      ModifyCluster$,
      ModifyClusterParameterGroup$,
      ModifyClusterSnapshot$,
      RevokeSnapshotAccess$,
    },
  ),
  resourceOf,
  tasks: {
    ...lifecycleTasks,
    'redshift:work': finishWork,
    'redshift:snapshot': takeAutomatedSnapshot,
    'redshift:expiry': expire,
  },
  seedRegion: seedRedshift,
  refusal: 'AccessDenied',
}
