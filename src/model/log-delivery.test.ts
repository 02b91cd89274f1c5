// Whether policies of buckets let Redshift deliver, case by case.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import { describe, expect, test } from 'vitest'
import { lettingLogsIn, logAccess, logDeliverer } from './log-delivery.ts'
import type { PolicyDocument } from './resource.ts'

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
const bucket = 'arn:aws:s3:::acme-audit'
const use = (prefix = '') => ({
  cluster: 'sales',
  arn: 'arn:aws:redshift:eu-west-1:111122223333:cluster:sales',
  region: 'eu-west-1',
  prefix,
})
const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'redshift.amazonaws.com' },
  Action: ['s3:PutObject', 's3:GetBucketAcl'],
  Resource: [bucket, `${bucket}/*`],
  ...more,
})
const deny = (Condition?: object, more: object = {}) => ({
  ...allow({ Principal: '*', Action: 's3:*', ...more }),
  Effect: 'Deny',
  ...(Condition && { Condition }),
})
const of = (statements: object[], prefix = '') =>
  logAccess({ Version: '2012-10-17', Statement: statements }, bucket, use(prefix), place)

describe('what lets Redshift in', () => {
  test.each([
    ['the statement of the Management Guide', allow(), 'allowed'],
    ['everybody', allow({ Principal: '*' }), 'allowed'],
    [
      'everybody but an account',
      allow({ Principal: undefined, NotPrincipal: { AWS: '999988887777' } }),
      'allowed',
    ],
    [
      'everybody but Redshift',
      allow({ Principal: undefined, NotPrincipal: { Service: 'redshift.amazonaws.com' } }),
      'refused',
    ],
    ['the user of old', allow({ Principal: { AWS: 'arn:aws:iam::193672423079:user/logs' } }), 'refused'],
    ['another service', allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } }), 'refused'],
    [
      'one of several services',
      allow({ Principal: { Service: ['x.amazonaws.com', 'redshift.amazonaws.com'] } }),
      'allowed',
    ],
    ['writing alone', allow({ Action: 's3:PutObject' }), 'refused'],
    ['all but deleting', allow({ Action: undefined, NotAction: 's3:DeleteObject' }), 'allowed'],
    ['the bucket without its objects', allow({ Resource: bucket }), 'refused'],
    [
      'all but a folder of others',
      allow({ Resource: undefined, NotResource: `${bucket}/others/*` }),
      'allowed',
    ],
    [
      'for this account',
      allow({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }),
      'allowed',
    ],
    [
      'for another account',
      allow({ Condition: { StringEquals: { 'AWS:SourceAccount': '444455556666' } } }),
      'refused',
    ],
    [
      'for its clusters',
      allow({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:redshift:*:111122223333:cluster:*' } } }),
      'allowed',
    ],
    [
      'for the organization',
      allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
      'refused',
    ],
    [
      'with an ACL that is not known',
      allow({ Condition: { StringEquals: { 's3:x-amz-acl': 'private' } } }),
      'depends',
    ],
    [
      'for whoever a variable means',
      allow({ Condition: { StringEquals: { 'aws:SourceAccount': ['$', '{x}'].join('') } } }),
      'depends',
    ],
  ])('%s: %s', (_, statement, expected) => {
    expect(of([statement])).toBe(expected)
  })

  test('each prefix by itself', () => {
    const one = [
      allow({ Action: 's3:GetBucketAcl' }),
      allow({ Action: 's3:PutObject', Resource: `${bucket}/sales/AWSLogs/*` }),
    ]
    expect([of(one, 'sales'), of(one, 'sales/'), of(one, 'other/'), of(one)]).toEqual([
      'allowed',
      'allowed',
      'refused',
      'refused',
    ])
  })
})

describe('what refuses Redshift all the same', () => {
  test.each([
    ['nobody may', deny(), 'refused'],
    ['plain HTTP', deny({ Bool: { 'aws:SecureTransport': 'false' } }), 'allowed'],
    ['who is not of the organization', deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }), 'refused'],
    [
      'who is not of the organization, AWS services left out',
      deny({
        StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' },
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      }),
      'allowed',
    ],
    [
      'who is not of the organization, if he says so',
      deny({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }),
      'refused',
    ],
    [
      'who does not come through the VPC',
      deny({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      'refused',
    ],
    ['who says no organization', deny({ Null: { 'aws:PrincipalOrgID': 'true' } }), 'refused'],
    ['who says an organization', deny({ Null: { 'aws:PrincipalOrgID': 'false' } }), 'allowed'],
    ['an address', deny({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), 'depends'],
    [
      'everybody but an account',
      deny(undefined, { Principal: undefined, NotPrincipal: { AWS: '1' } }),
      'refused',
    ],
    ['deleting', deny(undefined, { Action: 's3:DeleteObject' }), 'allowed'],
  ])('%s: %s', (_, statement, expected) => {
    expect(of([allow(), statement])).toBe(expected)
  })
})

test('in regions to opt in to it is the own principal of the region that delivers', () => {
  expect(logDeliverer(place)).toBe('redshift.amazonaws.com')
  const milan = { ...place, region: 'eu-south-1' }
  expect(logDeliverer(milan)).toBe('redshift.eu-south-1.amazonaws.com')
  expect(logDeliverer({ ...place, partition: 'aws-us-gov', region: 'us-gov-west-1' })).toBe(
    'redshift.amazonaws.com',
  )
  const usual = { Version: '2012-10-17', Statement: [allow()] }
  expect(logAccess(usual, bucket, use(), milan)).toBe('refused')
  expect(logAccess(lettingLogsIn(usual, bucket, milan), bucket, use(), milan)).toBe('allowed')
})

test('what it adds stands beside what is there, under a name of its own', () => {
  const mine = { Sid: 'RedshiftAuditLogs', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket }
  for (const Statement of [mine, [mine]]) {
    const after = lettingLogsIn({ Version: '2008-10-17', Statement } as PolicyDocument, bucket, place)
    expect(after).toEqual({
      Version: '2008-10-17',
      Statement: [mine, { Sid: 'RedshiftAuditLogs2', ...allow() }],
    })
  }
  expect(lettingLogsIn(null, bucket, place)).toEqual({
    Version: '2012-10-17',
    Statement: [{ Sid: 'RedshiftAuditLogs', ...allow() }],
  })
})
