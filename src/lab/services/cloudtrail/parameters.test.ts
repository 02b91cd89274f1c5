// What events show of inputs and answers, service by service.

import { deserialize, serialize } from 'node:v8'
import { describe, expect, test } from 'vitest'
import { emptyState, type State } from '../../state.ts'
import { eventName, isAnswerShown, isReadOnly, sourceOf } from './casing.ts'
import { eventOf } from './event.ts'
import type { Recorded } from './model.ts'
import { shownInput, shownOutput } from './parameters.ts'
import { keep } from './record.ts'

describe('shown', () => {
  test.each([
    ['redshift', { DBName: 'x', MasterUserPassword: 'p' }, { dBName: 'x', masterUserPassword: '****' }],
    [
      'redshift-serverless',
      { adminUserPassword: 'p', adminUsername: 'u', dbName: 'd' },
      {
        adminUserPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        adminUsername: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        dbName: 'd',
      },
    ],
    ['redshift-data', { Sql: 'select 1', Database: 'd' }, { sql: '***OMITTED***', database: 'd' }],
    ['redshift-data', { Sqls: ['select 1'] }, { sqls: '***OMITTED***' }],
    ['kms', { KeyId: 'k', Plaintext: Buffer.from('x') }, { keyId: 'k' }],
    ['secretsmanager', { SecretId: 's', SecretString: 'x' }, { secretId: 's' }],
    ['ec2', { GroupIds: ['sg-1'] }, { securityGroupIdSet: { items: ['sg-1'] } }],
    ['s3', { Bucket: 'b', Policy: '{"Version":"x"}' }, { bucketName: 'b', bucketPolicy: { Version: 'x' } }],
    ['s3', { Bucket: 'b', Body: Buffer.from('x') }, { bucketName: 'b' }],
    ['cloudtrail', { Name: 't', IsMultiRegionTrail: true }, { name: 't', isMultiRegionTrail: true }],
  ])('of %s: %j', (service, input, shown) => {
    expect(shownInput(service, input)).toEqual(shown)
  })

  test.each([
    ['redshift', 'Mar 13, 2018 4:49:17 AM'],
    ['kms', 'Mar 13, 2018, 4:49:17 AM'],
  ])('moments of %s', (service, text) => {
    expect(shownInput(service, { At: new Date('2018-03-13T04:49:17Z') })).toEqual({ at: text })
  })

  test('noon and midnight are twelve', () => {
    const at = (hour: string) => shownInput('redshift', { At: new Date(`2018-03-01T${hour}:00:00Z`) })
    expect(at('00')).toEqual({ at: 'Mar 1, 2018 12:00:00 AM' })
    expect(at('12')).toEqual({ at: 'Mar 1, 2018 12:00:00 PM' })
  })

  test('nothing where nothing was said', () => {
    expect(shownInput('redshift', {})).toBeUndefined()
  })

  test('an answer without the wrapping of Redshift', () => {
    expect(shownOutput('redshift', { Cluster: { DBName: 'x' } })).toEqual({ dBName: 'x' })
    expect(shownOutput('redshift-serverless', { namespace: { dbName: 'x' } })).toEqual({
      namespace: { dbName: 'x' },
    })
  })
})

describe('a call', () => {
  test.each([
    ['redshift', 'DescribeClusters', true, false],
    ['redshift', 'PauseCluster', false, true],
    ['redshift', 'GetClusterCredentials', false, true],
    ['kms', 'Decrypt', true, false],
    ['kms', 'CreateGrant', false, true],
    ['sts', 'AssumeRole', true, true],
  ])('%s:%s reads only: %s, shows its answer: %s', (service, action, isRead, isShown) => {
    expect([isReadOnly(service, action), isAnswerShown(service, action)]).toEqual([isRead, isShown])
  })

  test('has the names of CloudTrail', () => {
    expect(eventName('s3', 'PutPublicAccessBlock')).toBe('PutBucketPublicAccessBlock')
    expect(sourceOf('redshift-data')).toBe('redshift-data.amazonaws.com')
  })
})

function recorded(at: number, rest: Partial<Recorded> = {}): Recorded {
  const who: Recorded['who'] = {
    account: '111122223333',
    type: 'IAMUser',
    principalId: 'AIDA',
    arn: 'arn:aws:iam::111122223333:user/alice',
    accessKeyId: 'AKIA',
    userName: 'alice',
    sessionSince: undefined,
    issuer: undefined,
    mfa: false,
    invokedBy: undefined,
    address: '127.0.0.1',
    agent: 'cli',
  }
  return {
    number: 0,
    at,
    account: '111122223333',
    region: 'eu-west-1',
    service: 'redshift',
    action: 'DescribeClusters',
    who,
    requestId: '',
    isRead: true,
    isData: false,
    input: undefined,
    output: undefined,
    error: undefined,
    rare: undefined,
    ...rest,
  }
}

describe('events', () => {
  test('are kept in order of time, whenever they come', () => {
    const state = emptyState()
    for (const at of [3, 1, 2, 2]) keep(state, recorded(at))
    expect(state.cloudtrail.events.map(({ at, number }) => [at, number])).toEqual([
      [1, 1],
      [2, 2],
      [2, 3],
      [3, 0],
    ])
  })

  test('are the same after the state was saved', () => {
    const state = emptyState()
    keep(state, recorded(1, { input: { ClusterIdentifier: 'sales', At: new Date(0) } }))
    const restored = deserialize(serialize(state)) as State
    expect(restored.cloudtrail.events.map(eventOf)).toEqual(state.cloudtrail.events.map(eventOf))
  })

  test('of a service that has no account are its own', () => {
    const who = { ...recorded(1).who, type: 'AWSService' as const, invokedBy: 'kms.amazonaws.com' }
    const event = eventOf(recorded(1, { who, rare: { eventType: 'AwsServiceEvent' } }))
    expect(event).toMatchObject({
      eventType: 'AwsServiceEvent',
      userIdentity: { invokedBy: 'kms.amazonaws.com' },
    })
    expect(event).not.toHaveProperty('tlsDetails')
  })
})
