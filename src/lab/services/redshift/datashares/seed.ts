// Datashares of a world.

import { type DataShare, DataShare$ } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Association, DataShareRecord } from './model.ts'
import type { DataShareSeed } from './seed-types.ts'

/** Makes a datashare. Throws one clear sentence when its ARN is not one of the region. */
export function seedDataShare(region: Region, seed: DataShareSeed, now: number): DataShareRecord {
  const facts = readPlain<DataShare>(DataShare$, seed, now, `datashare ${seed.DataShareArn}`)
  const arn = facts.DataShareArn ?? ''
  const parts = parseArn(arn)
  const namespace = /^datashare:([^/]+)\/.+$/.exec(parts?.resource ?? '')?.[1]
  const isHere = parts?.account === region.account.id && parts.region === region.name
  if (!namespace || !isHere) {
    const form = arnIn(region, 'redshift', 'datashare:NAMESPACE/NAME')
    throw new Error(`the datashare ${arn} must have an ARN of its region, ${form}`)
  }
  const offers = (facts.DataShareAssociations ?? []).map((one) => associated(one, arn, now))
  return {
    arn,
    producer: facts.ProducerArn ?? arnIn(region, 'redshift', `namespace:${namespace}`),
    allowsPublic: facts.AllowPubliclyAccessibleConsumers ?? false,
    ...(facts.ManagedBy !== undefined && { managedBy: facts.ManagedBy }),
    ...(facts.DataShareType !== undefined && { type: facts.DataShareType }),
    offers,
    // An account that uses it where the world does not say does so in the producer's region.
    uses: offers
      .filter(({ Status }) => Status === 'ACTIVE')
      .map((offer) => ({ ConsumerRegion: regionOf(offer, region.name), ...offer })),
  }
}

function regionOf({ ConsumerIdentifier: consumer }: Association, otherwise: string): string {
  return parseArn(consumer)?.region ?? otherwise
}

function associated(
  one: NonNullable<DataShare['DataShareAssociations']>[number],
  arn: string,
  now: number,
): Association {
  const { ConsumerIdentifier, Status = 'PENDING_AUTHORIZATION' } = one
  if (ConsumerIdentifier === undefined)
    throw new Error(`an association of the datashare ${arn} has no ConsumerIdentifier`)
  const CreatedDate = one.CreatedDate ?? new Date(now)
  return { StatusChangeDate: CreatedDate, ...one, ConsumerIdentifier, Status, CreatedDate }
}
