// Starts a lab for a test file and makes the official clients that talk to it.

import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EC2Client } from '@aws-sdk/client-ec2'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { RedshiftClient } from '@aws-sdk/client-redshift'
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data'
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll } from 'vitest'
import { type Lab, startLab } from '../index.ts'
import type { World } from '../world.ts'
import { alice, testWorld } from './world.ts'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

/** The lab of a test file; virtual time stands still unless the test moves it. */
export type TestLab = {
  lab: Lab
  redshift(credentials?: Credentials, region?: string): RedshiftClient
  serverless(credentials?: Credentials, region?: string): RedshiftServerlessClient
  data(credentials?: Credentials, region?: string): RedshiftDataClient
  sts(credentials?: Credentials, region?: string): STSClient
  iam(credentials?: Credentials): IAMClient
  ec2(credentials?: Credentials, region?: string): EC2Client
  kms(credentials?: Credentials, region?: string): KMSClient
  cloudtrail(credentials?: Credentials, region?: string): CloudTrailClient
  logs(credentials?: Credentials, region?: string): CloudWatchLogsClient
  s3(credentials?: Credentials, region?: string, more?: S3ClientConfig): S3Client
  secretsmanager(credentials?: Credentials, region?: string): SecretsManagerClient
  organizations(credentials?: Credentials, region?: string): OrganizationsClient
  /** Moves virtual time forward. */
  move(duration: string): void
  /** Calls the control endpoint. */
  control(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>
}

/**
 * Starts a lab before the tests of a file and stops it after them. `now` is for tests in which the hour of the day counts,
 * since maintenance has its hours.
 */
export function useLab(world: () => World = testWorld, now?: string): TestLab {
  const test = { lab: undefined as unknown as Lab }
  beforeAll(async () => {
    test.lab = await startLab({ world: world(), speed: 0, ...(now === undefined ? {} : { now }) })
  })
  afterAll(() => test.lab.stop())
  const settings = (credentials: Credentials = alice, region = 'eu-west-1') => ({
    endpoint: test.lab.url,
    region,
    credentials,
    maxAttempts: 1,
  })
  return Object.assign(test, {
    redshift: (credentials?: Credentials, region?: string) =>
      new RedshiftClient(settings(credentials, region)),
    serverless: (credentials?: Credentials, region?: string) =>
      new RedshiftServerlessClient(settings(credentials, region)),
    data: (credentials?: Credentials, region?: string) =>
      new RedshiftDataClient(settings(credentials, region)),
    sts: (credentials?: Credentials, region?: string) => new STSClient(settings(credentials, region)),
    iam: (credentials?: Credentials) => new IAMClient(settings(credentials, 'us-east-1')),
    ec2: (credentials?: Credentials, region?: string) => new EC2Client(settings(credentials, region)),
    kms: (credentials?: Credentials, region?: string) => new KMSClient(settings(credentials, region)),
    cloudtrail: (credentials?: Credentials, region?: string) =>
      new CloudTrailClient(settings(credentials, region)),
    logs: (credentials?: Credentials, region?: string) =>
      new CloudWatchLogsClient(settings(credentials, region)),
    s3: (credentials?: Credentials, region?: string, more: S3ClientConfig = {}) =>
      new S3Client({ ...settings(credentials, region), ...more }),
    secretsmanager: (credentials?: Credentials, region?: string) =>
      new SecretsManagerClient(settings(credentials, region)),
    organizations: (credentials?: Credentials, region?: string) =>
      new OrganizationsClient(settings(credentials, region)),
    move: (duration: string) => test.lab.clock.change({ move: duration }),
    control: (method: string, path: string, body?: unknown) => control(test.lab.url, method, path, body),
  })
}

async function control(url: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${url}/_lab/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
