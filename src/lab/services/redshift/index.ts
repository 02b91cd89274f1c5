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
import { accessTo, resourceOf } from './arns.ts'
import { clusterOperations } from './clusters.ts'
import { extraOperations, extraSchemas } from './extras/index.ts'
import { seedExtras } from './extras/seed.ts'
import { keyOperations, keySchemas, keyTasks } from './keys/index.ts'
import { seedKeys } from './keys/seed.ts'
import { lifecycleOperations, lifecycleSchemas, lifecycleTasks } from './lifecycle/index.ts'
import './logging/audit-files.ts'
import { makeLogGroups } from './logging/log-groups.ts'
import { loggingOperations } from './logging/operations.ts'
import { parameterGroupOperations } from './parameter-groups.ts'
import { runScheduled } from './scheduled-actions/run.ts'
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
      ...keyOperations,
      ...loggingOperations,
      ...extraOperations,
    },
    {
      ...lifecycleSchemas,
      ...keySchemas,
      ...extraSchemas,
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
  accessTo,
  tasks: {
    ...lifecycleTasks,
    ...keyTasks,
    ...snapshotTasks,
    'redshift:work': finishWork,
    'redshift:log-groups': makeLogGroups,
    'redshift:scheduled-action': runScheduled,
  },
  seedRegion(region, seed, seeding) {
    seedRedshift(region, seed, seeding)
    seedKeys(region, seed, seeding)
    seedExtras(region, seed, seeding)
  },
  refusal: 'AccessDenied',
}
