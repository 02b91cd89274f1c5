// Edges of workgroup-tags: what counts as a tag.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import practice from './workgroup-tags.ts'

holdsInCommon(practice)

test.each([
  ['a tag without a value', { owner: '' }, 'fail missing: lacks a value for owner'],
  ['a key of another case', { Owner: 'planning' }, 'fail missing: lacks a value for owner'],
  ['the tag', { owner: 'planning' }, 'pass tagged: carries owner'],
])('%s', (_, tags, verdict) => {
  const example = workgroup({ reason: '', tags: tags as never, policy: { requiredTags: ['owner'] } })
  expect(verdictOf(practice, example)).toBe(verdict)
})
