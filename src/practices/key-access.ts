// Keys let nobody in whom the user does not trust.

import { accessOf, accountOf, type Statement, statementsOf } from '#model/policy-reach.ts'
import { definePractice, fail, manual, pass } from '#model/practice.ts'
import { isRedshiftAccount } from '#model/redshift-accounts.ts'
import type { PolicyDocument } from '#model/resource.ts'
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

  // The policy of a key of another account can only be read there.
  concerns: ({ AWSAccountId }, { account }) => AWSAccountId === account,

  check(subject, { policy: { trustedAccounts } }) {
    if (subject.metadata.KeyManager === 'AWS') return pass('aws-managed', 'has the policy that AWS gives it')
    const trusts = (account: string) =>
      account === subject.account || trustedAccounts.includes(account) || isRedshiftAccount(account)
    const opened = openings(subject.policy, trusts)
    if (opened.includes('anybody')) return fail('anybody', 'lets anybody in by its policy')
    const strangers = strangersIn(subject.policy, trusts)
    if (strangers.length > 0) return fail('strangers', `lets in ${strangers.join(', ')} by its policy`)
    const granted = subject.grants.flatMap(({ GranteePrincipal = '' }) => accountOf(GranteePrincipal) ?? [])
    const unexpected = [...new Set(granted)].filter((account) => !trusts(account)).sort()
    if (unexpected.length > 0) return fail('granted', `lets in ${unexpected.join(', ')} by a grant`)
    if (opened.length > 0)
      return manual('depends', 'lets in anybody who meets a condition that cannot be judged from here')
    return pass('own-only', 'lets in nobody but its own account and those that are trusted')
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

/** Accounts named by statements that allow something, unless the policy refuses them again. */
function strangersIn(document: PolicyDocument, trusts: (account: string) => boolean): string[] {
  const named = statementsOf(document)
    .filter(({ allows }) => allows)
    .flatMap(({ principals = [] }) => principals.flatMap((principal) => accountOf(principal) ?? []))
  return [...new Set(named)]
    .filter((account) => !trusts(account))
    .filter((account) => accessOf(document, { account, action: 'kms:Decrypt' }) !== 'refused')
    .sort()
}

/** What each statement that names everybody opens: to anybody, or to whom a condition lets in. */
function openings(document: PolicyDocument, trusts: (account: string) => boolean) {
  return statementsOf(document)
    .filter(({ allows, principals }) => allows && (principals === undefined || principals.includes('*')))
    .filter(({ conditions }) => !conditions.some((one) => isForTrusted(one, trusts)))
    .map(({ conditions }) => (conditions.length > 0 ? ('depends' as const) : ('anybody' as const)))
}

/** A condition that leaves only callers of accounts that are trusted. */
function isForTrusted(
  { operator, key: name, values }: Statement['conditions'][number],
  trusts: (account: string) => boolean,
): boolean {
  const isAccount = ['kms:calleraccount', 'aws:principalaccount'].includes(name.toLowerCase())
  return isAccount && operator === 'StringEquals' && values.length > 0 && values.every(trusts)
}

function forAll(Condition?: object) {
  const { Version, Statement } = letting('111122223333')
  const all = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }
  return { Version, Statement: [...Statement, { ...all, ...(Condition && { Condition }) }] }
}
