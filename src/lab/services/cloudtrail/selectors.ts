// Event selectors: which events they choose.

import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail'
import { eventName, sourceOf } from './casing.ts'
import type { Recorded, Selectors } from './model.ts'

/** What a trail selects until it is told otherwise: CloudTrail User Guide, "Logging management events". */
export function usualSelectors(): Selectors {
  return {
    kind: 'advanced',
    selectors: [
      {
        Name: 'Management events selector',
        FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
      },
    ],
  }
}

/** Whether a trail with these selectors has an event. */
export function selects({ kind, selectors }: Selectors, event: Recorded): boolean {
  return kind === 'basic'
    ? selectors.some((selector) => selectsBasic(selector, event))
    : selectors.some(({ FieldSelectors = [] }) => FieldSelectors.every((field) => holds(field, event)))
}

/** Whether selectors may choose data events at all. */
export function wantsData({ kind, selectors }: Selectors): boolean {
  if (kind === 'basic') return selectors.some(({ DataResources }) => (DataResources ?? []).length > 0)
  return selectors.some(({ FieldSelectors = [] }) =>
    FieldSelectors.some(({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Data')),
  )
}

function selectsBasic(selector: EventSelector, event: Recorded): boolean {
  const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources = [] } = selector
  if (ReadWriteType === 'ReadOnly' && !event.isRead) return false
  if (ReadWriteType === 'WriteOnly' && event.isRead) return false
  if (!event.isData)
    return (
      IncludeManagementEvents !== false && !ExcludeManagementEventSources.includes(sourceOf(event.service))
    )
  const arns = resourceArns(event)
  return (selector.DataResources ?? []).some(
    ({ Type, Values = [] }) =>
      Type === 'AWS::S3::Object' &&
      event.service === 's3' &&
      Values.some((value) => arns.some((arn) => matchesResource(arn, value))),
  )
}

// `arn:aws:s3` and `arn:aws:s3:::` choose all buckets, `…bucket/` all objects of one, `…bucket/prefix` some: API Reference,
// DataResource.
function matchesResource(arn: string, value: string): boolean {
  return arn === value || arn.startsWith(value) || `${arn}/` === value
}

function resourceArns({ rare }: Recorded): string[] {
  return (rare?.resources ?? []).map(({ ARN }) => ARN)
}

function holds(selector: AdvancedFieldSelector, event: Recorded): boolean {
  const values = fieldValues(selector.Field ?? '', event)
  const some = (wanted: string[] | undefined, test: (value: string, other: string) => boolean) =>
    (wanted ?? []).some((other) => values.some((value) => test(value, other)))
  const starts = (value: string, other: string) => value.startsWith(other)
  const ends = (value: string, other: string) => value.endsWith(other)
  const equals = (value: string, other: string) => value === other
  const including = [selector.Equals, selector.StartsWith, selector.EndsWith].some((list) => list?.length)
  const isIn =
    !including ||
    some(selector.Equals, equals) ||
    some(selector.StartsWith, starts) ||
    some(selector.EndsWith, ends)
  const isOut =
    some(selector.NotEquals, equals) ||
    some(selector.NotStartsWith, starts) ||
    some(selector.NotEndsWith, ends)
  return isIn && !isOut
}

function fieldValues(field: string, event: Recorded): string[] {
  switch (field) {
    case 'eventCategory':
      return [event.isData ? 'Data' : 'Management']
    case 'readOnly':
      return [String(event.isRead)]
    case 'eventSource':
      return [sourceOf(event.service)]
    case 'eventName':
      return [eventName(event.service, event.action)]
    case 'eventType':
      return [event.rare?.eventType ?? 'AwsApiCall']
    // Data events of S3 are those of objects, also where only the bucket is named.
    case 'resources.type':
      return event.service === 's3' ? ['AWS::S3::Object'] : []
    case 'resources.ARN':
      return resourceArns(event).slice(0, 1)
    case 'userIdentity.arn':
      return event.who.arn === undefined ? [] : [event.who.arn]
    case 'sessionCredentialFromConsole':
      return ['false']
    default:
      return []
  }
}
