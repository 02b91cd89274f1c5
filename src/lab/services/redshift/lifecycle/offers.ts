// What Redshift offers in a region, and what the account uses of it.

import type * as client from '@aws-sdk/client-redshift'
import { ReservedNodeNotFoundFault$ } from '@aws-sdk/client-redshift'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOf } from '../page.ts'
import { defaultNetwork, zonesOf } from './network.ts'
import { getNodeType, orderableTypes } from './node-types.ts'
import { checkedTrack, tracks, viewTrack } from './releases.ts'

export const offerOperations = {
  DescribeClusterVersions(input) {
    const families = ['redshift-1.0', 'redshift-2.0']
    const version = input.ClusterVersion ?? '1.0'
    const chosen = families.filter(
      (family) => version === '1.0' && family === (input.ClusterParameterGroupFamily ?? family),
    )
    const { items, ...marker } = pageOf(chosen, (family) => [family], input)
    const view = items.map((family) => ({
      ClusterVersion: '1.0',
      ClusterParameterGroupFamily: family,
      Description: 'Redshift',
    }))
    return { ClusterVersions: view, ...marker }
  },

  DescribeClusterTracks(input, { now }) {
    const one = input.MaintenanceTrackName
    const { items, ...marker } = pageOf(one ? [checkedTrack(one)] : tracks, (name) => [name], input)
    return { MaintenanceTracks: items.map((name) => viewTrack(name, now)), ...marker }
  },

  DescribeOrderableClusterOptions(input, { region }) {
    const zones = zonesOf(region).map((name) => ({ Name: name, SupportedPlatforms: [{ Name: 'VPC' }] }))
    const all = orderableTypes().flatMap((type) =>
      [...(getNodeType(type).single ? ['single-node'] : []), 'multi-node'].map((kind) => ({ type, kind })),
    )
    const chosen = all.filter(
      ({ type }) => type === (input.NodeType ?? type) && (input.ClusterVersion ?? '1.0') === '1.0',
    )
    const { items, ...marker } = pageOf(chosen, ({ type, kind }) => [type, kind], input)
    const view = items.map(({ type, kind }) => ({
      ClusterVersion: '1.0',
      ClusterType: kind,
      NodeType: type,
      AvailabilityZones: zones,
    }))
    return { OrderableClusterOptions: view, ...marker }
  },

  DescribeReservedNodes(input) {
    // The lab's accounts have reserved nothing. Wording: the fault's description.
    if (input.ReservedNodeId !== undefined)
      throw fault(ReservedNodeNotFoundFault$, 'The specified reserved compute node not found.')
    return { ReservedNodes: [] }
  },

  DescribeAccountAttributes(input, { region }) {
    // Names and values: AWS CLI example, describe-account-attributes.
    const all = [
      { AttributeName: 'max-defer-maintenance-duration', AttributeValues: [{ AttributeValue: '60' }] },
      {
        AttributeName: 'supported-platforms',
        AttributeValues: [{ AttributeValue: 'VPC' }],
      },
      { AttributeName: 'default-vpc', AttributeValues: [{ AttributeValue: defaultNetwork(region).vpc }] },
    ]
    const wanted = input.AttributeNames
    return {
      AccountAttributes: all.filter(({ AttributeName }) => !wanted?.length || wanted.includes(AttributeName)),
    }
  },

  DescribeStorage(_input, { region }) {
    const manual = [...region.redshift.snapshots.values()].filter(({ isManual }) => isManual)
    const backup = manual.reduce((sum, { facts }) => sum + (facts.TotalBackupSizeInMegaBytes ?? 0), 0)
    // Unverified: what counts as provisioned with managed storage, which grows with use.
    return { TotalBackupSizeInMegaBytes: backup, TotalProvisionedStorageInMegaBytes: 0 }
  },
} satisfies Operations<typeof client>
