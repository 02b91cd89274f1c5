// Errors that a service documents but that its model, and so the SDK, does not declare.

/** The documented codes by service. */
export const undeclared: Record<string, readonly string[]> = {
  // "Error codes for the Amazon EC2 API": the model of EC2 declares no error at all.
  ec2: [
    ...['DependencyViolation', 'DryRunOperation', 'InvalidAddress.NotFound', 'InvalidAllocationID.NotFound'],
    ...['InvalidGroup.Duplicate', 'InvalidGroup.InUse', 'InvalidGroup.NotFound', 'InvalidGroup.Reserved'],
    ...['InvalidGroupId.Malformed', 'InvalidInternetGatewayID.NotFound', 'InvalidMaxResults'],
    ...['InvalidNetworkInterfaceID.NotFound', 'InvalidNextToken', 'InvalidPermission.Duplicate'],
    ...['InvalidPermission.NotFound', 'InvalidPrefixListID.NotFound', 'InvalidRouteTableID.NotFound'],
    ...['InvalidSecurityGroupRuleId.NotFound', 'InvalidSubnetID.NotFound', 'InvalidVpcID.NotFound'],
    ...['UnsupportedOperation', 'VPCIdNotSpecified', 'CannotDelete', 'InvalidPermission.Malformed'],
    ...['RulesPerSecurityGroupLimitExceeded', 'SecurityGroupLimitExceeded', 'InvalidPrefixListId.Malformed'],
  ],
  // "List of error codes" of the S3 API Reference: the model declares only what some operations are known by.
  s3: [
    ...[
      'AccessControlListNotSupported',
      'AccessDenied',
      'BadDigest',
      'BucketAlreadyOwnedByYou',
      'BucketNotEmpty',
    ],
    ...['IllegalLocationConstraintException', 'InvalidArgument', 'InvalidBucketAclWithObjectOwnership'],
    ...['InvalidBucketName', 'InvalidBucketState', 'InvalidLocationConstraint', 'InvalidRange'],
    ...[
      'InvalidRequest',
      'InvalidTag',
      'InvalidTargetBucketForLogging',
      'KeyTooLongError',
      'MalformedPolicy',
    ],
    ...['MalformedXML', 'NoSuchBucket', 'NoSuchBucketPolicy', 'NoSuchKey', 'NoSuchLifecycleConfiguration'],
    ...['NoSuchPublicAccessBlockConfiguration', 'NoSuchTagSet', 'NoSuchVersion', 'NotImplemented'],
    ...['ObjectLockConfigurationNotFoundError', 'OwnershipControlsNotFoundError', 'PermanentRedirect'],
    ...['EntityTooSmall', 'InvalidPart', 'InvalidPartOrder', 'NoSuchUpload'],
    ...['PreconditionFailed', 'ServerSideEncryptionConfigurationNotFoundError', 'MethodNotAllowed'],
  ],
}
