// What AWS shows of a cluster at a moment: its facts, with status, groups and pending values worked out.

import type { Cluster, ClusterParameterGroupStatus } from '@aws-sdk/client-redshift'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { families } from './parameters.ts'
import { viewNextSnapshot } from './schedules/attach.ts'

// The views of clusters at rest, frozen so that their text is kept (wire/xml.ts).
const atRest = new WeakMap<object, Cluster>()

/** A cluster as DescribeClusters shows it. */
export function viewCluster(cluster: ClusterRecord): Cluster {
  const { work, resize, otherGroups, facts } = cluster
  const isFollowing = facts.SnapshotScheduleState !== undefined
  if (work || resize || otherGroups || isFollowing) return newView(cluster)
  const group = viewGroup(cluster)
  const known = atRest.get(facts)
  if (known?.ClusterParameterGroups?.[0] === group) return known
  const view = newView(cluster)
  if (Object.isFrozen(group)) atRest.set(facts, Object.freeze(view))
  return view
}

function newView(cluster: ClusterRecord): Cluster {
  const { work, resize, otherGroups = [] } = cluster
  return {
    ...cluster.facts,
    // There is nothing to connect to before a cluster is there for the first time.
    ...(work?.status === 'creating' && { Endpoint: undefined }),
    ...(work && { ClusterStatus: work.status, ClusterAvailabilityStatus: work.availability }),
    // "AllowCancelResize", and "returns the value ClassicResize" (API, ResizeInfo).
    ...(resize?.status === 'IN_PROGRESS' && {
      ResizeInfo: { ResizeType: resize.type, AllowCancelResize: resize.type === 'ClassicResize' },
    }),
    ...viewNextSnapshot(cluster),
    ClusterParameterGroups: [viewGroup(cluster), ...otherGroups],
  }
}

// A group with nothing to say but that all is in force is most of most answers: its view is frozen, so that its text is
// kept too (wire/xml.ts).
const inSync = new WeakMap<ParameterGroup, ClusterParameterGroupStatus>()

function viewGroup(cluster: ClusterRecord): ClusterParameterGroupStatus {
  const { group, pending, applying, troubles } = cluster
  if (pending.size + applying.size + (troubles?.size ?? 0) > 0) return newGroupView(cluster)
  const known = inSync.get(group)
  if (known) return known
  const view = Object.freeze(newGroupView(cluster))
  inSync.set(group, view)
  return view
}

function newGroupView({ group, pending, applying, troubles }: ClusterRecord): ClusterParameterGroupStatus {
  const trouble = troubles && [...troubles.values()][0]
  const statusOf = (parameter: string) =>
    troubles?.get(parameter)?.status ??
    (pending.has(parameter) ? 'pending-reboot' : applying.has(parameter) ? 'applying' : 'in-sync')
  return {
    ParameterGroupName: group.name,
    ParameterApplyStatus:
      pending.size > 0 ? 'pending-reboot' : applying.size > 0 ? 'applying' : (trouble?.status ?? 'in-sync'),
    // Recorded answers list every parameter, also when all are in-sync (aws-config-rdk, 2022-02-15); the examples of
    // the AWS CLI leave the list out.
    ClusterParameterStatusList: (families[group.family] ?? []).map(({ name }) => {
      const description = troubles?.get(name)?.description
      return {
        ParameterName: name,
        ParameterApplyStatus: statusOf(name),
        ...(description !== undefined && { ParameterApplyErrorDescription: description }),
      }
    }),
  }
}
