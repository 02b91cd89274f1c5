// The front: what it answers to requests that are wrong, large, foreign or broken.

import { connect } from 'node:net'
import {
  DescribeClusterParametersCommand,
  DescribeClustersCommand,
  PurchaseReservedNodeOfferingCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from './testing/lab.ts'
import { signedRequest } from './testing/signed.ts'

const lab = useLab()

async function post(body: string, service = 'redshift', extra: Record<string, string> = {}) {
  const { url, headers } = signedRequest(lab.lab.url, { body, service, extra })
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  return {
    status: response.status,
    code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
    text,
    headers: response.headers,
  }
}

test.each([
  ['Action=Nonsense', 400, 'InvalidAction'],
  ['Action=constructor', 400, 'InvalidAction'],
  ['Action=AcceptReservedNodeExchange&ReservedNodeId=r', 400, 'InvalidAction'],
  ['Version=2012-12-01', 400, 'MissingAction'],
  ['', 400, 'MissingAction'],
  ['Action=DescribeClusters&MaxRecords=%ZZ', 404, 'MalformedQueryString'],
  ['Action=DescribeClusters&Action=DescribeClusters', 404, 'MalformedQueryString'],
  [`Action=DescribeClusters&${'A.'.repeat(30)}=1`, 404, 'MalformedQueryString'],
  [`Action=DescribeClusters${'&A=1'.repeat(6_000)}`, 404, 'MalformedQueryString'],
  ['Action=DescribeClusters&MaxRecords=many', 400, 'InvalidParameterValue'],
  ['Action=DescribeClusters&MaxRecords=5', 400, 'InvalidParameterValue'],
  ['Action=DescribeClusters&Marker=made-up', 400, 'InvalidParameterValue'],
  ['Action=DescribeClusterParameters', 400, 'MissingParameter'],
  ['Action=DescribeClusterSnapshots&StartTime=yesterday', 400, 'InvalidParameterValue'],
  ['Action=DescribeClusterSnapshots&ClusterExists=perhaps', 400, 'InvalidParameterValue'],
  ['Action=DescribeClusters&ClusterIdentifier=__proto__', 404, 'ClusterNotFound'],
])('%.60s', async (body, status, code) => {
  expect(await post(body)).toMatchObject({ status, code })
})

test('a body of more than a megabyte is refused', async () => {
  expect(await post(`Action=DescribeClusters&A=${'x'.repeat(1_100_000)}`)).toMatchObject({ status: 413 })
})

test('a service the lab does not have is refused in the format of the client', async () => {
  expect(await post('Action=ListQueues', 'sqs')).toMatchObject({ status: 400, code: 'InvalidAction' })
  const json = await post('{}', 'dynamodb', { 'x-amz-target': 'DynamoDB_20120810.ListTables' })
  expect(json.status).toBe(400)
  expect(JSON.parse(json.text)).toMatchObject({ __type: 'UnknownOperationException' })
})

test('an operation of Redshift that is not implemented is never an empty success', async () => {
  const command = new PurchaseReservedNodeOfferingCommand({ ReservedNodeOfferingId: 'x' })
  await expect(lab.redshift().send(command)).rejects.toMatchObject({ name: 'InvalidAction' })
})

test('the envelope is that of AWS, with virtual time in the Date header', async () => {
  const { text, headers } = await post('Action=DescribeClusters')
  const id = headers.get('x-amzn-requestid')
  expect(text).toMatch(
    /^<DescribeClustersResponse xmlns="http:\/\/redshift.amazonaws.com\/doc\/2012-12-01\/"><DescribeClustersResult><Clusters><Cluster>/,
  )
  expect(text).toContain(`<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata>`)
  expect(headers.get('content-type')).toBe('text/xml')
  expect(Date.parse(headers.get('date') ?? '')).toBe(Math.floor(lab.lab.clock.now() / 1_000) * 1_000)
})

test('text that would break XML comes through as it is', async () => {
  const name = 'a<b>&"c\''
  const call = lab.redshift().send(new DescribeClusterParametersCommand({ ParameterGroupName: name }))
  await expect(call).rejects.toThrow(`ClusterParameterGroup not found: ${name}`)
})

test('a client that hangs up or speaks nonsense does not stop the lab', async () => {
  await new Promise((resolve) => {
    const socket = connect(lab.lab.port, '127.0.0.1', () =>
      socket.end('POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc'),
    )
    socket.on('close', resolve).on('error', resolve).resume()
  })
  await new Promise((resolve) => {
    const socket = connect(lab.lab.port, '127.0.0.1', () => socket.end('nonsense\r\n\r\n'))
    socket.on('close', resolve).on('error', resolve).resume()
  })
  await expect(lab.redshift().send(new DescribeClustersCommand({}))).resolves.toBeDefined()
})
