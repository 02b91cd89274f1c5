// Snapshot schedules of clusters work.

import { hour, spoken } from '#kit/time.ts'
import { ifTold } from '#model/missing.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted, isPaused } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-snapshot-schedule',
  title: 'Snapshot schedules of clusters are in force and on time',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['schedule'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html#automated-snapshot-schedules',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html',
  ],
  why: 'A schedule takes the place of the snapshots that AWS takes by itself about every eight hours. One that failed to be attached, is gone or runs late means fewer of them than anybody believes.',
  whenNotTo:
    'A cluster without a schedule passes: AWS then takes its automated snapshots by itself. Whether they are kept, and fresh, is what cluster-automated-snapshots judges.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[SnapshotScheduleIdentifier,SnapshotScheduleState,ExpectedNextSnapshotScheduleTime,ExpectedNextSnapshotScheduleTimeStatus]"',
        'aws redshift describe-snapshot-schedules --cluster-identifier CLUSTER',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Maintenance: snapshot schedule and its status.'],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-snapshot-schedule --cluster-identifier CLUSTER --schedule-identifier SCHEDULE',
      ],
      console: [
        'Amazon Redshift › Clusters › Snapshots › Snapshot schedules › SCHEDULE: attach the cluster again, OK.',
        'Which schedule is right is for a person to say: without one, AWS takes snapshots by itself again.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/snapshot-schedule-create.html',
    readOn: '2026-11-27',
  },
  settings: {
    hours: { default: 2, unit: 'hours', about: 'How late the next scheduled snapshot may be.' },
  },

  concerns: (facts) => !isBeingDeleted(facts) && !isPaused(facts),

  check(subject, { settings, now }) {
    const { facts } = subject
    const { SnapshotScheduleIdentifier: id, SnapshotScheduleState: state } = facts
    if (!id) return pass('none', 'has no snapshot schedule: AWS takes its automated snapshots by itself')
    const states = { configured: said(id, 'facts'), inForce: said(state ?? null, 'facts') }
    if (state === 'FAILED') return fail('failed', `could not be given the snapshot schedule ${id}`, states)
    const due = Date.parse(facts.ExpectedNextSnapshotScheduleTime ?? '')
    const late = Date.parse(now) - due
    if (late > settings.hours * hour) {
      return fail('late', `is ${spoken(late)} behind its snapshot schedule ${id}`, states)
    }
    const { AutomatedSnapshotRetentionPeriod: retention } = facts
    // Where automated snapshots are off, none is taken, whatever the schedule says.
    const schedule = retention === 0 ? ifTold(() => subject.schedule) : subject.schedule
    if (schedule === null)
      return fail('gone', `names the snapshot schedule ${id}, which does not exist`, states)
    const definitions = schedule?.ScheduleDefinitions ?? []
    if (schedule && definitions.length === 0) {
      return fail('empty', `has the snapshot schedule ${id}, which says no time at all`, states)
    }
    if (retention === 0) {
      return fail(
        'off',
        `takes none of the snapshots of its schedule ${id}: it keeps no automated ones`,
        states,
      )
    }
    if (state === 'MODIFYING')
      return unknown('attaching', `is being given the snapshot schedule ${id}`, states)
    if (state === undefined) {
      return unknown('untold', `does not tell whether its snapshot schedule ${id} is in force`, states)
    }
    // AWS tells when the next one is due "for clusters with a valid snapshot schedule and backups enabled" (API, Cluster).
    return Number.isNaN(due)
      ? unknown('no-next', `does not tell when the next snapshot of its schedule ${id} is due`, states)
      : pass('on-time', `takes automated snapshots at ${definitions.join(', ')} (schedule ${id})`, states)
  },

  examples: {
    pass: {
      'none is attached': cluster({ reason: 'none' }),
      'twice a day, and on time': cluster({
        reason: 'on-time',
        facts: scheduled({ ExpectedNextSnapshotScheduleTime: '2026-11-22T18:00:00Z' }),
        schedule: { ScheduleIdentifier: 'twice-a-day', ScheduleDefinitions: ['rate(12 hours)'] },
      }),
    },
    fail: {
      'automated snapshots are off, which a schedule does not change': cluster({
        reason: 'off',
        facts: scheduled({ AutomatedSnapshotRetentionPeriod: 0, NodeType: 'dc2.large' }),
        schedule: { ScheduleIdentifier: 'twice-a-day', ScheduleDefinitions: ['rate(12 hours)'] },
      }),
      'it could not be attached': cluster({
        reason: 'failed',
        facts: scheduled({ SnapshotScheduleState: 'FAILED' }),
        schedule: { ScheduleIdentifier: 'twice-a-day', ScheduleDefinitions: ['rate(12 hours)'] },
      }),
      'the next snapshot should have been taken nine hours ago': cluster({
        reason: 'late',
        facts: scheduled({
          ExpectedNextSnapshotScheduleTime: '2026-11-22T03:00:00Z',
          ExpectedNextSnapshotScheduleTimeStatus: 'Pending',
        }),
        schedule: { ScheduleIdentifier: 'twice-a-day', ScheduleDefinitions: ['rate(12 hours)'] },
      }),
    },
  },
})

function scheduled(facts: object) {
  return {
    SnapshotScheduleIdentifier: 'twice-a-day',
    SnapshotScheduleState: 'ACTIVE' as const,
    ExpectedNextSnapshotScheduleTimeStatus: 'OnTrack',
    ...facts,
  }
}
