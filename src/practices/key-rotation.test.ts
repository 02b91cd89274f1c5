// Edges of key-rotation: keys that KMS cannot rotate now.

import { expect, test } from 'vitest'
import { judgeExample } from '#model/explanation.ts'
import { key, replicaOf } from './examples/key.ts'
import { exampleNow } from './examples.ts'
import practice from './key-rotation.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'
import { verdictWithout } from './testing/without.ts'

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

test('a key that is set to be rotated and cannot be used is not rotated', () => {
  const example = key({ reason: '', metadata: { KeyState: 'Disabled' } })
  expect(judgeExample(practice, example, exampleNow)).toMatchObject({
    status: 'fail',
    message: 'is not rotated while it is Disabled',
    configured: { value: true },
    inForce: { value: false },
  })
})

test('what a key that waits for its deletion is set to, is not told', () => {
  const example = key({ reason: '', rotates: false, metadata: { KeyState: 'PendingDeletion' } })
  expect(judgeExample(practice, example, exampleNow)).toMatchObject({
    reason: 'not-while',
    configured: { value: null },
    inForce: { value: false },
  })
})

test('a replica is rotated with its primary key, which is called where that is', () => {
  const [change] = changesOf(practice, key({ reason: '', rotates: false, metadata: replicaOf('us-east-1') }))
  expect(change).toMatchObject({
    region: 'us-east-1',
    call: {
      input: { KeyId: 'arn:aws:kms:us-east-1:111122223333:key/mrk-5f0c1de07a554b4e9c1e0a4d8f2b6c11' },
    },
  })
})

test('an answer that does not tell is no verdict', () => {
  const example = key({ reason: '' })
  expect(verdictOf(practice, { ...example, answers: { ...example.answers, rotation: {} } })).toBe(
    'unknown untold: does not tell whether it is rotated',
  )
})

test('a key that cannot be used is not rotated, whether KMS tells what it is set to or not', () => {
  const disabled = key({ reason: '', metadata: { KeyState: 'Disabled' } })
  expect(verdictWithout(practice, disabled, 'rotation')).toBe(
    'fail not-while: is not rotated while it is Disabled',
  )
  expect(verdictWithout(practice, key({ reason: '' }), 'rotation')).toMatch(/^unknown refused: /)
})
