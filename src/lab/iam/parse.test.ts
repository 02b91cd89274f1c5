// What a policy may look like, and the sentence about one that may not.

import { expect, test } from 'vitest'
import { MalformedPolicyDocument, type PolicyUse, parsePolicy } from './parse.ts'

const fine = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const named = { ...fine, Principal: '*' }
const trusting = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'redshift.amazonaws.com' },
}

test('single values become lists, numbers and Booleans become text', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Id: 'one',
    Statement: {
      ...named,
      Sid: 'A',
      Condition: { NumericLessThan: { 's3:max-keys': 10 }, Bool: { 'aws:SecureTransport': true } },
    },
  })
  expect(parsePolicy(text, 'resource')).toEqual({
    Version: '2012-10-17',
    Id: 'one',
    Statement: [
      {
        Sid: 'A',
        Effect: 'Allow',
        Principal: { AWS: ['*'] },
        Action: ['s3:GetObject'],
        Resource: ['*'],
        Condition: { NumericLessThan: { 's3:max-keys': ['10'] }, Bool: { 'aws:SecureTransport': ['true'] } },
      },
    ],
  })
})

test('what was read can be read again', () => {
  const once = parsePolicy({ Statement: [named, trusting] })
  expect(parsePolicy(once)).toEqual(once)
})

test('all forms of principals are taken', () => {
  const AWS = [
    '*',
    '111122223333',
    'arn:aws:iam::111122223333:root',
    'arn:aws-us-gov:iam::111122223333:role/a/b',
    'arn:aws:sts::111122223333:assumed-role/r/s',
    'AROAEXAMPLEEXAMPLE12',
  ]
  const Principal = {
    AWS,
    Service: ['a.amazonaws.com'],
    Federated: ['www.amazon.com'],
    CanonicalUser: ['79a5'],
  }
  expect(parsePolicy({ Statement: { ...fine, Principal } }, 'resource').Statement[0]?.Principal).toEqual(
    Principal,
  )
})

const statement = (more: object) => ({ Statement: [{ ...fine, ...more }] })
const wrong: [string | object, PolicyUse | undefined, string][] = [
  ['{', undefined, 'Syntax errors in policy.'],
  ['[]', undefined, 'A policy must be an object.'],
  [{}, undefined, 'Missing required field Statement'],
  [{ Statement: [] }, undefined, 'Missing required field Statement'],
  [{ Statement: ['x'] }, undefined, 'A statement must be an object.'],
  [{ Version: '2012-10-18', Statement: fine }, undefined, 'The policy must contain a valid version string'],
  [{ Statement: fine, Comment: 'x' }, undefined, 'Unknown field Comment'],
  [{ Id: 1, Statement: fine }, undefined, 'Id must be a string.'],
  [statement({ Actions: 's3:*' }), undefined, 'Unknown field Actions'],
  [statement({ Sid: 1 }), undefined, 'Sid must be a string.'],
  [statement({ Effect: undefined }), undefined, 'Missing required field Effect'],
  [statement({ Effect: 'allow' }), undefined, 'Invalid effect : allow'],
  [statement({ Action: undefined }), undefined, 'Policy statement must contain actions.'],
  [statement({ Action: [] }), undefined, 'Policy statement must contain actions.'],
  [statement({ Action: 7 }), undefined, 'Action must be a string or a list of them.'],
  [
    statement({ Action: 'GetObject' }),
    undefined,
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  [statement({ NotAction: 's3:*' }), undefined, 'A statement must not contain both Action and NotAction.'],
  [statement({ NotResource: '*' }), undefined, 'A statement must not contain both Resource and NotResource.'],
  [statement({ Resource: undefined }), 'identity', 'Policy statement must contain resources.'],
  [statement({ Resource: 'reports' }), undefined, 'Resource reports must be in ARN format or "*".'],
  [{ Statement: named }, 'identity', 'Policy document should not specify a principal.'],
  [{ Statement: fine }, 'resource', 'Missing required field Principal'],
  [{ Statement: { ...fine, Action: 'sts:AssumeRole' } }, 'trust', 'Missing required field Principal'],
  [{ Statement: { ...trusting, Resource: '*' } }, 'trust', 'Has prohibited field Resource'],
  [
    { Statement: { ...fine, NotPrincipal: { AWS: '111122223333' } } },
    'resource',
    'Allow with NotPrincipal is not allowed.',
  ],
  [
    { Statement: { Effect: 'Deny', Action: '*', NotPrincipal: { AWS: '111122223333' } } },
    'trust',
    'Has prohibited field NotPrincipal',
  ],
  [statement({ Principal: { Aws: '*' } }), 'resource', 'Unknown field Aws'],
  [
    statement({ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }),
    'resource',
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"',
  ],
  [statement({ Condition: { StringIs: { a: 'b' } } }), undefined, 'Invalid Condition type : StringIs'],
  [
    statement({ Condition: { NullIfExists: { a: 'true' } } }),
    undefined,
    'Invalid Condition type : NullIfExists',
  ],
  [
    statement({ Condition: { 'ForAnyValue:Null': { a: 'true' } } }),
    undefined,
    'Invalid Condition type : ForAnyValue:Null',
  ],
  [statement({ Condition: { StringEquals: 'a' } }), undefined, 'StringEquals must be an object.'],
  [
    statement({ Condition: { StringEquals: { a: { b: 1 } } } }),
    undefined,
    'The values of the condition key a must be strings, numbers or Booleans.',
  ],
  ...(
    [
      ['IpAddress', '10.0.0.0/33'],
      ['IpAddress', 'ten'],
      ['NumericEquals', 'ten'],
      ['DateLessThan', 'tomorrow'],
      ['Bool', 'yes'],
      ['Null', 'maybe'],
      ['BinaryEquals', '%'],
    ] as const
  ).map(([operator, value]): [object, undefined, string] => [
    statement({ Condition: { [operator]: { a: value } } }),
    undefined,
    `The value ${value} of the condition key a is not one for ${operator}.`,
  ]),
  [
    {
      Statement: [
        { ...fine, Sid: 'A' },
        { ...fine, Sid: 'A' },
      ],
    },
    undefined,
    'Statement IDs (SID) in a single policy must be unique.',
  ],
]

test.each(wrong)('%j as %s: %s', (source, use, sentence) => {
  expect(() => parsePolicy(source, use)).toThrow(new MalformedPolicyDocument(sentence))
})
