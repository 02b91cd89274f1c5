// What practices refer to is there: pages of an API are those of an operation or a shape that AWS has, and none of the
// pages that AWS took apart is left.

import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as kms from '@aws-sdk/client-kms'
import * as redshift from '@aws-sdk/client-redshift'
import * as redshiftServerless from '@aws-sdk/client-redshift-serverless'
import * as s3 from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { practices } from '#practices/index.ts'

/** The guides by the first part of their address. */
const services: Record<string, object> = {
  redshift,
  'redshift-serverless': redshiftServerless,
  kms,
  AmazonCloudWatchLogs: logs,
  AmazonS3: s3,
}

/** Pages of the Management Guide that were taken apart, and are missing from its llms.txt as read on 2026-11-27. */
const goneFromTheGuide =
  /\/mgmt\/(managing-(clusters|snapshots|parameter-groups)-console|working-with-HSM|serverless-security|automated-snapshot-schedules|zero-etl-setting-up)\.html/

function hasPage(url: string): boolean {
  const [, service = '', name = ''] = /amazon\.com\/([\w-]+)\/.*\/API_(\w+)\.html/.exec(url) ?? []
  const schemas = Object.values(services[service] ?? {}) as unknown[]
  return schemas.some((value) => Array.isArray(value) && value[2] === name)
}

describe('the references and the source of', () => {
  test.each(practices.map(({ id, references, guide }) => [id, [...references, guide.source]] as const))(
    '%s',
    (_, urls) => {
      expect(urls.filter((url) => url.includes('/API_') && !hasPage(url))).toEqual([])
      expect(urls.filter((url) => goneFromTheGuide.test(url))).toEqual([])
    },
  )
})

test('a page of an operation that AWS does not have is told', () => {
  const page = 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_'
  expect([hasPage(`${page}ModifyCluster.html`), hasPage(`${page}ModifyDataShare.html`)]).toEqual([
    true,
    false,
  ])
})
