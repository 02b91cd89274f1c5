// Which event selectors a trail accepts.

import {
  type AdvancedEventSelector,
  type AdvancedFieldSelector,
  type EventSelector,
  InvalidEventSelectorsException$,
} from '@aws-sdk/client-cloudtrail'
import { fault } from '#lab/wire/errors.ts'
import type { Selectors } from './model.ts'

/** The selectors of a request, or CloudTrail's refusal. */
export function readSelectors(
  basic: EventSelector[] | undefined,
  advanced: AdvancedEventSelector[] | undefined,
): Selectors {
  if (basic && advanced)
    throw refusal('You can use either EventSelectors or AdvancedEventSelectors, but not both.')
  if (advanced) return { kind: 'advanced', selectors: checkedAdvanced(advanced) }
  if (basic) return { kind: 'basic', selectors: checkedBasic(basic) }
  throw refusal('Specify EventSelectors or AdvancedEventSelectors.')
}

// Unverified: all wordings but that of a data resource's value (aws-samples/aws-security-reference-architecture-examples#335).
function refusal(message: string) {
  return fault(InvalidEventSelectorsException$, message)
}

// API Reference, EventSelector and DataResource.
const resourceTypes = ['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table']
const excludable = ['kms.amazonaws.com', 'rdsdata.amazonaws.com']

function checkedBasic(selectors: EventSelector[]): EventSelector[] {
  if (selectors.length < 1 || selectors.length > 5)
    throw refusal('The number of event selectors must be between 1 and 5.')
  const resources = selectors.flatMap(({ DataResources = [] }) => DataResources)
  if (resources.flatMap(({ Values = [] }) => Values).length > 250)
    throw refusal('The number of data resources must not exceed 250.')
  for (const { Type, Values = [] } of resources) {
    if (!resourceTypes.includes(Type ?? '')) throw refusal(`Value ${Type} for DataResources.Type is invalid.`)
    const wrong = Values.find((value) => !/^arn:[a-z-]+:(s3|lambda|dynamodb)(:[^*:]*)*$/.test(value))
    if (wrong !== undefined) throw refusal(`Value ${wrong} for DataResources.Values is invalid.`)
  }
  return selectors.map((selector) => {
    const {
      ReadWriteType = 'All',
      IncludeManagementEvents = true,
      ExcludeManagementEventSources = [],
    } = selector
    if (!['All', 'ReadOnly', 'WriteOnly'].includes(ReadWriteType))
      throw refusal(`Value ${ReadWriteType} for ReadWriteType is invalid.`)
    const source = ExcludeManagementEventSources.find((name) => !excludable.includes(name))
    if (source !== undefined) throw refusal(`Value ${source} for ExcludeManagementEventSources is invalid.`)
    return {
      ReadWriteType,
      IncludeManagementEvents,
      DataResources: selector.DataResources ?? [],
      ExcludeManagementEventSources,
    }
  })
}

const operators = [
  ...(['Equals', 'NotEquals', 'StartsWith', 'NotStartsWith'] as const),
  ...(['EndsWith', 'NotEndsWith'] as const),
]

// CloudTrail User Guide and API Reference, AdvancedFieldSelector: what trails can filter by, for each category.
const fields: Record<string, string[]> = {
  Management: ['eventCategory', 'readOnly', 'eventSource'],
  Data: [
    ...['eventCategory', 'resources.type', 'resources.ARN', 'readOnly', 'eventName', 'eventSource'],
    ...['eventType', 'sessionCredentialFromConsole', 'userIdentity.arn'],
  ],
  NetworkActivity: ['eventCategory', 'eventSource', 'eventName', 'errorCode', 'vpcEndpointId'],
}

function checkedAdvanced(selectors: AdvancedEventSelector[]): AdvancedEventSelector[] {
  if (selectors.length < 1) throw refusal('At least one advanced event selector is required.')
  const values = selectors.flatMap(({ FieldSelectors = [] }) => FieldSelectors).flatMap(allValues)
  if (values.length > 500)
    throw refusal('The number of values in all advanced event selectors must not exceed 500.')
  for (const { FieldSelectors = [] } of selectors) checkFields(FieldSelectors)
  return selectors
}

function allValues(selector: AdvancedFieldSelector): string[] {
  return operators.flatMap((operator) => selector[operator] ?? [])
}

function checkFields(selectors: AdvancedFieldSelector[]) {
  const category = selectors.find(({ Field }) => Field === 'eventCategory')?.Equals
  const [only = ''] = category ?? []
  const allowed = fields[only]
  if (category?.length !== 1 || !allowed)
    throw refusal('Each advanced event selector needs the field eventCategory with one valid value.')
  const names = selectors.map(({ Field }) => Field)
  if (new Set(names).size < names.length)
    throw refusal('A field may be used only once in an advanced event selector.')
  if (only === 'Data' && !names.includes('resources.type'))
    throw refusal('Selectors of data events need the field resources.type.')
  for (const selector of selectors) checkField(selector, only, allowed)
}

function checkField(selector: AdvancedFieldSelector, category: string, allowed: string[]) {
  const { Field = '' } = selector
  if (!allowed.includes(Field))
    throw refusal(`Field ${Field} is not supported for ${category} events of a trail.`)
  if (allValues(selector).length === 0) throw refusal(`Field ${Field} needs an operator with a value.`)
  const used = operators.filter((operator) => selector[operator]?.length)
  // "the only valid operator" of these fields: API Reference, AdvancedFieldSelector.
  const isExact = ['eventCategory', 'readOnly', 'resources.type'].includes(Field)
  if (isExact && used.some((operator) => operator !== 'Equals'))
    throw refusal(`Field ${Field} only supports the operator Equals.`)
  if (Field === 'readOnly' && !selector.Equals?.every((value) => value === 'true' || value === 'false'))
    throw refusal('Field readOnly is either true or false.')
  if (category !== 'Management' || Field !== 'eventSource') return
  // "You can only use NotEquals" with the two sources that are many: "Logging management events".
  const isExclusion = used.every((operator) => operator === 'NotEquals')
  if (!isExclusion || !selector.NotEquals?.every((value) => excludable.includes(value)))
    throw refusal(
      `Field eventSource of Management events only supports NotEquals with ${excludable.join(' or ')}.`,
    )
}
