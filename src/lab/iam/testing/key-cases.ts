// Cases: key policies of KMS, and what limits from above: boundaries, session policies, the organization.

import { alice, allow, away, type Case, deny, home, loader, redshift, root } from './case.ts'

const keyPolicy = 'kms/latest/developerguide/key-policies.html'
const keyDefault = 'kms/latest/developerguide/key-policy-default.html'
const keyCross = 'kms/latest/developerguide/key-policy-modifying-external-accounts.html'
const keyConditions = 'kms/latest/developerguide/conditions-kms.html'
const scp = 'organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html'
const scpScope = 'organizations/latest/userguide/orgs_manage_policies_scps.html'
const boundaries = 'IAM/latest/UserGuide/access_policies_boundaries.html'
const sessions = 'IAM/latest/UserGuide/access_policies.html#policies_session'

const aws = (name: string) => ({ Principal: { AWS: name } })
const own = allow('kms:*', aws(`arn:aws:iam::${home}:root`))
const use = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${home}:key/1234` }
const no = (kind: string, action = 'kms:Decrypt') => `because no ${kind} allows the ${action} action`
const user = aws(`arn:aws:iam::${home}:user/staff/alice`)

function key(page: string, says: string, resource: Case['resource'], rest: Partial<Case>, is: string): Case {
  const request = { ...use, ...rest.request }
  return { page, says, kind: 'kms', ...(resource ? { resource } : {}), ...rest, request, is }
}

const kms = [allow('kms:*')]
const via = (name: string) => ({
  conditions: { 'kms:ViaService': name, 'kms:CallerAccount': home },
})
const managed = allow('kms:Decrypt', {
  Principal: { AWS: '*' },
  Condition: {
    StringEquals: { 'kms:ViaService': 'redshift.eu-west-1.amazonaws.com', 'kms:CallerAccount': home },
  },
})
const forResource = { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }
const context = (value: string) => ({
  Condition: { StringEquals: { 'kms:EncryptionContext:aws:redshift:arn': value } },
})

/** See above. */
export const keyCases: Case[] = [
  key(keyDefault, 'the account named: policies of identities count', [own], { identity: kms }, 'allowed'),
  key(keyDefault, 'but are needed', [own], {}, no('identity-based policy')),
  key(
    keyPolicy,
    'the account not named: they count for nothing',
    [allow('kms:*', aws(away))],
    { identity: kms },
    no('resource-based policy'),
  ),
  key(
    keyPolicy,
    'the account named for another action',
    [allow('kms:Encrypt', aws(home))],
    { identity: kms },
    no('resource-based policy'),
  ),
  key(keyPolicy, 'naming the user is enough', [allow('kms:Decrypt', user)], {}, 'allowed'),
  key(
    keyPolicy,
    'not even root has a right of its own',
    [allow('kms:*', user)],
    { request: { caller: root } },
    no('resource-based policy'),
  ),
  key(keyDefault, 'root has it where the account is named', [own], { request: { caller: root } }, 'allowed'),
  key(
    keyPolicy,
    'an identity may deny in any case',
    [allow('kms:*', user)],
    { identity: [deny('kms:Decrypt')] },
    'with an explicit deny in an identity-based policy',
  ),
  key(
    keyCross,
    'another account: key policy and identity',
    [allow('kms:Decrypt', aws(home))],
    { identity: kms, request: { resourceAccount: away } },
    'allowed',
  ),
  // Observed for Secrets Manager (dev.classmethod.jp, 2021); for keys unverified.
  key(
    keyCross,
    'another account: key policy alone',
    [allow('kms:Decrypt', aws(home))],
    { request: { resourceAccount: away } },
    no('resource-based policy'),
  ),
  key(
    keyCross,
    'another account: identity alone',
    [allow('kms:*', aws(away))],
    { identity: kms, request: { resourceAccount: away } },
    no('resource-based policy'),
  ),
  key(
    keyConditions,
    'an AWS managed key, used through its service',
    [managed],
    { request: via('redshift.eu-west-1.amazonaws.com') },
    'allowed',
  ),
  key(
    keyConditions,
    'and through another',
    [managed],
    { identity: kms, request: via('s3.eu-west-1.amazonaws.com') },
    no('resource-based policy'),
  ),
  key(
    keyConditions,
    'and directly',
    [managed],
    { identity: kms, request: { conditions: { 'kms:CallerAccount': home } } },
    no('resource-based policy'),
  ),
  key(
    keyConditions,
    'a grant for an AWS resource',
    [allow('kms:CreateGrant', { ...user, ...forResource })],
    { request: { action: 'kms:CreateGrant', conditions: { 'kms:GrantIsForAWSResource': 'true' } } },
    'allowed',
  ),
  key(
    keyConditions,
    'a grant for somebody else',
    [allow('kms:CreateGrant', { ...user, ...forResource })],
    { request: { action: 'kms:CreateGrant', conditions: { 'kms:GrantIsForAWSResource': 'false' } } },
    no('resource-based policy', 'kms:CreateGrant'),
  ),
  key(
    keyConditions,
    'the encryption context, its key without regard to case',
    [allow('kms:*', { ...user, ...context('a') })],
    { request: { conditions: { 'kms:EncryptionContext:AWS:Redshift:Arn': 'a' } } },
    'allowed',
  ),
  key(
    keyConditions,
    'its value with regard to case',
    [allow('kms:*', { ...user, ...context('a') })],
    { request: { conditions: { 'kms:EncryptionContext:aws:redshift:arn': 'A' } } },
    no('resource-based policy'),
  ),
  key(
    keyConditions,
    'the keys of the encryption context',
    [
      allow('kms:*', {
        ...user,
        Condition: { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:redshift:arn'] } },
      }),
    ],
    { request: { conditions: { 'kms:EncryptionContextKeys': ['aws:redshift:arn', 'other'] } } },
    no('resource-based policy'),
  ),
  key(
    keyPolicy,
    'a service needs the key policy',
    [own],
    { request: { caller: redshift } },
    no('resource-based policy'),
  ),
  {
    page: boundaries,
    says: 'a boundary gives nothing',
    boundary: [allow('*')],
    is: no('identity-based policy', 's3:GetObject'),
  },
  {
    page: boundaries,
    says: 'a boundary limits',
    identity: [allow('*')],
    boundary: kms,
    is: no('permissions boundary', 's3:GetObject'),
  },
  {
    page: boundaries,
    says: 'a boundary denies',
    identity: [allow('*')],
    boundary: [allow('*'), deny('s3:*')],
    is: 'with an explicit deny in a permissions boundary',
  },
  {
    page: sessions,
    says: 'a session policy limits',
    identity: [allow('*')],
    session: kms,
    request: { caller: loader },
    is: no('session policy', 's3:GetObject'),
  },
  {
    page: sessions,
    says: 'a session policy gives nothing',
    session: [allow('*')],
    request: { caller: loader },
    is: no('identity-based policy', 's3:GetObject'),
  },
  {
    page: sessions,
    says: 'a session policy denies',
    identity: [allow('*')],
    session: [allow('*'), deny('s3:*')],
    request: { caller: loader },
    is: 'with an explicit deny in a session policy',
  },
  {
    page: scp,
    says: 'every level must allow',
    identity: [allow('*')],
    scps: [[allow('*')], kms, [allow('*')]],
    is: no('service control policy', 's3:GetObject'),
  },
  {
    page: scp,
    says: 'all levels allow',
    identity: [allow('*')],
    scps: [[allow('*')], [allow('s3:*')]],
    is: 'allowed',
  },
  {
    page: scp,
    says: 'an SCP gives nothing',
    scps: [[allow('*')]],
    is: no('identity-based policy', 's3:GetObject'),
  },
  {
    page: scp,
    says: 'a deny at any level',
    identity: [allow('*')],
    scps: [[allow('*'), deny('s3:*')], [allow('*')]],
    is: 'with an explicit deny in a service control policy',
  },
  {
    page: scpScope,
    says: 'SCPs bind root users',
    scps: [kms],
    request: { caller: root },
    is: no('service control policy', 's3:GetObject'),
  },
  {
    page: scpScope,
    says: 'SCPs bind whom the resource names',
    scps: [kms],
    resource: [allow('*', user)],
    request: { caller: alice },
    is: no('service control policy', 's3:GetObject'),
  },
  {
    page: scpScope,
    says: 'SCPs do not bind services',
    scps: [kms],
    resource: [allow('*', { Principal: { Service: 'redshift.amazonaws.com' } })],
    request: { caller: redshift },
    is: 'allowed',
  },
  {
    page: scpScope,
    says: 'SCPs do not bind service-linked roles',
    scps: [kms],
    identity: [allow('*')],
    request: {
      caller: {
        kind: 'session',
        account: home,
        arn: `arn:aws:sts::${home}:assumed-role/AWSServiceRoleForRedshift/r`,
        roleArn: `arn:aws:iam::${home}:role/aws-service-role/redshift.amazonaws.com/AWSServiceRoleForRedshift`,
      },
    },
    is: 'allowed',
  },
]
