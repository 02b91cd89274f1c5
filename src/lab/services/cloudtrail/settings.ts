// The settings of a trail as CreateTrail and UpdateTrail give them, and where it may deliver.

import {
  type CreateTrailRequest,
  InsufficientS3BucketPolicyException$,
  InvalidCloudWatchLogsLogGroupArnException$,
  InvalidCloudWatchLogsRoleArnException$,
  InvalidKmsKeyIdException$,
  InvalidParameterCombinationException$,
  InvalidS3BucketNameException$,
  InvalidS3PrefixException$,
  KmsKeyNotFoundException$,
  NotOrganizationMasterAccountException$,
  OrganizationsNotInUseException$,
  S3BucketDoesNotExistException$,
  type UpdateTrailRequest,
} from '@aws-sdk/client-cloudtrail'
import { parseArn } from '#kit/arn.ts'
import { arnIn, type Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { organizationOf } from '../organizations/use.ts'
import { refusalOf, stretchFacts } from './delivery.ts'
import type { Trail } from './model.ts'

type Request = Partial<CreateTrailRequest> & Partial<UpdateTrailRequest>

/** The settings that follow from a request, over those a trail has. */
export function settingsOf(
  input: Request,
  before: Trail['settings'] | undefined,
  context: Context,
): Trail['settings'] {
  const settings: Trail['settings'] = {
    ...before,
    S3BucketName: input.S3BucketName ?? before?.S3BucketName ?? '',
    IncludeGlobalServiceEvents:
      input.IncludeGlobalServiceEvents ?? before?.IncludeGlobalServiceEvents ?? true,
    IsMultiRegionTrail: input.IsMultiRegionTrail ?? before?.IsMultiRegionTrail ?? false,
    LogFileValidationEnabled: input.EnableLogFileValidation ?? before?.LogFileValidationEnabled ?? false,
    IsOrganizationTrail: input.IsOrganizationTrail ?? before?.IsOrganizationTrail ?? false,
  }
  // Empty text takes a setting away: CloudTrail User Guide, "update-trail".
  for (const name of ['S3KeyPrefix', 'CloudWatchLogsLogGroupArn', 'CloudWatchLogsRoleArn'] as const) {
    const value = input[name]
    if (value === '') delete settings[name]
    else if (value !== undefined) settings[name] = value
  }
  if (input.RecursiveLogging !== undefined) settings.RecursiveLogging = input.RecursiveLogging
  applyTopic(settings, input, context)
  applyKey(settings, input, context)
  checkSettings(settings, context)
  return settings
}

function applyTopic(settings: Trail['settings'], { SnsTopicName }: Request, { region }: Context) {
  if (SnsTopicName === undefined) return
  delete settings.SnsTopicName
  delete settings.SnsTopicARN
  if (SnsTopicName === '') return
  // The lab has no SNS: a topic is kept as it is named, and nothing is published.
  const arn = SnsTopicName.startsWith('arn:') ? SnsTopicName : arnIn(region, 'sns', SnsTopicName)
  settings.SnsTopicARN = arn
  settings.SnsTopicName = SnsTopicName
}

function applyKey(settings: Trail['settings'], { KmsKeyId }: Request, context: Context) {
  if (KmsKeyId === undefined) return
  delete settings.KmsKeyId
  if (KmsKeyId !== '') settings.KmsKeyId = keyArn(KmsKeyId, context)
}

// API Reference, CreateTrail: an alias, an ARN of one, a key's ARN, or its id.
function keyArn(name: string, { state, region }: Context): string {
  const parts = parseArn(name)
  const resource = parts?.resource ?? (name.startsWith('alias/') ? name : `key/${name}`)
  if (!/^(alias|key)\/./.test(resource))
    throw fault(InvalidKmsKeyIdException$, `KMS key ${name} is not valid.`)
  const account = state.accounts.get(parts?.account ?? region.account.id)
  if (!account) return name
  const kms = account.regions.get(parts?.region ?? region.name)?.kms
  const id = resource.startsWith('alias/')
    ? kms?.aliases.get(resource)?.target
    : resource.slice('key/'.length)
  const key = id === undefined ? undefined : kms?.keys.get(id)
  // Unverified: the wording.
  if (!key) throw fault(KmsKeyNotFoundException$, `KMS key ${name} does not exist.`)
  return key.arn
}

function checkSettings(settings: Trail['settings'], { state, account }: Context) {
  const { S3BucketName, S3KeyPrefix = '', IsOrganizationTrail } = settings
  // Wording: cloudconformity/auto-remediate#3.
  if (settings.IsMultiRegionTrail && !settings.IncludeGlobalServiceEvents)
    throw fault(
      InvalidParameterCombinationException$,
      'Multi-Region trail must include global service events.',
    )
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(S3BucketName))
    throw fault(InvalidS3BucketNameException$, `S3 bucket name is not valid: ${S3BucketName}`)
  // "The maximum length is 200 characters": API Reference, CreateTrail.
  if (S3KeyPrefix.length > 200)
    throw fault(InvalidS3PrefixException$, 'The S3 prefix is longer than 200 characters.')
  checkLogs(settings)
  if (!IsOrganizationTrail) return
  const organization = organizationOf(state, account.id)
  // Unverified: both wordings. Delegated administrators are not modelled.
  if (!organization)
    throw fault(OrganizationsNotInUseException$, 'Your account is not a member of an organization.')
  if (organization.management !== account.id)
    throw fault(
      NotOrganizationMasterAccountException$,
      'Organization trails can only be created or changed by the management account.',
    )
}

function checkLogs({ CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role }: Trail['settings']) {
  if (group === undefined && role === undefined) return
  if (group === undefined || !/^arn:[a-z-]+:logs:[a-z0-9-]+:\d{12}:log-group:.+:\*$/.test(group))
    throw fault(InvalidCloudWatchLogsLogGroupArnException$, 'The CloudWatch Logs log group ARN is not valid.')
  if (role === undefined || !/^arn:[a-z-]+:iam::\d{12}:role\/.+/.test(role))
    throw fault(InvalidCloudWatchLogsRoleArnException$, 'The CloudWatch Logs role ARN is not valid.')
}

/** Throws unless the bucket is there and takes files of a trail. Its region does not matter. */
export function checkDestination(
  settings: Trail['settings'],
  arn: string,
  { state, account, region }: Context,
): void {
  const { S3BucketName } = settings
  const facts = stretchFacts(state, { arn, account: account.id, region: region.name, settings })
  const refusal = refusalOf(state, facts)
  if (refusal === 'no-bucket')
    throw fault(S3BucketDoesNotExistException$, `S3 bucket ${S3BucketName} does not exist!`)
  // Wording: awsdocs/aws-cloudtrail-user-guide#24.
  if (refusal !== undefined)
    throw fault(
      InsufficientS3BucketPolicyException$,
      `Incorrect S3 bucket policy is detected for bucket: ${S3BucketName}`,
    )
}

/** The settings as CreateTrail and UpdateTrail answer them. */
export function answeredSettings({ name, arn, settings }: Trail) {
  return { ...settings, Name: name, TrailARN: arn }
}
