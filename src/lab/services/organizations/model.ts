// What the lab keeps of Organizations: a tree of root, units and accounts, and the policies attached to it.

import type { Account, Organization as Facts, PolicySummary } from '@aws-sdk/client-organizations'
import type { PolicyDocument } from '#lab/iam/types.ts'
import type { Partition } from '#lab/regions.ts'

/** A place in the tree. */
export type Node = {
  id: string
  kind: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT'
  name: string
  arn: string
  parent: string | undefined
  /** The service control policies attached to it. */
  policies: string[]
  /** Of an account. */
  facts: Account | undefined
}

/** A service control policy. */
export type Policy = {
  summary: PolicySummary & { Id: string }
  content: string
  document: PolicyDocument
}

/** One organization. */
export type Organization = {
  id: string
  partition: Partition
  /** The account that manages it. */
  management: string
  facts: Facts
  /** By id, parents before children. */
  nodes: Map<string, Node>
  policies: Map<string, Policy>
}

/** All organizations of the lab, by id. */
export type Organizations = Map<string, Organization>

/** A lab without organizations. */
export function emptyOrganizations(): Organizations {
  return new Map()
}
