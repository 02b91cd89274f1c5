// What the consumer of a datashare does: it associates it with its account, a region or a namespace, or rejects it.

import type * as client from '@aws-sdk/client-redshift'
import { type DataShare, InvalidNamespaceFault$ } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { regionNames } from '#lab/regions.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { accountOf, offeredDataShare, viewDataShare, wrongState } from './find.ts'
import type { Association, DataShareRecord } from './model.ts'
import { findNamespace } from './namespaces.ts'
import { dropUses, setStatus } from './producer.ts'

type Target = { ConsumerIdentifier: string; ConsumerRegion?: string }

export const consumerOperations = {
  AssociateDataShareConsumer(input, context) {
    const share = offeredDataShare(context, input.DataShareArn)
    const target = targetOf(input.AssociateEntireAccount, input, context)
    const offer = offerFor(share, context)
    if (offer.Status !== 'AUTHORIZED' && offer.Status !== 'ACTIVE')
      throw wrongState(`The datashare ${share.arn} isn't authorized for ${context.account.id}.`)
    checkConsumer(share, target, context)
    if (share.uses.some((use) => isSame(use, target)))
      throw wrongState(`The datashare ${share.arn} is already associated with ${target.ConsumerIdentifier}.`)
    const moment = new Date(context.now)
    const use: Association = {
      ...target,
      Status: 'ACTIVE',
      CreatedDate: moment,
      StatusChangeDate: moment,
      ProducerAllowedWrites: offer.ProducerAllowedWrites ?? false,
      ConsumerAcceptedWrites: input.AllowWrites ?? false,
    }
    share.uses.push(use)
    setStatus(offer, 'ACTIVE', context.now)
    return viewDataShare(share, [use])
  },

  DisassociateDataShareConsumer(input, context) {
    const share = offeredDataShare(context, input.DataShareArn)
    const target = targetOf(input.DisassociateEntireAccount, input, context)
    if (!share.uses.some((use) => isSame(use, target)))
      throw wrongState(`The datashare ${share.arn} isn't associated with ${target.ConsumerIdentifier}.`)
    share.uses = share.uses.filter((use) => !isSame(use, target))
    const offer = offerFor(share, context)
    const isUsed = share.uses.some((use) => accountOf(use) === context.account.id)
    if (!isUsed) setStatus(offer, 'AUTHORIZED', context.now)
    return viewDataShare(share, consumerAssociations(share, context))
  },

  RejectDataShare(input, context): DataShare {
    const share = offeredDataShare(context, input.DataShareArn)
    const offer = offerFor(share, context)
    // "You can reject any datashare whose state is available or active" (Database Developer Guide, datashares).
    if (offer.Status !== 'AUTHORIZED' && offer.Status !== 'ACTIVE')
      throw wrongState(`The datashare ${share.arn} can't be rejected in its current state.`)
    dropUses(share, context.account.id)
    setStatus(offer, 'REJECTED', context.now)
    return viewDataShare(share, [offer])
  },
} satisfies Operations<typeof client>

/**
 * The associations that a consumer sees: its own, or that the datashare is AVAILABLE to it. One that waits, was taken
 * back or was rejected is not shown (Database Developer Guide, datashares).
 */
export function consumerAssociations(share: DataShareRecord, { account }: Context): Association[] {
  const uses = share.uses.filter((use) => accountOf(use) === account.id)
  if (uses.length > 0) return uses
  return share.offers
    .filter((offer) => accountOf(offer) === account.id && offer.Status === 'AUTHORIZED')
    .map((offer) => ({ ...offer, Status: 'AVAILABLE' }))
}

function offerFor(share: DataShareRecord, { account }: Context): Association {
  const offer = share.offers.find((one) => accountOf(one) === account.id)
  if (!offer) throw wrongState(`The datashare ${share.arn} isn't shared with ${account.id}.`)
  return offer
}

// A whole account, one region of it, or one namespace (API, AssociateDataShareConsumer). Unverified: code and wording.
function targetOf(
  isAccount: boolean | undefined,
  {
    ConsumerArn: arn,
    ConsumerRegion: region,
  }: { ConsumerArn?: string | undefined; ConsumerRegion?: string | undefined },
  { account }: Context,
): Target {
  const given = [isAccount, arn, region].filter(Boolean).length
  if (given !== 1)
    throw common(
      'InvalidParameterCombination',
      'Specify exactly one of the entire account, ConsumerArn or ConsumerRegion.',
    )
  if (region !== undefined && !regionNames(account.partition).includes(region))
    throw common('InvalidParameterValue', `Invalid value for ConsumerRegion: ${region}`)
  if (arn === undefined)
    return { ConsumerIdentifier: account.id, ...(region !== undefined && { ConsumerRegion: region }) }
  const home = parseArn(arn)?.region
  return { ConsumerIdentifier: arn, ...(home !== undefined && { ConsumerRegion: home }) }
}

function isSame(use: Association, { ConsumerIdentifier: id, ConsumerRegion: region }: Target): boolean {
  return use.ConsumerIdentifier === id && (region === undefined || use.ConsumerRegion === region)
}

// The producer says whether public warehouses may be consumers, and across accounts both sides must be encrypted
// (Database Developer Guide, CREATE DATASHARE and across-account considerations). Unverified: which faults say so.
function checkConsumer(share: DataShareRecord, { ConsumerIdentifier: id }: Target, context: Context) {
  if (id === context.account.id) return
  const namespace = findNamespace(context, id)
  // Wording: the fault's description.
  if (!namespace)
    throw fault(
      InvalidNamespaceFault$,
      "The namespace isn't valid because the namespace doesn't exist. Provide a valid namespace.",
    )
  if (namespace.isPublic && !share.allowsPublic)
    throw wrongState(`The datashare ${share.arn} can't be shared with publicly accessible consumers.`)
  if (!namespace.isEncrypted && parseArn(share.arn)?.account !== context.account.id)
    throw wrongState(`The datashare ${share.arn} can only be shared with encrypted consumers.`)
}
