// The operations and tasks of this folder, each operation with its schema.

import {
  CancelResize$,
  CreateCluster$,
  CreateClusterSubnetGroup$,
  CreateTags$,
  DeleteCluster$,
  DeleteClusterSubnetGroup$,
  DeleteTags$,
  DescribeAccountAttributes$,
  DescribeClusterDbRevisions$,
  DescribeClusterSubnetGroups$,
  DescribeClusterTracks$,
  DescribeClusterVersions$,
  DescribeDefaultClusterParameters$,
  DescribeEventCategories$,
  DescribeEvents$,
  DescribeOrderableClusterOptions$,
  DescribeReservedNodes$,
  DescribeResize$,
  DescribeStorage$,
  DescribeTableRestoreStatus$,
  DescribeTags$,
  FailoverPrimaryCompute$,
  ModifyClusterDbRevision$,
  ModifyClusterIamRoles$,
  ModifyClusterMaintenance$,
  ModifyClusterSubnetGroup$,
  PauseCluster$,
  RebootCluster$,
  ResetClusterParameterGroup$,
  ResizeCluster$,
  RestoreFromClusterSnapshot$,
  RestoreTableFromClusterSnapshot$,
  ResumeCluster$,
} from '@aws-sdk/client-redshift'
import { createOperations } from './create.ts'
import { deleteOperations } from './delete.ts'
import { eventOperations } from './events.ts'
import { iamRoleOperations } from './iam-roles.ts'
import { fail, maintain, maintenanceOperations } from './maintenance.ts'
import { offerOperations } from './offers.ts'
import { pauseOperations } from './pause.ts'
import { resetOperations } from './reset-parameters.ts'
import { resizeOperations } from './resize.ts'
import { restoreOperations } from './restore.ts'
import { subnetGroupOperations } from './subnet-groups.ts'
import { tableRestored, tableRestoreOperations } from './table-restore.ts'
import { tagOperations } from './tagging.ts'

export const lifecycleOperations = {
  ...createOperations,
  ...deleteOperations,
  ...pauseOperations,
  ...resizeOperations,
  ...restoreOperations,
  ...tableRestoreOperations,
  ...maintenanceOperations,
  ...iamRoleOperations,
  ...resetOperations,
  ...subnetGroupOperations,
  ...tagOperations,
  ...eventOperations,
  ...offerOperations,
}

export const lifecycleTasks = {
  'redshift:maintenance': maintain,
  'redshift:failure': fail,
  'redshift:table': tableRestored,
}

export const lifecycleSchemas = {
  CancelResize$,
  CreateCluster$,
  CreateClusterSubnetGroup$,
  CreateTags$,
  DeleteCluster$,
  DeleteClusterSubnetGroup$,
  DeleteTags$,
  DescribeAccountAttributes$,
  DescribeClusterDbRevisions$,
  DescribeClusterSubnetGroups$,
  DescribeClusterTracks$,
  DescribeClusterVersions$,
  DescribeDefaultClusterParameters$,
  DescribeEventCategories$,
  DescribeEvents$,
  DescribeOrderableClusterOptions$,
  DescribeReservedNodes$,
  DescribeResize$,
  DescribeStorage$,
  DescribeTableRestoreStatus$,
  DescribeTags$,
  FailoverPrimaryCompute$,
  ModifyClusterDbRevision$,
  ModifyClusterIamRoles$,
  ModifyClusterMaintenance$,
  ModifyClusterSubnetGroup$,
  PauseCluster$,
  RebootCluster$,
  ResetClusterParameterGroup$,
  ResizeCluster$,
  RestoreFromClusterSnapshot$,
  RestoreTableFromClusterSnapshot$,
  ResumeCluster$,
}
