// The one question of S3 Control that is asked: what wall against the public an account has around all its buckets. S3's
// own client knows the walls of buckets alone; for one question its machinery serves, and the other package stays away.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html

import {
  GetPublicAccessBlockOutput$,
  ListBucketsCommand,
  type S3ClientResolvedConfig,
} from '@aws-sdk/client-s3'
import { makeBuilder } from '@smithy/core/client'
import { getEndpointPlugin } from '@smithy/core/endpoints'
import type { MetadataBearer, Pluggable, StaticOperationSchema } from '@smithy/types'

const model = 'com.amazonaws.s3control'
/** The operation, as the SDK would describe it. */
export const GetPublicAccessBlock$ = [
  9,
  model,
  'GetPublicAccessBlock',
  { http: ['GET', '/v20180820/configuration/publicAccessBlock', 200] },
  () => [
    3,
    model,
    'GetPublicAccessBlockRequest',
    0,
    ['AccountId'],
    [[0, { httpHeader: 'x-amz-account-id' }]],
    1,
  ],
  () => GetPublicAccessBlockOutput$,
] as unknown as StaticOperationSchema

/**
 * AWS's endpoints of S3 Control are those of S3 under another first word, with the account before it:
 * https://docs.aws.amazon.com/general/latest/gr/s3.html. Any other endpoint was given, and is taken as it is.
 */
const atControl = (AccountId: string): Pluggable<object, MetadataBearer> => ({
  applyToStack: (stack) =>
    stack.add(
      (next) => (args) => {
        const request = args.request as { hostname: string }
        request.hostname = request.hostname.replace(
          /^s3(?=[.-].*\.amazonaws\.com(\.cn)?$)/,
          `${AccountId}.s3-control`,
        )
        return next(args)
      },
      { step: 'build', name: 'atControl' },
    ),
})

type Question = { AccountId: string }
const command = makeBuilder<S3ClientResolvedConfig, object, MetadataBearer>(
  ListBucketsCommand.getEndpointParameterInstructions(),
  'AWSS3ControlServiceV20180820',
  'S3Client',
  getEndpointPlugin,
)

/** GetPublicAccessBlock of S3 Control, by the name of its permission and of its event in CloudTrail. */
export class GetAccountPublicAccessBlockCommand extends command<Question, MetadataBearer>(
  {},
  function (this: { input: Question }) {
    return [atControl(this.input.AccountId)]
  },
  'GetAccountPublicAccessBlock',
  GetPublicAccessBlock$,
) {}
