// The AWS CLI lines that show what the newest scan knows of one resource.

import { harmless } from '#kit/text.ts'
import type { Resource, ResourceType } from '#model/resource.ts'
import { shellWord } from './words.ts'

/** The commands behind `aws`, with what names the resource in each. */
const commands: { [T in ResourceType]: (resource: Resource<T>) => [command: string, ...words: string[]][] } =
  {
    'redshift:cluster': ({ name }) => [
      ['redshift describe-clusters --cluster-identifier', name],
      ['redshift describe-logging-status --cluster-identifier', name],
      ['redshift describe-cluster-snapshots --cluster-identifier', name],
    ],
    'redshift:parameter-group': ({ name }) => [
      ['redshift describe-cluster-parameters --parameter-group-name', name],
    ],
    'redshift:snapshot': ({ facts: { ClusterIdentifier = '', SnapshotIdentifier = '' } }) => [
      [
        'redshift describe-cluster-snapshots --cluster-identifier',
        ClusterIdentifier,
        '--snapshot-identifier',
        SnapshotIdentifier,
      ],
    ],
    'redshift:subnet-group': ({ name }) => [
      ['redshift describe-cluster-subnet-groups --cluster-subnet-group-name', name],
    ],
    'redshift:event-subscription': ({ name }) => [
      ['redshift describe-event-subscriptions --subscription-name', name],
    ],
    'redshift:snapshot-schedule': ({ name }) => [
      ['redshift describe-snapshot-schedules --schedule-identifier', name],
    ],
    'redshift:copy-grant': ({ name }) => [
      ['redshift describe-snapshot-copy-grants --snapshot-copy-grant-name', name],
    ],
    'redshift:hsm-configuration': ({ name }) => [
      ['redshift describe-hsm-configurations --hsm-configuration-identifier', name],
    ],
    'redshift:hsm-client-certificate': ({ name }) => [
      ['redshift describe-hsm-client-certificates --hsm-client-certificate-identifier', name],
    ],
    'redshift:datashare': ({ arn }) => [['redshift describe-data-shares --data-share-arn', arn]],
    'redshift:endpoint-authorization': ({ facts: { ClusterIdentifier = '', Grantee = '' } }) => [
      [
        'redshift describe-endpoint-authorization --cluster-identifier',
        ClusterIdentifier,
        '--account',
        Grantee,
      ],
    ],
    'redshift-serverless:workgroup': ({ name }) => [
      ['redshift-serverless get-workgroup --workgroup-name', name],
    ],
    'redshift-serverless:namespace': ({ name }) => [
      ['redshift-serverless get-namespace --namespace-name', name],
    ],
    'redshift-serverless:snapshot': ({ arn }) => [['redshift-serverless get-snapshot --snapshot-arn', arn]],
    'redshift-serverless:copy-configuration': ({ facts: { namespaceName = '' } }) => [
      ['redshift-serverless list-snapshot-copy-configurations --namespace-name', namespaceName],
    ],
    'kms:key': ({ arn }) => [
      ['kms describe-key --key-id', arn],
      ['kms get-key-rotation-status --key-id', arn],
      ['kms list-grants --key-id', arn],
    ],
    'kms:alias': ({ name }) => [['kms describe-key --key-id', `alias/${name}`]],
    's3:bucket': ({ name }) => [
      ['s3api get-bucket-policy --bucket', name],
      ['s3api get-public-access-block --bucket', name],
    ],
    'cloudtrail:trail': ({ arn }) => [
      ['cloudtrail describe-trails --trail-name-list', arn],
      ['cloudtrail get-trail-status --name', arn],
      ['cloudtrail get-event-selectors --trail-name', arn],
    ],
    'logs:log-group': ({ name }) => [['logs describe-log-groups --log-group-name-prefix', name]],
    'ec2:security-group': ({ name }) => [['ec2 describe-security-groups --group-ids', name]],
    'ec2:prefix-list': ({ name }) => [['ec2 get-managed-prefix-list-entries --prefix-list-id', name]],
    'iam:role': ({ name }) => [
      ['iam list-role-policies --role-name', name],
      ['iam list-attached-role-policies --role-name', name],
    ],
    'account:region': () => [['cloudtrail describe-trails']],
  }

/** The lines for a resource, in its region. */
export function awsLinesOf(resource: Resource): string[] {
  const lines = commands[resource.type](resource as never)
  return lines.map(([command, ...words]) => {
    const named = words.map((word) => shellWord(harmless(word)))
    return ['aws', command, ...named, '--region', shellWord(harmless(resource.region))].join(' ')
  })
}
