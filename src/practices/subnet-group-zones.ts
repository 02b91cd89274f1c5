// Subnet groups of clusters span zones.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { subnetGroup } from './examples/groups.ts'

export default definePractice({
  id: 'subnet-group-zones',
  title: 'Subnet groups of clusters span two zones',
  severity: 'low',
  resource: 'redshift:subnet-group',
  needs: [],
  controls: ['security-hub/Redshift.16'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-cluster-subnet-groups.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
  ],
  why: 'A cluster can only be moved or restored to where its subnet group has a subnet. With one zone in the group, a cluster whose zone is lost has nowhere to go.',
  whenNotTo:
    'Where the other zones of the region offer no such nodes, or for a scratch cluster that would not be restored anyway.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-cluster-subnet-groups --cluster-subnet-group-name GROUP --query "ClusterSubnetGroups[].Subnets[].SubnetAvailabilityZone.Name"',
      ],
      console: ['Amazon Redshift › Configurations › Subnet groups › GROUP: the zones of its subnets.'],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-subnet-group --cluster-subnet-group-name GROUP --subnet-ids SUBNET OTHER_SUBNET',
      ],
      console: [
        'Amazon Redshift › Configurations › Subnet groups › GROUP › Actions › Modify: add a subnet of another zone of the same VPC, Save.',
        'Which subnet has the routes and rules that a warehouse wants, only a person knows.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster-subnet-group.html',
    readOn: '2026-11-27',
  },

  // The default group is there in every region, used or not, with a subnet in each zone.
  concerns: ({ ClusterSubnetGroupName }) => ClusterSubnetGroupName !== 'default',

  check({ facts: { Subnets } }) {
    if (!Subnets) return unknown('untold', 'does not tell its subnets')
    const all = Subnets.flatMap(({ SubnetAvailabilityZone }) => SubnetAvailabilityZone?.Name ?? [])
    const zones = [...new Set(all)].sort()
    const states = { configured: said(zones, 'facts'), inForce: said(zones, 'facts') }
    return zones.length > 1
      ? pass('many-zones', `spans ${zones.join(', ')}`, states)
      : fail('one-zone', zones[0] ? `has subnets in ${zones[0]} only` : 'has no subnets', states)
  },

  examples: {
    pass: { 'in two zones': subnetGroup({ reason: 'many-zones' }) },
    fail: {
      'two subnets of one zone': subnetGroup({ reason: 'one-zone', zones: ['eu-west-1a', 'eu-west-1a'] }),
    },
  },
})
