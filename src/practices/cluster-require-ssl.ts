// Clusters accept encrypted connections only.

import { booleanState, standingOf, unapplied } from '#model/parameter.ts'
import { requireTls, switchOn } from '#model/parameter-change.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-require-ssl',
  title: 'Clusters accept encrypted connections only',
  severity: 'high',
  resource: 'redshift:cluster',
  needs: ['parameters', 'parameterGroups'],
  controls: ['security-hub/Redshift.2', 'prowler/redshift_cluster_in_transit_encryption_enabled'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html',
  ],
  why: 'Without require_ssl the cluster also takes connections in plain text: whoever reads the network on the way reads passwords, queries and results.',
  whenNotTo:
    'While a client still connects with sslmode=disable: it would be locked out. Find such clients first, in the connection log: their rows have no TLS version.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ClusterParameterGroups[]"',
        'aws redshift describe-cluster-parameters --parameter-group-name GROUP --query "Parameters[?ParameterName==\'require_ssl\']"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: note the parameter group and whether it says pending-reboot.',
        'Amazon Redshift › Configurations › Workload management › GROUP › Parameters: require_ssl must be true.',
      ],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-parameter-group --parameter-group-name GROUP --parameters ParameterName=require_ssl,ParameterValue=true',
        'aws redshift reboot-cluster --cluster-identifier CLUSTER',
      ],
      console: [
        'Amazon Redshift › Configurations › Workload management › GROUP › Parameters › Edit parameters: set require_ssl to true, save. A default group cannot be edited: create one of the same family and attach it to the cluster under Properties › Database configurations › Edit parameter group.',
        'Amazon Redshift › Clusters › CLUSTER › Actions › Reboot cluster. Maintenance does not apply it.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/parameter-group-modify.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts, parameters }) {
    const tls = booleanState('require_ssl', facts, parameters)
    if (!tls) return unknown('no-parameter', 'has no parameter group that names require_ssl')
    const states = { configured: said(tls.configured, 'parameters'), inForce: said(tls.inForce, 'facts') }
    const standing = standingOf(tls)
    // Where every parameter waits, changed or not, nothing tells what runs: booleanState.
    const isTold = tls.inForce !== null
    const spoken: Record<string, string> = {
      untold: `does not tell whether require_ssl is set and applied (group ${tls.group})`,
      'in-force': `requires TLS (group ${tls.group})`,
      off: `accepts plain-text connections (group ${tls.group})`,
      'pending-reboot': isTold
        ? 'is set to require TLS, but not before its next reboot'
        : 'is set to require TLS from its next reboot on, and AWS does not tell whether it does before',
      'opens-at-reboot': isTold
        ? 'will accept plain-text connections after its next reboot'
        : 'will accept plain-text connections after its next reboot, and AWS does not tell whether it does already',
    }
    const verdict = standing === 'in-force' ? pass : standing === 'untold' ? unknown : fail
    return verdict(standing, spoken[standing] ?? unapplied(requireTls.parameter, standing), states)
  },

  remediation: {
    summary:
      'Set require_ssl in the parameter group of the cluster, in a new group if it has a default one, and reboot.',
    impact: 'reboot',
    steps: (subject) => switchOn(subject, requireTls),
  },

  examples: {
    pass: {
      'TLS is required': cluster({ reason: 'in-force' }),
      'the default group of 2025 requires it': cluster({ reason: 'in-force', group: 'default.redshift-2.0' }),
    },
    fail: {
      'TLS is not required': cluster({ reason: 'off', parameters: { require_ssl: 'false' } }),
      'a default group that cannot be changed': cluster({
        reason: 'off',
        group: 'default.redshift-1.0',
        parameters: { require_ssl: 'false' },
      }),
      'set to true, waiting for a reboot': cluster({
        reason: 'pending-reboot',
        applied: { require_ssl: 'pending-reboot', enable_user_activity_logging: 'in-sync' },
      }),
      'set to false, waiting for a reboot': cluster({
        reason: 'opens-at-reboot',
        parameters: { require_ssl: 'false' },
        applied: { require_ssl: 'pending-reboot', enable_user_activity_logging: 'in-sync' },
      }),
    },
  },
})
