// Cases: the condition operators, missing keys, sets.

import { alice, allow, type Case, deny, home, loader, root, when } from './case.ts'

const operators = 'IAM/latest/UserGuide/reference_policies_elements_condition_operators.html'
const sets = 'IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html'
const several = 'IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html'
const keys = 'IAM/latest/UserGuide/reference_policies_condition-keys.html'
const none = 'because no identity-based policy allows the s3:GetObject action'

type Context = Record<string, string | string[]>

function row(
  page: string,
  [operator, key, value]: [string, string, unknown],
  conditions: Context,
  holds: boolean,
): Case {
  return {
    page,
    says: `${operator} ${key} ${JSON.stringify(value)} ${holds ? 'holds' : 'fails'} for ${JSON.stringify(conditions)}`,
    identity: [when(operator, key, value)],
    request: { conditions },
    is: holds ? 'allowed' : none,
  }
}

const ip = 'aws:SourceIp'
const now = 'aws:CurrentTime'
const tags = 'aws:TagKeys'
const source = 'aws:SourceArn'
const topic = `arn:aws:sns:eu-west-1:${home}:alarms`

/** See above. */
export const conditionCases: Case[] = [
  row(operators, ['StringEquals', 'aws:PrincipalOrgID', 'o-a1'], { 'AWS:principalorgid': 'o-a1' }, true),
  row(operators, ['StringEquals', 'aws:PrincipalOrgID', 'o-a1'], { 'aws:PrincipalOrgID': 'O-A1' }, false),
  row(operators, ['StringEquals', 'aws:PrincipalOrgID', 'o-*'], { 'aws:PrincipalOrgID': 'o-a1' }, false),
  row(operators, ['StringEquals', 'aws:PrincipalOrgID', 'o-a1'], {}, false),
  row(operators, ['StringNotEquals', 'aws:PrincipalOrgID', 'o-a1'], {}, true),
  row(operators, ['StringEqualsIgnoreCase', 's3:prefix', 'Home'], { 's3:prefix': 'hOME' }, true),
  row(operators, ['StringNotEqualsIgnoreCase', 's3:prefix', 'Home'], { 's3:prefix': 'hOME' }, false),
  row(
    operators,
    ['StringLike', 's3:prefix', ['', 'home/', `home/\${aws:username}/*`]],
    { 's3:prefix': 'home/alice/x' },
    true,
  ),
  row(
    operators,
    ['StringLike', 's3:prefix', `home/\${aws:username}/*`],
    { 's3:prefix': 'home/bob/x' },
    false,
  ),
  row(operators, ['StringNotLike', 's3:prefix', 'home/*'], { 's3:prefix': 'home/x' }, false),
  row(operators, ['NumericLessThanEquals', 's3:max-keys', 10], { 's3:max-keys': '10' }, true),
  row(operators, ['NumericLessThanEquals', 's3:max-keys', '10'], { 's3:max-keys': '9.5' }, true),
  row(operators, ['NumericGreaterThan', 's3:max-keys', '10'], { 's3:max-keys': '10' }, false),
  row(operators, ['NumericNotEquals', 's3:max-keys', '10'], { 's3:max-keys': '10.0' }, false),
  row(operators, ['DateGreaterThan', now, '2020-01-01T00:00:01Z'], { [now]: '2026-09-01T00:00:00Z' }, true),
  row(operators, ['DateLessThan', now, '2020-01-01'], { [now]: '2019-12-31T23:59:59Z' }, true),
  row(operators, ['DateEquals', now, '2020-01-01T00:00:00+01:00'], { [now]: '2019-12-31T23:00:00Z' }, true),
  row(
    operators,
    ['DateLessThanEquals', 'aws:EpochTime', '2020-01-01T00:00:00Z'],
    { 'aws:EpochTime': '1577836801' },
    false,
  ),
  row(operators, ['Bool', 'aws:SecureTransport', 'false'], { 'aws:SecureTransport': 'false' }, true),
  row(operators, ['Bool', 'aws:SecureTransport', true], { 'aws:SecureTransport': 'false' }, false),
  row(operators, ['Bool', 'aws:ViaAWSService', 'false'], {}, false),
  row(operators, ['BinaryEquals', 'x:key', 'QmluYXJ5'], { 'x:key': 'QmluYXJ5' }, true),
  row(operators, ['IpAddress', ip, '203.0.113.0/24'], { [ip]: '203.0.113.255' }, true),
  row(operators, ['IpAddress', ip, '203.0.113.0/24'], { [ip]: '203.0.114.0' }, false),
  row(operators, ['IpAddress', ip, '203.0.113.7'], { [ip]: '203.0.113.8' }, false),
  row(
    operators,
    ['IpAddress', ip, ['203.0.113.0/24', '2001:DB8:1234:5678::/64']],
    { [ip]: '2001:db8:1234:5678::9' },
    true,
  ),
  row(operators, ['IpAddress', ip, '2001:DB8:1234:5678::/64'], { [ip]: '2001:db8:1234:5679::9' }, false),
  row(operators, ['NotIpAddress', ip, '203.0.113.0/24'], { [ip]: '203.0.113.1' }, false),
  row(operators, ['NotIpAddress', ip, '203.0.113.0/24'], {}, true),
  row(operators, ['IpAddress', ip, '0.0.0.0/0'], { [ip]: '2001:db8::1' }, false),
  row(operators, ['IpAddress', ip, '::/0'], { [ip]: '203.0.113.1' }, false),
  row(operators, ['IpAddress', ip, '0.0.0.0/0'], { [ip]: 'redshift.amazonaws.com' }, false),
  row(operators, ['NumericLessThan', 's3:max-keys', '10'], { 's3:max-keys': '10' }, false),
  row(operators, ['NumericGreaterThanEquals', 's3:max-keys', '10'], { 's3:max-keys': '10' }, true),
  row(operators, ['ArnLike', source, '*'], { [source]: topic }, true),
  row(operators, ['ArnLike', source, 'arn:aws:sns:*'], { [source]: topic }, false),
  row(keys, ['StringEquals', 'aws:ResourceAccount', home], {}, true),
  row(keys, ['Bool', 'aws:PrincipalIsAWSService', 'false'], {}, true),
  row(sets, ['StringNotEquals', tags, 'a'], { [tags]: ['a', 'b'] }, false),
  row(sets, ['Null', tags, 'true'], { [tags]: [] }, true),
  row(operators, ['ArnLike', source, `arn:aws:sns:*:${home}:al*`], { [source]: topic }, true),
  row(operators, ['ArnEquals', source, `arn:aws:sns:*:${home}:al*`], { [source]: topic }, true),
  row(
    operators,
    ['ArnLike', source, `arn:aws:someservice:*:${home}:finance/*`],
    { [source]: `arn:aws:someservice:us-east-2:999999999999:store/abc:${home}:finance/document.txt` },
    false,
  ),
  row(
    operators,
    ['StringLike', source, `arn:aws:someservice:*:${home}:finance/*`],
    { [source]: `arn:aws:someservice:us-east-2:999999999999:store/abc:${home}:finance/document.txt` },
    true,
  ),
  row(operators, ['ArnNotLike', source, `arn:aws:sns:*:${home}:*`], { [source]: topic }, false),
  row(operators, ['StringLikeIfExists', 'ec2:InstanceType', 't2.*'], {}, true),
  row(
    operators,
    ['StringLikeIfExists', 'ec2:InstanceType', 't2.*'],
    { 'ec2:InstanceType': 'm3.large' },
    false,
  ),
  row(operators, ['Null', 'aws:TokenIssueTime', 'true'], {}, true),
  row(operators, ['Null', 'aws:TokenIssueTime', 'false'], {}, false),
  row(
    operators,
    ['Null', 'aws:TokenIssueTime', 'false'],
    { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' },
    true,
  ),
  row(several, ['StringEquals', 'aws:PrincipalAccount', ['999999999999', home]], {}, true),
  row(several, ['StringNotEquals', 'aws:PrincipalAccount', ['999999999999', home]], {}, false),
  row(sets, ['ForAllValues:StringEquals', tags, ['a', 'b']], { [tags]: ['a'] }, true),
  row(sets, ['ForAllValues:StringEquals', tags, ['a', 'b']], { [tags]: ['a', 'c'] }, false),
  row(sets, ['ForAllValues:StringEquals', tags, ['a', 'b']], {}, true),
  row(sets, ['ForAllValues:StringEquals', tags, ['a', 'b']], { [tags]: '' }, true),
  row(sets, ['ForAnyValue:StringEquals', tags, ['a', 'b']], { [tags]: ['c', 'b'] }, true),
  row(sets, ['ForAnyValue:StringEquals', tags, ['a', 'b']], { [tags]: ['c'] }, false),
  row(sets, ['ForAnyValue:StringEquals', tags, ['a', 'b']], {}, false),
  row(sets, ['ForAnyValue:StringNotEquals', tags, 'a'], {}, false),
  row(sets, ['ForAllValues:StringLike', tags, ['cost-*']], { [tags]: ['cost-a', 'cost-b'] }, true),
  {
    page: several,
    says: 'all keys of all operators must hold',
    identity: [
      allow('*', {
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': home, 'aws:PrincipalTag/team': 'blue' },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      }),
    ],
    request: { conditions: { 'aws:SecureTransport': 'true', 'aws:PrincipalTag/team': 'red' } },
    is: none,
  },
  {
    page: operators,
    says: 'a Deny with a negated IfExists hits the request without the key',
    identity: [
      allow('*'),
      deny('*', { Condition: { StringNotEqualsIfExists: { 'aws:RequestTag/team': 'blue' } } }),
    ],
    is: 'with an explicit deny in an identity-based policy',
  },
  {
    page: keys,
    says: 'aws:PrincipalArn of a session is the role',
    identity: [when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${home}:role/etl/loader`)],
    request: { caller: loader },
    is: 'allowed',
  },
  ...(
    [
      [alice, 'User'],
      [loader, 'AssumedRole'],
      [root, 'Account'],
    ] as const
  ).map(
    ([caller, type]): Case => ({
      page: keys,
      says: `aws:PrincipalType of ${caller.kind} is ${type}`,
      identity: [deny('*', { Condition: { StringEquals: { 'aws:PrincipalType': type } } })],
      request: { caller },
      is: 'with an explicit deny in an identity-based policy',
    }),
  ),
]
