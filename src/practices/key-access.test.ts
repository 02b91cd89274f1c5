// Edges of key-access: conditions, refusals, Redshift's own accounts, keys of others.

import { expect, test } from 'vitest'
import { key } from './examples/key.ts'
import { letting } from './examples.ts'
import practice from './key-access.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const own = letting('111122223333').Statement
const verdict = (...statements: object[]) =>
  verdictOf(
    practice,
    key({ reason: '', policy: { Version: '2012-10-17', Statement: [...own, ...statements] } }),
  )
const all = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }

test('everybody of the own account is nobody unexpected', () => {
  const Condition = { StringEquals: { 'kms:CallerAccount': '111122223333' } }
  expect(verdict({ ...all, Condition })).toMatch(/^pass own-only/)
  expect(verdict({ ...all, Condition: { StringEquals: { 'kms:CallerAccount': '999988887777' } } })).toMatch(
    /^manual depends/,
  )
})

test('all but some is anybody', () => {
  const { Principal: _, ...rest } = all
  expect(verdict({ ...rest, NotPrincipal: { AWS: 'arn:aws:iam::999988887777:root' } })).toBe(
    'fail anybody: lets anybody in by its policy',
  )
})

test('who is refused again is not let in', () => {
  const stranger = { ...all, Principal: { AWS: 'arn:aws:iam::999988887777:root' } }
  expect(verdict(stranger)).toBe('fail strangers: lets in 999988887777 by its policy')
  expect(verdict(stranger, { ...stranger, Effect: 'Deny' })).toMatch(/^pass own-only/)
})

test('services, and the accounts of Redshift, are expected', () => {
  expect(verdict({ ...all, Principal: { Service: 'redshift.amazonaws.com' } })).toMatch(/^pass own-only/)
  const grants = [
    { GranteePrincipal: 'arn:aws:iam::246478207311:root' },
    { GranteePrincipal: 'rds.amazonaws.com' },
  ]
  expect(verdictOf(practice, key({ reason: '', grants }))).toMatch(/^pass own-only/)
})

test('a key of another account is judged there', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  const facts = { Arn: '', KeyId: '', AWSAccountId: '444455556666' }
  expect(practice.concerns?.(facts, place)).toBe(false)
})
