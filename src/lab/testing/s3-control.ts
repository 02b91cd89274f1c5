// The command of S3 Control that the lab answers, for tests: its own client is not here, so that of S3 sends it.

import {
  ListBucketsCommand,
  type PublicAccessBlockConfiguration,
  type S3ClientResolvedConfig,
} from '@aws-sdk/client-s3'
import { makeBuilder } from '@smithy/core/client'
import { getEndpointPlugin } from '@smithy/core/endpoints'
import type { MetadataBearer } from '@smithy/types'
import { GetAccountPublicAccessBlock$ } from '#lab/services/s3/walls.ts'

const command = makeBuilder<S3ClientResolvedConfig, object, MetadataBearer>(
  ListBucketsCommand.getEndpointParameterInstructions(),
  'AWSS3ControlServiceV20180820',
  'S3Client',
  getEndpointPlugin,
)

type Answer = MetadataBearer & { PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration }

/** GetPublicAccessBlock of S3 Control. */
export class GetAccountPublicAccessBlockCommand extends command<{ AccountId: string }, Answer>(
  {},
  () => [],
  'GetAccountPublicAccessBlock',
  GetAccountPublicAccessBlock$,
) {}
