// How each service writes a call into an event: names, what is hidden, what a list looks like.

/** What is special about the events of one service. Everything else follows from the operation's name and members. */
export type Style = {
  /** `eventSource`, where it is not `<service>.amazonaws.com`. */
  source?: string
  /** Events that go by another name than the operation. */
  names?: Record<string, string>
  /** Members that go by another name, in lower camel case. */
  members?: Record<string, string>
  /** Members that are shown as this text, in lower camel case; null leaves them out. */
  hidden?: Record<string, string | null>
  /** Operations that only read, though their name does not say so. */
  reads?: string[]
  /** Reads whose answer is shown nevertheless. */
  answers?: string[]
  /** How a moment is written; Redshift's older ones have no comma after the year. */
  dates?: 'locale' | 'locale-comma' | 'iso'
  /** Lists are objects with `items`. */
  items?: boolean
  /** An answer of a single structure is shown without its wrapping. */
  unwraps?: boolean
  /** What stands before every code of an error. */
  errorPrefix?: string
  /** Calls that are data events. */
  data?: string[]
  /** Events are in one region of a partition, wherever the call was signed for. */
  isGlobal?: boolean
}

const objectCalls = [
  ...['CopyObject', 'DeleteObject', 'DeleteObjects', 'GetObject', 'GetObjectLegalHold', 'GetObjectRetention'],
  ...['HeadBucket', 'HeadObject', 'ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'ListParts'],
  ...['PutObject', 'PutObjectLegalHold', 'PutObjectRetention', 'UploadPart', 'UploadPartCopy'],
  ...['AbortMultipartUpload', 'CompleteMultipartUpload', 'CreateMultipartUpload'],
]

const styles: Record<string, Style> = {
  // Sources: Redshift Management Guide, "Logging with CloudTrail" (dBName, "****", dates as "Mar 13, 2018 4:49:17 AM" in
  // Sumo Logic's sample of RebootCluster, whose responseElements are the cluster itself).
  redshift: {
    hidden: { masterUserPassword: '****', hsmPartitionPassword: '****', dbPassword: null },
    dates: 'locale',
    unwraps: true,
  },
  // Same guide, CreateNamespace.
  'redshift-serverless': {
    hidden: {
      adminUserPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      adminUsername: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      dbPassword: null,
    },
    dates: 'locale-comma',
  },
  // Same guide, ExecuteStatement. Unverified: the list of BatchExecuteStatement.
  'redshift-data': { hidden: { sql: '***OMITTED***', sqls: '***OMITTED***', parameters: '***OMITTED***' } },
  // KMS Developer Guide, "Logging with CloudTrail": cryptographic operations are read-only, nothing secret is shown, and a
  // refusal's code is AccessDenied.
  kms: {
    hidden: {
      plaintext: null,
      ciphertextBlob: null,
      ciphertextForRecipient: null,
      privateKeyPlaintext: null,
      privateKeyCiphertextBlob: null,
      encryptedKeyMaterial: null,
      importToken: null,
      message: null,
      signature: null,
      mac: null,
    },
    reads: [
      ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'GenerateMac'],
      ...['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext', 'GenerateRandom', 'ReEncrypt'],
      ...['Sign', 'Verify', 'VerifyMac', 'DeriveSharedSecret'],
    ],
    dates: 'locale-comma',
  },
  // IAM User Guide, "Logging IAM and AWS STS API calls with CloudTrail": the secret key is not in the record of AssumeRole.
  sts: {
    hidden: { secretAccessKey: null },
    reads: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'DecodeAuthorizationMessage'],
    answers: [
      ...['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'GetFederationToken'],
      'GetSessionToken',
    ],
    dates: 'locale-comma',
  },
  iam: { hidden: { secretAccessKey: null, password: null }, dates: 'locale-comma', isGlobal: true },
  organizations: { dates: 'locale-comma', isGlobal: true },
  // Secrets Manager User Guide, "Log with CloudTrail": values are never shown.
  secretsmanager: { hidden: { secretString: null, secretBinary: null } },
  // EC2 API Reference, "Log API calls using CloudTrail": lists are `items`, errors begin with Client or Server.
  ec2: {
    items: true,
    errorPrefix: 'Client.',
    members: {
      filters: 'filterSet',
      groupIds: 'securityGroupIdSet',
      groupNames: 'securityGroupSet',
      vpcIds: 'vpcSet',
      subnetIds: 'subnetSet',
      regionNames: 'regionSet',
      userIdGroupPairs: 'groups',
      values: 'valueSet',
    },
  },
  // S3 User Guide, "Amazon S3 CloudTrail events": the names of events, and which are data events.
  s3: {
    names: {
      DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
      GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
      GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
      GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
      ListObjectsV2: 'ListObjects',
      PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
      PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
      PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    },
    members: { bucket: 'bucketName', policy: 'bucketPolicy' },
    hidden: { body: null, sSECustomerKey: null, copySourceSSECustomerKey: null },
    data: objectCalls,
  },
  // CloudWatch Logs User Guide, "Logging API calls with CloudTrail": what is written to and read from streams is not
  // among the management events. Unverified: that no trail can select it.
  logs: { data: ['PutLogEvents', 'GetLogEvents', 'FilterLogEvents', 'GetLogRecord'], reads: ['StartQuery'] },
  cloudtrail: {},
}

const plain: Style = {}

/** The style of a service's events. */
export function styleOf(service: string): Style {
  return styles[service] ?? plain
}

/** `eventSource`. */
export function sourceOf(service: string): string {
  return styleOf(service).source ?? `${service}.amazonaws.com`
}

/** `eventName`. */
export function eventName(service: string, action: string): string {
  return styleOf(service).names?.[action] ?? action
}

const reading = /^(Describe|Get|List|Head|Lookup|Filter|Select|BatchGet|Test|Simulate|Search|Check)/

// Unverified: that handing out credentials counts as a write for Redshift; hunting wants it in trails of writes.
const writing = /^(GetClusterCredentials|GetCredentials|GetIdentityCenterAuthToken)/

const known = new Map<string, boolean>()

/** Whether a call only reads: `readOnly`. */
export function isReadOnly(service: string, action: string): boolean {
  const name = `${service}:${action}`
  const said = known.get(name)
  if (said !== undefined) return said
  const isRead = (reading.test(action) && !writing.test(action)) || !!styleOf(service).reads?.includes(action)
  known.set(name, isRead)
  return isRead
}

/** Whether an answer is shown: of what writes, and of the few others that say so. */
export function isAnswerShown(service: string, action: string): boolean {
  return !isReadOnly(service, action) || !!styleOf(service).answers?.includes(action)
}

/** The region that has the events of global services. */
export function globalRegion(partition: string): string {
  if (partition === 'aws-cn') return 'cn-north-1'
  return partition === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1'
}
