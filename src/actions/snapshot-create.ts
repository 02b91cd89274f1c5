// A manual snapshot of a cluster or a namespace, which expires.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import type { ChangeDraft } from '#model/practice.ts'
import { madeBy } from '#model/reference.ts'
import { arnOf, type Resource, resourceOf } from '#model/resource.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import {
  about,
  newSnapshotName,
  refuse,
  retentionDays,
  serverlessSnapshotsPath,
  snapshotsPath,
  warehouseOf,
} from './common.ts'

export default defineAction({
  name: 'snapshot create',
  summary: 'Take a manual snapshot of a cluster or a namespace that expires',
  requires: ['name', 'retention'],
  takes: ['cluster', 'namespace'],
  wishes(options, estate) {
    const warehouse = warehouseOf(options, estate)
    const name = newSnapshotName(options, warehouse, estate)
    const days = retentionDays(options, false)
    if (warehouse.type === 'redshift:cluster') return [about(warehouse, [ofCluster(warehouse, name, days)])]
    demandWorkgroup(warehouse, estate)
    return [about(warehouse, [ofNamespace(warehouse, name, days)])]
  },

  examples: [
    { cluster: 'sales', name: 'before-migration', retention: '30' },
    { namespace: 'planning', name: 'before-migration', retention: '30' },
  ],
})

function ofCluster(cluster: Resource<'redshift:cluster'>, name: string, days: number): ChangeDraft {
  const place = { partition: resourceOf(cluster.arn)?.partition ?? 'aws', ...cluster }
  const resource = arnOf('redshift:snapshot', place, `${cluster.name}/${name}`)
  return {
    title: `Take snapshot ${name} of ${cluster.name}, kept for ${counted(days, 'day')}`,
    call: call('redshift:CreateClusterSnapshot', {
      SnapshotIdentifier: name,
      ClusterIdentifier: cluster.name,
      ManualSnapshotRetentionPeriod: days,
    }),
    effects: [
      { resource, fact: 'exists', before: false, after: true },
      { resource, fact: 'Status', before: null, after: 'available' },
      { resource, fact: 'ManualSnapshotRetentionPeriod', before: null, after: days },
    ],
    console: `${snapshotsPath} › Create snapshot: ${cluster.name}, ${name}, ${counted(days, 'day')}`,
    impact: 'none',
    undo: {
      call: call('redshift:DeleteClusterSnapshot', {
        SnapshotIdentifier: name,
        SnapshotClusterIdentifier: cluster.name,
      }),
      console: `${snapshotsPath} › ${name} › Actions › Delete snapshot`,
      impact: 'deletes data',
      warning: 'deletes the snapshot that was taken',
      proof: [{ resource, fact: 'exists', value: false }],
    },
  }
}

/** Without a workgroup AWS takes none: it is the workgroup that computes. */
function demandWorkgroup(namespace: Resource<'redshift-serverless:namespace'>, estate: Estate): void {
  const workgroups = estate.answer(namespace, 'workgroups') as unknown[]
  if (workgroups.length === 0)
    refuse(`Namespace ${namespace.name} has no workgroup.`, 'Give it one, scan, and try again.')
}

/** The ARN of a serverless snapshot has an id, which only AWS's answer tells. */
function ofNamespace({ name: namespaceName }: Resource, name: string, days: number): ChangeDraft {
  const resource = madeBy('snapshot', 'snapshot.snapshotArn')
  return {
    title: `Take serverless snapshot ${name} of ${namespaceName}, kept for ${counted(days, 'day')}`,
    label: 'snapshot',
    call: call('redshift-serverless:CreateSnapshot', {
      namespaceName,
      snapshotName: name,
      retentionPeriod: days,
    }),
    effects: [
      { resource, fact: 'exists', before: false, after: true },
      { resource, fact: 'status', before: null, after: 'AVAILABLE' },
      { resource, fact: 'snapshotRetentionPeriod', before: null, after: days },
    ],
    console: `${serverlessSnapshotsPath} › Create snapshot: ${namespaceName}, ${name}, ${counted(days, 'day')}`,
    impact: 'none',
    undo: {
      call: call('redshift-serverless:DeleteSnapshot', { snapshotName: name }),
      console: `${serverlessSnapshotsPath} › ${name} › Actions › Delete snapshot`,
      impact: 'deletes data',
      warning: 'deletes the snapshot that was taken',
      proof: [{ resource, fact: 'exists', value: false }],
    },
  }
}
