// Amazon Redshift as the lab speaks it.

import {
  CreateClusterParameterGroup$,
  DeleteClusterParameterGroup$,
  DescribeClusterParameterGroups$,
  DescribeClusterParameters$,
  DescribeClusters$,
  DescribeLoggingStatus$,
  DisableLogging$,
  EnableLogging$,
  ModifyCluster$,
  ModifyClusterParameterGroup$,
} from '@aws-sdk/client-redshift'
import { paired, type Service } from '#lab/wire/operations.ts'
import { awsQuery } from '#lab/wire/protocol.ts'
import { resourceOf } from './arns.ts'
import { clusterOperations } from './clusters.ts'
import { lifecycleOperations, lifecycleSchemas, lifecycleTasks } from './lifecycle/index.ts'
import { loggingOperations } from './logging.ts'
import { parameterGroupOperations } from './parameter-groups.ts'
import { seedRedshift } from './seed.ts'
import { snapshotOperations, snapshotSchemas, snapshotTasks } from './snapshots/index.ts'
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
      ...snapshotSchemas,
      CreateClusterParameterGroup$,
      DeleteClusterParameterGroup$,
      DescribeClusterParameterGroups$,
      DescribeClusterParameters$,
      DescribeClusters$,
      DescribeLoggingStatus$,
      DisableLogging$,
      EnableLogging$,
      ModifyCluster$,
      ModifyClusterParameterGroup$,
    },
  ),
  resourceOf,
  tasks: {
    ...lifecycleTasks,
    ...snapshotTasks,
    'redshift:work': finishWork,
  },
  seedRegion: seedRedshift,
  refusal: 'AccessDenied',
}
