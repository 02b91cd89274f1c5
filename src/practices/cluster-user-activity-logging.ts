// Clusters log what their users do: both switches are on, and in force.

import { destinationOf, isFailing, type Logging, missingLogs } from '#model/logging.ts'
import { ifTold, worstOf } from '#model/missing.ts'
import { booleanState, standingOf } from '#model/parameter.ts'
import { type Switch, switchOn } from '#model/parameter-change.ts'
import { definePractice, fail, type Known, pass, type States, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { bucketLogging, cloudWatchLogging, cluster } from './examples.ts'

const activity: Switch = { parameter: 'enable_user_activity_logging', words: 'Log user activity' }

export default definePractice({
  id: 'cluster-user-activity-logging',
  title: 'Clusters log what their users do',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['parameters', 'parameterGroups', 'logging'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html',
  ],
  why: 'Only the user activity log has the statements: grants, unloads, and who read what. It takes two switches, a parameter that waits for a restart and audit logging, and with one of them it stays empty without a word.',
  whenNotTo:
    'Where statements hold secrets that nobody may keep, and the log cannot be guarded: then say who accepts that nothing is left to hunt in.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ClusterParameterGroups[]"',
        'aws redshift describe-cluster-parameters --parameter-group-name GROUP --query "Parameters[?ParameterName==\'enable_user_activity_logging\']"',
        'aws redshift describe-logging-status --cluster-identifier CLUSTER',
      ],
      console: [
        'Amazon Redshift › Configurations › Workload management › GROUP › Parameters: enable_user_activity_logging must be true.',
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: the group must not say pending-reboot, and audit logging must be on.',
      ],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-parameter-group --parameter-group-name GROUP --parameters ParameterName=enable_user_activity_logging,ParameterValue=true',
        'aws redshift reboot-cluster --cluster-identifier CLUSTER',
      ],
      console: [
        'Amazon Redshift › Configurations › Workload management › GROUP › Parameters › Edit parameters: set enable_user_activity_logging to true, save. A default group cannot be edited.',
        'Amazon Redshift › Clusters › CLUSTER › Actions › Reboot cluster.',
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations › Edit › Edit audit logging: on, with the user activity log.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/parameter-group-modify.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject) {
    const states = ifTold(() => statesOf(switchedOf(subject)))
    const wrong = worstOf(
      () => switchedOff(subject),
      () => unlogged(subject.logging, states),
    )
    if (wrong) return wrong
    const to = destinationOf(subject.logging)
    // Whether it arrives is for cluster-audit-logging to judge, of all three logs.
    return isFailing(subject.logging)
      ? pass('logged', `has its user activity logged for ${to}, where its audit log fails to arrive`, states)
      : pass('logged', `sends its user activity log to ${to}`, states)
  },

  remediation: {
    summary: 'Set enable_user_activity_logging, in a new group if the cluster has a default one, and reboot.',
    impact: 'reboot',
    steps(subject, _, { reason }) {
      if (reason === 'no-audit-log' || reason === 'not-exported') {
        return {
          none: 'what is missing is the audit log, which cluster-audit-logging plans',
        }
      }
      return switchOn(subject, activity)
    },
  },

  examples: {
    pass: {
      'both are on, to CloudWatch Logs': cluster({ reason: 'logged', logging: cloudWatchLogging() }),
      'both are on, to a bucket': cluster({ reason: 'logged', logging: bucketLogging() }),
    },
    fail: {
      'the parameter is off': cluster({
        reason: 'off',
        parameters: { enable_user_activity_logging: 'false' },
        logging: cloudWatchLogging(),
      }),
      'off in a default group, which cannot be changed': cluster({
        reason: 'off',
        group: 'default.redshift-2.0',
        parameters: { enable_user_activity_logging: 'false' },
        logging: cloudWatchLogging(),
      }),
      'the parameter waits for a reboot': cluster({
        reason: 'pending-reboot',
        applied: { enable_user_activity_logging: 'pending-reboot', require_ssl: 'in-sync' },
        logging: cloudWatchLogging(),
      }),
      'false waits for a reboot': cluster({
        reason: 'opens-at-reboot',
        parameters: { enable_user_activity_logging: 'false' },
        applied: { enable_user_activity_logging: 'pending-reboot', require_ssl: 'in-sync' },
        logging: cloudWatchLogging(),
      }),
      'the parameter is on, and audit logging off': cluster({ reason: 'no-audit-log' }),
      'the user activity log is not exported': cluster({
        reason: 'not-exported',
        logging: cloudWatchLogging({ LogExports: ['connectionlog', 'userlog'] }),
      }),
    },
  },
})

/** The parameter is in force: does the log go anywhere? */
type Subject = Known<'redshift:cluster', 'parameters' | 'parameterGroups' | 'logging'>
type Switched = ReturnType<typeof switchedOf>

const switchedOf = ({ facts, parameters }: Subject) => booleanState(activity.parameter, facts, parameters)

const statesOf = (switched: Switched): States<'parameters'> =>
  switched
    ? { configured: said(switched.configured, 'parameters'), inForce: said(switched.inForce, 'facts') }
    : {}

/** The first switch: that the parameter is not set, or not in force. */
function switchedOff(subject: Subject) {
  const switched = switchedOf(subject)
  if (!switched) return unknown('no-parameter', `has no parameter group that names ${activity.parameter}`)
  const states = statesOf(switched)
  const standing = standingOf(switched)
  if (standing === 'in-force') return undefined
  if (standing === 'untold')
    return unknown('untold', `does not tell whether ${activity.parameter} is set and applied`, states)
  const spoken: Record<string, string> = {
    off: `logs no user activity (group ${switched.group})`,
    'pending-reboot': 'is set to log user activity, but not before its next reboot',
    'opens-at-reboot': 'will log no user activity after its next reboot',
  }
  const unapplied = `does not run ${activity.parameter}: it is ${standing}`
  return fail(standing, spoken[standing] ?? unapplied, states)
}

/** The second one: that no audit log carries what the parameter writes. */
function unlogged(logging: Logging, states: States<'parameters'> | undefined) {
  const to = destinationOf(logging)
  if (!to) return fail('no-audit-log', 'has audit logging off: its user activity goes nowhere', states)
  const missing = missingLogs(logging)
  if (!missing) return unknown('untold', `sends its audit log to ${to}, but AWS names no log types`, states)
  return missing.includes('useractivitylog')
    ? fail('not-exported', `sends no user activity log to ${to}`, states)
    : undefined
}
