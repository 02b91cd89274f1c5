// Edges of namespace-copy-region: the user's policy decides, and the way back is another configuration.

import { expect, test } from 'vitest'
import { permissionsOf } from '#model/action.ts'
import { copyingTo } from './examples/copy-configuration.ts'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-copy-region.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

type Wish = Parameters<typeof namespace>[0]
const of = (copies: NonNullable<Wish['copies']>, decided: NonNullable<Wish['decided']> = {}) =>
  namespace({ reason: '', copies, decided })

test('D21: copying nowhere passes, whatever others ask for', () => {
  expect(verdictOf(practice, of([]))).toBe('pass off: is copied to no other region')
})

test('of several, each is mended in its own way', () => {
  const copies = [...copyingTo('eu-central-1', -1), ...copyingTo('us-east-1', 30)]
  expect(verdictOf(practice, of(copies, { allowedRegions: ['eu-central-1'] }))).toBe(
    'fail for-ever: is copied to us-east-1, which is not among the allowed regions, and copied snapshots never expire',
  )
  const changes = changesOf(practice, of(copies, { allowedRegions: ['eu-central-1'] }))
  expect(changes.map(({ title }) => title)).toEqual([
    'Keep copies of namespace planning in eu-central-1 for 90 days',
    'Stop copying namespace planning to us-east-1',
  ])
})

test('the way back makes the configuration anew, under its key', () => {
  const [copying] = copyingTo('eu-central-1', 30)
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'
  const undoOf = (destinationKmsKeyId: string) =>
    changesOf(practice, of([{ ...copying, destinationKmsKeyId }]))[0]?.undo
  const input = { namespaceName: 'planning', destinationRegion: 'eu-central-1', snapshotRetentionPeriod: 30 }
  expect(undoOf('AWS_OWNED_KMS_KEY')).toMatchObject({ call: { input } })
  expect(undoOf(key)).toMatchObject({ call: { input: { ...input, destinationKmsKeyId: key } } })
  const permissionsFor = (undo: ReturnType<typeof undoOf>) =>
    undo && 'call' in undo ? permissionsOf(undo.call).slice(1) : undefined
  expect(permissionsFor(undoOf(key))).toEqual(['kms:CreateGrant', 'kms:DescribeKey'])
  expect(permissionsFor(undoOf('AWS_OWNED_KMS_KEY'))).toEqual([])
})
