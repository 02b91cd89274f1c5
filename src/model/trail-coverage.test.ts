// Selectors of trails are evaluated, not read by eye: examples, and laws that hold for every one of them.

import { describe, expect, test } from 'vitest'
import { covers, type ManagementEvent } from './trail-coverage.ts'

const write: ManagementEvent = { source: 'redshift.amazonaws.com', isRead: false }
const keys: ManagementEvent = { source: 'kms.amazonaws.com', isRead: false }
const management = { Field: 'eventCategory', Equals: ['Management'] }
const advanced = (...FieldSelectors: object[]) => ({
  AdvancedEventSelectors: [{ FieldSelectors: [management, ...FieldSelectors] as never }],
})

test.each([
  ['what a trail selects by itself', advanced(), [true, true]],
  ['nothing at all', {}, [false, false]],
  ['only what reads', advanced({ Field: 'readOnly', Equals: ['true'] }), [false, false]],
  ['only what writes', advanced({ Field: 'readOnly', Equals: ['false'] }), [true, true]],
  ['all but keys', advanced({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }), [true, false]],
  ['all but what begins so', advanced({ Field: 'eventSource', NotStartsWith: ['km'] }), [true, false]],
  ['only one service', advanced({ Field: 'eventSource', Equals: ['iam.amazonaws.com'] }), [false, false]],
  ['all but one caller', advanced({ Field: 'userIdentity.arn', NotEquals: ['arn:x'] }), [false, false]],
  [
    'data',
    { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] },
    [false, false],
  ],
  ['basic', { EventSelectors: [{}] }, [true, true]],
  ['basic, only what reads', { EventSelectors: [{ ReadWriteType: 'ReadOnly' as const }] }, [false, false]],
  ['basic, no management', { EventSelectors: [{ IncludeManagementEvents: false }] }, [false, false]],
  [
    'basic, all but keys',
    { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] },
    [true, false],
  ],
])('%s', (_, selectors, expected) => {
  expect([covers(selectors, write), covers(selectors, keys)]).toEqual(expected)
})

describe('for all selectors', () => {
  const lists = [[], ['kms.amazonaws.com'], ['redshift.amazonaws.com', 'kms.amazonaws.com']]
  const types = ['All', 'ReadOnly', 'WriteOnly'] as const
  const basics = types.flatMap((ReadWriteType) =>
    lists.flatMap((ExcludeManagementEventSources) =>
      [true, false].map((IncludeManagementEvents) => ({
        ReadWriteType,
        IncludeManagementEvents,
        ExcludeManagementEventSources,
      })),
    ),
  )
  const events = [write, keys, { ...write, isRead: true }, { ...keys, isRead: true }]

  test('one more selector never takes anything away', () => {
    for (const one of basics)
      for (const other of basics)
        for (const event of events)
          expect(covers({ EventSelectors: [one, other] }, event)).toBe(
            covers({ EventSelectors: [one] }, event) || covers({ EventSelectors: [other] }, event),
          )
  })

  test('a basic selector and its advanced spelling choose the same', () => {
    for (const one of basics.filter(({ IncludeManagementEvents }) => IncludeManagementEvents)) {
      const { ReadWriteType, ExcludeManagementEventSources: NotEquals } = one
      const spelt = advanced(
        ...(ReadWriteType === 'All'
          ? []
          : [{ Field: 'readOnly', Equals: [String(ReadWriteType === 'ReadOnly')] }]),
        ...(NotEquals.length ? [{ Field: 'eventSource', NotEquals }] : []),
      )
      for (const event of events) expect(covers(spelt, event)).toBe(covers({ EventSelectors: [one] }, event))
    }
  })

  test('one more field never adds anything', () => {
    const fields = [
      { Field: 'readOnly', Equals: ['false'] },
      { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
      { Field: 'eventSource', StartsWith: ['redshift'] },
      { Field: 'userIdentity.arn', NotEquals: ['arn:x'] },
    ]
    for (const one of fields)
      for (const other of fields)
        for (const event of events)
          if (covers(advanced(one, other), event)) expect(covers(advanced(one), event)).toBe(true)
  })
})
