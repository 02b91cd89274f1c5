// How often one thing is asked, where the clock of this computer is not AWS's.

import { expect, test } from 'vitest'
import { accessKey, openEstate, region, worldOf } from '../../test/estate.ts'
import { Clients } from './clients.ts'
import { type ClientNeeds, clientConfig } from './connection.ts'

const resource = 'arn:aws:redshift:eu-west-1:111122223333:namespace/none'

async function open(retries: ClientNeeds['retries'] = 'long') {
  const estate = await openEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }))
  const clients = new Clients(clientConfig(estate.connection, region, { retries }), () => {})
  const answers = () => estate.lab.calls().map(({ status, errorCode }) => errorCode ?? status)
  return { estate, clients, answers }
}

test.each([0, 2])(
  'what is not there, or refused, is asked for once where AWS is %i days ahead',
  async (days) => {
    const { estate, clients, answers } = await open()
    estate.lab.clock.change({ move: `${days}d` })
    for (const _ of [1, 2]) {
      const asked = clients.send('redshift:GetResourcePolicy', { ResourceArn: resource })
      await expect(asked).rejects.toMatchObject({ name: 'ResourceNotFoundFault' })
    }
    await estate.control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusters' })
    await expect(clients.send('redshift:DescribeClusters', {})).rejects.toMatchObject({
      name: 'AccessDenied',
    })
    expect(answers()).toEqual(['ResourceNotFoundFault', 'ResourceNotFoundFault', 'AccessDenied'])
    clients.destroy()
  },
)

test.each(['long', 'never'] as const)(
  'what is refused for its time is asked again by the time that AWS told, a change as well (retries: %s)',
  async (retries) => {
    const { estate, clients, answers } = await open(retries)
    await estate.control('faults', { faults: [{ kind: 'skew', by: '3h' }] })
    await clients.send('redshift:DescribeClusters', {})
    await clients.send('redshift:DescribeClusters', {})
    expect(answers()).toEqual(['SignatureDoesNotMatch', 200, 200])
    clients.destroy()
  },
)

test('a wrong secret is tried twice at most where the clock is off, too', async () => {
  const { estate, clients, answers } = await open()
  await estate.control('faults', { faults: [{ kind: 'skew', by: '3h' }] })
  process.env.AWS_SECRET_ACCESS_KEY = 'another'
  await expect(clients.send('redshift:DescribeClusters', {})).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  })
  expect(answers()).toEqual(['SignatureDoesNotMatch', 'SignatureDoesNotMatch'])
  clients.destroy()
})
