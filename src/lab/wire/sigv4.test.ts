// Who is let in: signatures made by the SDK, and requests that are wrong in one way each.

import { createHash } from 'node:crypto'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { useLab } from '../testing/lab.ts'
import { signedRequest } from '../testing/signed.ts'
import { alice, expired, home, temporary } from '../testing/world.ts'
import { stringToSign } from './sigv4-canonical.ts'

const lab = useLab()
const whoAmI = new GetCallerIdentityCommand({})
const body = 'Action=GetCallerIdentity&Version=2011-06-15'

test('a user and a temporary key are let in', async () => {
  await expect(lab.sts().send(whoAmI)).resolves.toMatchObject({ Arn: `arn:aws:iam::${home}:user/alice` })
  await expect(lab.sts(temporary).send(whoAmI)).resolves.toMatchObject({
    Arn: `arn:aws:iam::${home}:user/dave`,
  })
})

test.each([
  ['a wrong secret', { ...alice, secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
  ['an unknown key', { ...alice, accessKeyId: 'AKIANOBODY0000000001' }, 'InvalidClientTokenId'],
  ['an expired key', expired, 'ExpiredToken'],
  ['a wrong session token', { ...temporary, sessionToken: 'other' }, 'InvalidClientTokenId'],
  ['a session token on a key without one', { ...alice, sessionToken: 'any' }, 'InvalidClientTokenId'],
])('%s is refused with 403', async (_what, credentials, name) => {
  const refusal = expect(lab.sts(credentials).send(whoAmI)).rejects
  await refusal.toMatchObject({
    name: expect.stringMatching(new RegExp(`^${name}`)),
    $metadata: { httpStatusCode: 403 },
  })
})

test('a region that does not exist, and one not opted in to, are refused', async () => {
  await expect(lab.sts(alice, 'eu-west-9').send(whoAmI)).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  })
  await expect(lab.sts(alice, 'af-south-1').send(whoAmI)).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
})

async function post(change: Parameters<typeof signedRequest>[1] = {}) {
  const { url, headers } = signedRequest(lab.lab.url, { body, ...change })
  const response = await fetch(url, { method: 'POST', headers, body: change.sent ?? change.body ?? body })
  return { status: response.status, code: /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] }
}

test('a request signed without x-amz-content-sha256, as botocore does, is let in', async () => {
  expect(await post()).toEqual({ status: 200, code: undefined })
})

test('a query string and spaces in header values are part of what is signed', async () => {
  expect(await post({ query: 'b=2&a=1', extra: { 'x-amz-meta': '  two   spaces ' } })).toMatchObject({
    status: 200,
  })
  expect(await post({ query: 'a=1', sentQuery: 'a=2' })).toEqual({
    status: 403,
    code: 'SignatureDoesNotMatch',
  })
})

test('a body changed after signing is refused', async () => {
  expect(await post({ sent: `${body}&X=1` })).toEqual({ status: 403, code: 'SignatureDoesNotMatch' })
})

test('no signature, and half a signature', async () => {
  const bare = await fetch(lab.lab.url, { method: 'POST', body })
  expect(bare.status).toBe(403)
  expect(await bare.text()).toContain('<Code>MissingAuthenticationToken</Code>')
  const half = await fetch(lab.lab.url, {
    method: 'POST',
    body,
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
  })
  expect(half.status).toBe(400)
  expect(await half.text()).toContain('<Code>IncompleteSignature</Code>')
})

test('a signature older than 15 minutes, or from the future, is refused', async () => {
  const minutes = (count: number) => new Date(Date.now() + count * 60_000)
  expect(await post({ at: minutes(-14) })).toMatchObject({ status: 200 })
  expect(await post({ at: minutes(-16) })).toEqual({ status: 403, code: 'SignatureDoesNotMatch' })
  expect(await post({ at: minutes(16) })).toEqual({ status: 403, code: 'SignatureDoesNotMatch' })
})

test('where time runs fast a signature may be late by as much as passes in 15 minutes of the client', async () => {
  const hourAgo = () => new Date(Date.now() - 3_600_000)
  lab.lab.clock.change({ speed: 300 })
  expect(await post({ at: hourAgo() })).toMatchObject({ status: 200 })
  expect(await post({ at: new Date(Date.now() - 4 * 86_400_000) })).toMatchObject({ status: 403 })
  lab.lab.clock.change({ speed: 1 })
  expect(await post({ at: hourAgo() })).toEqual({ status: 403, code: 'SignatureDoesNotMatch' })
})

test('after time has moved, both real time and the time of the Date header are good', async () => {
  const client = lab.sts()
  lab.move('+40d')
  await expect(client.send(whoAmI)).resolves.toMatchObject({ Account: home })
  // The second call is signed with the time the first answer told.
  await expect(client.send(whoAmI)).resolves.toMatchObject({ Account: home })
  expect(await post({ at: new Date(lab.lab.clock.now()) })).toMatchObject({ status: 200 })
  expect(await post({ at: new Date() })).toMatchObject({ status: 200 })
})

test('a query is signed in the order of its names, in which a stands before a-b', () => {
  const signed = {
    accessKeyId: 'x',
    day: '20261122',
    at: '20261122T000000Z',
    region: 'eu-west-1',
    service: 's3',
  }
  const rest = { headers: ['host'], signature: '', token: undefined, expires: 60 }
  const request = {
    method: 'GET',
    path: '/',
    query: 'a-b=2&a=1',
    headers: { host: 'lab' },
    body: Buffer.alloc(0),
  }
  const canonical = 'GET\n/\na=1&a-b=2\nhost:lab\n\nhost\nUNSIGNED-PAYLOAD'
  expect(stringToSign(request, { ...signed, ...rest })).toBe(
    `AWS4-HMAC-SHA256\n20261122T000000Z\n20261122/eu-west-1/s3/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`,
  )
})
