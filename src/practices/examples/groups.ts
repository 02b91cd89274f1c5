// Builders for examples of parameter groups, subnet groups and event subscriptions.

import type { Example } from '#model/practice.ts'
import type { ResourceTypes } from '#model/resource.ts'

type Shape<T extends keyof ResourceTypes> = Pick<Example, 'policy' | 'settings'> & {
  reason: string
  facts?: Partial<ResourceTypes[T]['facts']>
}

/** A parameter group of the user's own. */
export function parameterGroup({
  reason,
  facts,
  policy = {},
}: Shape<'redshift:parameter-group'>): Example<'redshift:parameter-group'> {
  const usual = { ParameterGroupName: 'analytics', ParameterGroupFamily: 'redshift-2.0', Tags: [] }
  return { reason, facts: { ...usual, ...facts }, answers: {}, policy }
}

type SubnetGroup = Shape<'redshift:subnet-group'> & {
  /** The zone of each subnet. */
  zones?: string[]
  clusters?: string[]
}

/** A subnet group with a subnet in each of two zones, but for what is written. */
export function subnetGroup({
  reason,
  facts,
  policy = {},
  zones = ['eu-west-1a', 'eu-west-1b'],
  clusters = ['sales'],
}: SubnetGroup): Example<'redshift:subnet-group'> {
  const Subnets = zones.map((Name, at) => ({
    SubnetIdentifier: `subnet-0a1b2c3d4e5f6071${at}`,
    SubnetAvailabilityZone: { Name },
    SubnetStatus: 'Active',
  }))
  const usual = { ClusterSubnetGroupName: 'warehouses', Subnets, Tags: [] }
  return { reason, facts: { ...usual, ...facts }, answers: { clusters }, policy }
}

/** A subscription to everything. */
export function eventSubscription({
  reason,
  facts,
  policy = {},
}: Shape<'redshift:event-subscription'>): Example<'redshift:event-subscription'> {
  const usual = { CustSubscriptionId: 'warehouse-news', Enabled: true, Status: 'active', Tags: [] }
  return { reason, facts: { ...usual, ...facts }, answers: {}, policy }
}
