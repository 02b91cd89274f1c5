// Where an integration comes from, where it goes, and the key in between.

import {
  IntegrationSourceNotFoundFault$,
  IntegrationTargetNotFoundFault$,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { demandKey, findKey } from '#lab/services/kms/use.ts'
import { findBucket } from '#lab/services/s3/use.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { findNamespace } from '../datashares/namespaces.ts'

/** Throws AWS's refusal unless source and target are there. Wordings: the faults' descriptions. */
export function checkEnds(
  { SourceArn, TargetArn }: { SourceArn: string; TargetArn: string },
  context: Context,
): void {
  const { region, account, state } = context
  const target = parseArn(TargetArn)
  if (target && (target.account !== account.id || target.region !== region.name))
    throw fault(
      UnsupportedOperationFault$,
      'The lab does not model integrations into warehouses of other accounts or Regions.',
    )
  if (!findNamespace(context, TargetArn))
    throw fault(IntegrationTargetNotFoundFault$, "The specified integration target can't be found.")
  const source = parseArn(SourceArn)
  if (source?.service === 'dynamodb')
    throw fault(UnsupportedOperationFault$, 'The lab has no DynamoDB tables to integrate.')
  if (source?.service !== 's3' || !findBucket(state, account.partition, source.resource))
    throw fault(IntegrationSourceNotFoundFault$, "The specified integration source can't be found.")
}

type KeyWish = {
  KMSKeyId?: string | undefined
  AdditionalEncryptionContext?: Record<string, string> | undefined
}

/** The key an integration is encrypted under: "the default AWS owned key" unless one is named (API). */
export function keyOf(wish: KeyWish, context: Context): string {
  const { KMSKeyId: ref, AdditionalEncryptionContext: extra } = wish
  // "You can only include this parameter if you specify the KMSKeyId parameter" (API). Unverified: codes and wordings.
  if (ref === undefined && extra && Object.keys(extra).length > 0)
    throw common('InvalidParameterCombination', 'AdditionalEncryptionContext requires KMSKeyId.')
  // Unverified: the name AWS shows for its own key, which RDS shows for zero-ETL.
  if (ref === undefined) return 'AWS_OWNED_KMS_KEY'
  const key = findKey(context, context.account, ref)
  if (!key) throw common('InvalidParameterValue', `The KMS key ${ref} does not exist.`)
  demandKey(context, key, ['DescribeKey', 'CreateGrant'], 'redshift')
  return key.arn
}
