// A resize is through, or was cancelled.

import { hour } from '#kit/time.ts'
import type { Happening } from '#lab/agenda.ts'
import type { ClusterRecord, Ending } from '../model.ts'
import { note, timeText } from './events.ts'
import { nodesOf } from './usual-cluster.ts'

type ResizeEnding = Extract<Ending, { kind: 'resized' | 'resizeCancelled' }>

/** Ends a resize: the cluster has its new nodes, or keeps its old ones. */
export function endResize(cluster: ClusterRecord, ending: ResizeEnding, { region, now }: Happening): void {
  const { NodeType, NumberOfNodes, ClusterType, ...others } = cluster.facts.PendingModifiedValues ?? {}
  cluster.facts = { ...cluster.facts, PendingModifiedValues: others }
  const tell = { at: now, source: cluster.id }
  if (ending.kind === 'resizeCancelled') {
    delete cluster.resize
    note(region, { ...tell, number: '3600' })
    return
  }
  const { resize } = ending
  cluster.facts = {
    ...cluster.facts,
    NodeType: resize.nodeType,
    NumberOfNodes: resize.nodes,
    ClusterNodes: nodesOf(cluster.id, resize.nodes, cluster.facts.PubliclyAccessible ?? false),
  }
  cluster.resize = { ...resize, status: 'SUCCEEDED' }
  const hours = ((now - resize.startedAt) / hour).toFixed(1)
  if (resize.type === 'ElasticResize') note(region, { ...tell, number: '3534' })
  else note(region, { ...tell, number: '3002', words: { started: timeText(resize.startedAt), hours } })
}
