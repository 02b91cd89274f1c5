// The AWS CLI on S3: uploads, listings and redirects of a client that shares no code with the SDK.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home, testWorld } from '#lab/testing/world.ts'

const command = '/usr/bin/aws'
const isMissing = !existsSync(command)
const folder = mkdtempSync(join(tmpdir(), 'redoubt-s3-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account) account.regions = { 'eu-west-1': { buckets: [{ Name: 'elsewhere' }] } }
  return world
})

function aws(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: alice.accessKeyId,
    AWS_SECRET_ACCESS_KEY: alice.secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const all = [...args, '--endpoint-url', lab.lab.url, '--output', 'json']
  return new Promise((resolve, reject) => {
    execFile(command, all, { env }, (error, out, problems) =>
      error ? reject(new Error(problems)) : resolve(out),
    )
  })
}

test.skipIf(isMissing)(
  'the AWS CLI puts, lists, reads and deletes (skipped? install the package awscli)',
  { timeout: 120_000 },
  async () => {
    const [source, target] = [join(folder, 'source'), join(folder, 'target')]
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256))
    writeFileSync(source, bytes)
    await aws('s3', 'mb', 's3://uploads')
    await aws('s3', 'cp', source, 's3://uploads/logs/2026-01-01T00:00 +é.gz')
    await aws('s3', 'cp', source, 's3://uploads/top')
    expect(await aws('s3', 'ls', 's3://uploads')).toMatch(/PRE logs\/\n.* 100000 top\n/)
    expect(await aws('s3', 'ls', 's3://uploads/logs/')).toContain('2026-01-01T00:00 +é.gz')
    await aws('s3', 'cp', 's3://uploads/logs/2026-01-01T00:00 +é.gz', target)
    expect(Buffer.compare(readFileSync(target), bytes)).toBe(0)
    await aws('s3', 'rm', 's3://uploads', '--recursive')
    await aws('s3', 'rb', 's3://uploads')
    expect(JSON.parse(await aws('s3api', 'list-buckets')).Buckets).toMatchObject([{ Name: 'elsewhere' }])
    // In the region of another bucket: botocore follows the redirect by itself.
    const location = await aws('s3api', 'get-bucket-location', '--bucket', 'elsewhere')
    expect(JSON.parse(location)).toEqual({ LocationConstraint: 'eu-west-1' })
    await expect(aws('s3api', 'get-bucket-policy', '--bucket', 'elsewhere')).rejects.toThrow(
      'NoSuchBucketPolicy',
    )
  },
)
