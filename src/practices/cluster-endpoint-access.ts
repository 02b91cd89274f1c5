// Endpoint access to clusters is granted to trusted accounts only.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { arnOf, type EndpointAuthorizationFacts, isBeingDeleted } from '#model/resource.ts'
import type { Policy } from '#model/settings.ts'
import { cluster } from './examples.ts'

type Subject = Known<'redshift:cluster', 'endpointAuthorizations'>

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html'

export default definePractice({
  id: 'cluster-endpoint-access',
  title: 'Endpoint access to clusters is granted to trusted accounts only',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['endpointAuthorizations'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_RevokeEndpointAccess.html',
  ],
  why: 'An account with endpoint access puts an address of the cluster into its own network, past every route and firewall of yours. Then only a password stands before the data.',
  whenNotTo:
    'Accounts that are meant to connect: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: ['aws redshift describe-endpoint-authorization --cluster-identifier CLUSTER'],
      console: ['Amazon Redshift › Clusters › CLUSTER › Properties › Granted accounts.'],
    },
    change: {
      cli: ['aws redshift revoke-endpoint-access --cluster-identifier CLUSTER --account ACCOUNT'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Granted accounts: choose the account, Revoke access. (No guide of AWS shows where.)',
        'Endpoints that the account has made must be deleted with it, which cuts its connections.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc-console-grantor.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject, { policy }) {
    const granted = grantedIn(subject).map(({ Grantee = '' }) => Grantee)
    const strangers = strangersIn(subject, policy).map(({ Grantee = '' }) => Grantee)
    const states = {
      configured: said(granted, 'endpointAuthorizations'),
      inForce: said(granted, 'endpointAuthorizations'),
    }
    if (granted.length === 0) return pass('private', 'grants endpoint access to nobody', states)
    return strangers.length > 0
      ? fail('granted', `grants endpoint access to ${strangers.join(', ')}`, states)
      : pass('trusted-only', `grants endpoint access to trusted accounts only: ${granted.join(', ')}`, states)
  },

  remediation: {
    summary:
      'Revoke the access of every account that is not trusted. Endpoints that stand are never deleted.',
    impact: 'none',
    steps(subject, { policy }) {
      const strangers = strangersIn(subject, policy)
      const standing = strangers.filter(({ EndpointCount = 0 }) => EndpointCount > 0)
      const free = strangers.filter((stranger) => !standing.includes(stranger))
      const kept = standing.map(
        ({ Grantee, EndpointCount = 0 }) =>
          `${Grantee} has ${counted(EndpointCount, 'endpoint')}, which only a person should cut: see redoubt explain cluster-endpoint-access`,
      )
      return free.length === 0
        ? { none: kept.join('; ') }
        : free.map((stranger) => revoke(subject, stranger, kept))
    },
  },

  examples: {
    pass: {
      'nobody has access': cluster({ reason: 'private', answers: { endpointAuthorizations: [] } }),
      'a trusted account': granting('trusted-only', { Grantee: '444455556666' }, ['444455556666']),
    },
    fail: {
      'a stranger': granting('granted', { Grantee: '999988887777' }),
      'a stranger, from one VPC': granting('granted', {
        Grantee: '999988887777',
        AllowedAllVPCs: false,
        AllowedVPCs: ['vpc-0a1b2c3d4e5f60718'],
      }),
    },
  },
})

/** What the cluster grants; one that is being revoked is on its way out. */
function grantedIn({ endpointAuthorizations }: Subject): EndpointAuthorizationFacts[] {
  return endpointAuthorizations
    .filter(({ Status }) => Status !== 'Revoking')
    .sort((a, b) => ((a.Grantee ?? '') < (b.Grantee ?? '') ? -1 : 1))
}

function strangersIn(subject: Subject, { trustedAccounts }: Policy): EndpointAuthorizationFacts[] {
  const known = [subject.account, ...trustedAccounts]
  return grantedIn(subject).filter(({ Grantee = '' }) => !known.includes(Grantee))
}

/** Revokes the access of one account; `kept` tells of those that keep theirs, and the finding open. */
function revoke(
  subject: Subject,
  { Grantee = '', AllowedVPCs = [] }: EndpointAuthorizationFacts,
  kept: string[],
): Draft {
  const input = { ClusterIdentifier: subject.name, Account: Grantee }
  const place = `Amazon Redshift › Clusters › ${subject.name} › Properties › Granted accounts`
  const resource = arnOf('redshift:endpoint-authorization', subject, `${subject.name}/${Grantee}`)
  return {
    title: `Revoke the endpoint access of ${Grantee} to ${subject.name}`,
    call: call('redshift:RevokeEndpointAccess', input),
    effects: [{ resource, fact: 'exists', before: true, after: false }],
    console: `${place} › ${Grantee}: Revoke access`,
    impact: 'none',
    notes: ['the account can make no endpoints to the cluster any more', ...kept],
    undo: {
      call: call('redshift:AuthorizeEndpointAccess', {
        ...input,
        ...(AllowedVPCs.length > 0 && { VpcIds: AllowedVPCs }),
      }),
      console: `${place}: Grant access, ${Grantee}`,
    },
  }
}

function granting(reason: string, facts: EndpointAuthorizationFacts, trustedAccounts: string[] = []) {
  const usual = { ClusterIdentifier: 'sales', Grantor: '111122223333', Status: 'Authorized' as const }
  const authorization = { ...usual, AllowedAllVPCs: true, EndpointCount: 0, ...facts }
  return cluster({
    reason,
    answers: { endpointAuthorizations: [authorization] },
    policy: { trustedAccounts },
  })
}
