// Serverless snapshots: whom they are shared with and how that is changed, and how long they are kept.

import { call } from './action.ts'
import type { ChangeDraft } from './practice.ts'
import type { PolicyDocument, ServerlessSnapshotFacts, SnapshotFacts } from './resource.ts'
import { narrowedPolicy } from './serverless-policy.ts'
import { audienceOf } from './sharing-policy.ts'

type Subject = {
  arn: string
  name: string
  account: string
  facts: ServerlessSnapshotFacts
  policy: PolicyDocument
}
type Listed = Pick<Subject, 'facts' | 'account'>

/** The others, each once and in one order: the own account shares nothing with itself. */
const others = (accounts: readonly string[], { account }: Pick<Subject, 'account'>) =>
  [...new Set(accounts)].filter((one) => one !== account).sort()

/** The accounts that may restore it to clusters. */
const clustersOf = (subject: Listed) =>
  others(subject.facts.accountsWithProvisionedRestoreAccess ?? [], subject)

/** Who may restore it, as far as its own facts say: to namespaces, and to clusters. */
export function listedAccounts(subject: Listed): string[] {
  return others([...(subject.facts.accountsWithRestoreAccess ?? []), ...clustersOf(subject)], subject)
}

const namedIn = (subject: Pick<Subject, 'policy' | 'account'>) =>
  others(audienceOf(subject.policy).accounts, subject)

/** Everyone who may restore it, by its facts and by its policy. */
export const everyoneOf = (subject: Listed & Pick<Subject, 'policy'>): string[] =>
  others([...listedAccounts(subject), ...namedIn(subject)], subject)

const manageAccess = (name: string) =>
  `Amazon Redshift Serverless › Data backup › ${name} › Actions › Manage access`

const put = (resourceArn: string, document: object) =>
  call('redshift-serverless:PutResourcePolicy', { resourceArn, policy: JSON.stringify(document) })

const deletePolicy = (resourceArn: string) =>
  call('redshift-serverless:DeleteResourcePolicy', { resourceArn })

/** Takes the right to restore it from accounts, to namespaces and to clusters. */
export function unshared(subject: Subject, accounts: readonly string[]): ChangeDraft[] {
  return [...withoutAccounts(subject, accounts), ...revocations(subject, accounts)]
}

function withoutAccounts(subject: Subject, accounts: readonly string[]): ChangeDraft[] {
  const gone = namedIn(subject).filter((account) => accounts.includes(account))
  if (gone.length === 0) return []
  const words = {
    title: (who: string) => `Stop sharing serverless snapshot ${subject.name} with ${who}`,
    place: manageAccess(subject.name),
    remove: 'remove',
    add: 'add',
    notes: ['what was restored before stays with the account'],
  }
  return [narrowedPolicy(subject, gone, words)]
}

/** Unverified: that restoring to clusters is given and taken by Redshift's own calls with the ARN. */
function revocations(subject: Subject, accounts: readonly string[]): ChangeDraft[] {
  const { arn, name } = subject
  const all = clustersOf(subject)
  return all
    .filter((account) => accounts.includes(account))
    .map((account, index, gone) => {
      const before = all.filter((one) => !gone.slice(0, index).includes(one))
      const input = { SnapshotArn: arn, AccountWithRestoreAccess: account }
      return {
        title: `Let ${account} restore serverless snapshot ${name} to clusters no more`,
        call: call('redshift:RevokeSnapshotAccess', input),
        effects: [
          {
            resource: arn,
            fact: 'provisionedRestoreAccounts',
            before,
            after: before.filter((one) => one !== account),
          },
        ],
        console: `${manageAccess(name)}: remove ${account}`,
        impact: 'none',
        undo: {
          call: call('redshift:AuthorizeSnapshotAccess', input),
          console: `${manageAccess(name)}: add ${account}`,
        },
      }
    })
}

/**
 * Lets an account restore it to a namespace: one statement more in its policy, in the words of PutResourcePolicy in the
 * API reference.
 */
export function shared({ arn, name, policy }: Subject, account: string, worth: string): ChangeDraft {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: [account] },
    Action: ['redshift-serverless:RestoreFromSnapshot'],
  }
  const present = policy?.Statement ?? []
  const statements = Array.isArray(present) ? present : [present]
  const after = { Version: '2012-10-17', ...policy, Statement: [...statements, statement] }
  return {
    title: `Share serverless snapshot ${name} with ${account}`,
    call: put(arn, after),
    effects: [{ resource: arn, fact: 'policy', before: policy as never, after: after as never }],
    console: `${manageAccess(name)}: add ${account}`,
    impact: 'none',
    notes: [worth],
    undo: {
      call: policy ? put(arn, policy) : deletePolicy(arn),
      console: `${manageAccess(name)}: remove ${account}`,
      warning: 'what was restored meanwhile stays with the account',
    },
  }
}

/** Its retention in the words of a provisioned one: retention is reckoned alike for both kinds. */
export function asProvisioned(facts: ServerlessSnapshotFacts): SnapshotFacts {
  const {
    snapshotRetentionPeriod: days,
    snapshotRetentionStartTime: start,
    snapshotCreateTime: taken,
  } = facts
  return {
    ...(days !== undefined && { ManualSnapshotRetentionPeriod: days }),
    ...(start !== undefined && { SnapshotRetentionStartTime: start }),
    ...(taken !== undefined && { SnapshotCreateTime: taken }),
  }
}
