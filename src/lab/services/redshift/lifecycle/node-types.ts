// The node types, how many nodes of each a cluster may have, and the ports it may listen on.

import {
  NumberOfNodesPerClusterLimitExceededFault$,
  NumberOfNodesQuotaExceededFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { ClusterRecord } from '../model.ts'

/** A node type: the nodes a new multi-node cluster may have, and how far an elastic resize may go. */
export type NodeType = { single: boolean; most: number; mostElastic: number; grow: number; shrink: number }

// Node ranges: Management Guide, working-with-clusters; growth and reduction limits: resizing-cluster (both 2026).
const nodeTypes: Record<string, NodeType> = {
  'rg.large': { single: true, most: 16, mostElastic: 16, grow: 2, shrink: 2 },
  'rg.xlarge': { single: false, most: 16, mostElastic: 32, grow: 2, shrink: 2 },
  'rg.4xlarge': { single: false, most: 32, mostElastic: 64, grow: 4, shrink: 4 },
  'rg.12xlarge': { single: false, most: 128, mostElastic: 128, grow: 4, shrink: 4 },
  'ra3.large': { single: true, most: 16, mostElastic: 16, grow: 2, shrink: 2 },
  'ra3.xlplus': { single: true, most: 16, mostElastic: 32, grow: 2, shrink: 4 },
  'ra3.4xlarge': { single: false, most: 32, mostElastic: 64, grow: 4, shrink: 4 },
  'ra3.16xlarge': { single: false, most: 128, mostElastic: 128, grow: 4, shrink: 4 },
  'dc2.large': { single: true, most: 32, mostElastic: 32, grow: 2, shrink: 2 },
  'dc2.8xlarge': { single: false, most: 128, mostElastic: 128, grow: 2, shrink: 2 },
}

/** "The maximum number of nodes across all database instances for this account in the current Region" (quotas). */
export const mostNodes = 200

/** The names of the node types that clusters can be made with. */
export function orderableTypes(): string[] {
  return Object.keys(nodeTypes).filter((name) => !isDenseCompute(name))
}

/** Dense compute: old clusters run on it, new ones cannot. */
export function isDenseCompute(name: string | undefined): boolean {
  return /^d[cs]\d/i.test(name ?? '')
}

/** The node type of that name, or AWS's refusal. */
export function getNodeType(name: string): NodeType {
  const type = Object.hasOwn(nodeTypes, name) ? nodeTypes[name] : undefined
  if (!type) throw invalidNodeType(name)
  return type
}

/**
 * The refusal of a node type that does not exist or, as dc2 since 2025, cannot be had any more. Wording and code:
 * aws-samples/amazon-bedrock-agents-healthcare-lifesciences issue 122.
 */
export function invalidNodeType(name: string) {
  return common('InvalidParameterValue', `Invalid node type: ${name}`)
}

/** How many nodes a request for a new cluster means, or AWS's refusal. */
export function nodesWanted(type: string | undefined, nodes: number | undefined): number {
  if (type !== undefined && type !== 'multi-node' && type !== 'single-node') {
    // Unverified: code and wording.
    throw common('InvalidParameterValue', `Invalid cluster type: ${type}`)
  }
  if (type === 'single-node' && nodes !== undefined && nodes !== 1) {
    // Wording: aws-cdk issue 9856 (sic). Unverified: whether 1 is refused, too; the recorded calls gave more.
    throw common(
      'InvalidParameterValue',
      'Number of nodes must be not be supplied for cluster type single-node.',
    )
  }
  if (type === 'multi-node' && (nodes ?? 0) < 2) {
    // Unverified: code and wording. "Required when ClusterType is specified as multi-node" (API).
    throw common(
      'InvalidParameterCombination',
      'Number of nodes for cluster type multi-node must be greater than or equal to 2',
    )
  }
  return nodes ?? 1
}

/** Throws AWS's refusal unless a cluster of so many nodes can be made, by a classic way unless `elastic`. */
export function checkNodeCount(name: string, nodes: number, elastic = false): void {
  const type = getNodeType(name)
  const most = elastic ? type.mostElastic : type.most
  if (nodes < 1 || (nodes === 1 && !type.single)) {
    // Unverified: code and wording.
    throw common('InvalidParameterValue', `Number of nodes ${nodes} is not valid for node type ${name}.`)
  }
  if (nodes > most) {
    // Unverified: wording.
    throw fault(
      NumberOfNodesPerClusterLimitExceededFault$,
      `The number of nodes ${nodes} exceeds the limit of ${most} for node type ${name}.`,
    )
  }
}

/** Throws unless the account has room for so many nodes more in the region. */
export function checkNodeQuota({ redshift }: Region, more: number): void {
  const used = [...redshift.clusters.values()].reduce((sum, { facts }) => sum + (facts.NumberOfNodes ?? 1), 0)
  if (used + more <= mostNodes) return
  // Unverified: wording.
  throw fault(
    NumberOfNodesQuotaExceededFault$,
    `The operation would exceed the account's limit of ${mostNodes} nodes.`,
  )
}

// "RG or RA3: 5431-5455 or 8191-8215; dc2: 1150-65535" (API, CreateCluster).
const portRanges = (type: string | undefined): [number, number][] =>
  isDenseCompute(type)
    ? [[1_150, 65_535]]
    : [
        [5_431, 5_455],
        [8_191, 8_215],
      ]

/** Throws unless clusters of that node type may listen on the port. Unverified: code and wording. */
export function checkPort(type: string | undefined, port: number): void {
  const ranges = portRanges(type)
  if (ranges.some(([from, to]) => port >= from && port <= to)) return
  const allowed = ranges.map(([from, to]) => `${from}-${to}`).join(' or ')
  throw common(
    'InvalidParameterValue',
    `The port ${port} is not valid for node type ${type}. Valid ports are ${allowed}.`,
  )
}

/** Whether a cluster has one node, its leader and compute node in one. */
export function isSingle({ facts }: ClusterRecord): boolean {
  return (facts.NumberOfNodes ?? 1) === 1
}
