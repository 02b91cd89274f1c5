// Resource policies, with which snapshots are shared with other accounts, and workgroups reached by their endpoints.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { ServiceQuotaExceededException$ } from '@aws-sdk/client-redshift-serverless'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import type { PolicyDocument } from '#lab/iam/types.ts'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { invalid, notFound } from './errors.ts'
import type { PolicyRecord, SnapshotRecord, WorkgroupRecord } from './model.ts'
import { accountsOf, restoreAction } from './sharing.ts'

export const policyOperations = {
  GetResourcePolicy({ resourceArn }, { region }) {
    const { policy } = holderOf(region, resourceArn)
    if (!policy) throw notFound('resource policy', resourceArn)
    return { resourcePolicy: { resourceArn, policy: policy.text } }
  },

  // "Creates or updates": the document replaces the former one.
  PutResourcePolicy({ resourceArn, policy: text }, { region }) {
    const holder = holderOf(region, resourceArn)
    holder.policy = 'making' in holder ? readPolicy(text, holder) : readEndpointPolicy(text)
    return { resourcePolicy: { resourceArn, policy: text } }
  },

  DeleteResourcePolicy({ resourceArn }, { region }) {
    const holder = holderOf(region, resourceArn)
    if (!holder.policy) throw notFound('resource policy', resourceArn)
    holder.policy = undefined
    return {}
  },
} satisfies Operations<typeof client>

// Policies share snapshots (API, ResourcePolicy), and let other accounts make endpoints to workgroups:
// https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html
function holderOf({ serverless }: Region, arn: string): SnapshotRecord | WorkgroupRecord {
  const [, kind] =
    /^arn:[a-z-]+:redshift-serverless:[a-z0-9-]+:\d{12}:(snapshot|workgroup)\/.+$/.exec(arn) ?? []
  // Unverified: wording.
  if (!kind) throw invalid(`The resource ${arn} isn't a snapshot or a workgroup.`)
  const found =
    kind === 'snapshot'
      ? [...serverless.snapshots.values()].find(({ facts }) => facts.snapshotArn === arn)
      : [...serverless.workgroups.values()].find(({ facts }) => facts.workgroupArn === arn)
  if (!found) throw notFound(kind, arn)
  return found
}

/** A policy for a workgroup, as text and made ready. Throws AWS's refusal. Unverified: that it is so strict, and the wordings. */
export function readEndpointPolicy(text: string): PolicyRecord {
  const document = parse(text)
  for (const { Action, Principal } of document.Statement) {
    if (!Action?.every((one) => /^redshift-serverless:(Create|Update|Delete|Get)EndpointAccess$/i.test(one)))
      throw invalid('The resource policy may only have actions on endpoint access.')
    const accounts = accountsOf(Principal)
    if (accounts.length === 0 || !accounts.every((account) => /^\d{12}$/.test(account)))
      throw invalid('The principals of the resource policy must be AWS accounts.')
  }
  return { text, document }
}

// Per snapshot, fixed: amazon-redshift-limits, "Quotas". Unverified: that it holds for serverless snapshots.
const mostAccounts = 20

/** A policy for a snapshot, as text and made ready. Throws AWS's refusal. Unverified: the wordings. */
export function readPolicy(text: string, { facts }: Pick<SnapshotRecord, 'facts'>): PolicyRecord {
  const document = parse(text)
  for (const { Action, NotAction, Principal, Resource, NotResource } of document.Statement) {
    if (
      NotAction ||
      NotResource ||
      !Action?.every((one) => one.toLowerCase() === restoreAction.toLowerCase())
    )
      throw invalid(`The resource policy may only have the action ${restoreAction}.`)
    if (Resource?.some((one) => one !== '*' && one !== facts.snapshotArn))
      throw invalid('The resource policy names another resource.')
    const accounts = accountsOf(Principal)
    // A snapshot is shared with accounts; there is no way to make one public.
    if (accounts.length === 0 || !accounts.every((account) => /^\d{12}$/.test(account)))
      throw invalid('The principals of the resource policy must be AWS accounts.')
    if (new Set(accounts).size > mostAccounts)
      throw fault(ServiceQuotaExceededException$, `A snapshot can be shared with ${mostAccounts} accounts.`)
  }
  return { text, document }
}

function parse(text: string): PolicyDocument {
  try {
    return parsePolicy(text)
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw invalid(error.message)
    throw error
  }
}
