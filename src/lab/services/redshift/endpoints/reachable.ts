// Which clusters can be reached through an endpoint that Redshift manages.

import { UnsupportedOperationFault$ } from '@aws-sdk/client-redshift'
import { fault } from '#lab/wire/errors.ts'
import type { ClusterRecord } from '../model.ts'

/**
 * Throws unless the cluster can: "Make sure that the cluster to access is an RA3 node type", "has cluster relocation or
 * Multi-AZ turned on", and a port of 5431-5455 or 8191-8215 (Management Guide, managing-cluster-cross-vpc). Unverified:
 * code and wordings, and that RG nodes count as RA3.
 */
export function checkReachable({ facts }: ClusterRecord): void {
  const { NodeType = '', MultiAZ, AvailabilityZoneRelocationStatus: relocation } = facts
  if (!/^(ra3|rg)\./.test(NodeType))
    throw fault(UnsupportedOperationFault$, `Redshift-managed VPC endpoints aren't supported on ${NodeType}.`)
  if (relocation !== 'enabled' && MultiAZ !== 'Enabled')
    throw fault(
      UnsupportedOperationFault$,
      'To use Redshift-managed VPC endpoints, turn on cluster relocation or Multi-AZ for the cluster.',
    )
  const port = facts.Endpoint?.Port ?? 5439
  const isOpen = (port >= 5431 && port <= 5455) || (port >= 8191 && port <= 8215)
  if (!isOpen)
    throw fault(
      UnsupportedOperationFault$,
      `Redshift-managed VPC endpoints aren't supported on port ${port}.`,
    )
}
