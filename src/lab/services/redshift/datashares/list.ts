// DescribeDataShares and its two sides: what the caller shares, and what is shared with it.

import type * as client from '@aws-sdk/client-redshift'
import type { DataShare } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOf } from '../page.ts'
import { consumerAssociations } from './consumer.ts'
import { allDataShares, noDataShare, viewDataShare } from './find.ts'
import type { Association, DataShareRecord } from './model.ts'

type PageInput = { MaxRecords?: number | undefined; Marker?: string | undefined }

export const dataShareListOperations = {
  DescribeDataShares(input, context) {
    const shares = allDataShares(context).flatMap((share) =>
      isOwn(share, context)
        ? isHere(share, context)
          ? [viewDataShare(share, share.offers)]
          : []
        : viewInbound(share, context),
    )
    const { DataShareArn: arn } = input
    const chosen = shares.filter((share) => arn === undefined || share.DataShareArn === arn)
    if (arn !== undefined && chosen.length === 0) throw noDataShare(arn)
    return page(chosen, input)
  },

  DescribeDataSharesForProducer(input, context) {
    const { ProducerArn: producer, Status: status } = input
    const own = [...context.region.redshift.extras.dataShares.values()]
      .filter((share) => producer === undefined || share.producer === producer)
      .map((share) => viewDataShare(share, withStatus(share.offers, status)))
    return page(
      own.filter((share) => status === undefined || share.DataShareAssociations?.length),
      input,
    )
  },

  DescribeDataSharesForConsumer(input, context) {
    const { ConsumerArn: consumer, Status: status } = input
    const inbound = allDataShares(context).flatMap((share) => {
      const own = inboundAssociations(share, context)
      // A whole account that consumes a datashare does so with each of its namespaces.
      const meant = own.filter(
        ({ ConsumerIdentifier: id }) =>
          consumer === undefined || id === consumer || id === context.account.id,
      )
      const shown = withStatus(meant, status)
      return shown.length > 0 ? [viewDataShare(share, shown)] : []
    })
    return page(inbound, input)
  },
} satisfies Operations<typeof client>

function page(shares: DataShare[], input: PageInput) {
  const { items, ...marker } = pageOf(shares, ({ DataShareArn }) => [DataShareArn ?? ''], input)
  return { DataShares: items, ...marker }
}

function withStatus(associations: Association[], status: string | undefined): Association[] {
  return associations.filter(({ Status }) => status === undefined || Status === status)
}

function viewInbound(share: DataShareRecord, context: Context): DataShare[] {
  const associations = inboundAssociations(share, context)
  return associations.length > 0 ? [viewDataShare(share, associations)] : []
}

// Unverified: that a datashare which is only available shows in each of the consumer's regions, since the producer says
// none; one that is used shows where it is used, and everywhere when the whole account uses it.
function inboundAssociations(share: DataShareRecord, context: Context): Association[] {
  return consumerAssociations(share, context).filter(
    ({ ConsumerRegion: region }) => region === undefined || region === context.region.name,
  )
}

function isOwn(share: DataShareRecord, { account }: Context): boolean {
  return parseArn(share.arn)?.account === account.id
}

function isHere(share: DataShareRecord, { region }: Context): boolean {
  return parseArn(share.arn)?.region === region.name
}
