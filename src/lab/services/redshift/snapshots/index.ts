// The operations and tasks of snapshots, their schedules and their copies, each operation with its schema.

import {
  AuthorizeSnapshotAccess$,
  BatchDeleteClusterSnapshots$,
  BatchModifyClusterSnapshots$,
  CopyClusterSnapshot$,
  CreateClusterSnapshot$,
  CreateSnapshotSchedule$,
  DeleteClusterSnapshot$,
  DeleteSnapshotSchedule$,
  DescribeClusterSnapshots$,
  DescribeSnapshotSchedules$,
  DisableSnapshotCopy$,
  EnableSnapshotCopy$,
  ModifyClusterSnapshot$,
  ModifyClusterSnapshotSchedule$,
  ModifySnapshotCopyRetentionPeriod$,
  ModifySnapshotSchedule$,
  RevokeSnapshotAccess$,
} from '@aws-sdk/client-redshift'
import { copySnapshot } from '../copies/copying.ts'
import { copyOperations } from '../copies/operations.ts'
import { adoptCopies } from '../copies/retention.ts'
import { finishAttaching } from '../schedules/attach.ts'
import { scheduleOperations } from '../schedules/operations.ts'
import { takeAutomatedSnapshot } from './automated.ts'
import { expire } from './expiry.ts'
import { snapshotOperations as ownOperations } from './operations.ts'
import { finishSnapshot } from './take.ts'

export const snapshotOperations = { ...ownOperations, ...scheduleOperations, ...copyOperations }

export const snapshotSchemas = {
  AuthorizeSnapshotAccess$,
  BatchDeleteClusterSnapshots$,
  BatchModifyClusterSnapshots$,
  CopyClusterSnapshot$,
  CreateClusterSnapshot$,
  CreateSnapshotSchedule$,
  DeleteClusterSnapshot$,
  DeleteSnapshotSchedule$,
  DescribeClusterSnapshots$,
  DescribeSnapshotSchedules$,
  DisableSnapshotCopy$,
  EnableSnapshotCopy$,
  ModifyClusterSnapshot$,
  ModifyClusterSnapshotSchedule$,
  ModifySnapshotCopyRetentionPeriod$,
  ModifySnapshotSchedule$,
  RevokeSnapshotAccess$,
}

export const snapshotTasks = {
  'redshift:snapshot': takeAutomatedSnapshot,
  'redshift:snapshot-made': finishSnapshot,
  'redshift:expiry': expire,
  'redshift:copy': copySnapshot,
  'redshift:copies': adoptCopies,
  'redshift:schedule': finishAttaching,
}
