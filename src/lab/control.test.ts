// The control endpoint: time, calls and the world, and who may not reach it.

import { request } from 'node:http'
import { DescribeClustersCommand } from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from './testing/lab.ts'
import { alice, home } from './testing/world.ts'

const lab = useLab()

test('time is read, moved, set and sped up', async () => {
  const { now } = (await lab.control('GET', 'clock')).body
  await lab.control('POST', 'clock', { move: '+1d' })
  const moved = (await lab.control('GET', 'clock')).body.now
  expect(Date.parse(String(moved)) - Date.parse(String(now))).toBe(86_400_000)
  const set = await lab.control('POST', 'clock', { set: '2030-01-01T00:00:00Z', speed: 0 })
  expect(set.body).toEqual({ now: '2030-01-01T00:00:00Z', speed: 0 })
})

test.each([
  ['clock', { move: '-1d' }, 'time cannot move backwards'],
  ['clock', { jump: '1d' }, 'the clock knows move, set and speed, not jump'],
  ['clock', [], 'the body must be a JSON object'],
  ['deny', { accessKeyId: 'nobody', action: 'redshift:X' }, 'there is no access key nobody'],
  ['deny', { accessKeyId: alice.accessKeyId, action: 'everything' }, 'action must be written as'],
])('POST %s %j is refused with one sentence', async (path, body, sentence) => {
  const answer = await lab.control('POST', path, body)
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(sentence) } })
})

test('calls are listed and cleared', async () => {
  await lab.control('DELETE', 'calls')
  await lab.redshift().send(new DescribeClustersCommand({}))
  await lab
    .redshift()
    .send(new DescribeClustersCommand({ ClusterIdentifier: 'gone' }))
    .catch(() => undefined)
  const { body } = await lab.control('GET', 'calls')
  const call = { account: home, region: 'eu-west-1', action: 'redshift:DescribeClusters' }
  expect(body).toMatchObject({
    total: 2,
    calls: [
      { ...call, status: 200 },
      { ...call, status: 404, errorCode: 'ClusterNotFound' },
    ],
  })
  expect(lab.lab.calls()).toHaveLength(2)
})

test('the world tells how to sign in', async () => {
  const { body } = await lab.control('GET', 'world')
  expect(JSON.stringify(body)).toContain(alice.secretAccessKey)
  expect(body).toMatchObject({
    name: 'test',
    accounts: [{ id: home, regions: ['eu-west-1', 'me-south-1'] }, {}],
  })
})

test('what is not there is not found', async () => {
  expect(await lab.control('GET', 'nothing')).toMatchObject({ status: 404 })
})

test.each([
  ['another host name', { host: 'evil.example:80' }],
  ['a web page', { origin: 'http://127.0.0.1:3000' }],
])('%s is kept out', async (_what, headers) => {
  const status = await new Promise((resolve) => {
    request(`${lab.lab.url}/_lab/world`, { headers }, (response) => resolve(response.statusCode)).end()
  })
  expect(status).toBe(403)
})

test('a cluster that fails is restarted with its static parameters applied, unlike one that is maintained', async () => {
  const statusOf = async () => {
    const { Clusters = [] } = await lab
      .redshift()
      .send(new DescribeClustersCommand({ ClusterIdentifier: 'stock' }))
    return Clusters[0]?.ClusterParameterGroups?.[0]?.ParameterApplyStatus
  }
  expect(await statusOf()).toBe('pending-reboot')
  const place = { account: home, region: 'eu-west-1', cluster: 'stock' }
  expect(await lab.control('POST', 'failure', place)).toEqual({ status: 200, body: { failed: 'stock' } })
  await lab.control('POST', 'clock', { move: '1h' })
  expect(await statusOf()).toBe('in-sync')
  expect(await lab.control('POST', 'failure', { ...place, cluster: 'nobody' })).toMatchObject({
    status: 400,
    body: { error: `there is no cluster nobody in eu-west-1 of account ${home}` },
  })
})
