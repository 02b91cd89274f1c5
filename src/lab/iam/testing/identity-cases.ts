// Cases: identity-based policies, actions, resources, variables.

import { alice, allow, away, type Case, deny, home, loader, root } from './case.ts'

const logic = 'IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html'
const element = (name: string) => `IAM/latest/UserGuide/reference_policies_elements_${name}.html`
const variables = 'IAM/latest/UserGuide/reference_policies_variables.html'
const none = 'because no identity-based policy allows the s3:GetObject action'
const object = (name: string) => ({ Resource: `arn:aws:s3:::${name}` })
const tagged = { conditions: { 'aws:PrincipalTag/team': 'yellow' } }

/** See above. */
export const identityCases: Case[] = [
  { page: logic, says: 'by default everything is denied', is: none },
  { page: logic, says: 'an allow is enough', identity: [allow('s3:GetObject')], is: 'allowed' },
  {
    page: logic,
    says: 'an explicit deny overrides an allow',
    identity: [allow('*'), deny('s3:Get*')],
    is: 'with an explicit deny in an identity-based policy',
  },
  { page: logic, says: 'the root user needs no policy', request: { caller: root }, is: 'allowed' },
  { page: element('action'), says: 'actions know no case', identity: [allow('S3:getOBJECT')], is: 'allowed' },
  { page: element('action'), says: 'a star in the middle', identity: [allow('s3:*Object')], is: 'allowed' },
  {
    page: element('action'),
    says: 'a question mark is one character',
    identity: [allow('s3:GetObjec?')],
    is: 'allowed',
  },
  { page: element('action'), says: 'and not none', identity: [allow('s3:GetObject?')], is: none },
  { page: element('action'), says: 'an action is not a prefix', identity: [allow('s3:GetObj')], is: none },
  {
    page: element('notaction'),
    says: 'NotAction with Allow is everything else',
    identity: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    is: 'allowed',
  },
  {
    page: element('notaction'),
    says: 'and not what is listed',
    identity: [{ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' }],
    is: none,
  },
  {
    page: element('notaction'),
    says: 'NotAction with Deny',
    identity: [allow('*'), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }],
    is: 'with an explicit deny in an identity-based policy',
  },
  {
    page: element('resource'),
    says: 'the exact ARN',
    identity: [allow('*', object('reports/q1.csv'))],
    is: 'allowed',
  },
  {
    page: element('resource'),
    says: 'resources know case',
    identity: [allow('*', object('Reports/q1.csv'))],
    is: none,
  },
  {
    page: element('resource'),
    says: 'the bucket is not its objects',
    identity: [allow('*', object('reports'))],
    is: none,
  },
  {
    page: element('resource'),
    says: 'a star passes slashes',
    identity: [allow('*', object('reports/*/test/*'))],
    request: { resource: 'arn:aws:s3:::reports/1///test///object.jpg' },
    is: 'allowed',
  },
  {
    page: element('resource'),
    says: 'a slash is a character like any other',
    identity: [allow('*', object('reports/*/test/*'))],
    request: { resource: 'arn:aws:s3:::reports/1-test/object.jpg' },
    is: none,
  },
  {
    page: element('resource'),
    says: 'a star inside a segment stays there',
    identity: [allow('*', { Resource: `arn:aws:redshift:eu-*-1:${home}:cluster:sales` })],
    request: {
      action: 'redshift:DescribeClusters',
      resource: `arn:aws:redshift:eu-w:x-1:${home}:cluster:sales`,
    },
    is: 'because no identity-based policy allows the redshift:DescribeClusters action',
  },
  {
    page: element('resource'),
    says: 'a star at the end of a segment runs on past the colon',
    identity: [allow('*', { Resource: 'arn:aws:redshift:*' })],
    request: {
      action: 'redshift:PauseCluster',
      resource: `arn:aws:redshift:eu-west-1:${home}:cluster:sales`,
    },
    is: 'allowed',
  },
  {
    page: element('resource'),
    says: 'an action without a resource needs a star',
    identity: [allow('*', { Resource: `arn:aws:kms:eu-west-1:${home}:key/*` })],
    request: { action: 'kms:ListKeys', resource: '*' },
    is: 'because no identity-based policy allows the kms:ListKeys action',
  },
  {
    page: element('notresource'),
    says: 'NotResource with Deny spares what is listed',
    identity: [allow('*'), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::reports/*' }],
    is: 'allowed',
  },
  {
    page: element('notresource'),
    says: 'and hits the rest',
    identity: [allow('*'), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::payroll/*' }],
    is: 'with an explicit deny in an identity-based policy',
  },
  {
    page: variables,
    says: 'aws:username is the name without the path',
    identity: [allow('*', object(`home/\${aws:username}/*`))],
    request: { resource: 'arn:aws:s3:::home/alice/notes' },
    is: 'allowed',
  },
  {
    page: variables,
    says: 'a session has no aws:username',
    identity: [allow('*', object(`home/\${aws:username}*`))],
    request: { caller: loader, resource: 'arn:aws:s3:::home/' },
    is: none,
  },
  {
    page: variables,
    says: 'before 2012-10-17 a variable is plain text',
    version: '2008-10-17',
    identity: [allow('*', object(`home/\${aws:username}/*`))],
    request: { resource: 'arn:aws:s3:::home/alice/notes' },
    is: none,
  },
  {
    page: variables,
    says: 'a tag as a variable',
    identity: [allow('*', object(`bucket-\${aws:PrincipalTag/team, 'company-wide'}/*`))],
    request: { ...tagged, resource: 'arn:aws:s3:::bucket-yellow/x' },
    is: 'allowed',
  },
  {
    page: variables,
    says: 'the default is for those without the tag',
    identity: [allow('*', object(`bucket-\${aws:PrincipalTag/team, 'company-wide'}/*`))],
    request: { ...tagged, resource: 'arn:aws:s3:::bucket-company-wide/x' },
    is: none,
  },
  {
    page: variables,
    says: 'the default',
    identity: [allow('*', object(`bucket-\${aws:PrincipalTag/team, 'company-wide'}/*`))],
    request: { resource: 'arn:aws:s3:::bucket-company-wide/x' },
    is: 'allowed',
  },
  {
    page: variables,
    says: 'a star that is meant as one',
    identity: [allow('*', object(`reports/\${*}.csv`))],
    is: none,
  },
  {
    page: variables,
    says: 'that star itself',
    identity: [allow('*', object(`reports/\${*}.csv`))],
    request: { resource: 'arn:aws:s3:::reports/*.csv' },
    is: 'allowed',
  },
  {
    page: variables,
    says: 'no variable before the fifth colon',
    identity: [allow('*', { Resource: `arn:aws:redshift:*:\${aws:PrincipalAccount}:cluster:sales` })],
    request: { resource: `arn:aws:redshift:eu-west-1:${home}:cluster:sales` },
    is: none,
  },
  {
    page: variables,
    says: 'a key with several values is no variable',
    identity: [allow('*', object(`\${aws:TagKeys}/x`))],
    request: { resource: 'arn:aws:s3:::a/x', conditions: { 'aws:TagKeys': ['a', 'b'] } },
    is: none,
  },
  {
    page: variables,
    says: 'a variable without a value makes the statement void, NotResource too',
    identity: [{ Effect: 'Allow', Action: '*', NotResource: `arn:aws:s3:::\${aws:PrincipalTag/team}/*` }],
    is: none,
  },
  {
    page: variables,
    says: 'and a negated condition too',
    identity: [
      allow('*', { Condition: { StringNotEquals: { 'aws:PrincipalAccount': `\${aws:PrincipalTag/team}` } } }),
    ],
    is: none,
  },
  {
    page: variables,
    says: 'a session has no aws:username, whatever it is called',
    identity: [allow('*', object(`home/\${aws:username}/*`))],
    request: { caller: loader, resource: 'arn:aws:s3:::home/nightly/x' },
    is: none,
  },
  {
    page: logic,
    says: 'a role of another account gets nothing from its own policies alone',
    identity: [allow('*')],
    request: { caller: alice, resourceAccount: away },
    is: 'because no resource-based policy allows the s3:GetObject action',
  },
]
