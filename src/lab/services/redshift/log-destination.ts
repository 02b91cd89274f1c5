// Where an audit log may go, as far as that can be judged without looking into S3.

import {
  type EnableLoggingMessage,
  InvalidS3BucketNameFault$,
  InvalidS3KeyPrefixFault$,
  type LoggingStatus,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import { common, fault } from '#lab/wire/errors.ts'

type Destination = Omit<EnableLoggingMessage, 'ClusterIdentifier'>

const logTypes = ['connectionlog', 'useractivitylog', 'userlog']

/** The settings of a destination, or AWS's error. */
export function checkDestination(destination: Destination): LoggingStatus {
  const { LogDestinationType = 's3', LogExports = [] } = destination
  const unknown = LogExports.find((type) => !logTypes.includes(type))
  if (LogDestinationType === 's3table') {
    throw fault(UnsupportedOperationFault$, 'The lab does not model publishing system tables to S3 tables.')
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
