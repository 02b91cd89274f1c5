// Clusters load and unload through their VPC.

import { setOnCluster } from '#model/cluster-change.ts'
import { pendingAtReboot } from '#model/fact.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-enhanced-vpc-routing',
  title: 'Clusters load and unload data through their VPC',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: ['security-hub/Redshift.7', 'prowler/redshift_cluster_enhanced_vpc_routing'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
  ],
  why: 'Without it COPY and UNLOAD go out past your VPC: no endpoint policy, no flow log and no firewall sees what leaves.',
  whenNotTo:
    'Where the VPC has no way to S3 yet, neither an endpoint nor a gateway: loads would fail. Make one first.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].EnhancedVpcRouting"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Network and security settings: Enhanced VPC routing.',
      ],
    },
    change: {
      cli: [
        'aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=VPC',
        'aws redshift modify-cluster --cluster-identifier CLUSTER --enhanced-vpc-routing',
      ],
      console: [
        'VPC › Endpoints: one for S3 must be there, or another way out.',
        'Amazon Redshift › Clusters › CLUSTER › Properties › Network and security settings › Edit: Enhanced VPC routing on, Save changes.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts }) {
    const now = facts.EnhancedVpcRouting
    if (now === undefined) return unknown('untold', 'does not tell whether it loads through its VPC')
    const wanted = facts.PendingModifiedValues?.EnhancedVpcRouting ?? now
    const states = { configured: said(wanted, 'facts'), inForce: said(now, 'facts') }
    if (now !== true) {
      return wanted === true
        ? fail('pending', 'loads and unloads past its VPC until a change that waits is in force', states)
        : fail('off', 'loads and unloads past its VPC', states)
    }
    return wanted === true
      ? pass('on', 'loads and unloads through its VPC', states)
      : fail('changing', 'loads and unloads through its VPC until a change that waits is in force', states)
  },

  remediation: {
    summary: 'Send its loads and unloads through the VPC. Without a way to S3 from there they fail.',
    impact: 'reboot',
    steps(subject, _, { reason }) {
      if (reason !== 'off') return { none: 'a change of it waits already: ask who made it, and what for' }
      const pending = pendingAtReboot(subject.facts)
      return [
        setOnCluster(subject, {
          title: `Send loads and unloads of ${subject.name} through its VPC`,
          to: { EnhancedVpcRouting: true },
          back: { EnhancedVpcRouting: false },
          console: {
            place: 'Properties › Network and security settings › Enhanced VPC routing',
            to: 'on',
            back: 'off',
          },
          // https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster.html
          impact: 'reboot',
          notes: [
            'AWS restarts the cluster for it, there and back: what runs at that moment is cut off',
            ...(pending.length > 0
              ? [`the restart may bring in force what waits for one: ${pending.join(', ')}`]
              : []),
            'COPY and UNLOAD fail where the VPC has no way to S3: look for an endpoint first',
          ],
          // Like a restart that is asked for, it is not to bring what nobody was told of.
          assumes: [{ resource: subject.arn, fact: 'pendingAtReboot', value: pending }],
        }),
      ]
    },
  },

  examples: {
    pass: { 'as it should be': cluster({ reason: 'on', facts: { EnhancedVpcRouting: true } }) },
    fail: {
      'as it should not be': cluster({ reason: 'off', facts: { EnhancedVpcRouting: false } }),
    },
  },
})
