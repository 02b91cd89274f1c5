// Edges of cluster-audit-logging: what stands for a destination, what arrives, and where the plan moves the log.

import { afterEach, describe, expect, test } from 'vitest'
import type { LogBucketSeen } from '#model/resource.ts'
import practice from './cluster-audit-logging.ts'
import { everybodyReads, logBucketSeen, policyOf } from './examples/bucket.ts'
import { bucketLogging, cloudWatchLogging, cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, holdOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

type Logging = ReturnType<typeof bucketLogging>
const on = (logging: Logging, facts = {}) => cluster({ reason: '', logging, facts })
const verdict = (logging: Logging, facts = {}) => verdictOf(practice, on(logging, facts))

describe('what is an audit log', () => {
  test('system tables in S3 Tables are not one', () => {
    const tables = { LoggingEnabled: true, LogDestinationType: 's3table', LogExports: ['all'] } as const
    expect(verdict({ ...tables, LogExports: [...tables.LogExports] })).toBe(
      'fail off: keeps no audit log: the system tables that it publishes to S3 Tables are not one',
    )
  })

  test('a bucket beside S3 Tables still is one', () => {
    expect(verdict(bucketLogging({ S3Tables: {} }))).toBe(
      'pass delivering: sends its audit log to bucket acme-audit, last delivered 60 min ago',
    )
  })

  test('CloudWatch Logs without a word on log types is unknown', () => {
    expect(verdict(cloudWatchLogging({ LogExports: [] }))).toBe(
      'unknown untold: sends its audit log to CloudWatch Logs, but AWS names no log types',
    )
  })

  test('each missing log is named', () => {
    expect(verdict(cloudWatchLogging({ LogExports: ['userlog'] }))).toBe(
      'fail incomplete: sends no connectionlog, no useractivitylog to CloudWatch Logs',
    )
  })
})

describe('whether it arrives', () => {
  test('a failure of the same second as a delivery has healed', () => {
    expect(verdict(bucketLogging({ LastFailureTime: '2026-11-22T11:00:00.000Z' }))).toMatch(
      /^pass delivering/,
    )
  })

  test('a failure before anything was delivered', () => {
    const logging = { LoggingEnabled: true, BucketName: 'gone', LastFailureTime: '2026-11-22T11:00:00Z' }
    expect(verdict(logging)).toBe(
      'fail failing: cannot deliver its audit log to bucket gone, nothing was ever delivered: AWS does not say why',
    )
  })

  test('exactly 24 hours ago is fresh, a second more is not', () => {
    expect(verdict(bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-21T12:00:00Z' }))).toMatch(/^pass/)
    expect(verdict(bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-21T11:59:59Z' }))).toBe(
      'fail stale: has audit logging on to bucket acme-audit, but last delivered 24 h ago',
    )
  })

  test('nor does one that goes to sleep, or wakes up', () => {
    const old = bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-01T11:00:00Z' })
    expect(verdict(old, { ClusterStatus: 'resuming' })).toBe(
      'pass paused: is resuming; its audit log is in bucket acme-audit, last delivered 21 days ago',
    )
    expect(verdict(old, { ClusterStatus: 'pausing' })).toMatch(/^pass paused: is pausing/)
    expect(verdict(old, { ClusterStatus: 'rebooting' })).toMatch(/^fail stale/)
  })

  test('the hours count from when it woke up, and what else is wrong is told', () => {
    const old = { LastSuccessfulDeliveryTime: '2026-11-01T11:00:00Z' }
    const woke = (resumes: string[], more: Logging = {}) =>
      verdictOf(
        practice,
        cluster({ reason: '', logging: bucketLogging({ ...old, ...more }), answers: { resumes } }),
      )
    expect(woke(['2026-11-22T11:30:00Z', '2026-11-02T11:00:00Z'])).toBe(
      'pass resumed: was resumed 30 min ago; its audit log is in bucket acme-audit, last delivered 21 days ago',
    )
    expect(woke(['2026-11-21T12:00:00Z'])).toMatch(/^pass resumed/)
    expect(woke(['2026-11-21T11:59:59Z'])).toMatch(/^fail stale/)
    expect(woke(['2026-11-22T11:30:00Z'], { LastFailureTime: '2026-11-22T11:40:00Z' })).toMatch(
      /^fail failing/,
    )
  })

  describe('after a pause', () => {
    let driver: Driver | undefined
    afterEach(() => driver?.stop())
    const look = async (delivered: Record<string, string>, denied: { action: string }[] = []) => {
      const resumed = (clusterIdentifier: string, eventTime: string) => ({
        eventTime,
        eventSource: 'redshift.amazonaws.com',
        eventName: 'ResumeCluster',
        user: 'example',
        requestParameters: { clusterIdentifier },
      })
      const clusters = Object.entries(delivered).map(([ClusterIdentifier, LastSuccessfulDeliveryTime]) => ({
        ClusterIdentifier,
        logging: { LoggingEnabled: true, BucketName: 'acme-audit', LastSuccessfulDeliveryTime },
      }))
      const region = { clusters, events: [resumed('woke', '-40m'), resumed('awake', '-30d')] }
      const accounts = {
        [place.account]: {
          accessKeys: [{ ...key, user: 'example', denied }],
          regions: { [place.region]: region },
        },
      }
      driver = await drive({ name: 'asleep', about: 'Clusters that were paused.', accounts } as never, {
        key,
        regions: [place.region],
        speed: 0,
      })
      const { findings } = await driver.scan()
      const asked = driver.lab.calls().filter(({ action }) => action === 'cloudtrail:LookupEvents').length
      const told = findings
        .filter((one) => one.practice === practice.id)
        .map(({ resource, status, reason, permission }) =>
          [resource.split(':').at(-1), status, reason, permission].filter(Boolean).join(' '),
        )
      return { asked, told: told.sort() }
    }

    test('a cluster that was resumed lately is told by the event history', async () => {
      expect(await look({ woke: '-5d', awake: '-5d', never: '-5d', fresh: '-30m' })).toEqual({
        asked: 3,
        told: ['awake fail stale', 'fresh pass delivering', 'never fail stale', 'woke pass resumed'],
      })
    })

    test('nothing more is asked where every log arrives', async () => {
      expect(await look({ woke: '-30m', fresh: '-30m' })).toEqual({
        asked: 2,
        told: ['fresh pass delivering', 'woke pass delivering'],
      })
    })

    test('without the history a quiet log is unknown, and the permission is named', async () => {
      const { told } = await look({ woke: '-5d', fresh: '-30m' }, [{ action: 'cloudtrail:LookupEvents' }])
      expect(told).toEqual(['fresh pass delivering', 'woke unknown refused cloudtrail:LookupEvents'])
    })
  })

  test('a paused cluster delivers nothing, yet its refusals are told', () => {
    const paused = { ClusterStatus: 'paused' }
    const old = { LastSuccessfulDeliveryTime: '2026-11-01T11:00:00Z' }
    expect(verdict(bucketLogging(old), paused)).toBe(
      'pass paused: is paused; its audit log is in bucket acme-audit, last delivered 21 days ago',
    )
    expect(verdict(bucketLogging({ ...old, LastFailureTime: '2026-11-02T11:00:00Z' }), paused)).toMatch(
      /^fail failing/,
    )
    expect(verdict(cloudWatchLogging({ ...old, LogExports: ['userlog'] }), paused)).toMatch(
      /^fail incomplete/,
    )
  })
})

describe('what the plan does', () => {
  const stale = { LastSuccessfulDeliveryTime: '2026-11-19T11:00:00Z' }
  const failing = bucketLogging({ LastFailureTime: '2026-11-22T11:30:00Z' })
  const at = (logBucket: LogBucketSeen, logging: Logging) =>
    cluster({ reason: '', logging, answers: { logBucket } })

  test('a bucket in which nothing arrives is left for CloudWatch Logs, and the undo goes back to it', () => {
    const [change] = changesOf(practice, on(bucketLogging({ ...stale, S3KeyPrefix: 'redshift/' })))
    expect(change?.call.input).toEqual({
      ClusterIdentifier: 'sales',
      LogDestinationType: 'cloudwatch',
      LogExports: ['connectionlog', 'useractivitylog', 'userlog'],
    })
    expect(change?.undo).toMatchObject({
      call: {
        action: 'redshift:EnableLogging',
        input: { LogDestinationType: 's3', BucketName: 'acme-audit', S3KeyPrefix: 'redshift/' },
      },
    })
    expect(change?.effects.map(({ fact, before, after }) => [fact, before, after])).toEqual([
      ['logging.BucketName', 'acme-audit', null],
      ['logging.S3KeyPrefix', 'redshift/', null],
      ['auditLogType', 's3', 'cloudwatch'],
      ['logTypes', [], ['connectionlog', 'useractivitylog', 'userlog']],
    ])
    expect(change?.notes?.at(-1)).toContain(
      'what reads bucket acme-audit must read /aws/redshift/cluster/sales/',
    )
  })

  test('a destination that works is kept, with all three logs', () => {
    const [change] = changesOf(practice, on(bucketLogging({ LogExports: ['userlog'] })))
    expect(change?.call.input).toMatchObject({
      BucketName: 'acme-audit',
      LogExports: ['connectionlog', 'useractivitylog', 'userlog'],
    })
    expect(change?.undo).toMatchObject({ call: { input: { LogExports: ['userlog'] } } })
  })

  test('what does not arrive in CloudWatch Logs is left to a person', () => {
    expect(changesOf(practice, on(cloudWatchLogging(stale)))).toEqual([])
  })

  test('logging that never delivered is held back: somebody may have switched it on just now', () => {
    const silent = { LoggingEnabled: true, BucketName: 'acme-audit' }
    const never = on(silent)
    expect(holdOf(practice, never)).toMatch(/^audit logging may have been switched on only now/)
    expect(changesOf(practice, never)).toHaveLength(1)
    expect(holdOf(practice, on({ LoggingEnabled: false }))).toBeUndefined()
    expect(holdOf(practice, at(logBucketSeen({ policy: null }), silent))).toBeUndefined()
  })

  test('a bucket that may have been mended only now is not left: the move is held back', () => {
    for (const logging of [bucketLogging(stale), failing])
      expect(holdOf(practice, at(logBucketSeen(), logging))).toBe(
        'nothing of bucket acme-audit keeps Redshift from delivering, which may have been mended only now: look again in some hours, or name it with --resource',
      )
    expect(holdOf(practice, on(bucketLogging({ LogExports: ['userlog'] })))).toBeUndefined()
  })

  test('a bucket that a call can mend is mended, and the log stays where it goes', () => {
    const kms = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }]
    const example = at(logBucketSeen({ policy: null, encryption: kms }), failing)
    expect(holdOf(practice, example)).toBeUndefined()
    expect(changesOf(practice, example).map(({ call }) => call.action)).toEqual([
      's3:PutBucketPolicy',
      's3:PutBucketEncryption',
    ])
  })

  test.each([
    ['gone', { location: null }, 'does not exist: the audit log of sales goes nowhere'],
    [
      'elsewhere',
      { location: 'us-east-1' },
      'lies in us-east-1, and Redshift delivers within eu-west-1 only',
    ],
    [
      'locked',
      { objectLock: true, policy: null },
      'has Object Lock on, with which Redshift cannot deliver audit logs',
    ],
    [
      'behind a wall that takes no policy',
      { policy: policyOf(everybodyReads), policyIsPublic: true },
      'does not let redshift.amazonaws.com deliver the audit log of sales',
    ],
  ])('a bucket that is %s is left for good: the plan says that there is no undo', (_, answers, why) => {
    const example = at(logBucketSeen(answers), failing)
    expect(holdOf(practice, example)).toBeUndefined()
    const [change, ...more] = changesOf(practice, example)
    expect(change?.call.input).toMatchObject({ LogDestinationType: 'cloudwatch' })
    expect(change?.undo).toEqual({ none: `the logs do not go back: bucket acme-audit ${why}` })
    expect(more).toEqual([])
  })

  test('a bucket that may not be looked into is left, and the undo may be refused', () => {
    const example = at({ unread: 's3:GetBucketPolicy' }, failing)
    expect(holdOf(practice, example)).toBeUndefined()
    const [change] = changesOf(practice, example)
    expect(change?.undo).toMatchObject({ call: { input: { BucketName: 'acme-audit' } } })
    expect(change?.notes?.at(-1)).toBe(
      'while Redshift may not write to bucket acme-audit, AWS refuses the undo',
    )
  })
})
