// What the producer of a datashare does: it authorizes consumers, and takes that back.

import type * as client from '@aws-sdk/client-redshift'
import type { DataShareStatus } from '@aws-sdk/client-redshift'
import type { Operations } from '#lab/wire/operations.ts'
import { accountOf, ownDataShare, viewDataShare, wrongState } from './find.ts'
import type { Association, DataShareRecord } from './model.ts'

export const producerOperations = {
  AuthorizeDataShare(input, context) {
    const { DataShareArn: arn, ConsumerIdentifier: consumer } = input
    const share = ownDataShare(context, arn)
    const offer = offerTo(share, consumer)
    // "Once a datashare is rejected, the producer administrator can authorize the datashare to a consumer again"
    // (Database Developer Guide, datashares). Unverified: that authorizing twice only changes the writes.
    if (offer.Status !== 'ACTIVE') setStatus(offer, 'AUTHORIZED', context.now)
    offer.ProducerAllowedWrites = input.AllowWrites ?? false
    return viewDataShare(share, [offer])
  },

  DeauthorizeDataShare(input, context) {
    const { DataShareArn: arn, ConsumerIdentifier: consumer } = input
    const share = ownDataShare(context, arn)
    const offer = offerTo(share, consumer)
    if (offer.Status !== 'AUTHORIZED' && offer.Status !== 'ACTIVE')
      throw wrongState(`The datashare ${arn} isn't authorized for ${consumer}.`)
    setStatus(offer, 'DEAUTHORIZED', context.now)
    // Consumers lose access at once (same guide).
    dropUses(share, accountOf(offer))
    return viewDataShare(share, [offer])
  },
} satisfies Operations<typeof client>

// The wish to share is made in SQL, GRANT USAGE ON DATASHARE … TO ACCOUNT, as Terraform's acceptance test does before it
// authorizes. Unverified: the answer without it.
function offerTo(share: DataShareRecord, consumer: string): Association {
  const offer = share.offers.find(({ ConsumerIdentifier: id }) => id === consumer)
  if (!offer) throw wrongState(`The datashare ${share.arn} isn't shared with ${consumer}.`)
  return offer
}

/** Gives an association a status. */
export function setStatus(association: Association, status: DataShareStatus, now: number): void {
  if (association.Status === status) return
  association.Status = status
  association.StatusChangeDate = new Date(now)
}

/** Ends what the consumers of an account made of a datashare. */
export function dropUses(share: DataShareRecord, account: string | undefined): void {
  share.uses = share.uses.filter((use) => accountOf(use) !== account)
}
