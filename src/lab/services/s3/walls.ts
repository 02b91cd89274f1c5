// Walls against the public: that of a bucket and that of its owner's account, of which the stricter holds each time.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

import {
  GetPublicAccessBlockOutput$,
  type PublicAccessBlockConfiguration,
  PublicAccessBlockConfiguration$,
} from '@aws-sdk/client-s3'
import type { StaticOperationSchema } from '@smithy/types'
import type { Account, Context } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { AccountSeed } from '#lab/world.ts'
import { refusal } from './errors.ts'
import { wholeBlock } from './protection.ts'

/** What of S3 Control the lab has: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html */
export const GetAccountPublicAccessBlock$: StaticOperationSchema = [
  9,
  'com.amazonaws.s3control',
  // The name of its permission, and of its event in CloudTrail.
  'GetAccountPublicAccessBlock',
  { http: ['GET', '/v20180820/configuration/publicAccessBlock', 200] },
  () => [
    3,
    'com.amazonaws.s3control',
    'GetPublicAccessBlockRequest',
    0,
    ['AccountId'],
    [[0, { httpHeader: 'x-amz-account-id' }]],
    1,
  ],
  () => GetPublicAccessBlockOutput$,
]

export const accountOperations = {
  GetAccountPublicAccessBlock({ AccountId }: { AccountId: string }, { account, state }: Context) {
    // Unverified: how S3 answers to whoever asks for another account.
    if (AccountId !== account.id) throw refusal('AccessDenied')
    const wall = state.s3.walls.get(account.id)
    if (!wall) throw refusal('NoSuchPublicAccessBlockConfiguration')
    return { PublicAccessBlockConfiguration: wall }
  },
}

/** Puts the wall of an account up, where its seed has one. */
export function seedWall({ id }: Account, { publicAccessBlock }: AccountSeed, { state, now }: Seeding): void {
  if (!publicAccessBlock) return
  const where = `the publicAccessBlock of account ${id}`
  const said = readPlain<PublicAccessBlockConfiguration>(
    PublicAccessBlockConfiguration$,
    publicAccessBlock,
    now,
    where,
  )
  state.s3.walls.set(id, wholeBlock(said))
}
