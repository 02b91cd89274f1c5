// Clusters accept encrypted connections only.

import { call } from '#model/action.ts'
import { booleanState, type ParameterState } from '#model/parameter.ts'
import type { Effect } from '#model/plan.ts'
import { type Draft, definePractice, fail, type Known, pass, reboot, said, unknown } from '#model/practice.ts'
import { arnOf, isBeingDeleted, type ParameterGroupInUse } from '#model/resource.ts'
import { cluster } from './examples.ts'

type Subject = Known<'redshift:cluster', 'parameters' | 'parameterGroups'>

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
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html',
    readOn: '2026-11-22',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts, parameters }) {
    const tls = booleanState('require_ssl', facts, parameters)
    if (!tls) return unknown('no-parameter', 'has no parameter group that names require_ssl')
    const states = { configured: said(tls.configured, 'parameters'), inForce: said(tls.inForce, 'facts') }
    if (tls.configured === null || tls.status === 'untold') {
      return unknown(
        'untold',
        `does not tell whether require_ssl is set and applied (group ${tls.group})`,
        states,
      )
    }
    const on = tls.configured === 'true'
    if (tls.status === 'in-sync') {
      return on
        ? pass('in-force', `requires TLS (group ${tls.group})`, states)
        : fail('off', `accepts plain-text connections (group ${tls.group})`, states)
    }
    if (tls.status === 'pending-reboot') {
      return on
        ? fail('pending-reboot', 'is set to require TLS, but not before its next reboot', states)
        : fail('opens-at-reboot', 'will accept plain-text connections after its next reboot', states)
    }
    return fail(
      tls.status,
      `does not run the value of its parameter group: require_ssl is ${tls.status}`,
      states,
    )
  },

  remediation: {
    summary:
      'Set require_ssl in the parameter group of the cluster, in a new group if it has a default one, and reboot.',
    impact: 'reboot',
    steps(subject, _, { reason }) {
      const tls = booleanState('require_ssl', subject.facts, subject.parameters)
      const group = subject.parameters.find(({ name }) => name === tls?.group)
      if (!tls || !group) return { none: 'no parameter group of the cluster names require_ssl' }
      if (reason === 'pending-reboot') {
        const undo = { none: 'what it applies was asked for before this plan' }
        return [reboot(subject.arn, ['require_ssl'], { undo })]
      }
      if (reason !== 'off' && reason !== 'opens-at-reboot') {
        return { none: `AWS says ${reason} of require_ssl: no restart is known to help while it does` }
      }
      // TLS is still required while false waits for a restart: set back without one, it is again as it was.
      const back = { none: 'set back, the value waits for the next restart, as it did before' }
      const undo = reason === 'off' ? 'reboot' : back
      if (!group.name.startsWith('default.')) {
        if (!group.clusters)
          return { none: 'not all clusters could be listed, and others may share its group' }
        return [setInGroup(subject, group, tls), reboot(subject.arn, ['require_ssl'], { undo })]
      }
      const family = familyOf(subject, group)
      // A group of another family would be refused, or worse, taken.
      if (!family) return { none: `AWS does not tell the family of ${group.name}` }
      const everything = group.parameters.map(({ ParameterName = '' }) => ParameterName)
      const restart = reboot(subject.arn, ['require_ssl'], { undo, alsoPending: everything })
      return [...moveToOwnGroup(subject, group, family), restart]
    },
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

const parameterPath = 'Amazon Redshift › Configurations › Workload management'

/** The cluster has a group of its own making: one value in it changes. */
function setInGroup(subject: Subject, group: ParameterGroupInUse, tls: ParameterState): Draft {
  const others = (group.clusters ?? []).filter((name) => name !== subject.name)
  const value = (ParameterValue: string) =>
    call('redshift:ModifyClusterParameterGroup', {
      ParameterGroupName: group.name,
      Parameters: [{ ParameterName: 'require_ssl', ParameterValue }],
    })
  return {
    title: `Require TLS in parameter group ${group.name}`,
    call: value('true'),
    effects: [
      {
        resource: arnOf('redshift:parameter-group', subject, group.name),
        fact: 'parameters.require_ssl',
        before: tls.configured,
        after: 'true',
      },
      // Set back to what still runs, a value may or may not wait for a restart: AWS does not say.
      ...(tls.status === 'in-sync' ? [waitsForReboot(subject)] : []),
    ],
    console: `${parameterPath} › ${group.name} › Parameters › Edit parameters › require_ssl: true`,
    impact: 'none',
    notes:
      others.length > 0
        ? [`also changes ${others.join(', ')} at their next reboot: they share the group`]
        : [],
    undo: {
      call: value('false'),
      console: `${parameterPath} › ${group.name} › Parameters › Edit parameters › require_ssl: false`,
    },
  }
}

function familyOf({ parameterGroups }: Subject, { name }: ParameterGroupInUse): string | undefined {
  return parameterGroups.find(({ ParameterGroupName }) => ParameterGroupName === name)?.ParameterGroupFamily
}

/** A default group cannot be modified: a new one of the same family takes its values, and its place. */
function moveToOwnGroup(subject: Subject, old: ParameterGroupInUse, family: string): Draft[] {
  const name = freeName(subject)
  const group = arnOf('redshift:parameter-group', subject, name)
  const attach = (ParameterGroupName: string) =>
    call('redshift:ModifyCluster', {
      ClusterIdentifier: subject.name,
      ClusterParameterGroupName: ParameterGroupName,
    })
  const userValues = old.parameters
    .filter(({ Source, ParameterName }) => Source === 'user' && ParameterName !== 'require_ssl')
    .map(({ ParameterName = '', ParameterValue = '' }) => ({ ParameterName, ParameterValue }))
  const values = [...userValues, { ParameterName: 'require_ssl', ParameterValue: 'true' }]
  const properties = `Amazon Redshift › Clusters › ${subject.name} › Properties › Database configurations › Edit parameter group`
  return [
    {
      title: `Create parameter group ${name}`,
      call: call('redshift:CreateClusterParameterGroup', {
        ParameterGroupName: name,
        ParameterGroupFamily: family,
        Description: `${old.name} with TLS required, for cluster ${subject.name}`,
      }),
      effects: [{ resource: group, fact: 'exists', before: false, after: true }],
      console: `${parameterPath} › Create: ${name}`,
      impact: 'none',
      undo: {
        call: call('redshift:DeleteClusterParameterGroup', { ParameterGroupName: name }),
        cleanup: true,
        console: `${parameterPath} › ${name} › Delete`,
      },
    },
    {
      title: `Require TLS in parameter group ${name}`,
      call: call('redshift:ModifyClusterParameterGroup', {
        ParameterGroupName: name,
        Parameters: values,
      }),
      effects: values.map(({ ParameterName, ParameterValue }) => ({
        resource: group,
        fact: `parameters.${ParameterName}`,
        before: null,
        after: ParameterValue,
      })),
      console: `${parameterPath} › ${name} › Parameters › Edit parameters › require_ssl: true`,
      impact: 'none',
      undo: { none: 'the group is deleted as a whole' },
    },
    {
      title: `Attach ${subject.name} to parameter group ${name}`,
      call: attach(name),
      effects: [
        { resource: subject.arn, fact: 'parameterGroup', before: [old.name], after: [name] },
        waitsForReboot(subject),
      ],
      console: `${properties}: ${name}`,
      impact: 'none',
      undo: { call: attach(old.name), console: `${properties}: ${old.name}` },
    },
  ]
}

/** A static parameter changes nothing before the restart: the cluster says that it waits for one. */
function waitsForReboot({ arn, facts }: Subject): Effect {
  const before = (facts.ClusterParameterGroups ?? []).map(
    ({ ParameterApplyStatus = '' }) => ParameterApplyStatus,
  )
  return { resource: arn, fact: 'parameterApplyStatus', before, after: before.map(() => 'pending-reboot') }
}

/**
 * `redoubt-<cluster>`, or `redoubt2-<cluster>` when that is taken. The number stands before the hyphen, so that the
 * names for two clusters are never the same.
 */
function freeName({ name, parameterGroups }: Subject): string {
  const taken = new Set(parameterGroups.map(({ ParameterGroupName }) => ParameterGroupName))
  let free = `redoubt-${name}`
  for (let number = 2; taken.has(free); number++) free = `redoubt${number}-${name}`
  return free
}
