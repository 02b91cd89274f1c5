// Amazon CloudWatch Logs: groups, streams, events; queries in a small part of Insights' language.

import {
  AssociateKmsKey$,
  CreateLogGroup$,
  CreateLogStream$,
  DeleteLogGroup$,
  DeleteLogStream$,
  DeleteResourcePolicy$,
  DeleteRetentionPolicy$,
  DescribeLogGroups$,
  DescribeLogStreams$,
  DescribeResourcePolicies$,
  DisassociateKmsKey$,
  FilterLogEvents$,
  GetLogEvents$,
  GetQueryResults$,
  ListTagsForResource$,
  PutLogEvents$,
  PutResourcePolicy$,
  PutRetentionPolicy$,
  StartQuery$,
  TagResource$,
  UntagResource$,
} from '@aws-sdk/client-cloudwatch-logs'
import { arnIn, type Context } from '#lab/state.ts'
import { awsJson } from '#lab/wire/json.ts'
import { paired, type Service } from '#lab/wire/operations.ts'
import { nameIn } from './errors.ts'
import { eventOperations } from './events.ts'
import { groupOperations } from './groups.ts'
import { insightOperations } from './insights.ts'
import { policyOperations } from './policies.ts'
import { seedLogs } from './seed.ts'
import { streamOperations } from './streams.ts'

/** Amazon CloudWatch Logs. */
export const logs: Service = {
  name: 'logs',
  protocol: awsJson(
    { serviceTarget: 'Logs_20140328', defaultNamespace: 'com.amazonaws.cloudwatchlogs' },
    'InvalidParameterException',
  ),
  operations: paired(
    {
      ...groupOperations,
      ...streamOperations,
      ...eventOperations,
      ...insightOperations,
      ...policyOperations,
    },
    {
      AssociateKmsKey$,
      CreateLogGroup$,
      CreateLogStream$,
      DeleteLogGroup$,
      DeleteLogStream$,
      DeleteResourcePolicy$,
      DeleteRetentionPolicy$,
      DescribeLogGroups$,
      DescribeLogStreams$,
      DescribeResourcePolicies$,
      DisassociateKmsKey$,
      FilterLogEvents$,
      GetLogEvents$,
      GetQueryResults$,
      ListTagsForResource$,
      PutLogEvents$,
      PutResourcePolicy$,
      PutRetentionPolicy$,
      StartQuery$,
      TagResource$,
      UntagResource$,
    },
  ),
  resourceOf,
  seedRegion: seedLogs,
  refusal: 'AccessDenied',
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
const ofStreams = ['PutLogEvents', 'GetLogEvents', 'DeleteLogStream']
const ofNothing = ['GetQueryResults', 'PutResourcePolicy', 'DescribeResourcePolicies', 'DeleteResourcePolicy']

function resourceOf(action: string, input: Record<string, unknown>, { region }: Context): string {
  if (ofNothing.includes(action)) return '*'
  const said = input.logGroupName ?? input.logGroupIdentifier ?? input.resourceArn ?? input.resourceIdentifier
  if (typeof said !== 'string') return arnIn(region, 'logs', 'log-group:*')
  const group = said.startsWith('arn:')
    ? said.replace(/:\*$/, '')
    : arnIn(region, 'logs', `log-group:${nameIn(said)}`)
  if (/^(Tag|Untag|ListTags)/.test(action)) return group
  return ofStreams.includes(action) ? `${group}:log-stream:${String(input.logStreamName)}` : `${group}:*`
}
