// Resizing: elastic and classic, how far it is, and calling it off.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidClusterStateFault$,
  ResizeNotFoundFault$,
  type ResizeProgressMessage,
  UnsupportedOperationFault$,
  UnsupportedOptionFault$,
} from '@aws-sdk/client-redshift'
import { second } from '#kit/time.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import type { ClusterRecord, ResizeRecord, Work } from '../model.ts'
import { demandRest, startWork } from '../work.ts'
import { durations } from './durations.ts'
import { note } from './events.ts'
import { checkNodeCount, checkNodeQuota, getNodeType, invalidNodeType, isDenseCompute } from './node-types.ts'

/** The size a cluster shall have. */
export type Size = { nodeType: string; nodes: number }

/** The size a request means, or AWS's refusal. */
export function sizeWanted(
  { facts }: ClusterRecord,
  wish: {
    ClusterType?: string | undefined
    NodeType?: string | undefined
    NumberOfNodes?: number | undefined
  },
  isElastic = false,
): Size {
  const { ClusterType: type, NodeType, NumberOfNodes } = wish
  const nodeType = NodeType?.toLowerCase() ?? facts.NodeType ?? ''
  const nodes = NumberOfNodes ?? (type === 'single-node' ? 1 : (facts.NumberOfNodes ?? 1))
  if ((type === 'single-node' && nodes !== 1) || (type === 'multi-node' && nodes < 2)) {
    // Unverified: code and wording.
    throw common(
      'InvalidParameterCombination',
      `Number of nodes ${nodes} is not valid for cluster type ${type}.`,
    )
  }
  // "Resize to legacy node types isn't supported" (resizing-cluster). Unverified: code and wording, as for creating.
  if (isDenseCompute(nodeType) && !isDenseCompute(facts.NodeType)) throw invalidNodeType(nodeType)
  checkNodeCount(nodeType, nodes, isElastic)
  return { nodeType, nodes }
}

/** Whether a cluster has that size already. */
export function isSize({ facts }: ClusterRecord, { nodeType, nodes }: Size): boolean {
  return nodeType === facts.NodeType && nodes === facts.NumberOfNodes
}

/** The record and the work of a classic resize that begins now. */
export function classicResize(cluster: ClusterRecord, size: Size, context: Context): Work {
  const { region, now } = context
  const until = now + durations.classicResize
  const resize = newResize('ClassicResize', size, now, until)
  cluster.resize = resize
  note(region, { number: '2007', at: now, source: cluster.id })
  note(region, { number: '2006', at: now, source: cluster.id })
  return { status: 'resizing', availability: 'Modifying', until, ending: { kind: 'resized', resize } }
}

function newResize(
  type: ResizeRecord['type'],
  { nodeType, nodes }: Size,
  startedAt: number,
  endsAt: number,
): ResizeRecord {
  return { type, status: 'IN_PROGRESS', nodeType, nodes, startedAt, endsAt }
}

