// Cases: policies of resources, in one account and across two, and service principals.

import { alice, allow, away, type Case, deny, home, loader, redshift, root } from './case.ts'

const same = 'IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html'
const cross = 'IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html'
const principal = 'IAM/latest/UserGuide/reference_policies_elements_principal.html'
const notPrincipal = 'IAM/latest/UserGuide/reference_policies_elements_notprincipal.html'
const logging = 'redshift/latest/mgmt/db-auditing.html'
const roles = 'IAM/latest/UserGuide/id_roles_create_for-user.html'

const aws = (...names: string[]) => ({ Principal: { AWS: names } })
const service = (name: string) => ({ Principal: { Service: name } })
const user = `arn:aws:iam::${home}:user/staff/alice`
const role = `arn:aws:iam::${home}:role/etl/loader`
const session = `arn:aws:sts::${home}:assumed-role/loader/nightly`
const account = `arn:aws:iam::${home}:root`
const no = (kind: string, action = 's3:GetObject') => `because no ${kind} allows the ${action} action`
const sparing = (...names: string[]) => {
  const { Principal: _, ...rest } = { ...deny('s3:*'), Principal: '' }
  return { ...rest, NotPrincipal: { AWS: names } }
}
const denied = 'with an explicit deny in a resource-based policy'
const put = { caller: redshift, action: 's3:PutObject', resource: 'arn:aws:s3:::logs/AWSLogs/x' }
const assume = { action: 'sts:AssumeRole', resource: role }
const trust = (names: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...names })
const only = [allow('redshift:*')]

