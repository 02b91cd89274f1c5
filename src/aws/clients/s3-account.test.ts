// Where the wall of an account is asked for: AWS's endpoints of S3 Control, in each partition, and one that was given.

import { S3Client } from '@aws-sdk/client-s3'
import { HttpResponse } from '@smithy/core/protocols'
import { expect, test } from 'vitest'
import { GetAccountPublicAccessBlockCommand } from './s3-account.ts'

const answer = `<?xml version="1.0" encoding="UTF-8"?>
<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>`

async function ask(config: object) {
  let asked: Record<string, unknown> = {}
  const requestHandler = {
    handle: async ({ method, protocol, hostname, port, path, headers }: Record<string, unknown>) => {
      asked = { method, address: `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`, headers }
      return { response: new HttpResponse({ statusCode: 200, body: new TextEncoder().encode(answer) }) }
    },
  }
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
  const client = new S3Client({ region: 'eu-west-1', credentials, requestHandler, ...config } as never)
  const told = await client.send(
    new GetAccountPublicAccessBlockCommand({ AccountId: '111122223333' }) as never,
  )
  return { ...asked, told } as {
    method: string
    address: string
    headers: Record<string, string>
    told: object
  }
}

const path = '/v20180820/configuration/publicAccessBlock'

test.each([
  [{}, 'https://111122223333.s3-control.eu-west-1.amazonaws.com'],
  [{ region: 'us-east-1' }, 'https://111122223333.s3-control.us-east-1.amazonaws.com'],
  [{ region: 'us-gov-west-1' }, 'https://111122223333.s3-control.us-gov-west-1.amazonaws.com'],
  [{ region: 'cn-north-1' }, 'https://111122223333.s3-control.cn-north-1.amazonaws.com.cn'],
  [
    { region: 'us-east-1', useFipsEndpoint: true },
    'https://111122223333.s3-control-fips.us-east-1.amazonaws.com',
  ],
  [{ useDualstackEndpoint: true }, 'https://111122223333.s3-control.dualstack.eu-west-1.amazonaws.com'],
  [{ endpoint: 'http://127.0.0.1:4566', forcePathStyle: true }, 'http://127.0.0.1:4566'],
  [{ endpoint: 'https://s3.example.org' }, 'https://s3.example.org'],
])('%j', async (config, host) => {
  const { method, address, headers, told } = await ask(config)
  expect([method, address]).toEqual(['GET', `${host}${path}`])
  expect(headers['x-amz-account-id']).toBe('111122223333')
  expect(headers.authorization).toContain('/s3/aws4_request')
  expect(headers.host).toBe(host.replace(/^https?:\/\//, ''))
  expect(told).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    },
  })
})
