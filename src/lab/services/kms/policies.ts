// Key policies that nobody has written: the default one, and those of keys that AWS manages.

import { parsePolicy } from '#lab/iam/parse.ts'
import type { Partition } from '#lab/regions.ts'
import type { KeyPolicy } from './model.ts'

/** A policy out of its text. Throws MalformedPolicyDocument. */
export function readPolicy(text: string): KeyPolicy {
  return { text, document: parsePolicy(text, 'resource') }
}

/** "Default key policy when you create a KMS key programmatically": key-policy-default. */
export function defaultPolicy(partition: Partition, account: string): KeyPolicy {
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: root(partition, account) },
    Action: 'kms:*',
    Resource: '*',
  }
  return written({ Version: '2012-10-17', Id: 'key-default-1', Statement: [statement] })
}

// As recorded for alias/aws/ebs and alias/aws/rds (`auto-ebs-2`, `auto-rds-2`). Unverified: the id for Redshift.
/** The policy of a key that AWS manages: for everybody in the account, through the service only. */
export function managedPolicy(
  partition: Partition,
  account: string,
  region: string,
  service: string,
): KeyPolicy {
  const through = {
    Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncrypt*',
      'kms:GenerateDataKey*',
      'kms:CreateGrant',
      'kms:DescribeKey',
    ],
    Resource: '*',
    Condition: {
      StringEquals: {
        'kms:CallerAccount': account,
        'kms:ViaService': `${service}.${region}.amazonaws.com`,
      },
    },
  }
  const metadata = {
    Sid: 'Allow direct access to key metadata to the account',
    Effect: 'Allow',
    Principal: { AWS: root(partition, account) },
    Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
    Resource: '*',
  }
  return written({ Version: '2012-10-17', Id: `auto-${service}-1`, Statement: [through, metadata] })
}

/** The policy of a key whose account nobody knows: what it says cannot be known, so it lets nobody in. */
export function closedPolicy(partition: Partition, account: string): KeyPolicy {
  const statement = {
    Effect: 'Deny',
    Principal: { AWS: root(partition, account) },
    Action: 'kms:*',
    Resource: '*',
  }
  return written({ Version: '2012-10-17', Statement: [statement] })
}

function root(partition: Partition, account: string) {
  return `arn:${partition}:iam::${account}:root`
}

// KMS gives its own policies back indented by two, with a space before each colon.
function written(policy: object): KeyPolicy {
  return readPolicy(JSON.stringify(policy, undefined, 2).replaceAll('": ', '" : '))
}