/** See above. */
export const resourceCases: Case[] = [
  { page: same, says: 'naming the user is enough', resource: [allow('*', aws(user))], is: 'allowed' },
  {
    page: same,
    says: 'and no boundary limits it',
    resource: [allow('*', aws(user))],
    boundary: only,
    is: 'allowed',
  },
  {
    page: same,
    says: 'naming the role is enough',
    resource: [allow('*', aws(role))],
    request: { caller: loader },
    is: 'allowed',
  },
  {
    page: same,
    says: 'but a boundary limits the role',
    resource: [allow('*', aws(role))],
    boundary: only,
    request: { caller: loader },
    is: no('permissions boundary'),
  },
  {
    page: same,
    says: 'and so does a session policy',
    resource: [allow('*', aws(role))],
    session: only,
    request: { caller: loader },
    is: no('session policy'),
  },
  {
    page: same,
    says: 'naming the session is limited by neither',
    resource: [allow('*', aws(session))],
    boundary: only,
    session: only,
    request: { caller: loader },
    is: 'allowed',
  },
  {
    page: principal,
    says: 'everyone, with aws:PrincipalArn, is limited by neither',
    resource: [allow('*', { Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': role } } })],
    boundary: only,
    session: only,
    request: { caller: loader },
    is: 'allowed',
  },
  {
    page: principal,
    says: 'naming the account only delegates',
    resource: [allow('*', aws(account))],
    is: no('identity-based policy'),
  },
  {
    page: principal,
    says: 'the account by its number as well',
    resource: [allow('*', aws(home))],
    is: no('identity-based policy'),
  },
  {
    page: principal,
    says: 'a deny for the account hits all in it',
    identity: [allow('*')],
    resource: [deny('*', aws(home))],
    is: denied,
  },
  {
    page: principal,
    says: 'names of users know case',
    resource: [allow('*', aws(user.replace('alice', 'Alice')))],
    is: no('identity-based policy'),
  },
  {
    page: principal,
    says: 'a canonical user is nobody here',
    resource: [allow('*', { Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eac' } })],
    is: no('identity-based policy'),
  },
  {
    page: same,
    says: 'a deny of the resource counts for root',
    resource: [deny('*', { Principal: '*' })],
    request: { caller: root },
    is: denied,
  },
  {
    page: notPrincipal,
    says: 'the account and the user are spared',
    identity: [allow('*')],
    resource: [sparing(user, account)],
    is: 'allowed',
  },
  {
    page: notPrincipal,
    says: 'the user without the account is not',
    identity: [allow('*')],
    resource: [sparing(user)],
    is: denied,
  },
  {
    page: notPrincipal,
    says: 'another user is not',
    identity: [allow('*')],
    resource: [sparing(user.replace('alice', 'bob'), account)],
    is: denied,
  },
  {
    page: notPrincipal,
    says: 'session, role and account are spared',
    identity: [allow('*')],
    resource: [sparing(session, role, account)],
    request: { caller: loader },
    is: 'allowed',
  },
  {
    page: notPrincipal,
    says: 'another session of the role is not',
    identity: [allow('*')],
    resource: [sparing(session.replace('nightly', 'daily'), role, account)],
    request: { caller: loader },
    is: denied,
  },
  {
    page: notPrincipal,
    says: 'whoever has a boundary never is',
    identity: [allow('*')],
    boundary: [allow('*')],
    resource: [sparing(user, account)],
    is: denied,
  },
  {
    page: notPrincipal,
    says: 'a session without its role is not',
    identity: [allow('*')],
    resource: [sparing(session, account)],
    request: { caller: loader },
    is: denied,
  },
  {
    page: notPrincipal,
    says: 'the account spares its root user',
    resource: [sparing(account)],
    request: { caller: root },
    is: 'allowed',
  },
  {
    page: notPrincipal,
    says: 'everyone but everyone is nobody',
    identity: [allow('*')],
    resource: [sparing('*')],
    is: 'allowed',
  },
  {
    page: notPrincipal,
    says: 'a service is spared by its name',
    resource: [
      allow('*', service('redshift.amazonaws.com')),
      { Effect: 'Deny', Action: '*', NotPrincipal: { Service: 'redshift.amazonaws.com' } },
    ],
    request: put,
    is: 'allowed',
  },
  {
    page: same,
    says: 'the nearest name counts, not the last',
    resource: [allow('*', aws(user)), allow('*', aws(account))],
    is: 'allowed',
  },
  {
    page: same,
    says: 'the nearest name counts, not the first',
    resource: [allow('*', aws(account)), allow('*', aws(user))],
    is: 'allowed',
  },
  {
    page: 'IAM/latest/UserGuide/reference_policies_condition-keys.html',
    says: 'aws:PrincipalServiceName is the service that calls',
    resource: [
      allow('*', {
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalServiceName': 'redshift.amazonaws.com' } },
      }),
    ],
    request: put,
    is: 'allowed',
  },
  {
    page: cross,
    says: 'naming the role is not enough',
    resource: [allow('s3:*', aws(role))],
    request: { caller: loader, resourceAccount: away },
    is: no('identity-based policy'),
  },
  {
    page: cross,
    says: 'both sides allow',
    identity: [allow('s3:*')],
    resource: [allow('s3:*', aws(home))],
    request: { resourceAccount: away },
    is: 'allowed',
  },
  {
    page: cross,
    says: 'the resource alone is not enough',
    resource: [allow('s3:*', aws(user))],
    request: { resourceAccount: away },
    is: no('identity-based policy'),
  },
  {
    page: cross,
    says: 'the identity alone is not enough',
    identity: [allow('s3:*')],
    resource: [allow('s3:*', aws(away))],
    request: { resourceAccount: away },
    is: no('resource-based policy'),
  },
  {
    page: cross,
    says: 'the boundary of the caller counts even if the resource names it',
    identity: [allow('s3:*')],
    boundary: only,
    resource: [allow('s3:*', aws(user))],
    request: { resourceAccount: away },
    is: no('permissions boundary'),
  },
  {
    page: cross,
    says: 'a deny of the caller counts, and is named first',
    identity: [allow('*'), deny('s3:*')],
    resource: [allow('s3:*', aws(user)), deny('s3:*', aws(user))],
    request: { resourceAccount: away },
    is: 'with an explicit deny in an identity-based policy',
  },
  {
    page: cross,
    says: 'root of another account must be let in by the resource',
    request: { caller: root, resourceAccount: away },
    is: no('resource-based policy'),
  },
  {
    page: cross,
    says: 'and then needs no policy of its own',
    resource: [allow('s3:*', aws(home))],
    request: { caller: root, resourceAccount: away },
    is: 'allowed',
  },
  {
    page: logging,
    says: 'Redshift writes audit logs by the bucket policy',
    resource: [
      allow('s3:PutObject', { ...service('redshift.amazonaws.com'), Resource: 'arn:aws:s3:::logs/*' }),
    ],
    request: put,
    is: 'allowed',
  },
  {
    page: logging,
    says: 'a name of a region is another principal',
    resource: [allow('s3:PutObject', service('redshift.eu-south-1.amazonaws.com'))],
    request: put,
    is: no('resource-based policy', 's3:PutObject'),
  },
  {
    page: principal,
    says: 'an account is not a service',
    resource: [allow('s3:PutObject', aws(home))],
    request: put,
    is: no('resource-based policy', 's3:PutObject'),
  },
  {
    page: 'IAM/latest/UserGuide/confused-deputy.html',
    says: 'aws:SourceAccount holds a service to whom it works for',
    resource: [
      allow('s3:PutObject', {
        ...service('redshift.amazonaws.com'),
        Condition: { StringEquals: { 'aws:SourceAccount': home } },
      }),
    ],
    request: { ...put, conditions: { 'aws:SourceAccount': away } },
    is: no('resource-based policy', 's3:PutObject'),
  },
  {
    page: 'AmazonS3/latest/userguide/example-bucket-policies.html',
    says: 'plain HTTP is refused to everyone, services too',
    resource: [
      allow('s3:PutObject', service('redshift.amazonaws.com')),
      deny('s3:*', { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ],
    request: { ...put, conditions: { 'aws:SecureTransport': 'false' } },
    is: denied,
  },
  {
    page: roles,
    says: 'a role is assumed only if its trust policy allows it',
    kind: 'trust',
    identity: [allow('sts:AssumeRole')],
    resource: [trust(aws(away))],
    request: assume,
    is: no('role trust policy', 'sts:AssumeRole'),
  },
  {
    page: roles,
    says: 'a trusted user of the same account needs no more',
    kind: 'trust',
    resource: [trust(aws(user))],
    request: { ...assume, caller: alice },
    is: 'allowed',
  },
  {
    page: roles,
    says: 'a trusted account leaves it to its policies',
    kind: 'trust',
    resource: [trust(aws(home))],
    request: assume,
    is: no('identity-based policy', 'sts:AssumeRole'),
  },
  {
    page: roles,
    says: 'a service assumes its role',
    kind: 'trust',
    resource: [trust(service('redshift.amazonaws.com'))],
    request: { ...assume, caller: redshift },
    is: 'allowed',
  },
]
