// What a subscription may ask for: source types, categories and severities.

import {
  SNSInvalidTopicFault$,
  SourceNotFoundFault$,
  SubscriptionCategoryNotFoundFault$,
  SubscriptionSeverityNotFoundFault$,
} from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'

/** API, CreateEventSubscription. */
export const categories = ['configuration', 'management', 'monitoring', 'security', 'pending'] as const
const severities = ['ERROR', 'INFO']

/** What a request says of the events it wants. */
export type Choice = {
  SourceType?: string | undefined
  SourceIds?: string[] | undefined
  EventCategories?: string[] | undefined
  Severity?: string | undefined
}

type Finder = (region: Region, id: string) => boolean

// The lab has no cluster security groups: none is found.
const finders: Record<string, Finder> = {
  cluster: ({ redshift }, id) => redshift.clusters.has(id.toLowerCase()),
  'cluster-parameter-group': ({ redshift }, id) => redshift.groups.has(id.toLowerCase()),
  'cluster-security-group': () => false,
  'cluster-snapshot': ({ redshift }, id) => redshift.snapshots.has(id),
  'scheduled-action': ({ redshift }, id) => redshift.extras.scheduledActions.has(id),
}

/** Throws AWS's refusal unless there is what the request asks for. Unverified: the wordings, and code of the common ones. */
export function checkChoice(region: Region, choice: Choice): void {
  const { SourceType: type, SourceIds: ids = [], EventCategories, Severity } = choice
  const wrong = EventCategories?.find((one) => !categories.some((known) => known === one.toLowerCase()))
  if (wrong !== undefined)
    throw fault(SubscriptionCategoryNotFoundFault$, `The event category ${wrong} doesn't exist.`)
  if (Severity !== undefined && !severities.includes(Severity.toUpperCase()))
    throw fault(SubscriptionSeverityNotFoundFault$, `The event severity ${Severity} doesn't exist.`)
  // "You must specify a source type in order to specify source IDs" (API, CreateEventSubscription).
  if (type === undefined) {
    if (ids.length === 0) return
    throw common('InvalidParameterCombination', 'SourceType must be specified with SourceIds.')
  }
  const isThere = Object.hasOwn(finders, type) ? finders[type] : undefined
  if (!isThere) throw common('InvalidParameterValue', `Invalid source type: ${type}`)
  const missing = ids.find((id) => !isThere(region, id))
  if (missing !== undefined) throw fault(SourceNotFoundFault$, `The source ${missing} could not be found.`)
}

/** Throws unless the ARN is that of a topic of the region. Unverified: wording, and that the topic must be there. */
export function checkTopic({ name }: Region, arn: string): void {
  const { service, region } = parseArn(arn) ?? {}
  if (service === 'sns' && region === name) return
  throw fault(SNSInvalidTopicFault$, `${arn} isn't a valid Amazon SNS topic.`)
}
