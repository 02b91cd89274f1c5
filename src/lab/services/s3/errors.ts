// The errors of S3 that its model does not declare. Codes, statuses and messages: S3 API Reference, "List of error codes".

import { AwsError } from '#lab/wire/errors.ts'
import type { Bucket } from './model.ts'

const texts = {
  AccessControlListNotSupported: [400, 'The bucket does not allow ACLs'],
  AccessDenied: [403, 'Access Denied'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
  IllegalLocationConstraintException: [400, ''],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketAclWithObjectOwnership: [
    400,
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  ],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidBucketState: [409, 'The request is not valid with the current state of the bucket.'],
  InvalidLocationConstraint: [400, 'The specified location-constraint is not valid'],
  InvalidPart: [
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  ],
  InvalidPartOrder: [
    400,
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  ],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, ''],
  InvalidTag: [400, 'The tag provided was not a valid tag.'],
  InvalidTargetBucketForLogging: [
    400,
    'The target bucket for logging either does not exist, is not owned by you, or does not have the appropriate grants for the log-delivery group.',
  ],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedPolicy: [400, "Policies must be valid JSON and the first byte must be '{'"],
  MalformedXML: [
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  ],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
  NoSuchLifecycleConfiguration: [404, 'The lifecycle configuration does not exist'],
  NoSuchObjectLockConfiguration: [404, 'The specified object does not have a ObjectLock configuration'],
  NoSuchPublicAccessBlockConfiguration: [404, 'The public access block configuration was not found'],
  NoSuchTagSet: [404, 'The TagSet does not exist'],
  NoSuchUpload: [
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
  ObjectLockConfigurationNotFoundError: [404, 'Object Lock configuration does not exist for this bucket'],
  OwnershipControlsNotFoundError: [404, 'The bucket ownership controls were not found'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
} as const

/** An error of S3, with its usual message unless another is given. */
export function refusal(
  code: keyof typeof texts,
  message?: string,
  members: Record<string, unknown> = {},
): AwsError {
  const [status, usual] = texts[code]
  return new AwsError(code, status, message ?? usual, { members })
}

/** The bucket has no configuration of that kind. */
export function missing(code: keyof typeof texts, { name }: Bucket): AwsError {
  return refusal(code, undefined, { BucketName: name })
}

/**
 * The bucket is in another region than the one that was called.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function redirect({ name, region, partition }: Bucket): AwsError {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return new AwsError(
    'PermanentRedirect',
    301,
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      members: { Endpoint: `${name}.s3.${region}.${suffix}`, Bucket: name },
      headers: { 'x-amz-bucket-region': region },
    },
  )
}

/** Refuses what a call says beyond the members that the lab knows the meaning of. */
export function demandKnown(input: object, known: readonly string[]): void {
  const other = Object.entries(input).find(([name, value]) => value !== undefined && !known.includes(name))
  if (other) throw refusal('NotImplemented', `The lab does not model the member ${other[0]} of this call.`)
}
