// Edges of key-rotation: keys that KMS cannot rotate now.

import { expect, test } from 'vitest'
import { key } from './examples/key.ts'
import practice from './key-rotation.ts'
import { holdsInCommon } from './testing/common.ts'
import { noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('how often it is rotated is told', () => {
  const example = key({ reason: '' })
  const rotation = { KeyRotationEnabled: true, RotationPeriodInDays: 90 }
  expect(verdictOf(practice, { ...example, answers: { ...example.answers, rotation } })).toBe(
    'pass rotated: is rotated every 90 days',
  )
})

test('a key that cannot be used is made usable first', () => {
  const metadata = { KeyState: 'PendingDeletion' as const }
  expect(noneOf(practice, key({ reason: '', rotates: false, metadata }))).toBe(
    'it is PendingDeletion: the remedy of key-usable comes first',
  )
})
