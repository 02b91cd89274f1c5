// What the lab keeps of Redshift-managed VPC endpoints, and of who may make them.

import type { EndpointAccess } from '@aws-sdk/client-redshift'

/** An account that may reach a cluster, in the region and account of the cluster. */
export type AuthorizationRecord = {
  /** The cluster's namespace, which stays when the cluster is renamed. */
  namespace: string
  grantee: string
  at: Date
  /** The VPCs of the grantee that may; undefined when all may. */
  vpcs: string[] | undefined
  /** Endpoints that the grantee has from before the world began. */
  standing: number
  /** From when on it is no more; it shows `Revoking` until then. */
  goneAt: number | undefined
}

/** An endpoint, in the region and account of its VPC. Its status is worked out when read. */
export type EndpointRecord = {
  name: string
  owner: string
  namespace: string
  facts: EndpointAccess
  /** Until when it is being made or changed, and what that is called. */
  busyUntil: number
  busy: 'creating' | 'modifying'
  goneAt: number | undefined
}
