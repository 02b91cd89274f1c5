// Log groups of audit logs say how long they keep them.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { logGroup } from './examples/around.ts'

/** The days that PutRetentionPolicy takes: its page in the API reference. */
const possible = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

export default definePractice({
  id: 'log-group-retention',
  title: 'Log groups of audit logs keep them as long as agreed',
  severity: 'low',
  resource: 'logs:log-group',
  needs: [],
  controls: [
    'security-hub/CloudWatch.16',
    'prowler/cloudwatch_log_group_retention_policy_specific_days_enabled',
  ],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html',
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  ],
  why: 'Redshift makes its log groups without an end. For ever is more than most laws allow for what people typed, and too short is gone before an intrusion is noticed.',
  whenNotTo:
    'Where the log groups are exported and deleted by something else: suppress it with that as the reason.',
  guide: {
    check: {
      cli: [
        'aws logs describe-log-groups --log-group-name-prefix /aws/redshift/ --query "logGroups[].[logGroupName,retentionInDays]"',
      ],
      console: ['CloudWatch › Logs › Log groups › /aws/redshift/…: Retention.'],
    },
    change: {
      cli: ['aws logs put-retention-policy --log-group-name GROUP --retention-in-days 365'],
      console: [
        'CloudWatch › Logs › Log groups › GROUP: choose its Retention, Expire events after 12 months, Save.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    readOn: '2026-11-27',
  },
  settings: {
    leastDays: {
      default: 90,
      unit: 'days',
      about: 'How long audit logs must be kept at the least; CloudWatch.16 asks for 365.',
    },
    days: { default: 365, unit: 'days', about: 'The retention that the remediation sets.' },
  },

  check({ facts }, { settings }) {
    const { retentionInDays: days } = facts
    const states = {
      configured: said(days ?? 'never expires', 'facts'),
      inForce: said(days ?? null, 'facts'),
    }
    if (days === undefined) return fail('for-ever', 'keeps its logs for ever', states)
    return days < settings.leastDays
      ? fail('too-short', `keeps its logs for ${counted(days, 'day')} only`, states)
      : pass('kept', `keeps its logs for ${counted(days, 'day')}`, states)
  },

  remediation: {
    summary: 'Set the agreed retention, in the nearest length that CloudWatch Logs has.',
    impact: 'deletes data',
    steps: (subject, { settings }) => [keepFor(subject, Math.max(settings.days, settings.leastDays))],
  },

  examples: {
    pass: { 'kept for a year': logGroup({ reason: 'kept' }) },
    fail: {
      'kept for ever': logGroup({ reason: 'for-ever', facts: { retentionInDays: undefined } as never }),
      'kept for a week': logGroup({ reason: 'too-short', facts: { retentionInDays: 7 } }),
    },
  },
})

function keepFor({ arn, name, facts }: Known<'logs:log-group', never>, wanted: number): Draft {
  const days = possible.find((one) => one >= wanted) ?? 3653
  const before = facts.retentionInDays
  const place = `CloudWatch › Logs › Log groups › ${name} › Retention`
  const keep = (retentionInDays: number) =>
    call('logs:PutRetentionPolicy', { logGroupName: name, retentionInDays: retentionInDays as never })
  const shorter = before === undefined || before > days
  return {
    title: `Keep the logs of ${name} for ${counted(days, 'day')}`,
    call: keep(days),
    effects: [{ resource: arn, fact: 'retentionInDays', before: before ?? null, after: days }],
    console: `${place}: ${counted(days, 'day')}`,
    impact: shorter ? 'deletes data' : 'none',
    notes: shorter ? [`what is older than ${counted(days, 'day')} is deleted within some days`] : [],
    undo:
      before === undefined
        ? {
            call: call('logs:DeleteRetentionPolicy', { logGroupName: name }),
            console: `${place}: Never expire`,
            warning: 'what was deleted meanwhile does not come back',
          }
        : { call: keep(before), console: `${place}: ${counted(before, 'day')}` },
  }
}
