// Keys let nobody in whom the user does not trust.

import { worstOf } from '#model/missing.ts'
import {
  type Access,
  accessOf,
  accountOf,
  accountsNamedBy,
  anyAccount,
  providersLetIn,
} from '#model/policy-reach.ts'
import { type AnswersAbout, definePractice, fail, manual, pass, unknown } from '#model/practice.ts'
import { isRedshiftAccount, isRedshiftKnownIn } from '#model/redshift-accounts.ts'
import type { PolicyDocument } from '#model/resource.ts'
import { ofNoAccount, wordsOnProviders } from '#model/sharing-policy.ts'
import { key } from './examples/key.ts'
import { letting } from './examples.ts'

export default definePractice({
  id: 'key-access',
  title: 'Keys let in nobody unexpected',
  severity: 'high',
  resource: 'kms:key',
  needs: ['metadata', 'policy', 'grants'],
  controls: ['security-hub/KMS.5', 'prowler/kms_key_not_publicly_accessible'],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
  ],
  why: 'Whoever may use the key may read a snapshot that is given to him, today or by mistake tomorrow. The key is the last door.',
  whenNotTo: 'An account that has reasons: name it under trustedAccounts in redoubt.yaml instead.',
  guide: {
    check: {
      cli: [
        'aws kms get-key-policy --key-id KEY --policy-name default --output text',
        'aws kms list-grants --key-id KEY --query "Grants[].[GranteePrincipal,Operations]"',
      ],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key policy: who is let in. Grants are not shown.',
      ],
    },
    change: {
      cli: [
        'aws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
        'aws kms revoke-grant --key-id KEY --grant-id GRANT',
      ],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key policy › Switch to policy view › Edit: take the account out, Save changes.',
        'A person decides: who is in the policy may depend on it, and a policy that locks its owner out is opened by AWS Support only.',
      ],
    },
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying.html',
    readOn: '2026-11-27',
  },

  check(subject, { policy: { trustedAccounts } }) {
    const own = subject.facts.AWSAccountId ?? subject.account
    const trusts = (account: string) =>
      [own, subject.account, ...trustedAccounts].includes(account) || isRedshiftAccount(account)
    const wrong = worstOf(
      () => letInByPolicy(subject.policy, (account) => trusts(account ?? own)),
      () => letInByGrant(subject, trusts),
    )
    if (wrong) return wrong
    // Last, since who is let in is let in whatever KMS tells of the key.
    if (subject.metadata.KeyManager === 'AWS') return pass('aws-managed', 'has the policy that AWS gives it')
    return pass('own-only', 'lets nobody use it but its own account and those that are trusted')
  },

  examples: {
    pass: {
      'its own account': key({ reason: 'own-only' }),
      'a trusted account besides': key({
        reason: 'own-only',
        policy: letting('111122223333', '444455556666'),
        trustedAccounts: ['444455556666'],
      }),
      'the key that AWS manages': key({ reason: 'aws-managed', metadata: { KeyManager: 'AWS' } }),
    },
    fail: {
      'a stranger in its policy': key({
        reason: 'strangers',
        policy: letting('111122223333', '999988887777'),
      }),
      'a stranger who may let himself in': key({
        reason: 'strangers',
        policy: forAll({ StringEquals: { 'kms:CallerAccount': '999988887777' } }, 'kms:CreateGrant'),
      }),
      'the identity provider of a stranger in its policy': key({
        reason: 'strangers',
        policy: vouchedBy('arn:aws:iam::999988887777:saml-provider/their-staff'),
      }),
      'anybody in its policy': key({ reason: 'anybody', policy: forAll() }),
      'a stranger by a grant': key({
        reason: 'granted',
        grants: [
          { GrantId: 'g-1', GranteePrincipal: 'arn:aws:iam::999988887777:root', Operations: ['Decrypt'] },
        ],
      }),
    },
    manual: {
      'anybody of an organization': key({
        reason: 'depends',
        policy: forAll({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      }),
    },
  },
})

