// The resources of the world `mixed` by type, for the columns of practices. Written by hand from the world's file.

import { clusters, snapshots } from '../mixed.table.ts'

const arnsOf = (noun: string, rows: readonly (readonly string[])[]) =>
  rows.map(([place, name]) => `arn:aws:redshift:${place}:${noun}:${name}`)

const serverless = (noun: string, rows: readonly string[]) =>
  rows.map((row) => row.replace(/^([^ ]+) /, `arn:aws:redshift-serverless:$1:${noun}/`))

const namespaces = [
  'eu-central-1:111122223333 11111111-aaaa-4bbb-8ccc-000000000001', // planning
  'eu-central-1:444455556666 11111111-aaaa-4bbb-8ccc-000000000002', // studio
  'eu-west-1:444455556666 11111111-aaaa-4bbb-8ccc-000000000003', // partners
]

const workgroups = [
  'eu-central-1:111122223333 22222222-aaaa-4bbb-8ccc-000000000001', // planning
  'eu-central-1:444455556666 22222222-aaaa-4bbb-8ccc-000000000002', // studio
  'eu-west-1:444455556666 22222222-aaaa-4bbb-8ccc-000000000003', // partners
]

const serverlessSnapshots = [
  'eu-central-1:111122223333 33333333-aaaa-4bbb-8ccc-000000000001', // planning-before-upgrade
  'eu-west-1:444455556666 33333333-aaaa-4bbb-8ccc-000000000002', // partners-january
]

const keys = [
  'arn:aws:kms:eu-central-1:111122223333:key/1c3e4a5b-7d80-4c2e-8f49-6f0a1b2c3d4e', // orders and planning
  'arn:aws:kms:eu-west-1:111122223333:key/6b0e2c97-1f4d-4d8a-9a6e-5c3f7b1d8e20', // copies of orders
  'arn:aws:kms:eu-west-1:444455556666:key/3d5f7a9b-0c2e-4d6f-8a1b-2c3d4e5f6a7b', // copies of the lake
  // What could not be listed may lie under any key.
  'arn:aws:kms:us-east-1:111122223333:key/*',
  'arn:aws:kms:us-east-1:444455556666:key/*',
]

/** Exceptions for practices that judge keys. */
export const unseenKeys: Record<string, string> = {
  '111122223333:key/*': 'unknown refused redshift:DescribeClusterSnapshots',
  '444455556666:key/*': 'unknown refused redshift:DescribeClusters',
}

const copyGrants = [
  'arn:aws:redshift:eu-central-1:111122223333:snapshotcopygrant:orders-to-ireland',
  'arn:aws:redshift:eu-west-1:111122223333:snapshotcopygrant:orders-to-ireland',
  'arn:aws:redshift:eu-west-1:444455556666:snapshotcopygrant:orders-to-ireland',
  'arn:aws:redshift:eu-west-1:444455556666:snapshotcopygrant:trial-to-ireland',
]

/** The ARNs of each type. One that ends in * stands for those that could not be listed. */
export const resources = {
  clusters: arnsOf('cluster', clusters),
  snapshots: arnsOf('snapshot', snapshots),
  namespaces: serverless('namespace', namespaces),
  workgroups: serverless('workgroup', workgroups),
  keys,
  copyGrants,
  serverlessSnapshots: serverless('snapshot', serverlessSnapshots),
}

/** Exceptions for practices that say nothing of automated snapshots. */
export const automated: Record<string, string> = Object.fromEntries(
  resources.snapshots.filter((arn) => arn.includes('rs:')).map((arn) => [arn, '-']),
)

/**
 * What is right for every resource of a type by one practice: the usual `status reason`, and the exceptions by the end of
 * their ARN; `-` where the practice says nothing. An unknown one has the missing permission as its third word.
 */
export type Column = {
  judges: keyof typeof resources | readonly string[]
  usual: string
  except: Record<string, string>
  /** Rows with their cell, where one ARN has two: those of buckets have no region. */
  besides?: readonly string[]
}
