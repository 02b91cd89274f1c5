// Whether a trail writes down what is done: its selectors choose an event, as CloudTrail evaluates them, and it arrives.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html and, for basic ones,
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html

import type { TrailInRegion, TrailSelectors } from './resource.ts'

/** What may be wrong with a trail, the worst last. */
export const trailFaults = ['keys-left-out', 'no-writes', 'not-delivered', 'stopped'] as const
export type TrailFault = (typeof trailFaults)[number]

/** The worst fault of a trail; undefined for one that writes down whatever changes a warehouse or its keys. */
export function faultOf({
  status,
  selectors,
}: Pick<TrailInRegion, 'status' | 'selectors'>): TrailFault | undefined {
  if (!status.IsLogging) return 'stopped'
  const {
    LatestDeliveryError: error,
    LatestDeliveryTime: at = '',
    LatestDeliveryAttemptTime: tried = '',
  } = status
  if (error && !(at && tried && Date.parse(at) >= Date.parse(tried))) return 'not-delivered'
  return selectionFault(selectors)
}

/** What selectors leave out that they must not. */
export function selectionFault(selectors: TrailSelectors): 'no-writes' | 'keys-left-out' | undefined {
  const writes = (service: string) => covers(selectors, { source: `${service}.amazonaws.com`, isRead: false })
  if (!writes('redshift') || !writes('redshift-serverless')) return 'no-writes'
  return writes('kms') ? undefined : 'keys-left-out'
}

/** A management event that somebody's call makes: `redshift.amazonaws.com`, and whether it only reads. */
export type ManagementEvent = { source: string; isRead: boolean }

type Basic = NonNullable<TrailSelectors['EventSelectors']>[number]
type Advanced = NonNullable<TrailSelectors['AdvancedEventSelectors']>[number]
type Field = NonNullable<Advanced['FieldSelectors']>[number]

/** Whether a trail writes every such event down, whoever makes it and whatever it is called. */
export function covers(
  { EventSelectors = [], AdvancedEventSelectors = [] }: TrailSelectors,
  event: ManagementEvent,
): boolean {
  return (
    EventSelectors.some((selector) => isBasicFor(selector, event)) ||
    AdvancedEventSelectors.some(({ FieldSelectors = [] }) =>
      FieldSelectors.every((field) => holds(field, event)),
    )
  )
}

// What is left out of a selector: all events, management events included, nothing excluded.
function isBasicFor(selector: Basic, { source, isRead }: ManagementEvent): boolean {
  const {
    ReadWriteType = 'All',
    IncludeManagementEvents = true,
    ExcludeManagementEventSources = [],
  } = selector
  const chosen = ReadWriteType === 'All' || (ReadWriteType === 'ReadOnly') === isRead
  return chosen && IncludeManagementEvents && !ExcludeManagementEventSources.includes(source)
}

/** A field whose value is not the same for all such events, as who calls, may leave some out: it does not hold. */
function holds(selector: Field, event: ManagementEvent): boolean {
  const value = valueIn(selector.Field ?? '', event)
  if (value === undefined) return false
  const { Equals = [], StartsWith = [], EndsWith = [] } = selector
  const { NotEquals = [], NotStartsWith = [], NotEndsWith = [] } = selector
  const isNamed =
    Equals.length + StartsWith.length + EndsWith.length === 0 ||
    Equals.includes(value) ||
    StartsWith.some((start) => value.startsWith(start)) ||
    EndsWith.some((end) => value.endsWith(end))
  const isLeftOut =
    NotEquals.includes(value) ||
    NotStartsWith.some((start) => value.startsWith(start)) ||
    NotEndsWith.some((end) => value.endsWith(end))
  return isNamed && !isLeftOut
}

function valueIn(field: string, { source, isRead }: ManagementEvent): string | undefined {
  if (field === 'eventCategory') return 'Management'
  if (field === 'readOnly') return String(isRead)
  if (field === 'eventSource') return source
  return field === 'eventType' ? 'AwsApiCall' : undefined
}
