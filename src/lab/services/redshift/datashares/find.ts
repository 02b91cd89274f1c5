// Finds datashares, and whose their consumers are.

import { type DataShare, InvalidDataShareFault$ } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import type { Context, State } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Association, DataShareRecord } from './model.ts'

/** AWS's answer about a datashare that is not there, or not for the caller. */
export function noDataShare(arn: string) {
  // Terraform's acceptance test looks for the end of the sentence. Unverified: its beginning.
  return fault(InvalidDataShareFault$, `The datashare ${arn} can't be found because the ARN doesn't exist.`)
}

/** AWS's answer about a datashare that is not in the state for the call. Unverified: code and wordings. */
export function wrongState(sentence: string) {
  return fault(InvalidDataShareFault$, sentence)
}

/** The account behind a consumer; a managing entity has none. */
export function accountOf({ ConsumerIdentifier: consumer }: Association): string | undefined {
  return /^\d{12}$/.test(consumer) ? consumer : parseArn(consumer)?.account
}

/** A datashare of the caller's own, which only its producer may authorize. */
export function ownDataShare({ state, account }: Context, arn: string): DataShareRecord {
  const share = dataShareOf(state, arn)
  if (!share || parseArn(arn)?.account !== account.id) throw noDataShare(arn)
  return share
}

/** A datashare that the caller was offered, in whatever region its producer is. */
export function offeredDataShare({ state, account }: Context, arn: string): DataShareRecord {
  const share = dataShareOf(state, arn)
  if (!share?.offers.some((offer) => accountOf(offer) === account.id)) throw noDataShare(arn)
  return share
}

/** The datashare of that ARN. */
function dataShareOf({ accounts }: State, arn: string): DataShareRecord | undefined {
  const { account = '', region = '' } = parseArn(arn) ?? {}
  return accounts.get(account)?.regions.get(region)?.redshift.extras.dataShares.get(arn)
}

/** All datashares of a partition. */
export function allDataShares({ state, account }: Context): DataShareRecord[] {
  return [...state.accounts.values()]
    .filter(({ partition }) => partition === account.partition)
    .flatMap(({ regions }) => [...regions.values()])
    .flatMap(({ redshift }) => [...redshift.extras.dataShares.values()])
}

/** A datashare with some of its associations, as AWS shows it. */
export function viewDataShare(share: DataShareRecord, associations: Association[]): DataShare {
  return {
    DataShareArn: share.arn,
    ProducerArn: share.producer,
    AllowPubliclyAccessibleConsumers: share.allowsPublic,
    DataShareAssociations: associations,
    ...(share.managedBy !== undefined && { ManagedBy: share.managedBy }),
    ...(share.type !== undefined && { DataShareType: share.type }),
  }
}
