// Names of buckets: which can be given, and which are those of something else.

/**
 * True for a name that no bucket may have, by its end: those of access points, and of buckets of other kinds, which the
 * SDK asks elsewhere and by other permissions. COPY takes aliases of access points
 * (https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-s3-access-point-alias.html).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const isOtherThing = (name: string) =>
  /(-s3alias|--ol-s3|--op-s3|\.mrap|--x-s3|--table-s3)$/i.test(name)

/**
 * Whether a bucket may be made of a name: logs name others too, by mistake or those of access points, and a few are of days
 * when more was allowed. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function canBeMade(name: string): boolean {
  const hasForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|^\d+\.\d+\.\d+\.\d+$/.test(name)
  const isReserved = /^(xn--|sthree-|amzn-s3-demo-)/.test(name)
  return hasForm && !isReserved && !isOtherThing(name)
}
