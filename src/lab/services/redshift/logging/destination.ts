// Where an audit log may go: what the call says, and whether Redshift could write there.

import {
  BucketNotFoundFault$,
  type EnableLoggingMessage,
  InsufficientS3BucketPolicyFault$,
  InvalidS3BucketNameFault$,
  InvalidS3KeyPrefixFault$,
  type LoggingStatus,
} from '@aws-sdk/client-redshift'
import { mayDo } from '#lab/access.ts'
import { accessIn } from '#lab/services/s3/access-in.ts'
import { findBucket } from '#lab/services/s3/use.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { folderOf, refusalOf } from './deliveries.ts'
import type { Destination as Target } from './model.ts'

type Destination = Omit<EnableLoggingMessage, 'ClusterIdentifier'>

/** The logs there are. */
export const logTypes = ['connectionlog', 'useractivitylog', 'userlog']

/** The settings of a destination, or AWS's error. */
export function checkDestination(destination: Destination): LoggingStatus {
  const { LogDestinationType = 's3', LogExports = [] } = destination
  const unknown = LogExports.find((type) => !logTypes.includes(type))
  if (destination.S3TableKmsKeyId !== undefined || destination.S3TableGranularity !== undefined) {
    const message =
      'S3TableKmsKeyId and S3TableGranularity can only be used with the log destination s3table.'
    throw common('InvalidParameterCombination', message)
  }
  // Unverified: code and wording of this and of the next refusals that name no fault.
  if (unknown !== undefined) {
    throw common(
      'InvalidParameterValue',
      `Invalid log export type: ${unknown}. Valid types are ${logTypes.join(', ')}.`,
    )
  }
  if (LogDestinationType === 's3') return checkBucket(destination)
  if (LogDestinationType === 'cloudwatch') return checkLogGroup(destination)
  throw common('InvalidParameterValue', `Invalid log destination type: ${LogDestinationType}.`)
}

/** Where settings lead to, with the bucket's owner of now. */
export function checkedDestination(settings: LoggingStatus, { state, account }: Context): Target {
  const { BucketName: bucket, S3KeyPrefix: prefix = '', LogExports } = settings
  if (bucket === undefined) return { type: 'cloudwatch', exports: LogExports ?? logTypes }
  return { type: 's3', bucket, prefix, owner: findBucket(state, account.partition, bucket)?.account }
}

/** Throws AWS's refusal unless the caller and Redshift may write there now. */
export function demandWritable(target: Target & { type: 's3' }, cluster: string, context: Context): void {
  const { state, account, region } = context
  const bucket = findBucket(state, account.partition, target.bucket)
  if (!bucket) throw fault(BucketNotFoundFault$, `The S3 bucket ${target.bucket} was not found.`)
  // "Must be in the same region as the cluster" (API, EnableLogging). Unverified: which fault says so, and how.
  if (bucket.region !== region.name) {
    const message = `The S3 bucket ${target.bucket} was not found in the region ${region.name}.`
    throw fault(BucketNotFoundFault$, message)
  }
  // "You must have s3:PutObject permission to the bucket" yourself: Management Guide, db-auditing. Unverified: that the
  // answer is the same as when Redshift may not.
  const own = accessIn(bucket, 's3:PutObject', `${folderOf(region, target.prefix)}x`, context)
  // Unverified: that Object Lock and SSE-KMS are found out now, by the write that tries the bucket.
  if (mayDo(context, own).allowed && !refusalOf(state, region, cluster, target)) return
  // Wording: terraform-provider-aws issue 3196.
  const message = `Cannot write to bucket ${target.bucket}. Please ensure that your IAM permissions are set up correctly.`
  throw fault(InsufficientS3BucketPolicyFault$, message)
}

function checkBucket({ BucketName, S3KeyPrefix }: Destination): LoggingStatus {
  if (!BucketName)
    throw common('InvalidParameterCombination', 'BucketName is required when the log destination is s3.')
  if (!isBucketName(BucketName)) {
    throw fault(InvalidS3BucketNameFault$, `The S3 bucket name ${BucketName} is invalid.`)
  }
  if (S3KeyPrefix !== undefined && !isKeyPrefix(S3KeyPrefix)) {
    throw fault(InvalidS3KeyPrefixFault$, `The S3 key prefix ${S3KeyPrefix} is invalid.`)
  }
  return { BucketName, ...(S3KeyPrefix !== undefined && { S3KeyPrefix }), LogDestinationType: 's3' }
}

function checkLogGroup({ BucketName, S3KeyPrefix, LogExports }: Destination): LoggingStatus {
  if (BucketName !== undefined || S3KeyPrefix !== undefined) {
    throw common(
      'InvalidParameterCombination',
      'BucketName and S3KeyPrefix cannot be used with the log destination cloudwatch.',
    )
  }
  // Unverified: leaving the types out means all of them (aws-cdk pull request 36410 takes it so).
  return { LogDestinationType: 'cloudwatch', LogExports: LogExports?.length ? LogExports : logTypes }
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) return false
  return !/^\d+\.\d+\.\d+\.\d+$/.test(name) && !/^(xn--|sthree-)|(-s3alias|--ol-s3)$/.test(name)
}

// The API's pattern with at most 256 characters, less the spaces the Management Guide (db-auditing) rules out: the two
// pages differ, and what both allow is safe.
function isKeyPrefix(prefix: string): boolean {
  return prefix.length <= 256 && /^[\p{L}\p{N}_.:/=+\-@]*$/u.test(prefix)
}
