// What tells findings apart.

import { expect, test } from 'vitest'
import { fingerprint, printOf } from './finding.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
const key = 'arn:aws:kms:eu-west-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'

test.each([
  [key, place, `p ${key}`],
  [key, { ...place, account: '777788889999' }, `p ${key} 777788889999 eu-west-1`],
  [key, { ...place, region: 'us-east-1' }, `p ${key} 111122223333 us-east-1`],
  ['arn:aws:s3:::audit', place, 'p arn:aws:s3:::audit 111122223333 eu-west-1'],
])('%s seen from %o', (resource, from, text) => {
  const print = { practice: 'p', resource, ...from }
  expect(fingerprint(print)).toBe(text)
  expect(printOf(text)).toEqual(print)
})

test.each(['', 'p', 'p nothing', 'p arn:aws:s3:::audit', `p ${key} 111122223333`])('"%s" is none', (text) => {
  expect(printOf(text)).toBeUndefined()
})