export const resizeOperations = {
  ResizeCluster(input, context) {
    const { state, region, now } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    if (input.ReservedNodeId ?? input.TargetReservedNodeOfferingId)
      throw fault(UnsupportedOperationFault$, 'The lab does not model resizing with reserved nodes.')
    const isElastic = !input.Classic
    const size = sizeWanted(cluster, input, isElastic)
    // Unverified: code and wording.
    if (isSize(cluster, size)) throw common('InvalidParameterCombination', 'No modifications were requested')
    checkNodeQuota(region, size.nodes - (cluster.facts.NumberOfNodes ?? 1))
    if (isElastic) checkElastic(cluster, size)
    demandRest(cluster, 'resize')
    const work = isElastic ? elasticResize(cluster, size, context) : classicResize(cluster, size, context)
    const pending = { NodeType: size.nodeType, NumberOfNodes: size.nodes }
    cluster.facts = {
      ...cluster.facts,
      PendingModifiedValues: { ...cluster.facts.PendingModifiedValues, ...pending },
    }
    startWork(state, region, cluster, work)
    if (isElastic) note(region, { number: '3012', at: now, source: cluster.id })
    return { Cluster: viewCluster(cluster) }
  },

  DescribeResize(input, { region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    if (!cluster.resize) throw noResize(cluster)
    return viewResize(cluster.resize, now)
  },

  CancelResize(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    const { resize, work } = cluster
    if (resize?.status !== 'IN_PROGRESS') throw noResize(cluster)
    if (resize.type !== 'ClassicResize' || work?.status !== 'resizing') {
      // AllowCancelResize belongs to classic ones (API, ResizeInfo). Unverified: code and wording.
      throw fault(InvalidClusterStateFault$, `The resize of cluster ${cluster.id} can't be cancelled.`)
    }
    cluster.resize = { ...resize, status: 'CANCELLING' }
    startWork(state, region, cluster, {
      status: 'cancelling-resize',
      availability: 'Modifying',
      until: now + durations.cancellingResize,
      ending: { kind: 'resizeCancelled' },
    })
    return viewResize(cluster.resize, now)
  },
} satisfies Operations<typeof client>

// Limits: resizing-cluster. Unverified: wordings, and codes beyond what the operation declares.
function checkElastic({ facts }: ClusterRecord, { nodeType, nodes }: Size) {
  const before = facts.NumberOfNodes ?? 1
  if (before === 1 || nodes === 1) {
    // "To resize a single-node cluster to multi-node, only classic resize is supported" (working-with-clusters).
    throw fault(
      UnsupportedOptionFault$,
      'Elastic resize is not supported for single-node clusters. Use classic resize.',
    )
  }
  if (nodeType !== facts.NodeType) return
  const { grow, shrink } = getNodeType(nodeType)
  if (nodes <= before * grow && nodes * shrink >= before) return
  throw fault(
    UnsupportedOptionFault$,
    `Elastic resize from ${before} to ${nodes} nodes is not possible for node type ${nodeType}. Use classic resize.`,
  )
}

// prep-for-resize while the snapshot is taken, resizing while metadata moves, resize-cleanup while data does (A1).
function elasticResize(cluster: ClusterRecord, size: Size, { now }: Context): Work {
  const { preparingResize: prepare, elasticResize: move, resizeCleanup: clean } = durations
  const resize = newResize('ElasticResize', size, now, now + prepare + move + clean)
  cluster.resize = resize
  return {
    status: 'available, prep-for-resize',
    availability: 'Available',
    until: now + prepare,
    ending: { kind: 'elasticBegun' },
    next: [
      { status: 'resizing', availability: 'Modifying', lasts: move, ending: { kind: 'resized', resize } },
      {
        status: 'available, resize-cleanup',
        availability: 'Available',
        lasts: clean,
        ending: { kind: 'elasticDone' },
      },
    ],
  }
}

function noResize({ id }: ClusterRecord) {
  // Wording: the fault's description.
  return fault(ResizeNotFoundFault$, `A resize operation for the specified cluster is not found: ${id}.`)
}

// Unverified: what data there is to move; the lab says 1 GB.
const total = 1_024

function viewResize(
  { type, status, nodeType, nodes, startedAt, endsAt }: ResizeRecord,
  now: number,
): ResizeProgressMessage {
  const isOver = status === 'SUCCEEDED'
  const elapsed = Math.min(now, endsAt) - startedAt
  const share = isOver ? 1 : elapsed / (endsAt - startedAt)
  return {
    TargetNodeType: nodeType,
    TargetNumberOfNodes: nodes,
    TargetClusterType: nodes === 1 ? 'single-node' : 'multi-node',
    Status: status,
    ResizeType: type,
    ImportTablesCompleted: [],
    ImportTablesInProgress: [],
    ImportTablesNotStarted: [],
    TotalResizeDataInMegaBytes: total,
    ProgressInMegaBytes: Math.floor(total * share),
    AvgResizeRateInMegaBytesPerSecond: total / ((endsAt - startedAt) / second),
    ElapsedTimeInSeconds: Math.floor((isOver ? endsAt - startedAt : elapsed) / second),
    EstimatedTimeToCompletionInSeconds: isOver ? 0 : Math.ceil((endsAt - startedAt - elapsed) / second),
    DataTransferProgressPercent: Math.floor(share * 100),
  }
}
