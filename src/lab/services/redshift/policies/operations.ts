// Resource policies of namespaces: who may integrate into a warehouse, or share its catalogue.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidPolicyFault$,
  ResourceNotFoundFault$,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { findNamespace } from '../datashares/namespaces.ts'

export const policyOperations = {
  GetResourcePolicy({ ResourceArn }, context) {
    demandResource(ResourceArn, context)
    const Policy = context.region.redshift.extras.policies.get(ResourceArn)
    if (Policy === undefined) throw notThere()
    return { ResourcePolicy: { ResourceArn, Policy } }
  },

  // "Updates the resource policy": the document replaces the former one.
  PutResourcePolicy({ ResourceArn, Policy }, context) {
    demandResource(ResourceArn, context)
    checkPolicy(Policy, ResourceArn)
    context.region.redshift.extras.policies.set(ResourceArn, Policy)
    return { ResourcePolicy: { ResourceArn, Policy } }
  },

  DeleteResourcePolicy({ ResourceArn }, context) {
    demandResource(ResourceArn, context)
    if (!context.region.redshift.extras.policies.delete(ResourceArn)) throw notThere()
    return {}
  },
} satisfies Operations<typeof client>

// Wording: the fault's description.
function notThere() {
  return fault(ResourceNotFoundFault$, 'The resource could not be found.')
}

// Zero-ETL and S3 event integrations put policies on namespaces:
// https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.setting-up.html
function demandResource(arn: string, context: Context) {
  if (!/:namespace[:/]/.test(arn))
    throw fault(UnsupportedOperationFault$, 'The lab models resource policies of namespaces only.')
  if (!findNamespace(context, arn)) throw notThere()
}

/** Throws AWS's refusal unless it is a policy for that namespace. */
export function checkPolicy(text: string, arn: string) {
  const { Statement: statements } = parse(text)
  for (const { Resource, Action } of statements) {
    const isForeign = Resource?.some((one) => one !== '*' && one !== arn)
    const isOther = !Action?.every((one) => /^(\*|redshift:.+)$/i.test(one))
    // Unverified: that this is refused. Wording: the fault's description.
    if (isForeign || isOther) throw fault(InvalidPolicyFault$, "The resource policy isn't valid.")
  }
}

function parse(text: string) {
  try {
    return parsePolicy(text)
  } catch (error) {
    // Unverified: that Redshift says what is wrong.
    if (error instanceof MalformedPolicyDocument) throw fault(InvalidPolicyFault$, error.message)
    throw error
  }
}