/** Whom the policy lets in besides those who are trusted; no account is none of a stranger. */
function letInByPolicy(document: PolicyDocument, trusts: (account: string | undefined) => boolean) {
  const open = reachOf(document, anyAccount)
  if (open === 'allowed') return fail('anybody', 'lets anybody in by its policy')
  const strangers = accountsNamedBy(document)
    .filter((account) => !trusts(account))
    .filter((account) => reachOf(document, account) !== 'refused')
  const providers = providersLetIn(document, kmsUses)
  const named = [...strangers, ...providers.filter((provider) => !trusts(accountOf(provider)))]
  if (named.length > 0) return fail('strangers', `lets in ${named.join(', ')} by its policy`)
  const nobodys = ofNoAccount(providers)
  if (nobodys.length > 0) return unknown('federated', wordsOnProviders(nobodys, 'KMS'))
  if (open !== 'depends') return undefined
  return manual('depends', 'lets in anybody who meets a condition that cannot be judged from here')
}

/** Whom a grant lets in besides. Where Redshift's own account is not known, one for a warehouse may be its. */
function letInByGrant(
  { grants, region }: { grants: readonly Grant[]; region: string },
  trusts: (account: string) => boolean,
) {
  const granted = grants.filter(letsUse).filter(({ GranteePrincipal = '' }) => {
    const account = accountOf(GranteePrincipal)
    return account !== undefined && !trusts(account)
  })
  const mayBeRedshift = (grant: Grant) => !isRedshiftKnownIn(region) && isForWarehouse(grant)
  const unexpected = granteesOf(granted.filter((grant) => !mayBeRedshift(grant)))
  if (unexpected.length > 0) return fail('granted', `lets in ${unexpected.join(', ')} by a grant`)
  if (granted.length === 0) return undefined
  return manual(
    'perhaps-redshift',
    `lets in ${granteesOf(granted).join(', ')} by a grant for a warehouse: whether that is Redshift, AWS does not tell for ${region}`,
  )
}

type Grant = AnswersAbout<'kms:key'>['grants'][number]

/**
 * What another account can do with a key, or to it, and so with the data. Any other operation has no effect across
 * accounts, or only tells of the key:
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
const uses = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  // Who may make grants, lets himself in; who may revoke them, takes the key from the warehouse.
  'CreateGrant',
  'RevokeGrant',
]

const kmsUses = uses.map((use) => `kms:${use}`)

/** The most that a policy lets an account do with a key. */
function reachOf(document: PolicyDocument, account: string): Access {
  const reached = kmsUses.map((action) => accessOf(document, { account, action }))
  return (
    reached.find((access) => access === 'allowed') ??
    reached.find((access) => access === 'depends') ??
    'refused'
  )
}

/** A grant that does not say for what is one for everything. */
const letsUse = ({ Operations }: Grant) => Operations?.some((operation) => uses.includes(operation)) ?? true

const granteesOf = (grants: readonly Grant[]) =>
  [...new Set(grants.map(({ GranteePrincipal = '' }) => accountOf(GranteePrincipal) ?? ''))].sort()

/** Whether a grant is bound to a warehouse, as those are that Redshift asks for. */
function isForWarehouse({ Constraints }: Grant): boolean {
  const bound = { ...Constraints?.EncryptionContextSubset, ...Constraints?.EncryptionContextEquals }
  return bound['aws:redshift:arn'] !== undefined
}

function vouchedBy(Federated: string, more: object = {}) {
  const { Version, Statement } = letting('111122223333')
  const one = { Effect: 'Allow', Principal: { Federated }, Action: 'kms:Decrypt', Resource: '*', ...more }
  return { Version, Statement: [...Statement, one] }
}

function forAll(Condition?: object, Action = 'kms:Decrypt') {
  const { Version, Statement } = letting('111122223333')
  const all = { Effect: 'Allow', Principal: '*', Action, Resource: '*' }
  return { Version, Statement: [...Statement, { ...all, ...(Condition && { Condition }) }] }
}
