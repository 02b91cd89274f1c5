// AWS CloudTrail: the event history, trails and what they deliver. Not here: CloudTrail Lake, insights, digest files,
// delivery to CloudWatch Logs and notifications, which a trail may name without anything coming of it.

import {
  AddTags$,
  CreateTrail$,
  DeleteTrail$,
  DescribeTrails$,
  GetEventSelectors$,
  GetInsightSelectors$,
  GetTrail$,
  GetTrailStatus$,
  ListEventDataStores$,
  ListTags$,
  ListTrails$,
  LookupEvents$,
  PutEventSelectors$,
  PutInsightSelectors$,
  RemoveTags$,
  StartLogging$,
  StopLogging$,
  UpdateTrail$,
} from '@aws-sdk/client-cloudtrail'
import { arnIn, type Context } from '#lab/state.ts'
import { awsJson } from '#lab/wire/json.ts'
import { paired, type Service } from '#lab/wire/operations.ts'
import { historyOperations } from './history.ts'
import { seedCloudTrail } from './seed.ts'
import { selectingOperations } from './selecting.ts'
import { statusOperations } from './status.ts'
import { tagOperations } from './tags.ts'
import { trailOperations } from './trails.ts'

/** AWS CloudTrail. */
export const cloudtrail: Service = {
  name: 'cloudtrail',
  protocol: awsJson({
    serviceTarget: 'CloudTrail_20131101',
    defaultNamespace: 'com.amazonaws.cloudtrail',
  }),
  operations: paired(
    {
      ...trailOperations,
      ...statusOperations,
      ...selectingOperations,
      ...tagOperations,
      ...historyOperations,
    },
    {
      AddTags$,
      CreateTrail$,
      DeleteTrail$,
      DescribeTrails$,
      GetEventSelectors$,
      GetInsightSelectors$,
      GetTrail$,
      GetTrailStatus$,
      ListEventDataStores$,
      ListTags$,
      ListTrails$,
      LookupEvents$,
      PutEventSelectors$,
      PutInsightSelectors$,
      RemoveTags$,
      StartLogging$,
      StopLogging$,
      UpdateTrail$,
    },
  ),
  resourceOf,
  seedRegion: seedCloudTrail,
  refusal: 'AccessDenied',
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html: these have no resource.
const global = ['DescribeTrails', 'ListTrails', 'LookupEvents', 'ListEventDataStores']

function resourceOf(action: string, input: Record<string, unknown>, { region }: Context): string {
  const name = input.Name ?? input.TrailName ?? input.ResourceId
  if (global.includes(action) || typeof name !== 'string') return '*'
  return name.startsWith('arn:') ? name : arnIn(region, 'cloudtrail', `trail/${name}`)
}
