// CreateCluster.

import type * as client from '@aws-sdk/client-redshift'
import {
  type Cluster,
  ClusterAlreadyExistsFault$,
  type CreateClusterMessage,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import { newUuid } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { attach, getSchedule } from '../schedules/attach.ts'
import { checkTags } from '../tags.ts'
import { startWork } from '../work.ts'
import { durations } from './durations.ts'
import { encryptNew, keyWanted } from './encryption.ts'
import { checkDatabaseName, checkedClusterName, checkUserName } from './identifiers.ts'
import { checkNodeCount, checkNodeQuota, invalidNodeType, isDenseCompute, nodesWanted } from './node-types.ts'
import { checkPublicAccess } from './public-access.ts'
import { endpointOf, namespaceArn, recordOf, usualCluster } from './usual-cluster.ts'
import { checkWishes, factsWanted, groupWanted } from './wishes.ts'

type Input = CreateClusterMessage & { ClusterIdentifier: string; NodeType: string; MasterUsername: string }

/** Throws ClusterAlreadyExists when a cluster has the name. Wording: terraform issues that quote it. */
export function demandNewName({ redshift }: Region, id: string): void {
  if (redshift.clusters.has(id)) throw fault(ClusterAlreadyExistsFault$, 'Cluster already exists')
}

export const createOperations = {
  CreateCluster(input, context) {
    const { state, region, now } = context
    const id = checkedClusterName(input.ClusterIdentifier)
    demandNewName(region, id)
    const nodeType = input.NodeType.toLowerCase()
    const nodes = checkedNodes(region, nodeType, input)
    checkOwnMembers(input)
    const base: Cluster = {
      ...usualCluster(region, id, now),
      NodeType: nodeType,
      NumberOfNodes: nodes,
      MasterUsername: input.MasterUsername,
      DBName: input.DBName ?? 'dev',
      Tags: input.Tags ?? [],
    }
    checkWishes(input, base, context)
    checkPublicAccess(region, input.PubliclyAccessible)
    const group = groupWanted(context, input)
    const plan = input.SnapshotScheduleIdentifier
    if (plan !== undefined) getSchedule(region, plan)
    const key = keyWanted(context, input.KmsKeyId, { id, createdAt: now })
    const facts: Cluster = {
      ...factsWanted(input, base, context),
      Endpoint: endpointOf(region, id, input.Port ?? 5_439),
      ClusterNamespaceArn: namespaceArn(region, newUuid(state)),
      // "Until the request is through, the element exists in PendingModifiedValues" (API, ModifyCluster).
      PendingModifiedValues: input.MasterUserPassword === undefined ? {} : { MasterUserPassword: '****' },
    }
    const cluster = recordOf(id, facts, group)
    encryptNew(context, cluster, key)
    region.redshift.clusters.set(id, cluster)
    if (plan !== undefined) attach(context, cluster, plan)
    startWork(state, region, cluster, {
      status: 'creating',
      availability: 'Modifying',
      until: now + durations.creating,
      ending: { kind: 'created' },
    })
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>

function checkedNodes(region: Region, nodeType: string, input: Input): number {
  // dc2 cannot be had any more: aws-samples/amazon-bedrock-agents-healthcare-lifesciences issue 122 (2025).
  if (isDenseCompute(nodeType)) throw invalidNodeType(input.NodeType)
  const nodes = nodesWanted(input.ClusterType, input.NumberOfNodes)
  checkNodeCount(nodeType, nodes)
  checkNodeQuota(region, nodes)
  return nodes
}

function checkOwnMembers(input: Input) {
  checkUserName(input.MasterUsername)
  if (input.DBName !== undefined) checkDatabaseName(input.DBName)
  if (input.MasterUserPassword === undefined && !input.ManageMasterPassword) {
    // Unverified: code and wording.
    throw common('InvalidParameterCombination', 'Specify either MasterUserPassword or ManageMasterPassword.')
  }
  if (input.Encrypted === false) {
    // "If you set the value on this parameter to false, the request will fail" (API). Unverified: code and wording.
    throw common('InvalidParameterValue', 'Clusters cannot be created without encryption.')
  }
  if (input.ClusterVersion !== undefined && input.ClusterVersion !== '1.0') {
    // "Only version 1.0 is currently available" (API). Unverified: code and wording.
    throw common('InvalidParameterValue', `Invalid cluster version: ${input.ClusterVersion}`)
  }
  checkTags(input.Tags ?? [])
  if (input.LoadSampleData !== undefined)
    throw fault(UnsupportedOperationFault$, 'The lab does not model clusters with LoadSampleData.')
}
