// Log groups: made, kept for so long, tagged, described.

import type * as client from '@aws-sdk/client-cloudwatch-logs'
import {
  ResourceNotFoundException$,
  TooManyTagsException$,
  ValidationException$,
} from '@aws-sdk/client-cloudwatch-logs'
import { parseArn } from '#kit/arn.ts'
import { arnIn, type Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { linesOf, streamsOf } from './contents.ts'
import { checkName, existing, groupOf, invalid, nameIn } from './errors.ts'
import { type LogGroup, newGroup } from './model.ts'

// API Reference, PutRetentionPolicy.
const retentions = [
  ...[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
  ],
  3_653,
]

export const groupOperations = {
  CreateLogGroup(input, { region, now }) {
    const { logGroupName: name, kmsKeyId, logGroupClass = 'STANDARD', tags = {} } = input
    checkName('logGroupName', name)
    if (region.logs.groups.has(name)) throw existing('group')
    if (!['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'].includes(logGroupClass))
      throw invalid(`The log group class ${logGroupClass} is not valid.`)
    checkTags(tags)
    const arn = arnIn(region, 'logs', `log-group:${name}`)
    const isProtected = input.deletionProtectionEnabled ?? false
    const group = newGroup({ name, arn, createdAt: now, tags, logGroupClass, isProtected })
    if (kmsKeyId !== undefined) group.kmsKeyId = checkedKey(kmsKeyId)
    region.logs.groups.set(name, group)
    return {}
  },

  DeleteLogGroup({ logGroupName }, { region }) {
    const group = groupOf(logGroupName, region)
    // Unverified: the wording.
    if (group.isProtected)
      throw fault(ValidationException$, `The log group ${logGroupName} is protected from deletion.`)
    region.logs.groups.delete(logGroupName)
    return {}
  },

  DescribeLogGroups(input, context) {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, limit = 50, nextToken } = input
    if (input.includeLinkedAccounts || input.accountIdentifiers?.length)
      throw invalid('The lab does not model log groups of linked accounts.')
    if (limit < 1 || limit > 50) throw invalid('The limit must be between 1 and 50.')
    // "mutually exclusive": API Reference, DescribeLogGroups. Unverified: the wording.
    if (prefix !== undefined && pattern !== undefined)
      throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive.')
    const identifiers = input.logGroupIdentifiers?.map(nameIn)
    const all = [...context.region.logs.groups.values()]
      .filter(({ name }) => name.startsWith(prefix ?? '') && name.includes(pattern ?? ''))
      .filter(({ name }) => !identifiers || identifiers.includes(name))
      .filter(({ logGroupClass }) => !input.logGroupClass || logGroupClass === input.logGroupClass)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const rest = nextToken === undefined ? all : all.filter(({ name }) => name > nextToken)
    const shown = rest.slice(0, limit)
    const last = shown.at(-1)
    return {
      logGroups: shown.map((group) => describedGroup(group, context)),
      ...(last && rest.length > shown.length && { nextToken: last.name }),
    }
  },

  PutRetentionPolicy({ logGroupName, retentionInDays }, { region }) {
    const group = groupOf(logGroupName, region)
    if (!retentions.includes(retentionInDays))
      throw invalid(
        `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(', ')}]`,
      )
    group.retentionInDays = retentionInDays
    return {}
  },

  DeleteRetentionPolicy({ logGroupName }, { region }) {
    groupOf(logGroupName, region).retentionInDays = undefined
    return {}
  },

  AssociateKmsKey({ logGroupName, resourceIdentifier, kmsKeyId }, { region }) {
    keyedGroup(logGroupName, resourceIdentifier, region).kmsKeyId = checkedKey(kmsKeyId)
    return {}
  },

  DisassociateKmsKey({ logGroupName, resourceIdentifier }, { region }) {
    keyedGroup(logGroupName, resourceIdentifier, region).kmsKeyId = undefined
    return {}
  },

  TagResource({ resourceArn, tags }, { region }) {
    const group = taggedGroup(resourceArn, region)
    const all = { ...group.tags, ...tags }
    checkTags(all)
    group.tags = all
    return {}
  },

  UntagResource({ resourceArn, tagKeys }, { region }) {
    const group = taggedGroup(resourceArn, region)
    group.tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key)))
    return {}
  },

  ListTagsForResource({ resourceArn }, { region }) {
    return { tags: taggedGroup(resourceArn, region).tags }
  },
} satisfies Operations<typeof client>

function describedGroup(group: LogGroup, context: Context): client.LogGroup {
  const { name, arn, createdAt, retentionInDays, kmsKeyId, logGroupClass, isProtected } = group
  return {
    logGroupName: name,
    creationTime: createdAt,
    ...(retentionInDays !== undefined && { retentionInDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: storedBytes(group, context),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    logGroupClass,
    logGroupArn: arn,
    deletionProtectionEnabled: isProtected,
  }
}

// Only what was put is counted: what is made when it is read would have to be made for it. AWS's number lags, too.
function storedBytes(group: LogGroup, context: Context): number {
  let bytes = 0
  for (const { name } of streamsOf({ ...group, sources: [] }, context))
    for (const { message } of linesOf({ ...group, sources: [] }, name, 0, context.now + 1, context))
      bytes += Buffer.byteLength(message) + 26
  return bytes
}

// API Reference, AssociateKmsKey: the ARN of a symmetric key. The lab keeps it and does not encrypt with it.
function checkedKey(arn: string): string {
  if (parseArn(arn)?.service === 'kms') return arn
  throw invalid(`The specified KMS key ARN is not valid: ${arn}`)
}

function keyedGroup(name: string | undefined, identifier: string | undefined, region: Context['region']) {
  const named = name ?? (identifier === undefined ? undefined : nameIn(identifier))
  if (named === undefined) throw invalid('Either logGroupName or resourceIdentifier must be specified.')
  return groupOf(named, region)
}

function taggedGroup(arn: string, region: Context['region']): LogGroup {
  const group = region.logs.groups.get(nameIn(arn))
  if (group && (group.arn === arn || `${group.arn}:*` === arn)) return group
  throw fault(ResourceNotFoundException$, 'The specified resource does not exist.')
}

function checkTags(tags: Record<string, string>) {
  if (Object.keys(tags).length > 50)
    throw fault(TooManyTagsException$, 'A resource can have no more than 50 tags.')
}
