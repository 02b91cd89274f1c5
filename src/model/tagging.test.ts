// What counts as a tag that is there.

import { expect, test } from 'vitest'
import { defaultPolicy } from './settings.ts'
import { requiresTags, tagged } from './tagging.ts'

const owner = { ...defaultPolicy, requiredTags: ['owner'] }

test('a value is wanted, and the very key', () => {
  expect(tagged([{ Key: 'owner', Value: 'sales' }], owner)).toMatchObject({
    status: 'pass',
    reason: 'tagged',
  })
  for (const tag of [{ Key: 'owner', Value: '' }, { Key: 'owner' }, { Key: 'Owner', Value: 'sales' }])
    expect(tagged([tag], owner).message).toBe('lacks a value for owner')
  expect(tagged(undefined, owner).status).toBe('fail')
})

test('nothing is required unless the user says so', () => {
  expect(requiresTags(defaultPolicy)).toBe(false)
  expect(requiresTags(owner)).toBe(true)
})
