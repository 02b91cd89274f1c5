// What could not be seen, as a person reads it.

import { expect, test } from 'vitest'
import type { PlacedGap } from '#model/assessment.ts'
import { viewGaps } from './gaps.ts'
import { plainPaint } from './paint.ts'

const look = { width: 200, paint: plainPaint, line: (words: string) => words }
const gap: PlacedGap = {
  source: 's3:GetBucketEncryption',
  takenAt: '2026-11-27T08:00:00Z',
  gap: 'refused',
  code: 'AccessDenied',
  message: 'Access Denied',
  account: '111122223333',
  region: 'eu-west-1',
}

test('a refusal names the permission to grant, and a failure the call', () => {
  expect(viewGaps([gap], look)[2]).toContain(
    '? s3:GetEncryptionConfiguration: the permission is missing (AccessDenied), 1 time in 111122223333',
  )
  const failed: PlacedGap = {
    ...gap,
    gap: 'failed',
    code: 'SlowDown',
    message: 'Please reduce your request rate.',
  }
  expect(viewGaps([failed], look)[2]).toContain('? s3:GetBucketEncryption: AWS could not answer (SlowDown)')
})
