// VPC block public access, which forbids clusters that can be reached from the internet.

import { UnauthorizedOperation$ } from '@aws-sdk/client-redshift'
import { isInternetBlocked } from '#lab/services/ec2/use.ts'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'

/**
 * Throws when a cluster shall become public and the account blocks that in the region: "you can't create, restore or
 * modify a cluster to be publicly accessible" (behavior-changes; block-public-access). Unverified: code and wording.
 */
export function checkPublicAccess(region: Region, isPublic: boolean | undefined): void {
  if (!isPublic || !isInternetBlocked(region)) return
  throw fault(
    UnauthorizedOperation$,
    'VPC Block Public Access is turned on in this account, so the cluster cannot be publicly accessible.',
  )
}
